"""BlankingView: a picture as it would leave the house; boxes are drawn and taken away by hand."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsRectItem, QGraphicsScene, QGraphicsView

from fhc_desktop.domain.image.calibration import RegionBox
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.pixmap import pixmap_of

_SMALLEST_BOX_PX = 3
_FIT_MARGIN_PX = 8


class BlankingView(QGraphicsView):
    """Drag over empty picture to blank a box; click a box to choose it, Delete to take it away.

    The scene's unit is the pixel, its origin the upper left corner of the first one.
    """

    changed = Signal()
    chosen = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._pixels = QRectF()
        self._drag_from: QPointF | None = None
        self._rubber: QGraphicsRectItem | None = None
        self._boxes: list[QGraphicsRectItem] = []
        scene = QGraphicsScene(self)
        self._picture = scene.addPixmap(QPixmap())
        scene.selectionChanged.connect(self._tell_choice)
        self.setScene(scene)
        self.setBackgroundBrush(QColor(style.RAISED))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Picture as it will be exported")
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)

    @property
    def boxes(self) -> tuple[RegionBox, ...]:
        """What is painted black, in pixels."""
        return tuple(_region(item.rect()) for item in self._boxes)

    def show_image(self, image: UltrasoundImage) -> None:
        """Show another frame under the same boxes."""
        self._picture.setPixmap(pixmap_of(image.gray if image.color is None else image.color))
        self._pixels = QRectF(0, 0, image.columns, image.rows)
        self._fit(image.pixel_aspect)

    def show_boxes(self, boxes: Iterable[RegionBox]) -> None:
        for item in self._boxes:
            self.scene().removeItem(item)
        self._boxes = []
        for box in boxes:
            self._add(QRectF(box.left, box.top, box.right - box.left + 1, box.bottom - box.top + 1))
        self.changed.emit()

    def remove_chosen(self) -> None:
        chosen = [item for item in self._boxes if item.isSelected()]
        for item in chosen:
            self._boxes.remove(item)
            self.scene().removeItem(item)
        if chosen:
            self.changed.emit()
            self._tell_choice()

    def _add(self, rect: QRectF) -> QGraphicsRectItem:
        item = QGraphicsRectItem(rect)
        item.setBrush(QColor("black"))
        pen = QPen(QColor(style.ACCENT))
        pen.setCosmetic(True)
        pen.setStyle(Qt.PenStyle.DotLine)
        item.setPen(pen)
        item.setFlag(QGraphicsRectItem.GraphicsItemFlag.ItemIsSelectable)
        self.scene().addItem(item)
        self._boxes.append(item)
        return item

    def _tell_choice(self) -> None:
        for item in self._boxes:
            pen = item.pen()
            pen.setStyle(Qt.PenStyle.SolidLine if item.isSelected() else Qt.PenStyle.DotLine)
            pen.setWidth(3 if item.isSelected() else 1)
            item.setPen(pen)
        self.chosen.emit(any(item.isSelected() for item in self._boxes))

    def _fit(self, aspect: float) -> None:
        self.scene().setSceneRect(self._pixels)
        if self._pixels.isEmpty():
            return
        width = max(self.viewport().width() - 2 * _FIT_MARGIN_PX, 1)
        height = max(self.viewport().height() - 2 * _FIT_MARGIN_PX, 1)
        zoom = min(width / self._pixels.width(), height / (self._pixels.height() * aspect))
        self.resetTransform()
        self.scale(zoom, zoom * aspect)
        self._aspect = aspect

    _aspect = 1.0

    # Qt --------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self._aspect)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        is_on_box = self.itemAt(event.position().toPoint()) in self._boxes
        if event.button() is not Qt.MouseButton.LeftButton or is_on_box:
            super().mousePressEvent(event)
            return
        self.scene().clearSelection()
        self._drag_from = self.mapToScene(event.position().toPoint())
        self._rubber = QGraphicsRectItem()
        self._rubber.setPen(QPen(QColor(style.ACCENT), 0))
        self.scene().addItem(self._rubber)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag_from is None or self._rubber is None:
            super().mouseMoveEvent(event)
            return
        self._rubber.setRect(self._dragged(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drag_from is None or self._rubber is None:
            super().mouseReleaseEvent(event)
            return
        rect = self._dragged(event)
        self.scene().removeItem(self._rubber)
        self._drag_from = self._rubber = None
        if min(rect.width(), rect.height()) >= _SMALLEST_BOX_PX:
            self._add(rect)
            self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.remove_chosen()
            return
        super().keyPressEvent(event)

    def _dragged(self, event: QMouseEvent) -> QRectF:
        """Return the box under the hand, widened to whole pixels and cut to the picture."""
        to = self.mapToScene(event.position().toPoint())
        rect = QRectF(self._drag_from or to, to).normalized()
        return QRectF(rect.toAlignedRect()).intersected(self._pixels)


def _region(rect: QRectF) -> RegionBox:
    return RegionBox(
        int(rect.left()), int(rect.top()), int(rect.right()) - 1, int(rect.bottom()) - 1
    )
