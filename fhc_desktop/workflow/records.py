"""Records: what was accepted on this machine, whether the log has it already or will."""

from dataclasses import dataclass, replace

from fhc_desktop.storage.log.entry import RecordedImage
from fhc_desktop.storage.log.measurement_log import LogEntry, MeasurementLog


@dataclass(frozen=True, slots=True)
class Records:
    """The rows of the log, and behind them those that wait for it, oldest first.

    Whoever asks what was accepted before is told of both: a row that waits has been vouched for
    like any other. ``log`` is None where there is none.
    """

    log: MeasurementLog | None = None
    waiting: tuple[LogEntry, ...] = ()

    def entries_of(self, identifier: str) -> list[LogEntry]:
        """Return the entries of exactly this identifier, oldest first; none for an empty one.

        Raises:
            LogUnavailable: the log cannot be read.
        """
        if not identifier:
            return []
        found = [] if self.log is None else self.log.entries_of(identifier)
        hers = [one for one in self.waiting if one.facts.patient.identifier == identifier]
        return self._joined(found, hers)

    def entries_of_picture(self, image: RecordedImage) -> list[LogEntry]:
        """Return the entries in force of one picture, whatever file it lay in, oldest first.

        Raises:
            LogUnavailable: the log cannot be read.
        """
        found = [] if self.log is None else self.log.entries_of_picture(image)
        of_picture = [one for one in self.waiting if one.image.shows_same(image)]
        joined = self._joined(found, of_picture)
        return [entry for entry in joined if entry.superseded_by is None]

    def without(self, entry: LogEntry) -> "Records":
        return replace(self, waiting=tuple(one for one in self.waiting if one is not entry))

    def _joined(self, logged: list[LogEntry], waiting: list[LogEntry]) -> list[LogEntry]:
        # A row may be in both: the program ended between its writing and the end of its waiting.
        there = {entry.entry_id for entry in logged}
        rows = [*logged, *(one for one in waiting if one.entry_id not in there)]
        corrected = {one.supersedes: one.entry_id for one in self.waiting if one.supersedes}
        return [
            replace(row, superseded_by=row.superseded_by or corrected.get(row.entry_id))
            for row in rows
        ]
