"""ReadingWindow: where a reader of a study reads; it has no log, no patient and no file name."""

from typing import cast

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QToolButton, QWidget

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.examination.availability import always, can_accept, has_image
from fhc_desktop.gui.image.image_view import ImageView
from fhc_desktop.gui.reader_study.reading import Reading
from fhc_desktop.gui.reader_study.reading_content import ReadingContent
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.busy_bar import BusyBar
from fhc_desktop.gui.widgets.lower_edge import LowerEdge
from fhc_desktop.gui.widgets.message_bar import MessageBar
from fhc_desktop.gui.widgets.tight import stacked
from fhc_desktop.gui.window.action_spec import ActionSpec, Scope
from fhc_desktop.gui.window.actions import ACTIONS
from fhc_desktop.gui.window.commands import Commands
from fhc_desktop.gui.window.display_actions import DISPLAY_ACTIONS
from fhc_desktop.gui.window.display_in_use import DisplayInUse
from fhc_desktop.gui.window.menus import action_of
from fhc_desktop.gui.window.outline_keys import OUTLINE_KEYS

TITLE = "FHC Desktop – reader study"
_CLOSE_AGAIN = "Make room and close again; where that is no use, closing again leaves without it."
_FIRST_SIZE = (1200, 800)
_TAKEN_OVER = {"undo", "redo", "reset", "draw", "delete", "fit", "actual", "zoom_in", "zoom_out"}
# What is done as in the program's own window, by the same keys.
_AS_EVER: tuple[ActionSpec, ...] = (
    *(spec for spec in ACTIONS if spec.name in _TAKEN_OVER),
    *OUTLINE_KEYS,
    *DISPLAY_ACTIONS,
)
_BUTTONS = ("back", "undo", "redo", "reset", "draw", "delete", "unmeasurable", "accept")


class ReadingWindow(QMainWindow):
    """One picture after the other, in the order of the reader's list."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self.controller = self.reading = reading
        reading.setParent(self)
        self.image_view = ImageView()
        self.display = DisplayInUse(reading, self.image_view, parent=self)
        self.message_bar = MessageBar()
        self.busy_bar = BusyBar()
        self.title = style.label(size_px=style.HEADING_PX)
        self.figure = style.label(size_px=style.HEADING_PX)
        self.hint = style.label(size_px=style.SMALL_PX, color=style.SECONDARY_TEXT)
        self._is_told = False
        self._specs = (*_AS_EVER, *self._own_specs())
        # What is taken over asks for controller, image_view and display, which are here.
        commands = cast("Commands", self)
        self.actions_by_name: dict[str, QAction] = {
            spec.name: action_of(
                spec, commands, self.image_view if spec.scope is Scope.IMAGE else self
            )
            for spec in self._specs
        }
        self._assemble()
        self._connect()
        self._show()

    def _own_specs(self) -> tuple[ActionSpec, ...]:
        reading = self.reading
        return (
            ActionSpec(
                "accept",
                "&Accept",
                ("Return", "Enter"),
                lambda _: reading.accept(),
                can_accept,
                "accept",
                "Store this outline and go on",
            ),
            ActionSpec(
                "unmeasurable",
                "Not &measurable",
                ("X",),
                lambda _: reading.call_unmeasurable(),
                has_image,
                hint="Store that nothing in this picture can be measured, and go on",
                scope=Scope.IMAGE,
            ),
            ActionSpec(
                "back",
                "&Back",
                ("PgUp",),
                lambda _: reading.go_back(),
                lambda screen: screen.has_image_before,
                hint="Go to the picture before; accepting there is a new read, the old one stays",
            ),
            ActionSpec(
                "next_unread",
                "&Next unread",
                ("PgDown",),
                lambda _: reading.go_on(),
                always,
                hint="Go to the first picture that is not read",
            ),
        )

    def _assemble(self) -> None:
        self.setWindowTitle(TITLE)
        self.resize(*_FIRST_SIZE)
        top = QWidget()
        row = QHBoxLayout(top)
        row.setContentsMargins(style.MARGIN, style.GRID, style.GAP, style.GRID)
        row.setSpacing(style.GAP)
        row.addWidget(self.title)
        row.addSpacing(style.MARGIN)
        row.addWidget(self.figure)
        row.addStretch(1)
        is_proposal_shown = self.reading.desk.plan.is_proposal_shown
        for name in _BUTTONS:
            if name == "reset" and not is_proposal_shown:
                continue
            button = QToolButton()
            button.setDefaultAction(self.actions_by_name[name])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        picture = LowerEdge(self.image_view, self.message_bar)
        self.setCentralWidget(stacked((top, self.busy_bar, picture), stretched=picture))
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.hint, 1)
        self.statusBar().addPermanentWidget(self.display.readout)

    def _connect(self) -> None:
        reading, view = self.reading, self.image_view
        reading.changed.connect(self._show)
        reading.previewed.connect(self._show)
        reading.failed.connect(self.message_bar.show_problem)
        view.outline_previewed.connect(reading.preview_outline)
        view.outline_committed.connect(reading.set_outline)
        view.outline_canceled.connect(reading.cancel_preview)

    @Slot()
    def _show(self) -> None:
        reading = self.reading
        screen = reading.screen
        content = ReadingContent.of(
            screen,
            reading.desk.plan,
            reader=reading.desk.reader,
            place=reading.place,
            count=len(reading.desk.codes),
        )
        self.title.setText(content.title)
        self.figure.setText(content.figure)
        self.hint.setText(content.hint)
        self.image_view.show_content(content.picture)
        self.display.show_content(content.picture)
        self.busy_bar.show_activity(content.activity)
        for spec in self._specs:
            is_possible = spec.enabled_when(screen) and not screen.activity
            self.actions_by_name[spec.name].setEnabled(is_possible)

    # Qt --------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        try:
            self.reading.close()
        except FhcError as problem:
            # Said once: whoever closes again has it tried again, and leaves without it at worst.
            if not self._is_told:
                self._is_told = True
                self.message_bar.show_problem(FhcError(problem.problem, _CLOSE_AGAIN))
                event.ignore()
                return
        event.accept()
