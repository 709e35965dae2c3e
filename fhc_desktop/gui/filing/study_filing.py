"""StudyFiling: from the picture on the screen to the reports of all its study's examinations."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.filing.filing import Filing
from fhc_desktop.gui.filing.study_content import (
    StudyContent,
    StudyWish,
    cancelled_words,
    study_saved_words,
)
from fhc_desktop.gui.filing.study_dialog import StudyDialog
from fhc_desktop.gui.filing.study_run import StudyRun
from fhc_desktop.gui.filing.telling import Telling
from fhc_desktop.gui.widgets.message_bar import MessageBar
from fhc_desktop.reporting.content.dossier_content import DossierPart
from fhc_desktop.workflow.filing_folder import Destination, Filed, with_written
from fhc_desktop.workflow.study_reports import StudyReports, StudyRows, study_rows

_SECONDS_TO_END = 10.0
_NAMES_HER = (
    "What is accepted of a study is filed under its patient: leave the de-identified view "
    "(Ctrl+Shift+H) for that."
)


class StudyFiling(QObject):
    """One study at a time; the window goes on meanwhile, and closing the dialog cancels."""

    gathered = Signal(object)  # StudyReports
    filed = Signal(object)  # Filed

    def __init__(
        self,
        controller: ExaminationController,
        message_bar: MessageBar,
        filing: Filing,
        *,
        telling: Telling,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._message_bar = message_bar
        self._filing = filing
        self._telling = telling
        self._window = parent
        self._is_deidentified = False
        self._part: DossierPart | None = None
        self._reports: StudyReports | None = None
        self._dialog: StudyDialog | None = None
        self._run = StudyRun(controller.readers, self)
        self._run.told.connect(self._show_progress)
        self._run.gathered.connect(self._show_found)
        self._run.filed.connect(self._tell)

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        self._is_deidentified = hidden
        self._show()

    def ask(self) -> None:
        """Look for what was accepted of the study on the screen, and ask how to file it."""
        exam, controller = self._controller.exam, self._controller
        if exam is None:
            return
        if self._is_deidentified:
            self._message_bar.show_hint(_NAMES_HER)
            return
        if self._shown is not None:
            self._shown.raise_()
            self._shown.activateWindow()
            return
        wish = StudyWish(replace(self._filing.wish, forms=()))
        told = self._telling.told(wish.each.paper)
        self._part = DossierPart(exam, told.get("record"), told["display"], told.get("mean"))
        self._reports = None
        self._open_dialog(wish)
        records = controller.acceptances.records
        controller.acceptances.questions.ask_anyway(
            self,
            lambda log: study_rows(exam, records(log)),
            self._gather,
            controller.acceptances.questions.unexpected,
        )

    def close(self) -> bool:
        """Cancel what runs; return whether it ended in time."""
        self._controller.acceptances.questions.forget(self)
        return self._run.close(_SECONDS_TO_END)

    @property
    def _shown(self) -> StudyDialog | None:
        is_there = self._dialog is not None and isValid(self._dialog) and self._dialog.isVisible()
        return self._dialog if is_there else None

    def _open_dialog(self, wish: StudyWish) -> None:
        dialog = self._dialog = StudyDialog(self._window, wish)
        dialog.changed.connect(self._show)
        dialog.file_wanted.connect(self._file)
        dialog.cancel_wanted.connect(self._cancel)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show_progress("Looking into the log …", 0, 0)
        self._show()
        dialog.show()

    def _gather(self, rows: StudyRows) -> None:
        part, controller = self._part, self._controller
        if part is None or self._shown is None:
            return
        on_screen = controller.draft_key
        drafts = [one for one in controller.desk.waiting if one.key != on_screen]
        self._run.gather(part, rows, drafts, controller.standards)

    @Slot(int, int)
    def _show_progress(self, done: int, of: int) -> None:
        if self._shown is not None and self._run.is_running:
            what = "Reading" if self._reports is None else "Writing"
            self._shown.show_progress(f"{what}: {done} of {of} …", done, of)

    @Slot(object)
    def _show_found(self, reports: StudyReports) -> None:
        self._reports = reports
        if self._shown is not None:
            self._shown.show_progress("", 0, 0)
        self._show()
        self.gathered.emit(reports)

    @Slot()
    def _show(self) -> None:
        dialog, part = self._dialog, self._part
        if dialog is None or part is None or not isValid(dialog):
            return
        content = StudyContent.of(part.exam, self._reports, dialog.wish)
        if self._is_deidentified:
            content = content.deidentified(self._reports)
        dialog.show_content(content)

    @Slot()
    def _file(self) -> None:
        dialog, reports = self._shown, self._reports
        if dialog is None or reports is None or self._run.is_running:
            return
        if self._is_deidentified:  # by now
            self._message_bar.show_hint(_NAMES_HER)
            return
        wish = dialog.wish
        self._filing.remember_place(wish.each)
        told = self._telling.told(wish.each.paper)
        to = Destination(wish.each.folder, wish.each.forms, self._controller.acceptances.folder)
        dialog.show_progress("Writing …", 0, 0)
        self._run.file(reports, wish, told, to)

    @Slot()
    def _cancel(self) -> None:
        self._controller.acceptances.questions.forget(self)
        self._run.cancel()

    @Slot(object)
    def _tell(self, filed: Filed) -> None:
        left_out = 0 if self._reports is None else len(self._reports.left_out)
        if self._shown is not None:
            self._shown.accept()
        if filed.problem is not None:
            self._message_bar.show_problem(with_written(filed.problem, filed.written))
        elif filed.is_cancelled:
            self._message_bar.show_hint(cancelled_words(len(filed.written)))
        else:
            words, nameless = study_saved_words(filed, left_out=left_out)
            words = f"{words} {self._telling.notice}".strip()
            folder = filed.written[0].path.parent
            self._message_bar.show_written(words, nameless=nameless, folder=folder)
        self.filed.emit(filed)
