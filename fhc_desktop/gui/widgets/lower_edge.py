"""LowerEdge: something that lies over the lower edge of something else and moves nothing of it."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
_PASSED_ON = (*_PRESSES, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease, QEvent.Type.Wheel)


class LowerEdge(QWidget):
    """Holds ``below`` as large as itself, and ``over`` on its lower edge, as high as it wants.

    What the hand does on ``over`` where nothing of its own takes it, it does to ``below``.
    """

    def __init__(self, below: QWidget, over: QWidget) -> None:
        super().__init__()
        self._below, self._over = below, over
        self._held: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(below)
        over.setParent(self)
        over.raise_()
        over.installEventFilter(self)

    def _place(self) -> None:
        height = self._over.heightForWidth(self.width())
        self._over.setGeometry(0, self.height() - height, self.width(), height)

    def _pass_on(self, event: QMouseEvent | QWheelEvent) -> None:
        target = self._held or self._under(event)
        if event.type() in _PRESSES:
            self._held = target
            _focus_by_click(target)
        elif event.type() is QEvent.Type.MouseButtonRelease:
            self._held = None
        QApplication.sendEvent(target, _copy(event, target.mapFromGlobal(event.globalPosition())))

    def _under(self, event: QMouseEvent | QWheelEvent) -> QWidget:
        place = self._below.mapFromGlobal(event.globalPosition()).toPoint()
        return self._below.childAt(place) or self._below

    # Qt --------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over:
            if event.type() in {QEvent.Type.Show, QEvent.Type.LayoutRequest}:
                self._place()
            elif event.type() in _PASSED_ON and isinstance(event, QMouseEvent | QWheelEvent):
                self._pass_on(event)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()


def _focus_by_click(pressed: QWidget) -> None:
    """Give the keys to what takes them when it is pressed; Qt does so only for its own events."""
    widget: QWidget | None = pressed
    while widget is not None and not widget.focusPolicy() & Qt.FocusPolicy.ClickFocus:
        widget = widget.parentWidget()
    if widget is not None:
        widget.setFocus(Qt.FocusReason.MouseFocusReason)


def _copy(event: QMouseEvent | QWheelEvent, place: QPointF) -> QMouseEvent | QWheelEvent:
    """Return the same event at a place of another widget."""
    at = event.globalPosition()
    if isinstance(event, QMouseEvent):
        return QMouseEvent(
            event.type(), place, at, event.button(), event.buttons(), event.modifiers()
        )
    return QWheelEvent(
        place,
        at,
        event.pixelDelta(),
        event.angleDelta(),
        event.buttons(),
        event.modifiers(),
        event.phase(),
        event.inverted(),
    )
