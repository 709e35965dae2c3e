"""FirstImage: the image that the program was started for, on its way to the entrance."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from fhc_desktop.gui.entrance.entrance import Entrance

if TYPE_CHECKING:
    from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
    from fhc_desktop.imaging.read_ahead import ReadAhead
    from fhc_desktop.imaging.sandbox.bare_picture import BarePicture

_LOOKS_EVERY_MS = 5


class FirstImage(QObject):
    """Shows its picture in the entrance as soon as it is there, unless something else is wished.

    ``ahead`` gives what is being read, None while that has not begun. It is looked at and does not
    tell: the window may be gone before its thread is done.
    """

    read = Signal(object)  # UltrasoundImage: all of its file has been read; told once

    def __init__(self, entrance: Entrance, ahead: Callable[[], "ReadAhead[Any] | None"]) -> None:
        super().__init__(entrance)
        self._shown: BarePicture | None = None
        self._entrance = entrance
        self._ahead = ahead
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)

    @property
    def picture(self) -> "UltrasoundImage | None":
        """What is shown, as the program knows it; None while it does not, or nothing is shown."""
        ahead = self._ahead()
        return None if ahead is None or self._shown is None else ahead.picture

    def begin(self) -> None:
        self._timer.start(_LOOKS_EVERY_MS)

    def end(self) -> None:
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Show what there is now."""
        if self._entrance.wish is not None or self._entrance.program is not None:
            self.end()
            return
        ahead = self._ahead()
        if ahead is None:
            return
        is_over = ahead.is_over  # asked before the picture, which is not replaced after that
        bare = ahead.bare
        if bare is not None and bare is not self._shown:
            self._shown = bare
            self._entrance.show_picture(bare)
            ahead.note_seen()
        if is_over and self._timer.isActive():
            self.end()
            if ahead.picture is not None:
                self.read.emit(ahead.picture)
