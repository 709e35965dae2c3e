"""Background: jobs off the GUI thread, the newest one's answer on the GUI thread."""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot

_Job = tuple[int, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Errand:
    """What a job that is under way may ask and tell; from its own thread."""

    is_wanted: Callable[[], bool]
    """Whether anybody still waits for the answer."""
    tell: Callable[[object], None]
    """Hand over what can be shown before the answer is there."""


class Background(QObject):
    """Worker threads with a ticket per job: only the newest job's answer is delivered.

    A job is a closure over immutable values. It is never interrupted; an answer that nobody waits
    for any more is dropped, and a job that was overtaken before it began is not run at all. Jobs
    run one at a time, but those that take long run on a thread of their own: whatever is wanted
    next does not wait until an answer that nobody wants any more has been found.
    """

    succeeded = Signal(object)
    failed = Signal(object)
    told = Signal(object)  # what the newest job hands over before its answer
    _answered = Signal(int, object, object)
    _told = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ticket = 0
        self._is_busy = False
        self._may_emit = True
        self._emitting = threading.Lock()
        self._usual, self._slow = _Worker(self._do), _Worker(self._do)
        # A bound slot of an object of the GUI thread: the answer is queued, not run by the worker.
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._is_busy

    def start(self, job: Callable[[], object]) -> None:
        """Run a job; the answer to the one before it, if still to come, is forgotten."""
        self._start(job, self._usual)

    def start_errand(self, job: Callable[[Errand], object]) -> None:
        """Run a job that has more to tell than its answer, or ends when nobody waits for it."""
        ticket = self._ticket + 1  # the one that it gets
        errand = Errand(lambda: ticket == self._ticket, partial(self._tell, ticket))
        self._start(lambda: job(errand), self._usual)

    def start_slow(self, job: Callable[[], object]) -> None:
        """Run a job that takes long: the one after it does not wait for its end."""
        self._start(job, self._slow)

    def forget(self) -> None:
        """Drop whatever answer is still to come."""
        self._ticket += 1
        self._is_busy = False

    def close(self, timeout_s: float) -> bool:
        """Stop for good; return whether the workers ended in time. No signal comes after this."""
        self.forget()
        with self._emitting:
            self._may_emit = False
        ended = [worker.close(timeout_s) for worker in (self._usual, self._slow)]
        return all(ended)

    def _start(self, job: Callable[[], object], worker: "_Worker") -> None:
        self.forget()
        self._is_busy = True
        worker.put((self._ticket, job))

    def _do(self, item: _Job) -> None:
        ticket, job = item
        if ticket != self._ticket:
            return
        result: object = None
        error: Exception | None = None
        try:
            result = job()
        except Exception as caught:  # noqa: BLE001 - whatever it is belongs to the GUI thread
            error = caught
        with self._emitting:
            if self._may_emit:
                self._answered.emit(ticket, result, error)

    def _tell(self, ticket: int, what: object) -> None:
        with self._emitting:
            if self._may_emit:
                self._told.emit(ticket, what)

    @Slot(int, object)
    def _hand_over(self, ticket: int, what: object) -> None:
        if ticket == self._ticket:
            self.told.emit(what)

    @Slot(int, object, object)
    def _deliver(self, ticket: int, result: object, error: Exception | None) -> None:
        if ticket != self._ticket:
            return
        self._is_busy = False
        if error is None:
            self.succeeded.emit(result)
        else:
            self.failed.emit(error)


class _Worker:
    """A thread, from its first job on, that does one job after the other."""

    def __init__(self, do: Callable[[_Job], None]) -> None:
        self._do = do
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def put(self, job: _Job) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="background", daemon=True)
            self._thread.start()
        self._jobs.put(job)

    def close(self, timeout_s: float) -> bool:
        """Take no more jobs; return whether the one that runs ended in time."""
        if self._thread is None:
            return True
        self._jobs.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (item := self._jobs.get()) is not None:
            self._do(item)
            # The loop must not keep an image alive while it waits for the next job.
            del item
