"""A report's PDF as pictures, by PDFium: what is looked at and printed is what is filed."""

import threading

import numpy as np
from PySide6.QtGui import QImage

POINTS_PER_INCH = 72.0
# Named where this is imported: two threads that first name a thing of Qt's at once end the program.
_PIXELS = QImage.Format.Format_BGR888
# PDFium keeps its state in the process: two threads in it at once end the program.
_ONE_AT_A_TIME = threading.Lock()

PageSize = tuple[float, float]


def page_sizes(pdf: bytes) -> tuple[PageSize, ...]:
    """Return width and height of each page in points."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - loads a library that few starts need

    with _ONE_AT_A_TIME, PdfDocument(pdf) as document:
        return tuple(document.get_page_size(page) for page in range(len(document)))


def page_image(pdf: bytes, page: int, *, dots_per_inch: float) -> QImage:
    """Return a page, counted from 0, as it is printed at that resolution."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415

    with _ONE_AT_A_TIME, PdfDocument(pdf) as document:
        drawn = document[page].render(scale=dots_per_inch / POINTS_PER_INCH)
        pixels = np.ascontiguousarray(drawn.to_numpy())
    height, width, channels = pixels.shape
    made = QImage(pixels.data, width, height, channels * width, _PIXELS)
    return made.copy()  # the array goes
