"""MessageBar: what happened and what to do, over the lower edge of where it happened."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, QUrl, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QDesktopServices,
    QEnterEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.few_lines import FewLines
from fhc_desktop.gui.widgets.icons import icon
from fhc_desktop.gui.widgets.message import Message, reading_ms

HEIGHT_PX = 8 * style.GRID
_MOST_LINES = 3


class MessageBar(QWidget):
    """One message at a time. A problem stays until it is closed or another image is opened.

    What merely tells goes by itself, later while the mouse points at it; a problem that it stood
    in front of is then seen again. In the de-identified view a message names neither file nor
    patient: whatever a problem says comes when that view is left.
    """

    def __init__(self, *, reading_ms: Callable[[str], int] = reading_ms) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, style.RAISED)
        self.setPalette(palette)
        self._standing: Message | None = None
        self._passing: Message | None = None
        self._is_deidentified = False
        self._reading_ms = reading_ms
        self._steps: list[QAction] = []
        self._folder = Path()
        self._open_folder = QAction("Open folder", self)
        self._going = QTimer(self)
        self._going.setSingleShot(True)
        self._going.timeout.connect(self.drop_hint)
        self._sign = style.label(size_px=style.HEADING_PX)
        self._words = FewLines(most=_MOST_LINES)
        self.step = QPushButton()
        self._close = QToolButton()
        self._build()
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return "" if self.isHidden() else self._words.full_text

    def set_deidentified(self, hidden: bool) -> None:  # noqa: FBT001 - a switch
        """Withhold the problem that stands here, or tell what was withheld and not closed."""
        self._is_deidentified = hidden
        self._passing = None
        self._show_front()

    def show_problem(
        self, error: FhcError, *, is_nameless: bool = False, step: QAction | None = None
    ) -> None:
        """Tell a problem; ``is_nameless`` where its words are the same for every file."""
        self._show(Message.problem(error, is_nameless=is_nameless, step=step))

    def show_saved(self, what: str, path: Path) -> None:
        """Say that a file was written, and offer to show where, unless names must not be seen."""
        saved = f"{what} was saved as {path.name}."
        self.show_written(saved, nameless=f"{what} was saved.", folder=path.parent)

    def show_written(self, words: str, *, nameless: str, folder: Path) -> None:
        """Say in words of the caller's what was written, and offer to show where."""
        step = None if self._is_deidentified else self._open_folder
        self._folder = folder.absolute()
        self._open_folder.setToolTip(f"Show {self._folder} in the file manager")
        self._show(Message.success(words, nameless=nameless, step=step))

    def show_answer(self, words: str, *, nameless: str, step: QAction) -> None:
        """Say that what was asked about is well; it stays until it has been read and closed."""
        self._show(Message.success(words, nameless=nameless, step=step, stays=True))

    def show_hint(self, sentence: str) -> None:
        self._show(Message.hint(sentence))

    def show_running(self, sentence: str, step: QAction) -> None:
        """Say what takes its time, and offer to end it; whatever comes of it takes its place."""
        self._show(Message.running(sentence, step))

    def show_step(
        self, sentence: str, step: QAction, *, stays: bool = True, nameless: str = ""
    ) -> None:
        """Say what is missing and offer the one next step; ``nameless`` where it names a file."""
        self._show(Message.next_step(sentence, step, stays=stays, nameless=nameless))

    @Slot()
    def drop_hint(self) -> None:
        """Take away what merely tells; what must be decided stays."""
        self._passing = None
        self._show_front()

    @Slot()
    def dismiss(self) -> None:
        """Take away what is seen: a problem that it stood in front of is seen again."""
        if self._passing is None:
            self._standing = None
        self.drop_hint()

    def withdraw(self, step: QAction) -> None:
        """Take away what offers a step: it was taken, or there is no need of it any more."""
        if self._passing is not None and self._passing.step is step:
            self._passing = None
        if self._standing is not None and self._standing.step is step:
            self._standing = None
        self._show_front()

    def hide(self) -> None:
        """Say nothing any more."""
        self._standing = None
        self.drop_hint()

    def _show(self, message: Message) -> None:
        if message.stays:
            self._standing, self._passing = message, None
        else:
            self._passing = message
        self._watch(message.step)
        self._show_front()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))

    def _watch(self, step: QAction | None) -> None:
        """Let the message go once its step is taken, by key or menu as well."""
        if step is not None and step not in self._steps:
            self._steps.append(step)
            step.triggered.connect(lambda: self.withdraw(step))

    def _show_front(self) -> None:
        """Show the message that is in front, if there is one."""
        self._going.stop()
        message = self._passing or self._standing
        self.setVisible(message is not None)
        if message is None:
            return
        words = message.nameless if self._is_deidentified else message.words
        self._sign.setText(message.sign)
        style.set_color(self._sign, message.color)
        self._words.show_text(words)
        self.setAccessibleName(f"{message.kind}: {words}")
        self.step.setVisible(message.step is not None)
        if message.step is not None:
            self.step.setText(message.step.text().replace("&", ""))
            self.step.setToolTip(message.step.toolTip())
        self.updateGeometry()
        self._wait()

    def _wait(self) -> None:
        if self._passing is not None and not self.underMouse():
            self._going.start(self._reading_ms(self._words.full_text))

    def _take_step(self) -> None:
        message = self._passing or self._standing
        if message is not None and message.step is not None:
            message.step.trigger()

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _build(self) -> None:
        self._open_folder.triggered.connect(self._show_folder)
        self._watch(self._open_folder)
        self.step.clicked.connect(self._take_step)
        self._close.setIcon(icon("close"))
        self._close.setToolTip("Close this message  (Esc)")
        self._close.setAccessibleName("Close this message")
        self._close.clicked.connect(self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.MARGIN, 0, style.GAP, 0)
        row.setSpacing(style.GAP + style.GRID)
        row.addWidget(self._sign)
        row.addWidget(self._words, stretch=1)
        row.addWidget(self.step)
        row.addWidget(self._close)

    # Qt --------------------------------------------------------------------------------------

    def heightForWidth(self, width: int) -> int:
        row = self.layout()
        room_px = width - (0 if row is None else row.sizeHint().width())
        return max(HEIGHT_PX, self._words.height_in(room_px) + 4 * style.GRID)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._going.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._wait()
