"""RepeatNote: that this picture is in the log already, and what accepting it again is to be."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from fhc_desktop.gui.examination.repeat_content import Choice, RepeatContent
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.answers import lay_answers


class RepeatNote(QWidget):
    """A second reading is a click of its own, which no key does by accident."""

    chosen = Signal(object)  # Choice

    def __init__(self) -> None:
        super().__init__()
        self._content = RepeatContent()
        self._sentence = style.label(size_px=style.SMALL_PX)
        self.choice = QPushButton()
        self.choice.clicked.connect(self._choose)
        lay_answers(self, (self._sentence,), (self.choice,))
        self.hide()

    @property
    def text(self) -> str:
        return "" if self.isHidden() else self._sentence.text()

    def show_content(self, content: RepeatContent) -> None:
        if content == self._content:
            return
        self._content = content
        sign = f"{style.WARNING_SIGN} " if content.is_warning else ""
        self._sentence.setText(style.breakable(f"{sign}{content.sentence}"))
        style.set_color(self._sentence, style.WARNING if content.is_warning else style.TEXT)
        self.choice.setText(content.choice.value)
        self.choice.setVisible(content.choice is not Choice.NONE)
        self.setVisible(bool(content.sentence))

    def _choose(self) -> None:
        self.chosen.emit(self._content.choice)
