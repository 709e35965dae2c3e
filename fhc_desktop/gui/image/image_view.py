"""ImageView: the scan, as large as it fits, with the outline over it.

The scene's plane is that of the screen: x in columns, y in rows times the pixel aspect, so that a
head looks as it is. The origin is the centre of the top-left pixel, as in the domain.
"""

from PySide6.QtCore import QPointF, QRectF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsRectItem,
    QGraphicsScene,
    QGraphicsView,
)

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.image.geometry import Ellipse, Point
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.gui.image.blanked_item import BlankedItem
from fhc_desktop.gui.image.depth_marks_item import DepthMarksItem
from fhc_desktop.gui.image.ellipse_item import EllipseItem
from fhc_desktop.gui.image.heads_beside_item import HeadsBesideItem
from fhc_desktop.gui.image.panning import Panning
from fhc_desktop.gui.image.picture_content import PictureContent
from fhc_desktop.gui.image.ruler_item import RulerItem
from fhc_desktop.gui.image.scan_item import ScanItem
from fhc_desktop.gui.image.tool import Tool
from fhc_desktop.gui.image.window_drag import WindowDrag
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.held_key import HeldKey
from fhc_desktop.gui.widgets.picture_fit import fitting_zoom, held_zoom, scene_round

_WHEEL_STEP = 1.0015
_SETTLE_MS = 120
_SMALLEST_DRAG_PX = 6.0


