"""Thumbnails: small pictures made one by one in the background, kept in memory only."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QPixmap

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.image.ultrasound_image import Gray
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.gui.widgets.pixmap import pixmap_of

_MOST_KEPT = 512


@dataclass(frozen=True, slots=True)
class _Made:
    path: Path
    pixels: Gray | None
    fault: FhcError | None


class Thumbnails(QObject):
    """Makes what is wanted, the newest wish first; each answer carries the path it belongs to."""

    made = Signal(object, object)  # Path, and a QPixmap or the FhcError that says why there is none

    def __init__(self, read: Callable[[Path], Gray], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self._kept: OrderedDict[Path, QPixmap | FhcError] = OrderedDict()
        self._wanted: list[Path] = []
        self._background = Background(self)
        self._background.succeeded.connect(self._arrived)

    def want(self, paths: list[Path]) -> None:
        """Ask for the pictures that are in sight; those wanted before and not now are forgotten."""
        self._wanted = []
        for path in paths:
            if path in self._kept:
                self._kept.move_to_end(path)
                self.made.emit(path, self._kept[path])
            else:
                self._wanted.append(path)
        self._go_on()

    def forget(self) -> None:
        """Drop all there is and all that is still to come."""
        self._background.forget()
        self._wanted = []
        self._kept.clear()

    def close(self, timeout_s: float) -> bool:
        return self._background.close(timeout_s)

    def _go_on(self) -> None:
        if self._wanted and not self._background.is_busy:
            path = self._wanted.pop(0)
            self._background.start(lambda: _make(path, self._read))

    @Slot(object)
    def _arrived(self, answer: _Made) -> None:
        found: QPixmap | FhcError | None = answer.fault
        if answer.pixels is not None:
            found = pixmap_of(answer.pixels)
        if found is not None:
            self._kept[answer.path] = found
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
            self.made.emit(answer.path, found)
        self._go_on()


def _make(path: Path, read: Callable[[Path], Gray]) -> _Made:
    try:
        return _Made(path, read(path), None)
    except FhcError as fault:
        return _Made(path, None, fault)
