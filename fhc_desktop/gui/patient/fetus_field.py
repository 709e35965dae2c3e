"""FetusField: which fetus it is, and where it lies."""

from PySide6.QtCore import QObject, Signal

from fhc_desktop.domain.fetus import FETUS_LABELS, Fetus
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.choice_box import ChoiceBox
from fhc_desktop.gui.widgets.entry_field import EntryField

_LONGEST_POSITION = 30


class FetusField(QObject):
    """The letter, the position in words, and a sentence while a letter is wanted.

    The panel places the three where it has room for them.
    """

    entered = Signal(object)  # Fetus

    def __init__(self) -> None:
        super().__init__()
        self.label = ChoiceBox("Fetus")
        self.label.setToolTip("Which fetus, where the pregnancy has more than one")
        self.label.offer("", "one", "one fetus")
        for letter in FETUS_LABELS:
            self.label.offer(letter, letter, f"Fetus {letter}")
        self.position = EntryField("Position", "e.g. left")
        # It stands in one line with name and identifier, which must stay in sight.
        self.position.line.setMaxLength(_LONGEST_POSITION)
        self.sentence = style.label(size_px=style.SMALL_PX, color=style.WARNING)
        self.sentence.setWordWrap(True)
        self.sentence.hide()
        self.label.activated.connect(self._enter)
        self.position.entered.connect(self._enter)

    @property
    def is_wanted(self) -> bool:
        """Whether nothing can be accepted until a question is answered."""
        return not self.sentence.isHidden()

    def show_fetus(self, fetus: Fetus, *, question: str) -> None:
        """Show which fetus it is, and what is asked of it before anything can be accepted."""
        self.label.choose(fetus.label)
        self.position.show_text(fetus.position)
        self.sentence.setText(f"{style.WARNING_SIGN} {question}")
        self.sentence.setVisible(bool(question))

    def set_unread(self, *, unread: bool) -> None:
        self.label.setEnabled(not unread)
        self.position.set_unread(unread=unread)

    def _enter(self) -> None:
        self.entered.emit(Fetus(self.label.chosen, self.position.line.text().strip()))
