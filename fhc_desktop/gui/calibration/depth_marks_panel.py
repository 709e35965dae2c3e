"""DepthMarksPanel: the scale that the marks beside the picture propose, until somebody decides."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fhc_desktop.gui.widgets import style


class DepthMarksPanel(QWidget):
    """One line and a button while a proposal waits; nothing otherwise."""

    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = style.label(size_px=style.SMALL_PX, color=style.PROPOSAL)
        self._words.setWordWrap(True)
        self.use = QPushButton("Use depth marks")
        self.use.setToolTip("Take the scale of the marks that are framed in the image  (M)")
        self.use.clicked.connect(self.confirmed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GRID)
        column.addWidget(self._words)
        column.addWidget(self.use)
        self.hide()

    @property
    def text(self) -> str:
        """The proposal in words; empty where there is none."""
        return "" if self.isHidden() else self._words.text()

    def show_sentence(self, sentence: str) -> None:
        """Show what the marks propose; nothing where they propose nothing."""
        self.setVisible(bool(sentence))
        if sentence:
            self._words.setText(f"Depth marks: {sentence}. Not in force until you say so.")
