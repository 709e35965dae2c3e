"""NumberLabel: a number whose digits change under the hand without moving anything round it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel

from fhc_desktop.gui.widgets import style


class NumberLabel(QLabel):
    """As large as its text; asks for another layout only where the text grows or shrinks.

    A label of Qt's asks at each new text, which lays the whole window out sixty times a second.
    """

    def __init__(self, font: QFont, color: str = style.TEXT) -> None:
        super().__init__()
        self.setFont(font)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        style.set_color(self, color)
        self._shown = ("", -1)
        self._measure = (-1, -1)

    def show_number(self, text: str, *, width_px: int = -1) -> None:
        """Show a number, as wide as it is or as wide as its column."""
        if (text, width_px) == self._shown:
            return
        self._shown = (text, width_px)
        self.setText(text)
        # All digits are equally wide.
        measure = (self.fontMetrics().horizontalAdvance(text), width_px)
        if measure != self._measure:
            self._measure = measure
            self.setMinimumSize(0, 0)  # Qt's hint is never below it
            size = self.sizeHint()
            self.setFixedSize(size.width() if width_px < 0 else width_px, size.height())
