"""The icon set: line drawings of one weight, crisp at each scale of the screen."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from fhc_desktop.gui.widgets import style
from fhc_desktop.resources import resource

_SIZES_PX = (16, 20, 24, 32, 40, 48, 64)
_INK = "#ececec"


def icon(name: str) -> QIcon:
    """Return an icon of resources/icons; its ink is that of the text, or of disabled text."""
    made = QIcon()
    for mode, color in (
        (QIcon.Mode.Normal, style.TEXT),
        (QIcon.Mode.Disabled, style.DISABLED_TEXT),
    ):
        drawing = _drawing(name, color)
        for size in _SIZES_PX:
            made.addPixmap(_pixmap(drawing, size), mode)
    return made


def pixmap(name: str, size_px: int, *, color: str, scale: float = 2.0) -> QPixmap:
    """Return a drawing for a label, sharp up to ``scale`` pixels of the screen per unit."""
    made = _pixmap(_drawing(name, color), round(size_px * scale))
    made.setDevicePixelRatio(scale)
    return made


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
