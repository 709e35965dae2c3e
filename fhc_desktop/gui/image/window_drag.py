"""WindowDrag: level and width of the grey window under the hand."""

from PySide6.QtCore import QObject, QPoint, Signal

from fhc_desktop.domain.image.display import Display
from fhc_desktop.gui.widgets.frame_pace import FramePace

# Grey levels for each pixel of the screen: a hand's breadth goes from black to white.
_LEVELS_PER_PX = 1.0


class WindowDrag(QObject):
    """A drag with the right button: up is brighter, to the right is a wider window.

    The window is told once a screen frame, since the whole scan is painted for it.
    """

    previewed = Signal(object)  # Display, while it is dragged, and when it goes back
    committed = Signal(object)  # Display, when it is let go

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._from: QPoint | None = None
        self._origin = self._display = Display()
        self._pace = FramePace(self._preview, self)

    @property
    def is_held(self) -> bool:
        return self._from is not None

    def take(self, place: QPoint, display: Display) -> None:
        self._from = place
        self._origin = self._display = display

    def move_to(self, place: QPoint) -> None:
        if self._from is not None:
            self._display = dragged(self._origin, place - self._from)
            self._pace.ask()

    def drop(self) -> None:
        if self._from is None:
            return
        self._end()
        if self._display != self._origin:
            self.committed.emit(self._display)

    def cancel(self) -> None:
        """Let go, with everything as it was before."""
        if self._from is not None:
            self._end()
            self.previewed.emit(self._origin)

    def _end(self) -> None:
        self._from = None
        self._pace.forget()

    def _preview(self) -> None:
        self.previewed.emit(self._display)


def dragged(display: Display, way: QPoint) -> Display:
    """Return a display dragged by pixels of the screen; a lower level is a brighter picture."""
    return display.moved(levels=_LEVELS_PER_PX * way.y(), wider=_LEVELS_PER_PX * way.x())
