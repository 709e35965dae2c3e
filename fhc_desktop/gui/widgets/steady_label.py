"""SteadyLabel: a sentence with room for two lines, so that nothing jumps when it changes."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from fhc_desktop.gui.widgets import style

_USUAL_LINES = 2


class SteadyLabel(QLabel):
    """Plain text that wraps; only one that needs more than two lines takes more room."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(style.font())
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)

    def heightForWidth(self, width: int) -> int:
        usual = _USUAL_LINES * self.fontMetrics().lineSpacing()
        return max(usual, super().heightForWidth(width))
