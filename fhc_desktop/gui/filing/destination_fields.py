"""DestinationFields: the folder that reports go to, and their paper."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.choice_box import ChoiceBox, titled
from fhc_desktop.gui.widgets.elided_label import ElidedLabel
from fhc_desktop.gui.widgets.file_dialog import ask_folder
from fhc_desktop.reporting.pdf.paper import Paper

_PAPERS = {Paper.A4: "A4", Paper.LETTER: "Letter"}


class DestinationFields(QWidget):
    """Asks for a folder by its button; what is shown of the folder is said from outside."""

    changed = Signal()

    def __init__(self, folder: Path, paper: Paper) -> None:
        super().__init__()
        self.folder = folder
        self._shown = ElidedLabel(style.font(), mode=Qt.TextElideMode.ElideMiddle)
        self.button = QPushButton("Folder …")
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._ask)
        self._paper = ChoiceBox("Paper")
        for one, words in _PAPERS.items():
            self._paper.offer(one, words)
        self._paper.choose(paper)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GAP)
        column.addWidget(titled("Folder", self._row()))
        column.addWidget(titled("Paper", self._paper))

    @property
    def paper(self) -> Paper:
        return Paper(self._paper.chosen)

    def choose_paper(self, paper: Paper) -> None:
        self._paper.choose(paper)

    def show_folder(self, words: str) -> None:
        self._shown.show_text(words)

    def _row(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._shown, stretch=1)
        row.addWidget(self.button)
        return holder

    @Slot()
    def _ask(self) -> None:
        folder = ask_folder(self, "Folder for the report", start=self.folder)
        if folder is not None:
            self.folder = folder
            self.changed.emit()
