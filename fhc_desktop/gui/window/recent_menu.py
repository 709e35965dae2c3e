"""RecentMenu: the files and places that were opened last, the newest first."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu

_WIDEST_PX = 400


class RecentMenu(QMenu):
    """A menu of names; where each lies is its tooltip."""

    chosen = Signal(object)  # Path

    def __init__(self) -> None:
        super().__init__("Open &recent")

    def show_files(self, files: tuple[str, ...]) -> None:
        self.clear()
        for recent in files:
            path = Path(recent)
            shown = self.fontMetrics().elidedText(
                path.name, Qt.TextElideMode.ElideMiddle, _WIDEST_PX
            )
            action = self.addAction(shown.replace("&", "&&"))
            action.setToolTip(str(path))
            action.triggered.connect(lambda _=False, chosen=path: self.chosen.emit(chosen))
        self.setEnabled(bool(files))
