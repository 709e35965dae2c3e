"""RulerItem: the line over a known distance; its ends can be moved until its length is given."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsObject,
    QGraphicsSceneMouseEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from fhc_desktop.gui.widgets import style

# In device-independent pixels of the screen, whatever the zoom.
_TICK_PX = 8.0
_GRIP_PX = 10.0
# The part of a picture that a ruler laid across it leaves free at each side.
_FREE_SHARE = 0.3


class RulerItem(QGraphicsObject):
    """A line with a tick at each end; hidden until it is drawn. Keys move its marked end."""

    moved = Signal()

    def __init__(self, parent: QGraphicsItem | None = None) -> None:
        super().__init__(parent)
        self._ends = [QPointF(), QPointF()]
        self._marked = 1
        self._is_dragged = False
        self._zoom = 1.0
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self.hide()

    @property
    def ends(self) -> tuple[QPointF, QPointF]:
        """Where it begins and ends, in the plane of the screen."""
        return self._ends[0], self._ends[1]

    @property
    def marked_end(self) -> QPointF:
        """The end that keys move: the last one that was drawn, dragged or chosen."""
        return self._ends[self._marked]

    @property
    def is_dragged(self) -> bool:
        return self._is_dragged

    def show_line(self, start: QPointF, end: QPointF) -> None:
        self.prepareGeometryChange()
        self._ends, self._marked, self._is_dragged = [start, end], 1, False
        self.show()
        self.moved.emit()

    def lay_across(self, picture: QRectF) -> None:
        """Lay it level across the middle, for keys to move its ends from there."""
        free = _FREE_SHARE * picture.width()
        middle = picture.center().y()
        self.show_line(
            QPointF(picture.left() + free, middle), QPointF(picture.right() - free, middle)
        )

    def mark_other_end(self) -> None:
        self._marked = 1 - self._marked
        self.update()

    def nudge(self, dx: float, dy: float) -> None:
        """Move the marked end by columns of the picture."""
        self._move_marked(self.marked_end + QPointF(dx, dy))

    def set_zoom(self, zoom: float) -> None:
        self.prepareGeometryChange()
        self._zoom = zoom

    def _move_marked(self, place: QPointF) -> None:
        self.prepareGeometryChange()
        self._ends[self._marked] = place
        self.update()
        self.moved.emit()

    # Qt --------------------------------------------------------------------------------------

    def boundingRect(self) -> QRectF:
        margin = 2 * _GRIP_PX / self._zoom
        return QRectF(*self.ends).normalized().adjusted(-margin, -margin, margin, margin)

    def shape(self) -> QPainterPath:
        """The ends only: what lies under the line itself can be taken."""
        path = QPainterPath()
        for end in self._ends:
            path.addEllipse(end, _GRIP_PX / self._zoom, _GRIP_PX / self._zoom)
        return path

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002 - Qt's signature
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        start, end = self.ends
        along = end - start
        length = math.hypot(along.x(), along.y()) or 1.0
        across = QPointF(-along.y(), along.x()) * (_TICK_PX / self._zoom / length)
        for color, width_px in ((style.HALO, 4.0), (style.TEXT, 1.6)):
            pen = QPen(QColor(color), width_px / self._zoom)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(start, end)
            for tip in (start, end):
                painter.drawLine(tip - across, tip + across)
        painter.setPen(QPen(QColor(style.ACCENT), 1.6 / self._zoom))
        painter.drawEllipse(self.marked_end, _GRIP_PX / self._zoom, _GRIP_PX / self._zoom)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        far = [(event.pos() - end).manhattanLength() for end in self._ends]
        self._marked = far.index(min(far))
        self._is_dragged = True
        self.update()

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        self._move_marked(self.marked_end + event.pos() - event.lastPos())

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:  # noqa: ARG002 - Qt's
        self._is_dragged = False
