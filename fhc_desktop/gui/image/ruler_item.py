"""RulerItem: the line that is drawn over a known distance."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from fhc_desktop.gui.widgets import style

_TICK_PX = 8.0


class RulerItem(QGraphicsItem):
    """A line with a tick at each end; hidden until it is drawn."""

    def __init__(self, parent: QGraphicsItem | None = None) -> None:
        super().__init__(parent)
        self._start = QPointF()
        self._end = QPointF()
        self._zoom = 1.0
        self.hide()

    def show_line(self, start: QPointF, end: QPointF) -> None:
        self.prepareGeometryChange()
        self._start, self._end = start, end
        self.show()

    def set_zoom(self, zoom: float) -> None:
        self.prepareGeometryChange()
        self._zoom = zoom

    def boundingRect(self) -> QRectF:
        margin = 2 * _TICK_PX / self._zoom
        return (
            QRectF(self._start, self._end).normalized().adjusted(-margin, -margin, margin, margin)
        )

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002 - Qt's signature
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        along = self._end - self._start
        length = math.hypot(along.x(), along.y()) or 1.0
        across = QPointF(-along.y(), along.x()) * (_TICK_PX / self._zoom / length)
        for color, width_px in ((style.HALO, 4.0), (style.TEXT, 1.6)):
            pen = QPen(QColor(color), width_px / self._zoom)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(self._start, self._end)
            for end in (self._start, self._end):
                painter.drawLine(end - across, end + across)
