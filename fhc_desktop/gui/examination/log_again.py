"""LogAgain: has the log tried once more for whatever was accepted and is not in it."""

from PySide6.QtCore import QObject, Signal, Slot

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.draft import Progress, progress_of
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.workflow.logging_again import Reread, reread, word_of_then

_SECONDS_FOR_THE_WORKER = 10.0


class LogAgain(QObject):
    """Opens the log once more where there was none, and logs at once what waits for it.

    What waits on the disk needs no more than that. What could be kept nowhere is handed in again,
    with time and operator of then; its pictures are read first.
    """

    failed = Signal(object)  # FhcError that keeps one from the log

    def __init__(self, controller: ExaminationController, parent: QObject) -> None:
        super().__init__(parent)
        self._controller = controller
        self._background = Background(self)
        self._background.succeeded.connect(self._hand_in_left)

    @Slot()
    def start(self) -> None:
        controller = self._controller
        controller.acceptances.try_now()
        editing = controller.editing
        if editing is not None and progress_of(editing) is Progress.NOT_LOGGED:
            controller.hand_in(editing, word_of_then(editing))
        left, readers, today = controller.desk.waiting, controller.readers, controller.today
        others = tuple(one for one in left if one.key != controller.draft_key)
        if others and not self._background.is_busy:
            self._background.start(lambda: reread(others, readers, today=today))

    def close(self) -> bool:
        return self._background.close(_SECONDS_FOR_THE_WORKER)

    @Slot(object)
    def _hand_in_left(self, left: tuple[Reread, ...]) -> None:
        problem = None
        for one in left:
            try:
                self._hand_in(one)
            except FhcError as kept_from_it:
                problem = problem or kept_from_it
        if problem is not None:
            self.failed.emit(problem)

    def _hand_in(self, one: Reread) -> None:
        """Hand in what is as it was; what was opened meanwhile is left to the screen.

        Raises:
            FhcError: its picture has gone, or is another one.
        """
        controller, draft = self._controller, one.draft
        if isinstance(one.found, FhcError):
            raise one.found
        if controller.desk.find(draft.key) is draft and draft.key != controller.draft_key:
            editing = draft.resumed(one.found, controller.standards)
            controller.hand_in(editing, word_of_then(editing), draft.picture)
