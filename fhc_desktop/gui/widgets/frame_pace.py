"""FramePace: something that is wanted more often than the screen can show it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication

_USUAL_HZ = 60.0


class FramePace(QObject):
    """Calls ``deed`` when it is asked to, and while it is asked again at most once a screen frame.

    A mouse speaks up to a thousand times a second, a screen shows sixty pictures.
    """

    def __init__(self, deed: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._deed = deed
        self._is_owed = False
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setTimerType(Qt.TimerType.PreciseTimer)
        self._frame.timeout.connect(self._pay)

    @property
    def is_owed(self) -> bool:
        """Whether it was asked for since it was done last."""
        return self._is_owed

    @Slot()
    def ask(self) -> None:
        """Do it now, or with the next frame where this one has had it."""
        self._is_owed = True
        if not self._frame.isActive():
            self._pay()

    def forget(self) -> None:
        """Owe nothing any more: somebody has done it otherwise."""
        self._is_owed = False

    @Slot()
    def _pay(self) -> None:
        if not self._is_owed:
            return
        self._is_owed = False
        self._deed()
        # Counted from the end, so that a slow deed leaves the hand its turn.
        self._frame.start(round(1000 / _screen_hz()))


def _screen_hz() -> float:
    screen = QGuiApplication.primaryScreen()
    return _USUAL_HZ if screen is None else max(screen.refreshRate(), _USUAL_HZ)
