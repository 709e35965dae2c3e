"""A report on paper: its pages as pictures at the printer's resolution."""

from dataclasses import dataclass
from typing import Self

from PySide6.QtCore import QMarginsF, QRect
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.filing.pdf_pages import page_image
from fhc_desktop.reporting.pdf.paper import Paper

# Finer than this nobody sees, and a page would take half a gigabyte.
_FINEST_DPI = 600.0
_STUCK = QPrinter.PrinterState.Error  # named here, on the GUI thread
_SIZES = {Paper.A4: QPageSize.PageSizeId.A4, Paper.LETTER: QPageSize.PageSizeId.Letter}


class NotPrinted(FhcError):  # noqa: N818 - says what happened, as the house names faults
    """The printer did not take the report, or there is none."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What goes to a printer: pages, counted from 0, each drawn over the whole sheet in pixels."""

    printer: QPrinter
    pages: tuple[int, ...]
    sheet: QRect
    dots_per_inch: float

    @classmethod
    def of(cls, printer: QPrinter, page_count: int) -> Self:
        """Read a printer's settings; on the GUI thread, which alone may name Qt's classes."""
        reversed_order = printer.pageOrder() is QPrinter.PageOrder.LastPageFirst
        is_copied_by_us = not printer.supportsMultipleCopies()
        return cls(
            printer,
            pages_wanted(
                page_count,
                first=printer.fromPage(),
                last=printer.toPage(),
                copies=printer.copyCount() if is_copied_by_us else 1,
                is_reversed=reversed_order,
            ),
            printer.pageLayout().fullRectPixels(printer.resolution()),
            min(float(printer.resolution()), _FINEST_DPI),
        )


def pages_wanted(
    count: int, *, first: int, last: int, copies: int, is_reversed: bool
) -> tuple[int, ...]:
    """Return the pages to print, counted from 0; ``first`` and ``last`` count from 1, 0 is all."""
    pages = range(max(first, 1) - 1, min(last or count, count))
    wanted = tuple(reversed(pages)) if is_reversed else tuple(pages)
    return wanted * max(copies, 1)


def asked_printer(parent: QWidget, paper: Paper, page_count: int) -> QPrinter | None:
    """Return a printer that somebody chose, None where nobody did.

    A file is filed and not printed: Qt's dialog for it would keep its path for all to read.

    Raises:
        NotPrinted: this machine knows no printer.
    """
    if not QPrinterInfo.availablePrinterNames():
        raise NotPrinted(
            "This machine has no printer.", "Add one in the system’s settings, or file a PDF."
        )
    printer = sheet_printer(paper)
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)
    dialog.setMinMax(1, page_count)
    is_chosen = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return printer if is_chosen else None


def sheet_printer(paper: Paper) -> QPrinter:
    """Return the usual printer, set to the whole of a sheet: the report has its own margins."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(
        QPageLayout(QPageSize(_SIZES[paper]), QPageLayout.Orientation.Portrait, QMarginsF())
    )
    printer.setFullPage(True)
    printer.setDocName("Report")  # stands in lists of jobs, where it must name nobody
    return printer


def print_pages(pdf: bytes, job: PrintJob) -> int:
    """Print the pages that are wanted, and return how many; on a thread of its own.

    Raises:
        NotPrinted: the printer did not take them.
    """
    painter = QPainter()
    if not painter.begin(job.printer):
        raise _refused()
    try:
        _draw(painter, pdf, job)
    finally:
        is_ended = painter.end()
    if not is_ended or job.printer.printerState() is _STUCK:
        raise _refused()
    return len(job.pages)


def _draw(painter: QPainter, pdf: bytes, job: PrintJob) -> None:
    for number, page in enumerate(job.pages):
        if number and not job.printer.newPage():
            raise _refused()
        image = page_image(pdf, page, dots_per_inch=job.dots_per_inch)
        painter.drawImage(_placed(image, job.sheet), image)


def _placed(image: QImage, sheet: QRect) -> QRect:
    """Return where a page lies on a sheet: as large as it fits, in the middle, in its shape."""
    factor = min(sheet.width() / image.width(), sheet.height() / image.height())
    width, height = round(image.width() * factor), round(image.height() * factor)
    left, top = (sheet.width() - width) // 2, (sheet.height() - height) // 2
    return QRect(left, top, width, height)


def _refused() -> NotPrinted:
    return NotPrinted(
        "The printer did not take the report.", "See whether it is on and reachable, and try again."
    )


def printed_words(count: int) -> str:
    """Return what is said once sheets are on their way."""
    return "1 page is with the printer." if count == 1 else f"{count} pages are with the printer."
