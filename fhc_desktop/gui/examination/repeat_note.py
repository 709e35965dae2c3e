"""RepeatNote: what can be done with a picture that is in the log, instead of accepting it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fhc_desktop.gui.examination.repeat_content import Choice, RepeatContent
from fhc_desktop.gui.widgets.link_button import LinkButton


class RepeatNote(QWidget):
    """A second reading is a click of its own, which no key does by accident.

    The sentence stands among the remarks, and is whole in the tooltip here.
    """

    chosen = Signal(object)  # Choice

    def __init__(self) -> None:
        super().__init__()
        self._content = RepeatContent()
        self.choice = LinkButton()
        self.choice.clicked.connect(self._choose)
        self.choice.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.choice)

    @property
    def text(self) -> str:
        return self._content.sentence

    def show_content(self, content: RepeatContent) -> None:
        if content == self._content:
            return
        self._content = content
        self.choice.setText(content.choice.value)
        self.choice.setToolTip(content.sentence)
        self.choice.setVisible(content.choice is not Choice.NONE)

    def _choose(self) -> None:
        self.chosen.emit(self._content.choice)
