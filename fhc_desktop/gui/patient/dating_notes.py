"""DatingNotes: the dating in force, how it came about, and what is asked where it changes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fhc_desktop.domain.pregnancy.dating_standing import SEPARATOR
from fhc_desktop.gui.patient.patient_content import NotesContent
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.entry_field import EntryField

_NO_BREAK = "\u00a0"
_SHORT_PART = 28


class DatingNotes(QWidget):
    """Quiet lines under the dating; a question only where the log knows another one."""

    reason_entered = Signal(str)
    in_force_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._content = NotesContent()
        self.line = style.label(size_px=style.SMALL_PX, color=style.TEXT)
        self.in_force_line = style.label(size_px=style.SMALL_PX, color=style.TEXT)
        self.history = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self.question_line = style.label(size_px=style.SMALL_PX, color=style.WARNING)
        self.reason = EntryField("Reason for the change", "e.g. CRL of the first scan was found")
        self.use_in_force = QPushButton("Use the dating in force")
        self.use_in_force.setFont(style.font(style.SMALL_PX))
        self.reason.entered.connect(self.reason_entered)
        self.use_in_force.clicked.connect(self.in_force_wanted)
        self._lay_out()

    @property
    def question(self) -> str:
        return "" if self.question_line.isHidden() else self.question_line.text()

    @property
    def text(self) -> str:
        """Every sentence that stands here now."""
        lines = (self.line, self.in_force_line, self.history, self.question_line)
        shown = "\n".join(line.text() for line in lines if not line.isHidden())
        return shown.replace(_NO_BREAK, " ")

    @property
    def is_reason_wanted(self) -> bool:
        """Whether nothing can be accepted until a reason is given, or another dating."""
        return self._content.is_reason_wanted

    def show_content(self, content: NotesContent) -> None:
        self._content = content
        self._show(self.line, content.line)
        self._show(self.in_force_line, content.in_force_line)
        self._show(self.history, content.history)
        self.history.setToolTip(content.history_tip)
        sign = "" if content.is_answered else f"{style.WARNING_SIGN} "
        self._show(self.question_line, f"{sign}{content.question}" if content.question else "")
        style.set_color(self.question_line, style.TEXT if content.is_answered else style.WARNING)
        self.reason.show_text(content.reason)
        self.reason.setVisible(content.shows_reason)
        offered = content.offered_in_force
        self.use_in_force.setVisible(bool(offered))
        self.use_in_force.setToolTip(f"{offered}; Undo brings back what was entered")
        self.use_in_force.setAccessibleName(f"Use the dating in force: {offered}")

    def _show(self, line: QLabel, words: str) -> None:
        line.setText(style.breakable(_kept_together(words)))
        line.setVisible(bool(words))

    def _lay_out(self) -> None:
        answers, column = QHBoxLayout(), QVBoxLayout(self)
        for layout in (answers, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(style.GRID)
        answers.addWidget(self.use_in_force)
        answers.addStretch(1)
        for sentence in (self.line, self.in_force_line, self.history, self.question_line):
            sentence.setWordWrap(True)
            column.addWidget(sentence)
        column.addWidget(self.reason)
        column.addLayout(answers)


def _kept_together(words: str) -> str:
    """Return a line that ends between its short parts, not within a name or a date."""
    parts = words.split(SEPARATOR)
    return SEPARATOR.join(
        part.replace(" ", _NO_BREAK) if len(part) <= _SHORT_PART else part for part in parts
    )
