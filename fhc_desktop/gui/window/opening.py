"""Opening: the ways in which an image is asked for by dialog."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.widgets.file_dialog import ask_file, ask_folder
from fhc_desktop.resources import resource

DEMONSTRATION = "demo/demo_head.png"


class Opening(QObject):
    """Each dialog begins where the last one ended, as long as the window is open.

    ``start`` is where the first one does; ``open_path`` takes what was chosen to the screen.
    """

    def __init__(
        self,
        controller: ExaminationController,
        *,
        start: Path | None,
        open_path: Callable[[Path], None],
        make_room: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._window = parent
        self._open = open_path
        self._make_room = make_room
        self.folder = start

    def ask(self) -> None:
        path = self.asked_path("Open an image")
        if path is not None:
            self._open(path)

    def ask_place(self) -> None:
        chosen = ask_folder(self._window, "Open a folder or disc", start=self.folder)
        if chosen is not None:
            self.folder = chosen
            self._open(chosen)

    def ask_for_same_patient(self) -> None:
        path = self.asked_path("Open an image of the same patient")
        if path is not None:
            self._make_room()
            self._controller.open_for_same_patient(path)

    def ask_for_second_reading(self) -> None:
        path = self.asked_path("Open an image for a second reading")
        if path is not None:
            self._make_room()
            self._controller.open_for_second_reading(path)

    def open_demonstration(self) -> None:
        self._open(resource(DEMONSTRATION))

    def asked_path(self, title: str) -> Path | None:
        """Return a file that somebody chose; None where nobody did."""
        chosen = ask_file(self._window, title, start=self.folder)
        if chosen is not None:
            self.folder = chosen.parent
        return chosen