class ImageView(QGraphicsView):
    """Shows an examination's picture and outline; reports what the hand does, in image pixels."""

    outline_previewed = Signal(object)  # Ellipse
    outline_committed = Signal(object)  # Ellipse
    outline_canceled = Signal()
    display_previewed = Signal(object)  # Display, while the hand changes it
    display_committed = Signal(object)  # Display
    ruler_drawn = Signal()  # and lies on the picture until it is put away
    moved = Signal()  # the picture in the view, by panning or with the view's size
    tool_changed = Signal(object)  # Tool
    zoomed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._image: UltrasoundImage | None = None
        self._outline_px: Ellipse | None = None
        self._tool = Tool.PAN
        self._drag_from: QPointF | None = None
        self._is_fitted = True
        self._shown_shape: tuple[float, ...] = ()
        self._pixmap = ScanItem()
        self._blanked = BlankedItem(self._pixmap)
        self._overlay = QGraphicsRectItem()  # only holds what is hidden as one
        self._depth_marks = DepthMarksItem(self._overlay)
        self._beside = HeadsBesideItem(self._overlay)
        self._ellipse = EllipseItem(self._overlay)
        self._ruler = RulerItem(self._overlay)
        self._panning = Panning(self)
        self._window_drag = WindowDrag(self)
        self._settle = QVariantAnimation(self)
        self._build()

    @property
    def tool(self) -> Tool:
        return self._tool

    @property
    def ellipse_item(self) -> EllipseItem:
        return self._ellipse

    @property
    def ruler_item(self) -> RulerItem:
        return self._ruler

    @property
    def depth_marks_item(self) -> DepthMarksItem:
        return self._depth_marks

    @property
    def zoom(self) -> float:
        return self.transform().m11()

    @property
    def is_smooth(self) -> bool:
        """Whether the picture's pixels run into each other."""
        return self._pixmap.is_smooth

    @property
    def seen_picture(self) -> QRectF:
        """The part of the picture that is in sight, in the plane of the screen."""
        seen = self.mapToScene(self.viewport().rect()).boundingRect()
        return seen.intersected(self._pixmap.sceneBoundingRect())

    def point_in_image(self, place: QPointF) -> Point:
        """Return where a place of the screen's plane lies in the image."""
        return (place.x(), place.y() / self._aspect)

    def show_content(self, content: PictureContent | None) -> None:
        image = None if content is None else content.image
        display = Display() if content is None else content.display
        self._set_inert(is_inert=content is not None and content.is_inert)
        if image is not self._image:
            self._show_image(image, display)
        if not self._window_drag.is_held:  # while it is, the hand knows better
            self._pixmap.show_display(display)
        marks = None if content is None else content.depth_marks
        self._depth_marks.show_marks(marks, pixel_aspect=self._aspect)
        beside = () if content is None else content.beside
        self._beside.show_heads(beside, pixel_aspect=self._aspect)
        self._blanked.setVisible(content is not None and content.is_blanked)
        if content is None:
            self._ellipse.show_ellipse(None, OutlineState.NONE)
            self._outline_px = None
            return
        self._show_outline(content.outline_px, content.state)

    def set_tool(self, tool: Tool) -> None:
        self.cancel()
        if tool is not Tool.PAN:
            self._ruler.hide()
        self._tool = tool
        self._ellipse.setAcceptedMouseButtons(
            Qt.MouseButton.LeftButton if tool is Tool.PAN else Qt.MouseButton.NoButton
        )
        self._ellipse.setAcceptHoverEvents(tool is Tool.PAN)
        cursor = Qt.CursorShape.ArrowCursor if tool is Tool.PAN else Qt.CursorShape.CrossCursor
        self.viewport().setCursor(cursor)
        self.tool_changed.emit(tool)

    def cancel(self) -> None:
        """Let go of what the hand holds, leaving everything as it was before."""
        if self._drag_from is not None:
            self._drag_from = None
            self._ruler.hide()
            self.outline_canceled.emit()
        self._ellipse.cancel_drag()
        self._window_drag.cancel()

    def set_overlay_hidden(self, hidden: bool) -> None:  # noqa: FBT001 - a key held down or not
        # Not by setVisible(): that would take a handle out of the hand.
        self._overlay.setOpacity(0.0 if hidden else 1.0)

    def fit(self) -> None:
        """Show the whole picture, as large as it fits."""
        rect = self._pixmap.sceneBoundingRect()
        zoom = fitting_zoom(rect, self.viewport().rect())
        if zoom is None:
            return
        self._set_zoom(zoom)
        self.centerOn(rect.center())
        self._is_fitted = True

    def show_actual_size(self) -> None:
        """Show one column of the picture as one pixel of the screen."""
        self._set_zoom(1.0 / self.devicePixelRatioF())
        self.centerOn(self._pixmap.sceneBoundingRect().center())

    def zoom_in(self) -> None:
        self._set_zoom(self.zoom * 1.25)

    def zoom_out(self) -> None:
        self._set_zoom(self.zoom / 1.25)

    # Inside ----------------------------------------------------------------------------------

    def _build(self) -> None:
        scene = QGraphicsScene(self)
        scene.setBackgroundBrush(QColor(style.CANVAS))
        for item in (self._pixmap, self._overlay):
            scene.addItem(item)
        self.setScene(scene)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        # What changes is painted in one rectangle: lines are slow where the clip is made of many.
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.BoundingRectViewportUpdate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(False)  # the window takes what is dropped
        self.viewport().setAcceptDrops(False)
        self.setAccessibleName("Ultrasound image with the outline of the head")
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self.moved)
        self._ellipse.previewed.connect(self._previewed)
        self._ellipse.committed.connect(self._committed)
        self._ellipse.canceled.connect(self.outline_canceled)
        self._window_drag.previewed.connect(self._pixmap.show_display)
        self._window_drag.previewed.connect(self.display_previewed)
        self._window_drag.committed.connect(self.display_committed)
        HeldKey(Qt.Key.Key_H, self).changed.connect(self.set_overlay_hidden)
        self._settle.setDuration(_SETTLE_MS)
        self._settle.setStartValue(0.0)
        self._settle.setEndValue(1.0)
        self._settle.valueChanged.connect(self._ellipse.setOpacity)

    def _set_inert(self, *, is_inert: bool) -> None:
        if is_inert and self.isInteractive():
            self.set_tool(Tool.PAN)
            self._ruler.hide()
        self.setInteractive(not is_inert)

    def _show_image(self, image: UltrasoundImage | None, display: Display) -> None:
        self.cancel()
        if self._tool is not Tool.PAN:
            self.set_tool(Tool.PAN)
        before, self._image = self._image, image
        self._outline_px = None
        self._ruler.hide()
        self._pixmap.show_image(image, display)
        if image is None:
            return
        self._blanked.cover(image)
        self.setSceneRect(scene_round(self._pixmap.sceneBoundingRect()))
        shape, is_next_frame = (
            (*image.gray.shape, image.pixel_aspect),
            _is_next_frame(image, before),
        )
        # Frames and images of one shape keep the place that the user has chosen to look at.
        if shape != self._shown_shape or (self._is_fitted and not is_next_frame):
            self.fit()
        self._shown_shape = shape
        if not is_next_frame:  # it takes no keys from the slider it came by
            self.setFocus()

    def _show_outline(self, outline_px: Ellipse | None, state: OutlineState) -> None:
        if outline_px == self._outline_px:
            # The ellipse on the screen keeps the names of its handles.
            self._ellipse.show_ellipse(self._ellipse.ellipse, state)
            return
        arrives = self._outline_px is None and state is OutlineState.PROPOSED
        self._outline_px = outline_px
        shown = None if outline_px is None else outline_px.scaled(1.0, self._aspect)
        self._ellipse.show_ellipse(shown, state)
        if arrives:
            self._settle.start()

    @property
    def _is_held(self) -> bool:
        """Whether there is anything that could be let go of."""
        return self._tool is not Tool.PAN or self._ellipse.is_dragged or self._window_drag.is_held

    @property
    def _aspect(self) -> float:
        return 1.0 if self._image is None else self._image.pixel_aspect

    def _to_image(self, ellipse: Ellipse) -> Ellipse:
        return ellipse.scaled(1.0, 1.0 / self._aspect)

    def _previewed(self, ellipse: Ellipse) -> None:
        self._outline_px = self._to_image(ellipse)
        self.outline_previewed.emit(self._outline_px)

    def _committed(self, ellipse: Ellipse) -> None:
        self._outline_px = self._to_image(ellipse)
        self.outline_committed.emit(self._outline_px)

    def _set_zoom(self, zoom: float) -> None:
        zoom = held_zoom(zoom)
        middle = self.mapToScene(self.viewport().rect().center())
        self.setTransform(QTransform.fromScale(zoom, zoom))
        self.centerOn(middle)
        self._is_fitted = False
        self._pixmap.set_zoom(zoom * self.devicePixelRatioF())
        for item in (self._ellipse, self._ruler, self._depth_marks, self._beside):
            item.set_zoom(zoom)
        self.zoomed.emit(zoom)

    def _drag_tool_to(self, place: QPointF) -> None:
        if self._drag_from is None:
            return
        if self._tool is Tool.RULER:
            self._ruler.show_line(self._drag_from, place)
            return
        box = _box(self._drag_from, place)
        self.outline_previewed.emit(self._to_image(box))

    def _drop_tool_at(self, place: QPointF) -> None:
        start, self._drag_from = self._drag_from, None
        tool = self._tool
        if start is None:
            return
        distance_px = (place - start).manhattanLength() * self.zoom
        self.set_tool(Tool.PAN)
        if distance_px < _SMALLEST_DRAG_PX:
            self._ruler.hide()
            self.outline_canceled.emit()
        elif tool is Tool.RULER:
            self._ruler.show_line(start, place)
            self.ruler_drawn.emit()
        else:
            self.outline_committed.emit(self._to_image(_box(start, place)))

    # Qt --------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._image is None:
            return
        place = event.position().toPoint()
        under = self.mapToScene(place)
        self._set_zoom(self.zoom * _WHEEL_STEP ** event.angleDelta().y())
        # The point under the cursor stays under it.
        self._panning.move_by(place - self.mapFromScene(under))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._window_drag.is_held:  # one thing at a time
            return
        if event.button() is Qt.MouseButton.LeftButton and self._tool is not Tool.PAN:
            self._drag_from = self.mapToScene(place)
            return
        if event.button() is Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            if self._ellipse.is_dragged or self._ruler.is_dragged:
                return
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._panning.take(place)
        elif event.buttons() == Qt.MouseButton.RightButton and self.isInteractive():
            self._window_drag.take(place, self._pixmap.display)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag_from is not None:
            self._drag_tool_to(self.mapToScene(event.position().toPoint()))
        elif self._panning.is_held:
            self._panning.move_to(event.position().toPoint())
            self._is_fitted = False
        elif self._window_drag.is_held:
            self._window_drag.move_to(event.position().toPoint())
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._drag_from is not None:
            self._drop_tool_at(self.mapToScene(event.position().toPoint()))
        elif self._panning.is_held:
            self._panning.drop()
        elif self._window_drag.is_held:
            if event.button() is Qt.MouseButton.RightButton:
                self._window_drag.drop()
        else:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._is_held:
            self.set_tool(Tool.PAN)
        elif event.key() in _NOT_OURS:
            event.ignore()  # keys move the outline, never the picture; the window takes the rest
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit()
        self.moved.emit()


_KEY = Qt.Key
_NOT_OURS = (_KEY.Key_Left, _KEY.Key_Right, _KEY.Key_Up, _KEY.Key_Down, _KEY.Key_Escape)


def _is_next_frame(image: UltrasoundImage, before: UltrasoundImage | None) -> bool:
    if before is None or image.source.sha256 != before.source.sha256:
        return False
    return image.source.frame != before.source.frame


def _box(corner: QPointF, opposite: QPointF) -> Ellipse:
    return Ellipse.in_box((corner.x(), corner.y()), (opposite.x(), opposite.y()))
