"""ExportRun: a table of the log is written in the background, told of and cancelled in between."""

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.gui.widgets.background import Background
from fhc_desktop.storage.log.log_query import LogQuery
from fhc_desktop.workflow.exporting_log import ExportCancelled, export_log
from fhc_desktop.workflow.log_desk import LogDesk


class ExportRun(QObject):
    """One export at a time; the program ends only when the one that runs has put itself away."""

    told = Signal(int, int)
    """How many of how many measurements have been read."""
    written = Signal(int, object)
    """How many measurements were written, and to which Path."""
    cancelled = Signal()
    failed = Signal(object)
    """The FhcError that says why nothing was written."""

    def __init__(self, desk: LogDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._cancelled = threading.Event()
        self._background = Background(self)
        self._background.succeeded.connect(self._end)
        self._background.failed.connect(self._end_badly)
        self._target = Path()

    @property
    def is_running(self) -> bool:
        return self._background.is_busy

    def start(self, query: LogQuery, target: Path) -> None:
        """Begin, unless one is running."""
        if self.is_running:
            return
        self._cancelled.clear()
        self._target = target
        self._background.start(
            lambda: export_log(
                self._desk,
                query,
                target,
                told=self.told.emit,
                is_cancelled=self._cancelled.is_set,
            )
        )

    @Slot()
    def cancel(self) -> None:
        """Write no more; what was begun is taken away."""
        self._cancelled.set()

    def close(self, timeout_s: float) -> bool:
        """End for good what runs; return whether nothing of it was left in time."""
        self.cancel()
        return self._background.close(timeout_s)

    @Slot(object)
    def _end(self, count: int) -> None:
        self.written.emit(count, self._target)

    @Slot(object)
    def _end_badly(self, fault: Exception) -> None:
        if isinstance(fault, ExportCancelled):
            self.cancelled.emit()
        elif isinstance(fault, FhcError):
            self.failed.emit(fault)
        else:
            raise fault
