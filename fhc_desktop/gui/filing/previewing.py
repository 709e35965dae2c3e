"""Previewing: the report of what is on the screen, made in the background and shown as pages."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.filing.filing_content import FilingWish
from fhc_desktop.gui.filing.pdf_pages import page_sizes
from fhc_desktop.gui.filing.preview_window import AskPrinter, PreviewedReport, PreviewWindow
from fhc_desktop.gui.filing.printing import asked_printer
from fhc_desktop.gui.filing.telling import Telling
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.gui.widgets.message_bar import MessageBar
from fhc_desktop.workflow.exporting import report_pages

_SECONDS_TO_END = 10.0
HIDDEN = (
    "The report names the patient, so no preview is shown here: leave the de-identified view "
    "(Ctrl+Shift+H) to see it."
)


class Previewing(QObject):
    """One window at a time; in the de-identified view none."""

    shown = Signal(object)  # PreviewWindow
    filing_wanted = Signal()

    def __init__(
        self,
        controller: ExaminationController,
        message_bar: MessageBar,
        *,
        telling: Telling,
        parent: QWidget,
        ask_printer: AskPrinter = asked_printer,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._message_bar = message_bar
        self._telling = telling
        self._owner = parent
        self._over: QWidget = parent
        self._ask_printer = ask_printer
        self._is_deidentified = False
        self._window: PreviewWindow | None = None
        self._making = Background(self)
        self._making.succeeded.connect(self._show)
        self._making.failed.connect(_raise)

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        self._is_deidentified = hidden
        if hidden:
            self._put_away()

    def show(self, wish: FilingWish, over: QWidget | None = None) -> None:
        """Show the report of what is on the screen, on the paper that is wished for."""
        exam = self._controller.exam
        if exam is None:
            return
        if self._is_deidentified:
            self._message_bar.show_hint(HIDDEN)
            return
        self._over = self._owner if over is None else over
        told, paper = self._telling.told(wish.paper), wish.paper

        def make() -> PreviewedReport:
            pdf = report_pages(exam, **told)
            return PreviewedReport(pdf, page_sizes(pdf), paper, exam.is_accepted)

        self._making.start(make)

    def close(self) -> bool:
        """Put the window away, and end what runs; return whether it ended in time."""
        self._put_away()
        return self._making.close(_SECONDS_TO_END)

    @Slot(object)
    def _show(self, report: PreviewedReport) -> None:
        self._put_away()
        if self._is_deidentified:  # by now
            return
        window = PreviewWindow(self._over, report, ask_printer=self._ask_printer)
        # Where a dialog asks what is filed, it must be reached while that one waits.
        is_over_dialog = self._over is not self._owner
        window.setWindowModality(
            Qt.WindowModality.WindowModal if is_over_dialog else Qt.WindowModality.NonModal
        )
        window.filing_wanted.connect(self._leave_for_filing)
        self._window = window
        window.show()
        self.shown.emit(window)

    @Slot()
    def _leave_for_filing(self) -> None:
        is_asked_already = self._over is not self._owner
        self._put_away()
        if not is_asked_already:
            self.filing_wanted.emit()

    def _put_away(self) -> None:
        self._making.forget()
        if self._window is not None and isValid(self._window):
            self._window.close()
        self._window = None


def _raise(fault: Exception) -> None:
    raise fault  # our own: the excepthook's matter
