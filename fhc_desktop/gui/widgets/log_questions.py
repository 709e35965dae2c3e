"""LogQuestions: asks the log's desk, and brings its answers to the GUI thread."""

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot
from shiboken6 import isValid

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.workflow.log_desk import LogDesk

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Question:
    asker: QObject
    subject: Hashable
    ticket: int
    answered: Callable[[Any], None]
    failed: Callable[[FhcError], None]


class LogQuestions(QObject):
    """Between the parts of the window and the log's thread; asking never blocks.

    One for all parts: it outlives each of them, so an answer finds somebody to be dropped by.
    """

    _came = Signal(object, object)  # _Question, Future that is done

    def __init__(self, desk: LogDesk) -> None:
        super().__init__()
        self.desk = desk
        self._tickets = 0
        self._newest: dict[tuple[int, Hashable], tuple[int, Future[Any]]] = {}
        self._may_emit = True
        self._emitting = threading.Lock()
        self._came.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        asker: QObject,
        job: Callable[[MeasurementLog], T],
        answered: Callable[[T], None],
        failed: Callable[[FhcError], None],
        *,
        subject: Hashable = "",
    ) -> None:
        """Have something done with the log for a part of the window.

        ``answered`` or ``failed`` is called on the GUI thread, unless the asker has gone or has
        asked about the same ``subject`` again; a job that was overtaken before it began is not
        done at all. Whatever must be done, a row to be written, has a subject of its own.
        """
        self._put(self.desk.ask(job), asker, subject, answered, failed)

    def ask_anyway(
        self,
        asker: QObject,
        job: "Callable[[MeasurementLog | FhcError], T]",
        answered: Callable[[T], None],
        failed: Callable[[FhcError], None],
        *,
        subject: Hashable = "",
    ) -> None:
        """Ask what can be answered without a log too; the job is told why there is none."""
        self._put(self.desk.ask_anyway(job), asker, subject, answered, failed)

    @staticmethod
    def unexpected(problem: FhcError) -> None:
        """Answer a failure of what cannot fail: that is a fault of our own."""
        raise AssertionError from problem

    @property
    def is_idle(self) -> bool:
        """Whether no answer is still to come."""
        return not self._newest

    def open_again(
        self,
        asker: QObject,
        answered: Callable[[None], None],
        failed: Callable[[FhcError], None],
    ) -> None:
        """Have the log opened once more where it could not be opened."""
        self._put(self.desk.open_again(), asker, "open again", answered, failed)

    def forget(self, asker: QObject, subject: Hashable = "") -> None:
        """Drop the answer that is still to come, if there is one."""
        waiting = self._newest.pop((id(asker), subject), None)
        if waiting is not None:
            waiting[1].cancel()

    def close(self, timeout_s: float) -> bool:
        """Have everything done that was asked; return whether it was, in time.

        What was answered meanwhile is delivered before this returns, and nothing after it.
        """
        is_done = self.desk.close(timeout_s)
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)
        with self._emitting:
            self._may_emit = False
        return is_done

    def _put(
        self,
        answer: "Future[T]",
        asker: QObject,
        subject: Hashable,
        answered: Callable[[T], None],
        failed: Callable[[FhcError], None],
    ) -> None:
        self.forget(asker, subject)
        self._tickets += 1
        question = _Question(asker, subject, self._tickets, answered, failed)
        self._newest[id(asker), subject] = self._tickets, answer
        answer.add_done_callback(lambda done: self._bring(question, done))

    def _bring(self, question: _Question, done: "Future[Any]") -> None:
        """Called on the log's thread, or on ours where a question was cancelled."""
        with self._emitting:
            if self._may_emit and not done.cancelled():
                self._came.emit(question, done)

    @Slot(object, object)
    def _deliver(self, question: _Question, done: "Future[Any]") -> None:
        place = (id(question.asker), question.subject)
        ticket, _ = self._newest.get(place, (0, None))
        if ticket != question.ticket:
            return
        del self._newest[place]
        if not isValid(question.asker):
            return
        problem = done.exception()
        if problem is None:
            question.answered(done.result())
        elif isinstance(problem, FhcError):
            question.failed(problem)
        else:
            raise problem  # our own fault: the excepthook's matter
