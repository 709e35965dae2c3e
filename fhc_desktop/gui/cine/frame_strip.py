"""FrameStrip: each frame's HC with its interval and grade, from the first frame to the last."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.examination.frame_reading import FrameReading
from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.gui.cine.clip_content import ClipContent
from fhc_desktop.gui.widgets import style

HEIGHT_PX = 10 * style.GRID
_EDGE_PX = 6.0
_DOT_PX = 2.25
# The range of HC that is drawn reaches at least so far to either side of its middle.
_LEAST_REACH = 0.06
_COLORS = {
    OutlineState.PROPOSED: style.PROPOSAL,
    OutlineState.EDITED: style.EDITED,
    OutlineState.ACCEPTED: style.ACCEPTED,
    OutlineState.NOT_LOGGED: style.WARNING,
    OutlineState.NONE: style.SECONDARY_TEXT,
}


@dataclass(frozen=True, slots=True)
class _Range:
    """The HC in mm at the strip's lower and upper edge."""

    low: float
    high: float

    @classmethod
    def of(cls, content: ClipContent) -> "_Range | None":
        """Return a range round what the frames agree on, else with all of them; None without any.

        What differs by more stands at the edge: it would make all others look alike.
        """
        sizes_mm = [one.hc_mm for one in content.readings if one.hc_mm is not None]
        if not sizes_mm:
            return None
        agreed = content.agreed
        if agreed is not None:
            reach = max(_LEAST_REACH * agreed.hc_mm, 4 * agreed.spread_mm)
            return cls(agreed.hc_mm - reach, agreed.hc_mm + reach)
        reach = _LEAST_REACH * sum(sizes_mm) / len(sizes_mm)
        return cls(min(sizes_mm) - reach, max(sizes_mm) + reach)


class FrameStrip(QWidget):
    """A mark a frame: higher is larger. A click asks for the frame under it.

    What has no millimetres stands at the foot: a small cross without a head, a ring in pixels.
    """

    frame_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._content = ClipContent()
        self._drawing: QPixmap | None = None  # all but the place of the frame on the screen
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Head circumference of each frame")

    def show_content(self, content: ClipContent) -> None:
        before, self._content = self._content, content
        if content == before:
            return
        drawn = (content.readings, content.agreed, content.frame_count)
        if drawn != (before.readings, before.agreed, before.frame_count):
            self._drawing = None
        self.setAccessibleDescription(" ".join(content.words))
        self.update()

    def frame_at(self, x: float) -> int:
        """Return the frame, counted from 1, whose place is nearest to one of the strip."""
        count = self._content.frame_count
        share = (x - _EDGE_PX) / max(1.0, self.width() - 2 * _EDGE_PX)
        return min(max(round(share * (count - 1)) + 1, 1), max(count, 1))

    def x_of(self, frame: int) -> float:
        """Return the place of a frame from the left, in pixels."""
        room = self.width() - 2 * _EDGE_PX
        return _EDGE_PX + room * (frame - 1) / max(1, self._content.frame_count - 1)

    def words_at(self, x: float) -> str:
        """Return what the frame there measures, in one line."""
        frame = self.frame_at(x)
        found = [one for one in self._content.readings if one.frame == frame]
        return found[0].words if found else f"Frame {frame}: not measured"

    def _drawn(self) -> QPixmap:
        """Return the marks of all frames: drawn once, since a clip that plays moves one line."""
        scale = self.devicePixelRatioF()
        drawing = QPixmap(self.size() * scale)
        drawing.setDevicePixelRatio(scale)
        drawing.fill(QColor(style.CANVAS))
        painter = QPainter(drawing)
        shown = _Range.of(self._content)
        if shown is not None:
            self._paint_consensus(painter, shown)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for reading in self._content.readings:
            self._paint_reading(painter, reading, shown)
        painter.end()
        return drawing

    def _y_of(self, hc_mm: float, shown: _Range) -> float:
        room = self.height() - 2 * _EDGE_PX
        share = (hc_mm - shown.low) / (shown.high - shown.low)
        return self.height() - _EDGE_PX - room * min(max(share, 0.0), 1.0)

    def _paint_consensus(self, painter: QPainter, shown: _Range) -> None:
        agreed = self._content.agreed
        if agreed is None:
            return
        if agreed.interval_mm is not None:
            top = self._y_of(agreed.interval_mm.high, shown)
            height = self._y_of(agreed.interval_mm.low, shown) - top
            painter.fillRect(QRectF(0, top, self.width(), height), QColor(style.LINE))
        y = self._y_of(agreed.hc_mm, shown)
        painter.setPen(QPen(QColor(style.DISABLED_TEXT), 1))
        painter.drawLine(QPointF(0, y), QPointF(self.width(), y))

    def _paint_reading(
        self, painter: QPainter, reading: FrameReading, shown: _Range | None
    ) -> None:
        x, foot = self.x_of(reading.frame), self.height() - _EDGE_PX / 2
        painter.setPen(QPen(_color(reading), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if reading.hc_mm is None or shown is None:
            if reading.hc_px is not None:
                painter.drawEllipse(QPointF(x, foot), _DOT_PX, _DOT_PX)
                return
            painter.drawLine(QPointF(x - 1.5, foot - 1.5), QPointF(x + 1.5, foot + 1.5))
            painter.drawLine(QPointF(x - 1.5, foot + 1.5), QPointF(x + 1.5, foot - 1.5))
            return
        if reading.interval_mm is not None:
            faint = _color(reading)
            faint.setAlphaF(0.4)
            painter.setPen(QPen(faint, 1))
            painter.drawLine(
                QPointF(x, self._y_of(reading.interval_mm.low, shown)),
                QPointF(x, self._y_of(reading.interval_mm.high, shown)),
            )
        painter.setPen(QPen(_color(reading), 1))
        place = QPointF(x, self._y_of(reading.hc_mm, shown))
        if not _is_doubted(reading):  # a doubtful one is a ring
            painter.setBrush(_color(reading))
        if reading.is_by_hand:
            side = 2 * _DOT_PX
            painter.drawRect(QRectF(place.x() - _DOT_PX, place.y() - _DOT_PX, side, side))
        else:
            painter.drawEllipse(place, _DOT_PX, _DOT_PX)

    # Qt --------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(50 * style.GRID, HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._drawing = None
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        if self._drawing is None:
            self._drawing = self._drawn()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawing)
        if self._content.frame_count:
            x = self.x_of(self._content.shown)
            painter.setPen(QPen(QColor(style.TEXT), 1))
            painter.drawLine(QPointF(x, 0), QPointF(x, 3))
            painter.drawLine(QPointF(x, self.height() - 3), QPointF(x, self.height()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.frame_wanted.emit(self.frame_at(event.position().x()))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words_at(event.pos().x()), self)
            return True
        return super().event(event)


def _is_doubted(reading: FrameReading) -> bool:
    return reading.grade is Grade.LOOK_AGAIN


def _color(reading: FrameReading) -> QColor:
    is_doubted = _is_doubted(reading) and not reading.is_by_hand
    return QColor(style.WARNING if is_doubted else _COLORS[reading.state])
