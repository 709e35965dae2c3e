"""ScaleBars: a known length over a corner of the picture, in the window as in the report."""

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.scale_bar import ALIKE_SIDES, ScaleBar, scale_bar
from fhc_desktop.gui.image.image_view import ImageView
from fhc_desktop.gui.image.picture_content import PictureContent
from fhc_desktop.gui.widgets import style

# A shorter one cannot be read off.
_SHORTEST_PX = 32.0
_TICK_PX = 8
_ROOM_PX = style.GRID
_AWAY_PX = 3 * style.GRID
_GRID_POINTS = 9
# Where letters are darkened round about.
_AROUND = [QPoint(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if (x, y) != (0, 0)]


@dataclass(frozen=True, slots=True)
class ShownBars:
    """What is drawn: one bar for both directions, or one for each that holds for it alone."""

    across: ScaleBar | None = None
    down: ScaleBar | None = None

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands beside them."""
        if self.down is None:
            return () if self.across is None else (self.across.text,)
        across = () if self.across is None else (f"{self.across.text} across",)
        return (*across, f"{self.down.text} down")


class ScaleBars(QWidget):
    """Lies over a corner of the view that the skull does not reach; the mouse goes through it."""

    def __init__(self, view: ImageView) -> None:
        super().__init__(view)
        self._view = view
        self._content: PictureContent | None = None
        self.bars = ShownBars()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFont(style.font(style.BODY_PX, QFont.Weight.DemiBold))
        view.zoomed.connect(self._lay)
        view.moved.connect(self._lay)
        self.hide()

    def show_content(self, content: PictureContent | None) -> None:
        self._content = content
        if not self._view.ellipse_item.is_dragged:  # it gives way when the hand has let go
            self._lay()

    def _lay(self) -> None:
        content, view = self._content, self._view
        self.bars = ShownBars()
        if content is not None and content.mm_per_px is not None:
            seen = view.mapFromScene(view.seen_picture).boundingRect().size()
            aspect = content.image.pixel_aspect
            self.bars = bars_of(content.mm_per_px, aspect, zoom=view.zoom, seen=seen)
        size = _size_of(self.bars, self.fontMetrics())
        corner = None if size.isEmpty() else self._free_corner(size)
        if corner is not None:
            self.setGeometry(QRect(corner, size))
            self.update()
        self.setVisible(corner is not None)

    def _free_corner(self, size: QSize) -> QPoint | None:
        outline = self._view.ellipse_item.ellipse
        for corner in corners(self._view.viewport().geometry(), size):
            around = QRect(corner, size).adjusted(-_AWAY_PX, -_AWAY_PX, _AWAY_PX, _AWAY_PX)
            place = self._view.mapToScene(around).boundingRect()
            if outline is None or not meets(outline, place):
                return corner
        return None

    def _write(self, painter: QPainter, place: QPoint) -> None:
        """Write the words beside the bars, the first line lowest."""
        metrics = self.fontMetrics()
        baseline = self.height() - _ROOM_PX - _TICK_PX - metrics.descent()
        for text in self.bars.texts:
            painter.drawText(QPoint(_ROOM_PX + _TICK_PX, baseline) + place, text)
            baseline -= metrics.lineSpacing()

    # Qt --------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strokes = _strokes(self.bars, self.size())
        for color, width_px in ((style.HALO, 4.0), (style.TEXT, 1.6)):
            painter.setPen(QPen(QColor(color), width_px))
            painter.drawPath(strokes)
        # Not as outlines: those are another shape when they are asked for a second time.
        for color, places in ((style.HALO, _AROUND), (style.TEXT, [QPoint(0, 0)])):
            painter.setPen(QColor(color))
            for place in places:
                self._write(painter, place)


def bars_of(
    mm_per_px: tuple[float, float], aspect: float, *, zoom: float, seen: QSize
) -> ShownBars:
    """Return the bars of a picture: ``mm_per_px`` for a column and a row, ``seen`` in the view.

    ``zoom`` is how many pixels of the view a column has; a row has ``aspect`` times as many.
    """
    mm_across, mm_down = mm_per_px[0] / zoom, mm_per_px[1] / (aspect * zoom)
    across = _readable(mm_across, seen.width())
    if math.isclose(mm_across, mm_down, rel_tol=ALIKE_SIDES):
        return ShownBars(across)
    return ShownBars(across, _readable(mm_down, seen.height()))


def corners(view: QRect, size: QSize) -> tuple[QPoint, ...]:
    """Return where the bars may stand in a view: bottom left as in the report, else elsewhere."""
    left, top = view.left() + _AWAY_PX, view.top() + _AWAY_PX
    right = view.right() + 1 - _AWAY_PX - size.width()
    bottom = view.bottom() + 1 - _AWAY_PX - size.height()
    return (QPoint(left, bottom), QPoint(right, bottom), QPoint(left, top), QPoint(right, top))


def meets(outline: Ellipse, place: QRectF) -> bool:
    """Return whether any of a rectangle lies in an ellipse; both in one plane."""
    x, y = np.meshgrid(
        np.linspace(place.left(), place.right(), _GRID_POINTS),
        np.linspace(place.top(), place.bottom(), _GRID_POINTS),
    )
    rim = outline.points(90)
    is_in_place = (
        (place.left() <= rim[:, 0])
        & (rim[:, 0] <= place.right())
        & (place.top() <= rim[:, 1])
        & (rim[:, 1] <= place.bottom())
    )
    return bool(outline.covers(x, y).any() or is_in_place.any())


def _readable(mm_per_px: float, room_px: float) -> ScaleBar | None:
    if room_px <= 0:
        return None
    bar = scale_bar(mm_per_px, room_px, shortest_mm=0.0)
    return bar if bar is not None and bar.length_px >= _SHORTEST_PX else None


def _size_of(bars: ShownBars, metrics: QFontMetrics) -> QSize:
    """Return the room of bars and words; none where there is nothing to draw."""
    if not bars.texts:
        return QSize()
    across = 0.0 if bars.across is None else bars.across.length_px
    down = 0.0 if bars.down is None else bars.down.length_px
    words = max(metrics.horizontalAdvance(text) for text in bars.texts)
    lines = len(bars.texts) * metrics.lineSpacing()
    width = max(across, words + _TICK_PX) + 2 * _ROOM_PX
    return QSize(math.ceil(width), math.ceil(max(down, lines + _TICK_PX) + 2 * _ROOM_PX))


def _strokes(bars: ShownBars, size: QSize) -> QPainterPath:
    path = QPainterPath()
    left, bottom = float(_ROOM_PX), float(size.height() - _ROOM_PX)
    if bars.across is not None:
        right = left + bars.across.length_px
        for start, end in (
            (QPointF(left, bottom), QPointF(right, bottom)),
            (QPointF(left, bottom), QPointF(left, bottom - _TICK_PX)),
            (QPointF(right, bottom), QPointF(right, bottom - _TICK_PX)),
        ):
            path.moveTo(start)
            path.lineTo(end)
    if bars.down is not None:
        top = bottom - bars.down.length_px
        for start, end in (
            (QPointF(left, bottom), QPointF(left, top)),
            (QPointF(left, bottom), QPointF(left + _TICK_PX, bottom)),
            (QPointF(left, top), QPointF(left + _TICK_PX, top)),
        ):
            path.moveTo(start)
            path.lineTo(end)
    return path
