"""DepthMarksItem: frames round the marks that a proposed scale was read from."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from fhc_desktop.domain.image.depth_marks import DepthMarks, Mark
from fhc_desktop.gui.widgets import style

_ROOM_PX = 4.0


class DepthMarksItem(QGraphicsItem):
    """Shown while the scale waits for the user's word; the marks themselves stay in sight."""

    def __init__(self, parent: QGraphicsItem | None = None) -> None:
        super().__init__(parent)
        self._marks: DepthMarks | None = None
        self._aspect = 1.0
        self._zoom = 1.0
        self.hide()

    @property
    def frames(self) -> list[QRectF]:
        """The frames in the plane of the screen, from the top down."""
        if self._marks is None:
            return []
        return [self._frame(mark) for mark in self._marks.marks]

    def show_marks(self, marks: DepthMarks | None, *, pixel_aspect: float) -> None:
        if (marks, pixel_aspect) == (self._marks, self._aspect):
            return
        self.prepareGeometryChange()
        self._marks, self._aspect = marks, pixel_aspect
        self.setVisible(marks is not None)

    def set_zoom(self, zoom: float) -> None:
        self.prepareGeometryChange()
        self._zoom = zoom

    def _frame(self, mark: Mark) -> QRectF:
        room = _ROOM_PX / self._zoom
        left, right, y = mark.left_px - 0.5, mark.right_px + 0.5, mark.y_px * self._aspect
        return QRectF(left - room, y - 1.5 - room, right - left + 2 * room, 3 + 2 * room)

    def boundingRect(self) -> QRectF:
        around = QRectF()
        for frame in self.frames:
            around = around.united(frame)
        margin = 2 / self._zoom
        return around.adjusted(-margin, -margin, margin, margin)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002 - Qt's signature
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width_px in ((style.HALO, 3.0), (style.PROPOSAL, 1.4)):
            painter.setPen(QPen(QColor(color), width_px / self._zoom))
            for frame in self.frames:
                painter.drawRect(frame)
