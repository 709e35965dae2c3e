"""PreviewWindow: the pages of a report as they will be, before it is filed or printed."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.filing.pdf_pages import POINTS_PER_INCH, PageSize, page_image
from fhc_desktop.gui.filing.preview_view import PreviewView, zoom_to_fit
from fhc_desktop.gui.filing.printing import PrintJob, print_pages, printed_words
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.reporting.pdf.paper import Paper

_SIZE = QSize(760, 900)
_SECONDS_TO_END = 10.0
NOT_REVIEWED = "Not reviewed: accept the measurement to file or print its report."
AskPrinter = Callable[[QWidget, Paper, int], QPrinter | None]


@dataclass(frozen=True, slots=True)
class PreviewedReport:
    """A report to be looked at: its PDF, the sizes of its pages in points, and its standing."""

    pdf: bytes
    sizes: tuple[PageSize, ...]
    paper: Paper
    is_accepted: bool


class PreviewWindow(QDialog):
    """One page at a time, at the resolution of the screen; ``filing_wanted`` files the report."""

    filing_wanted = Signal()

    def __init__(
        self, parent: QWidget | None, report: PreviewedReport, *, ask_printer: AskPrinter
    ) -> None:
        super().__init__(parent)
        self._report = report
        self._ask_printer = ask_printer
        self.view = PreviewView(len(report.sizes))
        self._drawn_page = -1
        self._drawing, self._printing = Background(self), Background(self)
        self.page = QLabel()
        self.page.setScaledContents(True)
        self.sheet = QScrollArea()
        self.before = _button("◀", "Page before  (PgUp)")
        self.after = _button("▶", "Next page  (PgDown)")
        self.place = style.label()
        self.smaller = _button("−", "Smaller  (Ctrl+-)")
        self.larger = _button("+", "Larger  (Ctrl++)")
        self.fit = _button("Fit", "Show the whole page  (0)")
        self.print = _button("Print …", "Print these pages  (Ctrl+P)")
        self.file = _button("File …", "Choose forms and folder  (Ctrl+E)")
        self.words = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._lay_out()
        self._connect()
        self._show()

    @property
    def zoom(self) -> float:
        """How large the page is; 1 is as on paper."""
        fitting = self._fitting()
        return fitting if self.view.zoom is None else self.view.zoom

    # Putting together ------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setWindowTitle("Preview of the report")
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        row = QHBoxLayout()
        row.setContentsMargins(style.MARGIN, style.GAP, style.MARGIN, style.GAP)
        row.setSpacing(style.GRID)
        for part in (self.before, self.place, self.after, self.smaller, self.larger, self.fit):
            row.addWidget(part)
        row.addStretch(1)
        for part in (self.print, self.file):
            row.addWidget(part)
        self.sheet.setWidget(self.page)
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sheet.setAccessibleName("Page of the report")
        self.words.setContentsMargins(style.MARGIN, style.GRID, style.MARGIN, style.GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.sheet, stretch=1)
        column.addWidget(self.words)
        if not self._report.is_accepted:
            self._say(f"{style.WARNING_SIGN} {NOT_REVIEWED}", style.WARNING)
            for part in (self.print, self.file):
                part.setToolTip(NOT_REVIEWED)

    def _connect(self) -> None:
        self._drawing.succeeded.connect(self._show_page)
        self._drawing.failed.connect(_raise)
        self._printing.succeeded.connect(self._tell_printed)
        self._printing.failed.connect(self._tell_not_printed)
        for deed, keys, button in (
            (lambda: self._turn(self.view.turned(-1)), ("PgUp",), self.before),
            (lambda: self._turn(self.view.turned(1)), ("PgDown",), self.after),
            (lambda: self._turn(self.view.at(0)), ("Home",), None),
            (lambda: self._turn(self.view.at(self.view.page_count)), ("End",), None),
            (lambda: self._zoom(1), ("Ctrl++", "Ctrl+="), self.larger),
            (lambda: self._zoom(-1), ("Ctrl+-",), self.smaller),
            (lambda: self._turn(self.view.fitted()), ("0",), self.fit),
            (lambda: self._turn(self.view.actual()), ("1",), None),
            (self._print, ("Ctrl+P",), self.print),
            (self._file, ("Ctrl+E",), self.file),
        ):
            for key in keys:
                QShortcut(QKeySequence(key), self).activated.connect(deed)
            if button is not None:
                button.clicked.connect(deed)

    # Showing ---------------------------------------------------------------------------------

    def _turn(self, view: PreviewView) -> None:
        self.view = view
        self._show()

    def _zoom(self, steps: int) -> None:
        self._turn(self.view.zoomed(steps, fitting=self._fitting()))

    def _fitting(self) -> float:
        width, height = self._report.sizes[self.view.page]
        room, dots = self.sheet.maximumViewportSize(), self.logicalDpiX() / POINTS_PER_INCH
        return zoom_to_fit((width * dots, height * dots), (room.width(), room.height()))

    @Slot()
    def _show(self) -> None:
        view, zoom = self.view, self.zoom
        self.place.setText(f"{view.words}  ·  {zoom:.0%}")
        self.before.setEnabled(view.has_before)
        self.after.setEnabled(view.has_after)
        is_free = self._report.is_accepted and not self._printing.is_busy
        self.print.setEnabled(is_free)
        self.file.setEnabled(is_free)
        if self._drawn_page != view.page:
            self.page.setPixmap(QPixmap())  # no page stands under the number of another one
        dots_per_inch = zoom * self.logicalDpiX()
        width, height = self._report.sizes[view.page]
        self.page.setFixedSize(
            round(width * dots_per_inch / POINTS_PER_INCH),
            round(height * dots_per_inch / POINTS_PER_INCH),
        )
        pdf, page, sharp = self._report.pdf, view.page, dots_per_inch * self.devicePixelRatioF()
        self._drawing.start(lambda: (page, page_image(pdf, page, dots_per_inch=sharp)))

    @Slot(object)
    def _show_page(self, drawn: tuple[int, QImage]) -> None:
        self._drawn_page, image = drawn
        self.page.setPixmap(QPixmap.fromImage(image))
        self.page.setAccessibleName(self.view.words)

    def _say(self, words: str, color: str = style.SECONDARY_TEXT) -> None:
        style.set_color(self.words, color)
        self.words.setText(words)

    # Leaving ---------------------------------------------------------------------------------

    @Slot()
    def _file(self) -> None:
        if self.file.isEnabled():
            self.filing_wanted.emit()

    @Slot()
    def _print(self) -> None:
        if not self.print.isEnabled():
            return
        pdf, count = self._report.pdf, self.view.page_count
        try:
            printer = self._ask_printer(self, self._report.paper, count)
        except FhcError as problem:
            self._tell_not_printed(problem)
            return
        if printer is not None:
            job = PrintJob.of(printer, count)
            self._say("Printing …")
            self._printing.start(lambda: print_pages(pdf, job))
            self._show()

    @Slot(object)
    def _tell_printed(self, count: int) -> None:
        self._say(f"{style.ACCEPTED_SIGN} {printed_words(count)}", style.ACCEPTED)
        self._show()

    @Slot(object)
    def _tell_not_printed(self, error: Exception) -> None:
        if not isinstance(error, FhcError):
            _raise(error)
        self._say(f"{style.ERROR_SIGN} {error}", style.ERROR)
        self._show()

    # Qt --------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.view.zoom is None:
            self._show()

    def done(self, result: int) -> None:
        self._drawing.close(_SECONDS_TO_END)
        self._printing.close(_SECONDS_TO_END)
        super().done(result)


def _button(text: str, tip: str) -> QPushButton:
    made = QPushButton(text)
    made.setToolTip(tip)
    made.setAccessibleName(tip.partition("  ")[0])
    made.setAutoDefault(False)
    return made


def _raise(fault: Exception) -> None:
    raise fault  # our own: the excepthook's matter
