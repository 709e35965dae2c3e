"""Entrance: the window as it is at once, in which the program is put up when it is there."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, QSettings, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QStatusBar,
    QVBoxLayout,
    QWidget,
)

from fhc_desktop.gui.entrance.invitation import Invitation
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from fhc_desktop.gui.entrance.first_picture import FirstPicture
    from fhc_desktop.imaging.sandbox.bare_picture import BarePicture

TITLE = "FHC Desktop – for research use"
FIRST_SIZE = (1366, 768)
SIDE_WIDTH_PX = 352
# What the program has over the image and beside it, where it has not been seen before.
_ROOMS = (43, SIDE_WIDTH_PX)
_LARGEST_ROOM_PX = 2 * SIDE_WIDTH_PX
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

    ``activity`` says what the program was started for; empty, it invites. The picture that it was
    started for is shown as soon as it is there, to be looked at and for nothing else.
    """

    ending = Signal()  # the program is about to be closed, and has not been yet

    def __init__(self, activity: str = "") -> None:
        super().__init__()
        self.wish: Wish | None = None
        self.program: QMainWindow | None = None
        self._is_closing = False
        self._activity = activity
        self._picture: FirstPicture | None = None
        self.stage = QStackedWidget()
        self.said = ElidedLabel(style.font(style.SMALL_PX), style.SECONDARY_TEXT)
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

    def show_picture(self, bare: "BarePicture") -> None:
        """Show at once what it was started for, until somebody wishes for something else."""
        if self.wish is not None or self.program is not None:
            return
        # Named on the window's thread, as all of Qt's is; no window without a picture needs it.
        from fhc_desktop.gui.entrance.first_picture import FirstPicture  # noqa: PLC0415

        if self._picture is None:
            self._picture = FirstPicture()
            self.stage.addWidget(self._picture)
        self.stage.setCurrentWidget(self._picture)
        self._picture.show_picture(bare)
        self.said.show_text(self._activity)
        self.repaint()  # now, and not when what is imported beside lets it

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
        page, side, top = (
            _surface(color) for color in (style.CANVAS, style.SURFACE, style.SURFACE)
        )
        top_px, side_px = _rooms()
        side.setFixedWidth(side_px)
        top.setFixedHeight(top_px)
        column = QVBoxLayout(page)
        column.setSpacing(style.GAP)
        column.addStretch()
        column.addSpacing(style.MARGIN)
        column.addWidget(self.invitation)
        column.addStretch()
        self.stage.addWidget(page)
        row = QHBoxLayout()
        row.addWidget(self.stage, stretch=1)
        row.addWidget(side)
        hall = QWidget()
        rows = QVBoxLayout(hall)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(top)
        rows.addLayout(row, stretch=1)
        rows.addWidget(_foot(self.said))
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
        self.stage.setCurrentIndex(0)
        self.said.show_text("")
        self.invitation.show_activity(_ONE_MOMENT)

    @Slot()
    def _close_after_the_program(self) -> None:
        if not self._is_closing:
            self.close()

    # Qt --------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Close and watched is self.program:
            if self.program.isVisible():
                self.ending.emit()
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


def keep_rooms(top_px: int, side_px: int) -> None:
    """Keep how much room the program has over the image and beside it, for the next entrance."""
    QSettings().setValue("rooms", f"{top_px} {side_px}")


def _rooms() -> tuple[int, int]:
    words = str(QSettings().value("rooms", "")).split()
    if len(words) != len(_ROOMS) or not all(word.isdecimal() for word in words):
        return _ROOMS
    top_px, side_px = (min(int(word), _LARGEST_ROOM_PX) for word in words)
    return top_px, side_px


def _foot(said: QWidget) -> QStatusBar:
    """Return the line at the foot of the window, as the program's is."""
    foot = QStatusBar()
    foot.setSizeGripEnabled(False)
    foot.setContentsMargins(style.GAP, 0, style.GAP, 0)
    foot.addWidget(said, 1)
    return foot


def _surface(color: str) -> QWidget:
    made = QWidget()
    made.setAutoFillBackground(True)
    palette = made.palette()
    palette.setColor(palette.ColorRole.Window, color)
    made.setPalette(palette)
    return made
