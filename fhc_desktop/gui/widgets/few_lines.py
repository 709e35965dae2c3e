"""FewLines: a sentence in as many lines as there is room for, and whole in its tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy

from fhc_desktop.gui.widgets import style


class FewLines(QLabel):
    """Plain text in at most ``most`` lines; what does not fit is elided. Any width is enough."""

    def __init__(self, *, most: int) -> None:
        super().__init__()
        self.full_text = ""
        self._most = most
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(style.font())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        self.full_text = text
        self.setToolTip(text)
        self._break()

    def height_in(self, width_px: int) -> int:
        """Return how high the text is where it is that wide."""
        return self.fontMetrics().lineSpacing() * len(self._lines_in(width_px))

    def _lines_in(self, width_px: int) -> list[str]:
        return lines_within(self.full_text, self.font(), width_px=width_px, most=self._most)

    def _break(self) -> None:
        self.setText("\n".join(self._lines_in(self.width())))

    # Qt --------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break()


def lines_within(text: str, font: QFont, *, width_px: int, most: int) -> list[str]:
    """Return a text broken into at most ``most`` lines of a width, the last one elided.

    An overlong word, as in file names, is broken where its line ends.
    """
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    starts = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width_px, 1))
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:most], len(text)]
    lines = [text[start:end].rstrip() for start, end in zip(starts[:most], ends, strict=True)]
    elide = QFontMetrics(font).elidedText
    return [elide(line, Qt.TextElideMode.ElideRight, max(width_px, 0)) for line in lines]
