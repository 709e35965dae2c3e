"""EntryField: a line to type into, with its name above, and a sentence when it is wrong."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from fhc_desktop.gui.widgets import style

_HIDDEN = f"{style.ERROR_SIGN} A wrong entry is hidden here."


class TextLine(QLineEdit):
    """A line edit that keeps Enter to itself: it ends the entry and must not accept anything."""

    def event(self, event: QEvent) -> bool:
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        ):
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.setCursorPosition(0)  # a long text shows its beginning


class EntryField(QWidget):
    """Reports a changed text once it has been typed to its end.

    ``complaint_line`` is for the panel to place where there is room for a sentence; ``mark``
    stands beside the name while the text is the file's, shorter where the field is narrow.
    """

    entered = Signal(str)

    def __init__(self, name: str, hint: str = "", *, mark: str = "from file") -> None:
        super().__init__()
        self._shown = ""
        self._complaint = ""
        self._is_unread = False
        self._line = TextLine()
        self._line.setPlaceholderText(hint)
        # The row it stands in decides how wide it is, not Qt's idea of 17 letters.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._line.editingFinished.connect(self.commit)
        self._line.textEdited.connect(self._clear_complaint)
        self.complaint_line: QLabel = style.label(size_px=style.SMALL_PX, color=style.ERROR)
        self.complaint_line.setWordWrap(True)
        self.complaint_line.hide()
        self._title = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._title.setBuddy(self._line)
        self.set_name(name)
        self._mark_of_file = style.label(mark, size_px=style.SMALL_PX, color=style.ACCENT)
        self._mark_of_file.hide()
        head, column = QHBoxLayout(), QVBoxLayout(self)
        for layout in (head, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(style.GRID)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._mark_of_file)
        column.addLayout(head)
        column.addWidget(self._line)

    @property
    def line(self) -> QLineEdit:
        return self._line

    @property
    def complaint(self) -> str:
        """What is wrong with the entry; empty when nothing is."""
        return self._complaint

    @property
    def is_marked_from_file(self) -> bool:
        return not self._mark_of_file.isHidden()

    def mark_from_file(self, tag: str) -> None:
        """Say that the text is the file's, and in which attribute it stands; empty: it is not."""
        self._mark_of_file.setVisible(bool(tag))
        self._mark_of_file.setToolTip(f"From the file: {tag}" if tag else "")

    def show_text(self, text: str) -> None:
        """Show what the examination says; a text that is being typed is not disturbed."""
        if text == self._shown and (self.complaint or self._line.isModified()):
            return
        self.reset(text)

    def reset(self, text: str) -> None:
        """Show a text whatever stood here before."""
        self._shown = text
        if self._line.text() != text:
            self._line.setText(text)
            self._line.setCursorPosition(0)  # a long name shows its beginning
        self._line.setModified(False)
        self._clear_complaint()

    def set_name(self, name: str) -> None:
        self._title.setText(name)
        self._line.setAccessibleName(name)

    def set_hint(self, hint: str) -> None:
        self._line.setPlaceholderText(hint)

    def set_unread(self, *, unread: bool) -> None:
        """Hide what is typed and what is said of it; nothing can be typed over it unseen."""
        if unread == self._is_unread:
            return
        self._is_unread = unread
        mode = QLineEdit.EchoMode.NoEcho if unread else QLineEdit.EchoMode.Normal
        self._line.setEchoMode(mode)
        self.setEnabled(not unread)
        self._show_complaint()

    def complain(self, sentence: str) -> None:
        """Mark the entry as wrong and say why; it stays for the user to mend."""
        self._shown = ""
        self._complaint = style.breakable(f"{style.ERROR_SIGN} {sentence}")
        self._show_complaint()
        self.mark_wrong(wrong=True)

    def commit(self) -> None:
        """Report what has been typed, if it has not been reported yet."""
        if self._line.isModified():
            self._line.setModified(False)
            self.entered.emit(self._line.text())

    def mark_wrong(self, *, wrong: bool) -> None:
        """Draw the border of an entry that something is wrong with, or that of any other."""
        if self._line.property("wrong") == wrong:
            return
        self._line.setProperty("wrong", wrong)
        self._line.style().unpolish(self._line)
        self._line.style().polish(self._line)

    def _show_complaint(self) -> None:
        # It quotes what was typed.
        self.complaint_line.setText(_HIDDEN if self._is_unread else self._complaint)
        self.complaint_line.setVisible(bool(self._complaint))

    def _clear_complaint(self) -> None:
        self._complaint = ""
        self._show_complaint()
        self.mark_wrong(wrong=False)
