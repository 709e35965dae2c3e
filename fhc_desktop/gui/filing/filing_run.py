"""FilingRun: reports are written in the background, told of and cancelled in between."""

import threading
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.workflow.filing_folder import Destination, ToFile, file_all


class FilingRun(QObject):
    """One at a time: none that was asked for is dropped for the sake of a later one."""

    told = Signal(int)
    """How many files have been written."""
    filed = Signal(object)
    """The Filed of a run that ended, however it did."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancelled = threading.Event()
        self._background = Background(self)
        self._background.succeeded.connect(self.filed)
        self._background.failed.connect(_raise)

    @property
    def is_running(self) -> bool:
        return self._background.is_busy

    def start(self, reports: Sequence[ToFile], to: Destination, *, name: str = "") -> None:
        """Begin; the caller sees to it that none is running."""
        self._cancelled.clear()
        self._background.start(
            lambda: file_all(
                reports,
                to,
                name=name,
                done=self.told.emit,
                is_cancelled=self._cancelled.is_set,
            )
        )

    @Slot()
    def cancel(self) -> None:
        """Write no more than the file that is being written."""
        self._cancelled.set()

    def close(self, timeout_s: float) -> bool:
        """Let a single report end, cancel the rest; return whether nothing was left in time."""
        self.cancel()
        return self._background.close(timeout_s)


def _raise(fault: Exception) -> None:
    raise fault  # our own: the excepthook's matter
