"""Exports: what leaves the window as a file, the questions before it and the word after it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QStandardPaths, Slot
from PySide6.QtWidgets import QWidget

from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.gui.deidentify.deidentify_dialog import DeidentifyDialog
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.widgets.file_dialog import ask_target
from fhc_desktop.gui.widgets.message_bar import MessageBar
from fhc_desktop.reporting.content.report_content import suggested_name
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.workflow.exporting import WrittenReport

_COPY = "The de-identified copy"


class Exports(QObject):
    """The report of what was accepted, and the copy of the file without the patient.

    Where the last one went is known as long as the window is open, and stands in no file.
    """

    def __init__(
        self,
        controller: ExaminationController,
        message_bar: MessageBar,
        *,
        is_deidentified: Callable[[], bool],
        mean: Callable[[], MeanHc | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._message_bar = message_bar
        self._window = parent
        self._is_deidentified = is_deidentified
        self._mean = mean
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self._folder = Path(QStandardPaths.writableLocation(documents))
        controller.exported.connect(self._say_exported)

    def ask_and_export(self) -> None:
        exam = self._controller.exam
        if exam is None or exam.acceptance is None:
            return
        name = suggested_name(exam.image.source, exam.acceptance.at, "pdf")
        chosen = ask_target(
            self._window, "Export PDF", suggested=self._folder / name, kinds="PDF (*.pdf)"
        )
        if chosen is not None:
            self._folder = chosen.parent
            self._controller.export_pdf(chosen.with_suffix(".pdf"), self._mean(), _usual_paper())

    def export_deidentified(self) -> None:
        exam = self._controller.exam
        if exam is None:
            return
        dialog = DeidentifyDialog(
            self._window,
            exam,
            self._controller.readers,
            is_deidentified=self._is_deidentified(),
            start=self._folder,
        )
        dialog.exec()
        if dialog.written is not None:
            copy = dialog.written
            self._folder = copy.path.parent
            what = "The de-identified copy, without its scale," if copy.has_lost_scale else _COPY
            self._message_bar.show_saved(what, copy.path)
        dialog.deleteLater()

    @Slot(object)
    def _say_exported(self, written: WrittenReport) -> None:
        what = "The report" if written.is_signed else "The report, which could not be signed,"
        self._message_bar.show_saved(what, written.path)


def _usual_paper() -> Paper:
    """Return the paper of where this machine stands: Letter where inches are usual, else A4."""
    is_in_inches = (
        QLocale.system().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    )
    return Paper.LETTER if is_in_inches else Paper.A4
