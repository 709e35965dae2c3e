"""NotePage: what stands in the place of a table that has nothing to show."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.widgets import style


@dataclass(frozen=True, slots=True)
class Note:
    """What is so, and the one next step."""

    title: str
    text: str
    step: str = ""
    is_error: bool = False


NOT_LOGGING = Note(
    "Not logging",
    "The measurement log could not be opened: what is accepted now is not recorded.",
    is_error=True,
)


def not_logging(objection: FhcError | None) -> Note:
    """Return the note of a program without a log, with the reason where it is known."""
    if objection is None:
        return NOT_LOGGING
    return Note(f"Not logging: {objection.problem}", objection.remedy, is_error=True)


class NotePage(QWidget):
    """A note in the middle of the room there is, with its next step as a button."""

    step_taken = Signal(str)
    """The words of the button."""

    def __init__(self) -> None:
        super().__init__()
        self._title = style.label(size_px=style.HEADING_PX)
        self._text = style.label(color=style.SECONDARY_TEXT)
        self._step = QPushButton()
        self._step.clicked.connect(self._take_step)
        column = QVBoxLayout(self)
        column.setSpacing(style.GAP)
        column.addStretch(1)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addSpacing(style.GAP)
        column.addWidget(self._step, alignment=Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)

    def show_note(self, note: Note) -> None:
        sign = f"{style.ERROR_SIGN} " if note.is_error else ""
        self._title.setText(f"{sign}{note.title}")
        style.set_color(self._title, style.ERROR if note.is_error else style.TEXT)
        self._text.setText(note.text)
        self._text.setVisible(bool(note.text))
        self._step.setText(note.step)
        self._step.setVisible(bool(note.step))

    def _take_step(self) -> None:
        self.step_taken.emit(self._step.text())
