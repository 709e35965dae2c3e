"""The icon set: line drawings of one weight, crisp at each scale of the screen."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from fhc_desktop.gui.widgets import style
from fhc_desktop.resources import resource

# Buttons have the first of these, the top row the second; whatever else is wanted, on a screen that
# is plugged in later or by a desktop, is drawn from the largest.
_SIZES, _LARGEST_PX = (16, 20), 64
_INK = "#ececec"


def icon(name: str) -> QIcon:
    """Return an icon of resources/icons; its ink is that of the text, or of disabled text."""
    made, drawing = QIcon(), _drawing(name, style.TEXT)
    for size in _sizes_px():
        drawn = _pixmap(drawing, size)
        made.addPixmap(drawn, QIcon.Mode.Normal)
        made.addPixmap(_inked(drawn, style.DISABLED_TEXT), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, size_px: int, *, color: str, scale: float = 2.0) -> QPixmap:
    """Return a drawing for a label, sharp up to ``scale`` pixels of the screen per unit."""
    made = _pixmap(_drawing(name, color), round(size_px * scale))
    made.setDevicePixelRatio(scale)
    return made


def _sizes_px() -> set[int]:
    """Return how large icons are in pixels of the screens that there are."""
    scales = [screen.devicePixelRatio() for screen in QGuiApplication.screens()]
    return {_LARGEST_PX} | {round(size * scale) for size in _SIZES for scale in scales}


def _drawing(name: str, color: str) -> QSvgRenderer:
    text = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(text.replace(_INK, color).encode()))


def _pixmap(drawing: QSvgRenderer, size_px: int) -> QPixmap:
    made = QPixmap(QSize(size_px, size_px))
    made.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(made)
    drawing.render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return made


def _inked(drawn: QPixmap, color: str) -> QPixmap:
    """Return the same drawing in another ink: sooner done than drawn again."""
    made = QPixmap(drawn)
    painter = QPainter(made)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(made.rect(), QColor(color))
    painter.end()
    return made
