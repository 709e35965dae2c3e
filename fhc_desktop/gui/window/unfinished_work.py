"""UnfinishedWork: leads to what was begun and not logged, and says what becomes of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.examination.log_again import LogAgain
from fhc_desktop.gui.widgets.message_bar import MessageBar
from fhc_desktop.gui.window.unfinished_list import UnfinishedList


class UnfinishedWork(QObject):
    """Between the list on the start page, the controller and the message bar."""

    failed = Signal(object)  # FhcError

    def __init__(
        self,
        controller: ExaminationController,
        rows: UnfinishedList,
        message_bar: MessageBar,
        *,
        make_room: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._list = rows
        self._message_bar = message_bar
        self._make_room = make_room
        rows.continue_wanted.connect(self._go_on)
        rows.delete_wanted.connect(self._delete)

    def show(self) -> None:
        """Leave the image, and offer on the start page what was begun."""
        self._make_room()
        self._controller.leave()
        self._list.rows.setFocus()

    def watch(self, logging_again: LogAgain) -> None:
        """Say from now on how many were logged after all."""
        self._controller.acceptances.caught_up.connect(self._tell_logged)
        logging_again.failed.connect(self.failed)

    @Slot(object)
    def tell_trouble(self, problem: Exception | None) -> None:
        """Say what keeps unfinished work from the disk; nothing stops for it."""
        if isinstance(problem, FhcError):
            self._message_bar.show_problem(problem, is_nameless=True)
        elif problem is not None:
            raise problem  # our own fault: the excepthook's matter

    @Slot(int)
    def _go_on(self, place: int) -> None:
        draft = self._controller.screen.unfinished[place]
        self._make_room()
        self._controller.open_draft(draft)

    @Slot(int)
    def _delete(self, place: int) -> None:
        self._controller.discard(self._controller.screen.unfinished[place])

    @Slot(int, object)
    def _tell_logged(self, count: int, problem: FhcError | None) -> None:
        if problem is not None:
            self.failed.emit(problem)
        elif count:
            self._message_bar.show_hint(
                f"Logged now: {count} that {'was' if count == 1 else 'were'} accepted before."
            )
