"""Entrance: the window as it is at once, in which the program is put up when it is there."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QSettings, QTimer, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from fhc_desktop.gui.entrance.invitation import Invitation
from fhc_desktop.gui.widgets import style

TITLE = "FHC Desktop – for research use"
FIRST_SIZE = (1366, 768)
SIDE_WIDTH_PX = 352
_TOP_PX, _BOTTOM_PX = 42, 18
_ONE_MOMENT = "One moment: the program is being loaded …"


class Questions(Protocol):
    """The ways in which an image can be asked for."""

    def ask(self) -> None: ...

    def ask_place(self) -> None: ...

    def open_demonstration(self) -> None: ...


class Program(Protocol):
    """What can be wished for before it is there."""

    def open(self, path: Path) -> None: ...

    @property
    def opening(self) -> Questions: ...


Wish = Callable[[Program], None]


class Entrance(QMainWindow):
    """Invites as the program does; what is wished for meanwhile is kept and done by the program.

    ``activity`` says what the program was started for; empty, it invites.
    """

    def __init__(self, activity: str = "") -> None:
        super().__init__()
        self.wish: Wish | None = None
        self.program: QMainWindow | None = None
        self._is_closing = False
        self.invitation = Invitation()
        self.invitation.show_activity(activity)
        self.setWindowTitle(TITLE)
        self.resize(*FIRST_SIZE)
        geometry = QSettings().value("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        hall = self._hall()
        self.setCentralWidget(hall)
        self._connect(hall)

    def put_up(self, program: QMainWindow) -> None:
        """Give the program the whole window; with one of them the other is closed."""
        self.setAcceptDrops(False)
        self.program = program
        program.installEventFilter(self)
        self.setCentralWidget(program)
        program.show()
        program.setFocus()
        self.focusNextChild()  # to the button that opens an image: Enter does

    def _hall(self) -> QWidget:
        """Return the program's rooms as they are before anything is in them."""
        stage, side = _surface(style.CANVAS), _surface(style.SURFACE)
        side.setFixedWidth(SIDE_WIDTH_PX)
        column = QVBoxLayout(stage)
        column.setSpacing(style.GAP)
        column.addStretch()
        column.addSpacing(style.MARGIN)
        column.addWidget(self.invitation)
        column.addStretch()
        hall = QWidget()
        row = QHBoxLayout(hall)
        row.setContentsMargins(0, _TOP_PX, 0, _BOTTOM_PX)
        row.setSpacing(0)
        row.addWidget(stage, stretch=1)
        row.addWidget(side)
        return hall

    def _connect(self, hall: QWidget) -> None:
        self.setAcceptDrops(True)
        self.invitation.open_wanted.connect(lambda: self._keep(lambda p: p.opening.ask()))
        self.invitation.folder_wanted.connect(lambda: self._keep(lambda p: p.opening.ask_place()))
        self.invitation.demonstration_wanted.connect(
            lambda: self._keep(lambda p: p.opening.open_demonstration())
        )
        # Gone with the hall: the program has keys of its own.
        keys = QShortcut(QKeySequence("Ctrl+O"), hall)
        keys.activated.connect(lambda: self._keep(lambda p: p.opening.ask()))

    def _keep(self, wish: Wish) -> None:
        self.wish = wish
        self.invitation.show_activity(_ONE_MOMENT)

    @Slot()
    def _close_after_the_program(self) -> None:
        if not self._is_closing:
            self.close()

    # Qt --------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Close and watched is self.program:
            QTimer.singleShot(0, self, self._close_after_the_program)
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        path = Path(event.mimeData().urls()[0].toLocalFile())
        self._keep(lambda program: program.open(path))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._is_closing = True
        if self.program is not None:
            self.program.close()
        event.accept()


def _surface(color: str) -> QWidget:
    made = QWidget()
    made.setAutoFillBackground(True)
    palette = made.palette()
    palette.setColor(palette.ColorRole.Window, color)
    made.setPalette(palette)
    return made
