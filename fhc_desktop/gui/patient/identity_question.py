"""IdentityQuestion: whether the patient is a woman whom the log has, with the two answers to it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from fhc_desktop.gui.patient.identity_content import IdentityContent
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.answers import lay_answers


class IdentityQuestion(QWidget):
    """Nothing of the log is offered, joined or accepted until it is answered; Undo asks again."""

    answered = Signal(bool)  # whether it is the same woman
    asked_again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sentence = style.label(size_px=style.SMALL_PX, color=style.WARNING)
        self._said = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self.same = _button("Same woman", "Her examinations of both names are one woman’s")
        self.another = _button("Another woman", "Two women have this identifier")
        self.again = _button("Ask again", "Take back what was answered of this patient")
        self.same.clicked.connect(lambda: self.answered.emit(True))  # noqa: FBT003 - of a signal
        self.another.clicked.connect(lambda: self.answered.emit(False))  # noqa: FBT003
        self.again.clicked.connect(self.asked_again)
        lay_answers(self, (self._sentence, self._said), (self.same, self.another, self.again))
        self.hide()

    @property
    def text(self) -> str:
        """What is asked; empty where nothing is."""
        return "" if self._sentence.isHidden() else self._sentence.text()

    @property
    def said_text(self) -> str:
        """What was answered, and who else has this identifier."""
        return "" if self._said.isHidden() else self._said.text()

    @property
    def is_open(self) -> bool:
        """Whether nothing can be accepted until it is answered."""
        return not self.same.isHidden()

    def show_content(self, content: IdentityContent) -> None:
        is_open = bool(content.question)
        self._sentence.setText(style.breakable(f"{style.WARNING_SIGN} {content.question}"))
        self._sentence.setVisible(is_open)
        self._said.setText(style.breakable("\n".join(content.said)))
        self._said.setVisible(bool(content.said))
        self.same.setVisible(is_open)
        self.another.setVisible(is_open)
        self.again.setVisible(content.is_answered)
        self.setVisible(is_open or bool(content.said))


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    return button
