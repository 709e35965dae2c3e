"""DailyBackup: a backup of the log once a day while the window is open, and one at its end."""

import logging
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.storage.log.backups import BackupNotWritten, back_up, is_due

LOOK_EVERY_MS = 10 * 60 * 1000

_log = logging.getLogger(__name__)


class DailyBackup(QObject):
    """Looks now and then whether today's backup is there, and has it written off the GUI thread.

    ``now`` is in UTC. What keeps it from being written is told once a day.
    """

    failed = Signal(object)  # FhcError
    done = Signal()

    def __init__(self, folder: Path, now: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder
        self._now = now
        self._told_on: date | None = None
        self._background = Background(self)
        self._background.succeeded.connect(lambda _: self.done.emit())
        self._background.failed.connect(self._tell)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(LOOK_EVERY_MS)

    @Slot()
    def look(self) -> None:
        """Write a backup if there is none of today yet."""
        folder, now = self._folder, self._now()
        if not self._background.is_busy and is_due(folder, now):
            self._background.start(lambda: back_up(folder, now))

    @Slot(object)
    def _tell(self, fault: Exception) -> None:
        if not isinstance(fault, FhcError):
            raise fault  # our own: the excepthook's matter
        if self._told_on != self._now().date():
            self._told_on = self._now().date()
            self.failed.emit(fault)


def back_up_at_the_end(folder: Path, now: datetime) -> None:
    """Write a backup when there is no window any more; if that goes on failing, a window tells."""
    try:
        back_up(folder, now)
    except BackupNotWritten as fault:
        # A name and no message, as all that is written there.
        _log.warning("The log was not backed up: %s", type(fault.__cause__).__name__)
