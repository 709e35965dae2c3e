"""LogDesk: whatever is done with the log is done on a thread of its own, one thing at a time."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.storage.log.measurement_log import MeasurementLog

T = TypeVar("T")
_Job = Callable[[], None]


class LogDesk:
    """Opens the log, uses it and closes it on one thread; whoever asks it waits for nothing.

    Questions are answered in the order in which they were asked. A log that could not be opened is
    not tried again by itself: each question fails with the reason, until ``open_again``. The
    thread is a daemon, so that a disk that never answers cannot keep the program from ending.
    """

    def __init__(self, open_log: Callable[[], MeasurementLog]) -> None:
        self._open_log = open_log
        self._log: MeasurementLog | None = None
        self._problem: Exception | None = None
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="log", daemon=True)
        self._thread.start()

    def ask(self, job: Callable[[MeasurementLog], T]) -> "Future[T]":
        """Have something done with the log; what is cancelled before it began is not done.

        The answer's exception is an FhcError where the log could not be opened or the job says so.
        The job runs on the log's thread and may touch immutable values only. What is asked of a
        desk that was closed is never answered.
        """
        return self._put(lambda: job(self._opened()))

    def ask_anyway(self, job: "Callable[[MeasurementLog | FhcError], T]") -> "Future[T]":
        """Have something done whether there is a log or not; without one it is told why."""
        return self._put(lambda: job(self._log or self._why_none()))

    def open_again(self) -> "Future[None]":
        """Try once more to open a log that could not be opened, or for reading only."""
        return self._put(self._open)

    def open_anew(self) -> "Future[None]":
        """Close the log that is open, and open what lies in its place now."""
        return self._put(self._reopen)

    def close(self, timeout_s: float) -> bool:
        """Answer what was asked before and close the log; return whether that was done in time."""
        self._jobs.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _put(self, job: Callable[[], T]) -> "Future[T]":
        answer: Future[T] = Future()
        self._jobs.put(lambda: _answer(answer, job))
        return answer

    def _work(self) -> None:
        _answer(Future(), self._open)
        while (job := self._jobs.get()) is not None:
            job()
            # The loop must not keep an image alive while it waits for the next question.
            del job
        if self._log is not None:
            self._log.close()

    def _open(self) -> None:
        before = self._log
        if before is not None and before.objection is None:
            return
        try:
            self._log, self._problem = self._open_log(), None
        except Exception as problem:
            self._problem = problem
            raise
        if before is not None:
            before.close()

    def _reopen(self) -> None:
        if self._log is not None:
            self._log.close()
            self._log = None
        self._open()

    def _opened(self) -> MeasurementLog:
        if self._log is None:
            raise self._why_none()
        return self._log

    def _why_none(self) -> FhcError:
        if isinstance(self._problem, FhcError):
            return self._problem
        raise RuntimeError("the log could not be opened") from self._problem


def _answer(answer: "Future[Any]", job: Callable[[], Any]) -> None:
    if not answer.set_running_or_notify_cancel():
        return
    try:
        result = job()
    except Exception as problem:  # noqa: BLE001 - whatever it is belongs to who asked
        answer.set_exception(problem)
    else:
        answer.set_result(result)
