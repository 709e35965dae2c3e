"""EllipseItem: the outline under the hand, drawn in the plane of the screen's picture.

It knows nothing of examinations: it shows an ellipse of the domain, asks it what a drag means and
reports the answer.
"""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QTransform
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsObject,
    QGraphicsSceneHoverEvent,
    QGraphicsSceneMouseEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.domain.image.geometry import Ellipse, Handle, Point
from fhc_desktop.gui.image.outline_style import OUTLINE_STYLES
from fhc_desktop.gui.widgets import style

# All in device-independent pixels of the screen, whatever the zoom.
HIT_RADIUS_PX = 10.0
RIM_TOLERANCE_PX = 6.0
ROTATION_ARM_PX = 28.0
_HANDLE_RADIUS_PX = 4.5
_LINE_PX = 1.8
_HALO_PX = 4.0
_ARM_SHARE = 0.7
# Where the halo's two hairs run beside the line's middle, and how dark they are.
_HAIR_PX = (_HALO_PX - 1) / 2
_HALO = QColor(0, 0, 0, 150)


@dataclass(frozen=True, slots=True)
class _Drag:
    """What the hand holds: ``handle`` is None for the rim; all in the item's plane."""

    handle: Handle | None
    start: Point
    origin: Ellipse


class EllipseItem(QGraphicsObject):
    """An ellipse with handles for centre, axes and rotation, which keep their size on screen."""

    previewed = Signal(object)  # Ellipse, while it is dragged
    committed = Signal(object)  # Ellipse, when it is let go
    canceled = Signal()

    def __init__(self, parent: QGraphicsItem | None = None) -> None:
        super().__init__(parent)
        self._ellipse: Ellipse | None = None
        self._state = OutlineState.NONE
        self._zoom = 1.0
        self._drag: _Drag | None = None
        self._hovered: Handle | None = None
        self.setAcceptHoverEvents(True)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)

    @property
    def ellipse(self) -> Ellipse | None:
        return self._ellipse

    @property
    def is_dragged(self) -> bool:
        return self._drag is not None

    def show_ellipse(self, ellipse: Ellipse | None, state: OutlineState) -> None:
        """Show what the examination says; while it is dragged the hand knows better."""
        if self._drag is None:
            self._set_ellipse(ellipse)
        self._state = state
        self.update()

    def set_zoom(self, zoom: float) -> None:
        """Tell how many screen pixels a unit of the plane has."""
        self.prepareGeometryChange()
        self._zoom = zoom

    def cancel_drag(self) -> None:
        if self._drag is None:
            return
        origin, self._drag = self._drag.origin, None
        self._set_ellipse(origin)
        self.canceled.emit()

    def handle_position(self, handle: Handle) -> QPointF:
        """Return where a handle is, in the item's plane."""
        if self._ellipse is None:
            return QPointF()
        return QPointF(*self._ellipse.handle_position(handle, rotation_arm=self._arm))

    @property
    def _arm(self) -> float:
        return ROTATION_ARM_PX / self._zoom

    def _set_ellipse(self, ellipse: Ellipse | None) -> None:
        self.prepareGeometryChange()
        self._ellipse = ellipse
        self.update()

    def _hit(self, point: Point) -> Handle | None:
        if self._ellipse is None:
            return None
        return self._ellipse.hit_test(
            point, radius=HIT_RADIUS_PX / self._zoom, rotation_arm=self._arm
        )

    def _dragged_to(self, point: Point, drag: _Drag, *, symmetric: bool) -> Ellipse:
        dx, dy = point[0] - drag.start[0], point[1] - drag.start[1]
        if drag.handle is None:
            return drag.origin.moved(dx, dy)
        # The handle keeps its distance from the hand: it does not jump to it when taken.
        x, y = drag.origin.handle_position(drag.handle, rotation_arm=self._arm)
        return drag.origin.dragged(drag.handle, (x + dx, y + dy), symmetric=symmetric)

    def _cursor_for(self, handle: Handle | None) -> Qt.CursorShape:
        if handle is None or handle is Handle.CENTER:
            return Qt.CursorShape.SizeAllCursor
        if handle is Handle.ROTATION:
            return Qt.CursorShape.OpenHandCursor
        if self._ellipse is None:
            return Qt.CursorShape.ArrowCursor
        turned = self._ellipse.angle
        if handle in (Handle.B_START, Handle.B_END):
            turned += math.pi / 2
        shapes = (
            Qt.CursorShape.SizeHorCursor,
            Qt.CursorShape.SizeFDiagCursor,
            Qt.CursorShape.SizeVerCursor,
            Qt.CursorShape.SizeBDiagCursor,
        )
        return shapes[round(turned / (math.pi / 4)) % 4]

    # Qt --------------------------------------------------------------------------------------

    def boundingRect(self) -> QRectF:
        if self._ellipse is None:
            return QRectF()
        left, top, right, bottom = self._ellipse.extent
        margin = (ROTATION_ARM_PX + HIT_RADIUS_PX + 2) / self._zoom
        return QRectF(left, top, right - left, bottom - top).adjusted(
            -margin, -margin, margin, margin
        )

    def contains(self, point: QPointF) -> bool:  # type: ignore[override]  # Qt calls it so
        if self._ellipse is None:
            return False
        place = (point.x(), point.y())
        tolerance = RIM_TOLERANCE_PX / self._zoom
        return self._hit(place) is not None or self._ellipse.is_on_rim(place, tolerance=tolerance)

    def shape(self) -> QPainterPath:
        """The grips only: inside the head the picture itself can be taken and moved."""
        path = QPainterPath()
        if self._ellipse is None:
            return path
        radius = HIT_RADIUS_PX / self._zoom
        tolerance = RIM_TOLERANCE_PX / self._zoom
        rim = QPainterPath()  # odd-even filled: two ellipses make a ring
        rim.addEllipse(*_turned_rect(self._ellipse.grown(tolerance)))
        if self._ellipse.semi_minor > tolerance:
            rim.addEllipse(*_turned_rect(self._ellipse.grown(-tolerance)))
        path.addPath(_place(rim, self._ellipse))
        for handle in Handle:
            grip = QPainterPath()
            grip.addEllipse(self.handle_position(handle), radius, radius)
            path = path.united(grip)
        return path

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,  # noqa: ARG002 - Qt's signature
        widget: QWidget | None = None,  # noqa: ARG002
    ) -> None:
        if self._ellipse is None:
            return
        look = OUTLINE_STYLES[self._state]
        color = QColor(look.color)
        arm = (self.handle_position(Handle.A_END), self.handle_position(Handle.ROTATION))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if look.line is Qt.PenStyle.SolidLine:
            self._paint_halo(painter, self._ellipse)
        else:  # the line's gaps are dark as well
            painter.setPen(self._pen(_HALO, _HALO_PX))
            painter.drawPath(_rim(self._ellipse))
        painter.setPen(self._pen(_HALO, _ARM_SHARE * _HALO_PX))
        painter.drawLine(*arm)
        painter.setPen(self._pen(color, _LINE_PX, look.line))
        painter.drawPath(_rim(self._ellipse))
        painter.setPen(self._pen(color, _ARM_SHARE * _LINE_PX))
        painter.drawLine(*arm)
        for handle in Handle:
            self._paint_handle(painter, handle, color)

    def hoverMoveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self._hovered = self._hit((event.pos().x(), event.pos().y()))
        self.setCursor(self._cursor_for(self._hovered))
        self.update()

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:  # noqa: ARG002 - Qt's
        self._hovered = None
        self.update()

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._ellipse is None or not self.contains(event.pos()):
            event.ignore()
            return
        place = (event.pos().x(), event.pos().y())
        self._drag = _Drag(self._hit(place), place, self._ellipse)
        event.accept()

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._drag is None:
            return
        symmetric = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        place = (event.pos().x(), event.pos().y())
        self._set_ellipse(self._dragged_to(place, self._drag, symmetric=symmetric))
        self.previewed.emit(self._ellipse)

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:  # noqa: ARG002 - Qt's
        if self._drag is None:
            return
        origin, self._drag = self._drag.origin, None
        if self._ellipse == origin:
            self.canceled.emit()
        else:
            self.committed.emit(self._ellipse)

    def _pen(
        self, color: QColor, width_px: float, line: Qt.PenStyle = Qt.PenStyle.SolidLine
    ) -> QPen:
        # In the plane's units, so that a dense screen gets as thick a line as any other; Qt's
        # cosmetic pens count the screen's own pixels.
        pen = QPen(color, width_px / self._zoom, line)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        if line is Qt.PenStyle.DashLine:
            pen.setDashPattern([4.0, 3.0])
        return pen

    def _paint_halo(self, painter: QPainter, ellipse: Ellipse) -> None:
        """Darken both sides of the line, and not what it covers: two hairs are quickly drawn."""
        hair = QPen(_HALO, painter.device().devicePixelRatioF())
        hair.setCosmetic(True)
        painter.setPen(hair)
        for beside_px in (-_HAIR_PX, _HAIR_PX):
            painter.drawPath(_rim(ellipse.grown(beside_px / self._zoom)))

    def _paint_handle(self, painter: QPainter, handle: Handle, color: QColor) -> None:
        at = self.handle_position(handle)
        radius = _HANDLE_RADIUS_PX / self._zoom
        is_hot = handle is self._hovered or (self._drag is not None and self._drag.handle is handle)
        painter.setPen(self._pen(QColor(style.HALO), 1.0))
        if handle is Handle.CENTER:
            self._paint_cross(painter, at, color if is_hot else QColor(color).darker(115))
            return
        painter.setBrush(QBrush(QColor(style.TEXT) if is_hot else color))
        grown = radius * (1.4 if is_hot else 1.0)
        painter.drawEllipse(at, grown, grown)
        if handle is Handle.ROTATION:
            painter.setBrush(QBrush(QColor(style.CANVAS)))
            painter.drawEllipse(at, grown * 0.5, grown * 0.5)

    def _paint_cross(self, painter: QPainter, at: QPointF, color: QColor) -> None:
        reach = 6.0 / self._zoom
        for ink, width_px in ((QColor(style.HALO), 3.0), (color, 1.4)):
            painter.setPen(self._pen(ink, width_px))
            painter.drawLine(at + QPointF(-reach, 0), at + QPointF(reach, 0))
            painter.drawLine(at + QPointF(0, -reach), at + QPointF(0, reach))


def _rim(ellipse: Ellipse) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(*_turned_rect(ellipse))
    return _place(path, ellipse)


def _turned_rect(ellipse: Ellipse) -> tuple[QPointF, float, float]:
    return QPointF(0, 0), ellipse.semi_axis_a, ellipse.semi_axis_b


def _place(path: QPainterPath, ellipse: Ellipse) -> QPainterPath:
    """Turn and move a path drawn round the origin to where the ellipse lies."""
    transform = QTransform().translate(*ellipse.center).rotateRadians(ellipse.angle)
    return transform.map(path)
