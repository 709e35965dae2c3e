"""HeldKey: a key that counts while it is held down, and never longer."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

# Whoever has the keys after these is told of the release in our place.
_ENDS = (
    QEvent.Type.FocusOut,
    QEvent.Type.Hide,
    QEvent.Type.WindowBlocked,
    QEvent.Type.WindowDeactivate,
)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class HeldKey(QObject):
    """Tells whether a key is held down while a widget has the keys, however that ends."""

    changed = Signal(bool)

    def __init__(self, key: Qt.Key, widget: QWidget) -> None:
        super().__init__(widget)
        self._key = key
        self._is_held = False
        widget.installEventFilter(self)

    def _hold(self, *, is_held: bool) -> None:
        if is_held is not self._is_held:
            self._is_held = is_held
            self.changed.emit(is_held)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ENDS:
            self._hold(is_held=False)
        elif isinstance(event, QKeyEvent) and event.key() == self._key:
            if event.type() is QEvent.Type.KeyPress and event.modifiers() in _PLAIN:
                if not event.isAutoRepeat():
                    self._hold(is_held=True)
                return True
            if event.type() is QEvent.Type.KeyRelease:
                # A key that is held down is released again and again, too.
                self._hold(is_held=self._is_held and event.isAutoRepeat())
                return True
        return super().eventFilter(watched, event)
