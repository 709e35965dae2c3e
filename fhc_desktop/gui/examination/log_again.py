"""LogAgain: has the rows written of what was accepted while there was no log."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.examination.controller import ExaminationController
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.workflow.logging_again import Reread, log_left, reread

_SECONDS_FOR_THE_WORKER = 10.0


@dataclass(frozen=True, slots=True)
class LogAccess:
    """The log as it was opened at the start, or why it was not, and how to open it once more.

    ``folder`` is the data folder, in which the program restores a log.
    """

    log: MeasurementLog | None
    problem: FhcError | None
    open: Callable[[], MeasurementLog]
    folder: Path


class LogAgain(QObject):
    """Opens the log once more where there was none, and logs at once what waits for it.

    What cannot be logged goes on waiting.
    """

    log_opened = Signal(object)  # MeasurementLog
    done = Signal(int, object)  # how many were logged; FhcError that kept one from it, or None

    def __init__(
        self,
        controller: ExaminationController,
        access: LogAccess,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._log = access.log
        self.folder = access.folder
        self._open_log = access.open
        self._background = Background(self)
        self._background.succeeded.connect(self._log_left)

    @Slot()
    def start_anew(self) -> None:
        """Open the log once more though there is one: another one lies in its place now."""
        self._log = None
        self.start()

    @Slot()
    def start(self) -> None:
        controller = self._controller
        try:
            log = self._opened_log()
            is_logged = controller.log_again(log)
        except FhcError as problem:
            self.done.emit(0, problem)
            return
        if is_logged:
            self.done.emit(1, None)
        # Those that are not on the screen: their pictures are read first.
        left, readers, today = controller.desk.waiting, controller.readers, controller.today
        if left and not self._background.is_busy:
            self._background.start(lambda: reread(left, readers, today=today))

    def close(self) -> bool:
        return self._background.close(_SECONDS_FOR_THE_WORKER)

    def _opened_log(self) -> MeasurementLog:
        if self._log is None:
            self._log = self._open_log()
            self.log_opened.emit(self._log)
            self._controller.take_log(self._log)  # last: it has the window shown anew
        return self._log

    @Slot(object)
    def _log_left(self, left: tuple[Reread, ...]) -> None:
        count, problem = 0, None
        for one in left:
            try:
                count += self._is_logged(one)
            except FhcError as kept_from_it:
                problem = problem or kept_from_it
        self._controller.tell_logged()
        self.done.emit(count, problem)

    def _is_logged(self, one: Reread) -> bool:
        if self._log is None or one.draft.key == self._controller.draft_key:
            return False
        controller = self._controller
        return log_left(one, desk=controller.desk, log=self._log, choice=controller.standards)
