"""Pixels become a pixmap, in grey or in colours."""

from PySide6.QtGui import QImage, QPixmap

from fhc_desktop.domain.image.ultrasound_image import Gray


def pixmap_of(pixels: Gray) -> QPixmap:
    """Return 8-bit pixels, (rows, columns) or (rows, columns, 3) in RGB, as Qt shows them."""
    rows, columns = pixels.shape[:2]
    is_gray = pixels.ndim == 2  # noqa: PLR2004
    form = QImage.Format.Format_Grayscale8 if is_gray else QImage.Format.Format_RGB888
    return QPixmap.fromImage(QImage(pixels.tobytes(), columns, rows, pixels[0].nbytes, form))
