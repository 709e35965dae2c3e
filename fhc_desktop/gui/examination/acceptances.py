"""Acceptances: hands what was accepted to the log's thread, and says what became of it."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.draft import DraftKey, PictureKey
from fhc_desktop.domain.examination.editing import Editing
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.gui.examination.log_standing import LogStanding
from fhc_desktop.gui.examination.log_surroundings import LogSurroundings, Seen
from fhc_desktop.gui.widgets.log_questions import LogQuestions
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.workflow.accepting import Word
from fhc_desktop.workflow.records import Records
from fhc_desktop.workflow.waiting import NOTHING_WAITS, Taken, Waiting, WaitingRows

_TRY = "try"
# What waits is tried again soon, and then ever less often: opening reads the whole file. Whether
# the other window is still there is looked after likewise.
_FIRST_RETRY_MS, _LAST_RETRY_MS = 5_000, 60_000


@dataclass(frozen=True, slots=True)
class Handed:
    """An examination whose acceptance was handed to the log, as it was then."""

    editing: Editing
    picture: PictureKey
    word: Word

    @property
    def key(self) -> DraftKey:
        return DraftKey.of(self.editing, self.picture)


@dataclass(frozen=True, slots=True)
class _Tried:
    """How the log was found, what went on waiting for it, and what lies round it.

    A log that is open for reading alone has a ``problem`` too.
    """

    is_open: bool
    problem: FhcError | None
    notices: tuple[str, ...]
    waiting: Waiting
    seen: Seen

    @classmethod
    def of(cls, log: MeasurementLog | FhcError, waiting: Waiting, seen: Seen) -> "_Tried":
        if isinstance(log, FhcError):
            return cls(is_open=False, problem=log, notices=(), waiting=waiting, seen=seen)
        return cls(
            is_open=True, problem=log.objection, notices=log.notices, waiting=waiting, seen=seen
        )


class Acceptances(QObject):
    """The rows that are being written, and those that wait until they can be.

    Each row that is handed in is answered, whatever is on the screen by then: with ``taken``, or
    with ``refused`` where a question comes first and nothing was accepted.
    """

    taken = Signal(object, object)  # Handed, Taken
    refused = Signal(object, object)  # Handed, FhcError
    changed = Signal()  # how the log stands, or what waits for it
    first_tried = Signal(
        object, object
    )  # FhcError that keeps it from being written, or None; notices
    caught_up = Signal(int, object)  # how many that waited were logged; what keeps others, or None

    def __init__(self, questions: LogQuestions, folder: Path) -> None:
        super().__init__()
        self.questions = questions
        self.folder = folder
        self._rows = WaitingRows(folder)
        self._surroundings = LogSurroundings(folder)
        self._standing = LogStanding()
        self._waiting = NOTHING_WAITS
        self._handed: dict[int, Handed] = {}
        self._count, self._is_tried = 0, False
        self._retry_ms = _FIRST_RETRY_MS
        self._retry = QTimer(self, singleShot=True)
        self._retry.timeout.connect(self._try)
        self._try()

    @property
    def standing(self) -> LogStanding:
        return self._standing

    @property
    def waiting_ids(self) -> frozenset[str]:
        """The rows that wait, by their identities."""
        return self._waiting.entry_ids

    def hand_in(self, editing: Editing, picture: PictureKey, word: Word) -> None:
        """Have the row of an acceptance written; returns at once."""
        self._count += 1
        place, rows = self._count, self._rows
        self._handed[place] = Handed(editing, picture, word)
        self.questions.ask_anyway(
            self,
            lambda log: rows.accept(word, log),
            lambda taken: self._take(place, taken),
            lambda problem: self.refused.emit(self._handed.pop(place), problem),
            subject=place,
        )

    def is_being_written(self, key: DraftKey | None, exam: Examination) -> bool:
        """Return whether the row of exactly this has been handed in and not been answered."""
        return any(
            one.key == key and one.word.exam.facts == exam.facts for one in self._handed.values()
        )

    def records(self, log: "MeasurementLog | FhcError") -> Records:
        """Return what was accepted on this machine; to be called on the log's thread."""
        return self._rows.records(None if isinstance(log, FhcError) else log)

    def try_now(self) -> None:
        """Open the log once more where there is none, and write what waits."""
        self._retry_ms = _FIRST_RETRY_MS
        self._try(is_told=True)

    def try_anew(self) -> None:
        """Open the log once more though there is one: another one lies in its place now."""
        self.questions.desk.open_anew()
        self.try_now()

    def close(self, timeout_s: float) -> bool:
        """Have what was handed in written, within a time; return whether it was."""
        self._retry.stop()
        self.questions.forget(self, _TRY)
        rows, surroundings = self._rows, self._surroundings

        def leave(_log: object) -> None:
            rows.close()
            surroundings.leave()

        self.questions.desk.ask_anyway(leave)
        return self.questions.close(timeout_s)

    def _take(self, place: int, taken: Taken) -> None:
        handed = self._handed.pop(place)
        self._wait(taken.waiting)
        self.taken.emit(handed, taken)

    def _try(self, *, is_told: bool = False) -> None:
        rows, surroundings, questions = self._rows, self._surroundings, self.questions
        if self._standing.problem is not None:
            questions.desk.open_again()  # what follows is told whether that went well

        def tried(log: "MeasurementLog | FhcError") -> _Tried:
            return _Tried.of(log, rows.write(log), surroundings.look())

        questions.ask_anyway(
            self,
            tried,
            lambda found: self._catch_up(found, is_told=is_told),
            questions.unexpected,
            subject=_TRY,
        )

    def _catch_up(self, tried: _Tried, *, is_told: bool) -> None:
        before = self.waiting_ids
        self._look(tried)
        written = len(before - tried.waiting.entry_ids)
        if written or is_told:
            self.caught_up.emit(written, tried.problem or tried.waiting.problem)

    def _look(self, tried: _Tried) -> None:
        standing = self._standing
        is_first = not self._is_tried
        self._standing = replace(
            standing,
            is_open=tried.is_open,
            problem=tried.problem,
            warning=tried.seen.warning,
            remark=tried.seen.remark,
        )
        self._is_tried = True
        self._wait(tried.waiting)
        self.changed.emit()
        if is_first:
            self.first_tried.emit(tried.problem, tried.notices)

    def _wait(self, waiting: Waiting) -> None:
        self._waiting = waiting
        self._standing = replace(self._standing, waiting=waiting.count, why=waiting.problem)
        standing = self._standing
        if not waiting.count and standing.problem is None and not standing.remark:
            self._retry_ms = _FIRST_RETRY_MS
            self._retry.stop()
        elif not self._retry.isActive():
            self._retry.start(self._retry_ms)
            self._retry_ms = min(2 * self._retry_ms, _LAST_RETRY_MS)
