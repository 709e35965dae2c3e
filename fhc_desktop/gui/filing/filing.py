"""Filing: the report of what was accepted leaves the window, asked for before and told after."""

import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QWidget

from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.filing.filing_content import FilingWish, saved_words
from fhc_desktop.gui.filing.filing_dialog import FilingDialog
from fhc_desktop.gui.filing.telling import Telling
from fhc_desktop.gui.filing.usual_paper import usual_paper
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.gui.widgets.message_bar import MessageBar
from fhc_desktop.storage.preferences.settings import Settings
from fhc_desktop.workflow.filing_folder import Destination, Filed, ToFile, file_all, with_written

_SECONDS_FOR_THE_WORKER = 10.0
_WRITING = "Filing the report …"
_STILL_WRITING = "The report before this one is still being written: wait a moment."


class Filing(QObject):
    """What was chosen last is remembered; the folder only as long as the window is open.

    It may name a patient, and stands in no file.
    """

    filed = Signal(object)  # Filed
    preview_wanted = Signal(object, object)  # FilingWish, the dialog that it is wanted over

    def __init__(
        self,
        controller: ExaminationController,
        message_bar: MessageBar,
        *,
        settings: Callable[[], Settings],
        change_settings: Callable[[Callable[[Settings], Settings]], None],
        telling: Telling,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._message_bar = message_bar
        self._window = parent
        self._settings, self._change_settings = settings, change_settings
        self._telling = telling
        self._is_deidentified = False
        self._folder = _documents()
        self._has_chosen = False
        self._written = threading.Event()
        self._written.set()
        self._background = Background(self)
        self._background.succeeded.connect(self._tell)
        self._background.failed.connect(_raise)

    @property
    def wish(self) -> FilingWish:
        """What was chosen last, for the examination on the screen; the name is of this one."""
        wish = FilingWish.of(self._settings(), self._folder, usual_paper())
        report = self._report(wish)
        return wish if report is None else replace(wish, stem=report.suggested_stem)

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        self._is_deidentified = hidden

    def ask(self) -> None:
        """Ask which forms of the accepted measurement's report are wanted, and where."""
        exam = self._controller.exam
        if exam is None or not exam.is_accepted:
            return
        dialog = FilingDialog(
            self._window, self.wish, exam.patient, is_deidentified=self._is_deidentified
        )
        dialog.wanted.connect(self.file)
        dialog.preview_wanted.connect(lambda wish: self.preview_wanted.emit(wish, dialog))
        dialog.present()

    def again(self) -> None:
        """File as last time, without asking; the first time in this window, ask."""
        if self._has_chosen:
            self.file(self.wish)
        else:
            self.ask()

    @Slot(object)
    def file(self, wish: FilingWish) -> None:
        """Write the report of what is on the screen, and say where it lies."""
        report = self._report(wish)
        if report is None:
            return
        if self._background.is_busy:
            self._message_bar.show_hint(_STILL_WRITING)
            return
        self._folder, self._has_chosen = wish.folder, True
        self._change_settings(wish.kept_in)
        to = Destination(wish.folder, wish.forms, self._controller.acceptances.folder)
        self._message_bar.show_hint(_WRITING)
        self._written.clear()
        self._background.start(lambda: self._write(report, to, wish.stem))

    def remember_place(self, wish: FilingWish) -> None:
        """Offer folder and paper the next time; the folder only in this window."""
        self._folder = wish.folder
        self._change_settings(lambda settings: replace(settings, report_paper=wish.paper.value))

    def close(self) -> bool:
        """Let what was asked for be written; return whether it was in time."""
        # A worker that is told to end begins with nothing more.
        is_written = self._written.wait(_SECONDS_FOR_THE_WORKER)
        return is_written and self._background.close(_SECONDS_FOR_THE_WORKER)

    def _write(self, report: ToFile, to: Destination, name: str) -> Filed:
        try:
            return file_all((report,), to, name=name)
        finally:
            self._written.set()

    def _report(self, wish: FilingWish) -> ToFile | None:
        exam = self._controller.exam
        if exam is None or not exam.is_accepted:
            return None
        report = ToFile(exam, self._telling.told(wish.paper))
        return report.nameless if self._is_deidentified else report

    @Slot(object)
    def _tell(self, filed: Filed) -> None:
        names = [one.path.name for one in filed.written]
        if filed.problem is not None:
            self._message_bar.show_problem(with_written(filed.problem, filed.written))
        elif names:
            is_signed = all(one.is_signed for one in filed.written)
            folder = filed.written[0].path.parent
            words, nameless = saved_words(names, folder, is_signed=is_signed)
            words = f"{words} {self._telling.notice}".strip()
            self._message_bar.show_written(words, nameless=nameless, folder=folder)
        self.filed.emit(filed)


def _raise(fault: Exception) -> None:
    raise fault  # our own: the excepthook's matter


def _documents() -> Path:
    """Return where documents go on this machine; where there is no such folder, home."""
    documents = QStandardPaths.StandardLocation.DocumentsLocation
    folder = Path(QStandardPaths.writableLocation(documents))
    # Path.is_dir raises where a folder on the way is closed to us.
    return folder if os.path.isdir(folder) else Path.home()  # noqa: PTH112
