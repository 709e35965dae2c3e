"""Waiting: what was accepted and the log cannot take now waits on the disk until it can."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import Acceptance
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination
from fhc_desktop.storage.log.measurement_log import (
    EntryRefused,
    LogEntry,
    LogUnavailable,
    MeasurementLog,
)
from fhc_desktop.storage.waiting.waiting_store import (
    FoundRows,
    WaitingStore,
    WaitingUnavailable,
    has_waiting,
)
from fhc_desktop.workflow.accepting import (
    UnansweredIdentity,
    UnansweredPregnancy,
    Word,
    acceptance_by,
    facts_of,
    refuse_conflict,
    refuse_open_questions_of,
    row_for,
)
from fhc_desktop.workflow.records import Records

_KEEPS_ONE_ROW_WAITING = (EntryRefused, UnansweredIdentity, UnansweredPregnancy)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits to be logged, oldest first, and what keeps it from the log.

    ``unknown`` is how many rows another version left that this one cannot read.
    """

    rows: tuple[LogEntry, ...] = ()
    problem: FhcError | None = None
    unknown: int = 0

    @property
    def count(self) -> int:
        return len(self.rows) + self.unknown

    @property
    def entry_ids(self) -> frozenset[str]:
        return frozenset(row.entry_id for row in self.rows)


NOTHING_WAITS = Waiting()


@dataclass(frozen=True, slots=True)
class Taken:
    """An acceptance that the log took, or that waits; or that neither could be written of.

    ``problem`` is what kept it from the log.
    """

    acceptance: Acceptance
    waiting: Waiting
    problem: FhcError | None = None


class WaitingRows:
    """The rows that wait in a data folder. Use it on one thread, that of the log.

    A row is written to the log under the identity that it was accepted with, and only then taken
    from those that wait: whatever interrupts this, it is in the log once. The folder is read each
    time, because another window of the program may write there too.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._store: WaitingStore | None = None
        self._problem: FhcError | None = None

    def records(self, log: MeasurementLog | None) -> Records:
        """Return what was accepted on this machine; of rows that cannot be read nothing is said."""
        with suppress(WaitingUnavailable):
            return Records(log, self._found().rows)
        return Records(log)

    def look(self) -> Waiting:
        """Return what waits as it was seen last, without trying to write it."""
        try:
            found = self._found()
        except WaitingUnavailable as problem:
            return Waiting(problem=problem)
        if not found.rows and not found.unknown:
            return NOTHING_WAITS
        return Waiting(found.rows, self._problem, found.unknown)

    def accept(self, word: Word, log: MeasurementLog | FhcError) -> Taken:
        """Vouch for an examination: its row is in the log, or waits for it behind the others.

        ``log`` is why there is none, where there is none. Where no row can be kept at all, the
        acceptance has none. It raises what ``accepting.accept`` does, except LogUnavailable: what
        cannot be asked now is asked before the row is written.
        """
        refuse_conflict(word.exam)
        try:
            row = self._logged(word, self._caught_up(log))
        except LogUnavailable as problem:
            self._problem = problem
            return self._kept(word, problem)
        waiting = self.look()
        waits = row.entry_id in waiting.entry_ids
        return Taken(acceptance_by(row, facts_of(word.exam), waits=waits), waiting)

    def write(self, log: MeasurementLog | FhcError) -> Waiting:
        """Write to the log what can be written of what waits; return what goes on waiting."""
        with suppress(LogUnavailable, WaitingUnavailable):
            self._caught_up(log)
        return self.look()

    def close(self) -> None:
        if self._store is not None:
            self._store.close()

    def _caught_up(self, log: MeasurementLog | FhcError) -> MeasurementLog:
        """Write what waits, and return the log.

        Raises:
            LogUnavailable: it can take nothing now.
        """
        if isinstance(log, FhcError):
            self._problem = log
            raise LogUnavailable(log.problem, log.remedy) from log
        self._problem = None
        records = self.records(log)
        for row in records.waiting:
            try:
                self._write(row, log, records.without(row))
            except _KEEPS_ONE_ROW_WAITING as problem:
                self._problem = self._problem or _of_row(row, problem)
            except LogUnavailable as problem:
                self._problem = problem
                raise
        return log

    def _write(self, row: LogEntry, log: MeasurementLog, records: Records) -> None:
        def allowed() -> None:
            if not any(one.supersedes == row.entry_id for one in records.waiting):
                refuse_open_questions_of(row, records)
            # Otherwise what was open has been answered by the correction.

        log.append_once(row, allowed)
        self._opened().remove(row.entry_id)

    def _logged(self, word: Word, log: MeasurementLog) -> LogEntry | RecordedExamination:
        records = self.records(log)
        row = row_for(word, records)
        if not isinstance(row, LogEntry):
            return row
        if any(one.entry_id == row.supersedes for one in records.waiting):
            # What it corrects waits for an answer that this one gives: first that, then this.
            self._opened().put(row)
            self._caught_up(log)
        else:
            log.append(row)
        return row

    def _kept(self, word: Word, problem: LogUnavailable) -> Taken:
        row = row_for(word, self.records(None))
        vouched = facts_of(word.exam)
        try:
            if isinstance(row, LogEntry):
                self._opened().put(row)
        except WaitingUnavailable:
            bare = Acceptance(vouched, word.operator, word.now, None)
            return Taken(bare, self.look(), problem)
        return Taken(acceptance_by(row, vouched, waits=True), self.look(), problem)

    def _found(self) -> FoundRows:
        if self._store is None and not has_waiting(self._folder):
            return FoundRows()
        return self._opened().found()

    def _opened(self) -> WaitingStore:
        if self._store is None:
            self._store = WaitingStore.open(self._folder)
        return self._store


def _of_row(row: LogEntry, problem: FhcError) -> FhcError:
    """Return what keeps one row waiting, with where its picture is: there it can be answered."""
    said = problem.problem.removeprefix("Not accepted: ")
    return FhcError(
        f"{row.image.path.name} waits to be logged: {said}",
        f"Open it, and accept it again. {problem.remedy}",
    )
