"""Background: one job at a time off the GUI thread, its answer on the GUI thread."""

import queue
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

_Job = tuple[int, Callable[[], object]]


class Background(QObject):
    """One worker thread with a ticket per job: only the newest job's answer is delivered.

    A job is a closure over immutable values. It is never interrupted; an answer that nobody waits
    for any more is dropped, and a job that was overtaken before it began is not run at all.
    """

    succeeded = Signal(object)
    failed = Signal(object)
    _answered = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ticket = 0
        self._is_busy = False
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._may_emit = True
        self._emitting = threading.Lock()
        self._thread: threading.Thread | None = None
        # A bound slot of an object of the GUI thread: the answer is queued, not run by the worker.
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._is_busy

    def start(self, job: Callable[[], object]) -> None:
        """Run a job; the answer to the one before it, if still to come, is forgotten."""
        self.forget()
        self._is_busy = True
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="background", daemon=True)
            self._thread.start()
        self._jobs.put((self._ticket, job))

    def forget(self) -> None:
        """Drop whatever answer is still to come."""
        self._ticket += 1
        self._is_busy = False

    def close(self, timeout_s: float) -> bool:
        """Stop for good; return whether the worker ended in time. No signal comes after this."""
        self.forget()
        with self._emitting:
            self._may_emit = False
        if self._thread is None:
            return True
        self._jobs.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (item := self._jobs.get()) is not None:
            ticket, job = item
            if ticket != self._ticket:
                continue
            result: object = None
            error: Exception | None = None
            try:
                result = job()
            except Exception as caught:  # noqa: BLE001 - whatever it is belongs to the GUI thread
                error = caught
            with self._emitting:
                if self._may_emit:
                    self._answered.emit(ticket, result, error)
            # The loop must not keep an image alive while it waits for the next job.
            del item, job, result, error

    @Slot(int, object, object)
    def _deliver(self, ticket: int, result: object, error: Exception | None) -> None:
        if ticket != self._ticket:
            return
        self._is_busy = False
        if error is None:
            self.succeeded.emit(result)
        else:
            self.failed.emit(error)
