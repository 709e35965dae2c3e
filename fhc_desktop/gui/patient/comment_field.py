"""CommentField: a few lines to say something of the image in, kept while they are typed."""

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from fhc_desktop.domain.examination.comment import fault_of, tidied
from fhc_desktop.gui.widgets import style

_NAME, _HINT = "Comment", "Stands in the report (optional)"
_LINES = 3
# Behind the hand at most: a power cut takes no more of what was typed.
_PAUSE_MS = 250


class CommentField(QWidget):
    """Reports what is typed a moment later, so that it is kept before the hand leaves.

    What can be no comment is not taken, and the sentence below says why: the text before it stays.
    """

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        self._taken = ""
        self._is_typed = False
        self.edit = QPlainTextEdit()
        self._cover = QPlainTextEdit()
        self.refusal: QLabel = style.label(size_px=style.SMALL_PX, color=style.ERROR)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._soon.timeout.connect(self.commit)
        self._lay_out()
        self.edit.textChanged.connect(self._take)

    @property
    def text(self) -> str:
        return self.edit.toPlainText()

    def show_text(self, text: str) -> None:
        """Show what the examination says; a text that is being typed is not disturbed."""
        if self._is_typed and text == self._shown:
            return
        self.reset(text)

    def reset(self, text: str) -> None:
        """Show a text whatever stood here before."""
        self._soon.stop()
        self._shown, self._is_typed = text, False
        # The line that was just begun is none yet for the examination.
        if tidied(self.text) != text:
            self._put(text)
            self._refuse("")

    def set_unread(self, *, unread: bool) -> None:
        """Cover what is typed; nothing can be typed over it unseen."""
        self.edit.setVisible(not unread)
        self._cover.setVisible(unread)
        self.setEnabled(not unread)

    def commit(self) -> None:
        """Report what has been typed, if it has not been reported yet."""
        self._soon.stop()
        said = tidied(self.text)
        is_new, self._is_typed = self._is_typed and said != self._shown, False
        if is_new:
            self._shown = said
            self.entered.emit(said)

    def _take(self) -> None:
        text, before = self.text, self._taken
        fault = fault_of(tidied(text))
        # Whoever shortens what a file brought along mends it.
        if fault and len(text) >= len(before):
            at = self.edit.textCursor().position() - (len(text) - len(before))
            self._put(before)
            self._go_to(at)
            self._refuse(f"{style.ERROR_SIGN} Not taken. {fault}")
            return
        self._taken, self._is_typed = text, True
        self._refuse("")
        if not self._soon.isActive():
            self._soon.start()

    def _put(self, text: str) -> None:
        with QSignalBlocker(self.edit):
            self.edit.setPlainText(text)
        self._taken = text

    def _go_to(self, position: int) -> None:
        cursor: QTextCursor = self.edit.textCursor()
        cursor.setPosition(min(max(position, 0), self.edit.document().characterCount() - 1))
        self.edit.setTextCursor(cursor)

    def _refuse(self, sentence: str) -> None:
        self.refusal.setText(style.breakable(sentence))
        self.refusal.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        title = style.label(_NAME, size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        title.setBuddy(self.edit)
        self.edit.setAccessibleName(_NAME)
        self.edit.setPlaceholderText(_HINT)
        self.edit.setFont(style.font())
        self.edit.setTabChangesFocus(True)
        self.refusal.setWordWrap(True)
        self.refusal.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.GRID)
        height = _LINES * self.edit.fontMetrics().lineSpacing() + style.MARGIN
        for widget in (title, self.edit, self._cover, self.refusal):
            column.addWidget(widget)
        for field in (self.edit, self._cover):
            field.setFixedHeight(height)
        self._cover.hide()
