"""Panning: the picture is taken and moved in its view."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QGraphicsView


class Panning:
    """Holds the picture from a press to its release, in pixels of the view."""

    def __init__(self, view: QGraphicsView) -> None:
        self._view = view
        self._from: QPoint | None = None

    @property
    def is_held(self) -> bool:
        return self._from is not None

    def take(self, place: QPoint) -> None:
        self._from = place
        self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def move_to(self, place: QPoint) -> None:
        if self._from is not None:
            moved, self._from = place - self._from, place
            self.move_by(moved)

    def move_by(self, moved: QPoint) -> None:
        """Move what is seen without taking it."""
        horizontal, vertical = self._view.horizontalScrollBar(), self._view.verticalScrollBar()
        horizontal.setValue(horizontal.value() - moved.x())
        vertical.setValue(vertical.value() - moved.y())

    def drop(self) -> None:
        self._from = None
        self._view.viewport().unsetCursor()
