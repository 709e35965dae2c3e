"""The measurement log: what was accepted on this machine, kept for good."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fhc_desktop.storage.log import findings
from fhc_desktop.storage.log.chain import ChainEnd
from fhc_desktop.storage.log.circumstances import EarlierTime, clock_note
from fhc_desktop.storage.log.entry import LogEntry, RecordedImage
from fhc_desktop.storage.log.entry_rows import LATEST, entry_of, row_of
from fhc_desktop.storage.log.faults import (
    EntryRefused,
    LogNotExported,
    LogUnavailable,
    faults_told,
)
from fhc_desktop.storage.log.log_query import LogQuery, SortBy, folded
from fhc_desktop.storage.log.migrations import MIGRATIONS, Step, transaction
from fhc_desktop.storage.log.open_log import OpenLog, open_log
from fhc_desktop.storage.log.opening import LOG
from fhc_desktop.storage.log.table_columns import TableColumn, table_column
from fhc_desktop.storage.log.table_file import write_table
from fhc_desktop.storage.log.watch import FileWatch, Watch

__all__ = ["EntryRefused", "LogEntry", "LogNotExported", "LogUnavailable", "MeasurementLog"]

_READ = """
    SELECT entry.*, later.entry_id AS superseded_by
    FROM entry LEFT JOIN entry AS later ON later.supersedes = entry.entry_id
"""
_HISTORY = """
    WITH RECURSIVE
    earlier (sequence, corrects) AS (
        SELECT finding.sequence, corrects FROM finding JOIN entry USING (sequence)
        WHERE entry_id = ?
        UNION SELECT finding.sequence, finding.corrects
        FROM finding JOIN earlier ON finding.sequence = earlier.corrects
    ),
    chain (sequence) AS (
        SELECT sequence FROM earlier
        UNION SELECT finding.sequence FROM finding JOIN chain ON finding.corrects = chain.sequence
    )
"""
_OF_HISTORY = "WHERE entry.sequence IN (SELECT sequence FROM chain) ORDER BY entry.sequence"

# More would make a statement longer than SQLite takes, and others wait longer for their turn.
_BATCH = 250
OLDEST_FIRST = LogQuery(descending=False)

Numbers = Sequence[int]


class MeasurementLog:
    """An append-only table of accepted measurements in an encrypted file.

    Rows are added and never changed or deleted; the database itself refuses it. A correction is
    a new entry that names the one it supersedes. Use it from the thread that opened it.
    """

    def __init__(self, log: OpenLog, folder: Path) -> None:
        self._connection = log.connection
        self._database = folder / LOG.folder / LOG.database
        self._file = FileWatch(self._database)
        self._watch = Watch(log, folder)
        self.folder = folder
        self.notices = log.notices
        self.objection = log.objection

    @classmethod
    def open(cls, folder: Path, *, migrations: Sequence[Step] = MIGRATIONS) -> "MeasurementLog":
        """Open the log of a data folder; where there never was one, begin it.

        Database and key are born together in a folder that appears under its name complete. So
        a log folder that lacks one of them has lost it, and nothing is begun in its place. A log
        that cannot be written is opened for reading; ``objection`` says why, else it is None.
        ``notices`` are sentences that somebody has to be told.

        Raises:
            LogUnavailable: what is wrong and what to do; nothing has been changed.
        """
        log = open_log(folder, migrations, datetime.now(UTC))
        try:
            with faults_told(folder / LOG.folder / LOG.database):
                if log.objection is None:
                    findings.complete(log.connection)
            return cls(log, folder)
        except BaseException:
            log.connection.close()
            raise

    def append(self, entry: LogEntry) -> None:
        """Record an entry; when this returns, the disk has it.

        Raises:
            EntryRefused: it corrects an entry that is unknown or corrected already.
            LogUnavailable: it could not be written.
        """
        with self._in_use(), transaction(self._connection):
            end = self._added(entry)
        self._watch.note_down(end)

    def append_once(self, entry: LogEntry, allowed: Callable[[], None]) -> None:
        """Record an entry, unless an entry of this identity has been recorded by whomever.

        ``allowed`` is asked before it is recorded, and raises where it may not be.

        Raises:
            EntryRefused: it corrects an entry that is unknown or corrected already.
            LogUnavailable: it could not be written.
        """
        with self._in_use(), transaction(self._connection):
            if self._rows("SELECT 1 FROM entry WHERE entry_id = ?", entry.entry_id):
                return
            allowed()
            end = self._added(entry)
        self._watch.note_down(end)

    def entries(self, search: str = "") -> list[LogEntry]:
        """Return the entries whose patient's identifier or name contains a text, newest first.

        Case does not matter, in any alphabet; an empty text finds all.
        """
        return self.entries_at(self.found(LogQuery(text=search)))

    def found(self, query: LogQuery) -> Numbers:
        """Return where the entries stand that are wanted, in the order that is wanted.

        Whoever shows a part of them reads that part with ``entries_at``: numbers never change.
        """
        with self._in_use():
            return findings.found(self._connection, query)

    def entries_at(self, numbers: Sequence[int]) -> list[LogEntry]:
        """Return the entries of these numbers, in their order."""
        return [entry_of(row) for row in self.rows_at(numbers)]

    def rows_at(self, numbers: Sequence[int]) -> list[dict[str, Any]]:
        """Return the rows of these numbers as they lie in the table, in their order."""
        return [row for some in batches(numbers) for row in self._rows_of_batch(some)]

    def count(self) -> int:
        """Return how many entries there are."""
        with self._in_use():
            (count,) = self._connection.execute("SELECT count(*) FROM finding").fetchone()
        return int(count)

    def says_anything_of(self, column: SortBy) -> bool:
        """Return whether any entry has something in a column that few have: issuer or fetus."""
        with self._in_use():
            return findings.is_said(self._connection, column)

    def operators(self) -> list[str]:
        """Return who accepted anything, each once as written first, in the order of their names."""
        with self._in_use():
            rows = self._rows("SELECT DISTINCT operator FROM entry ORDER BY operator")
        by_name: dict[str, str] = {}
        for row in rows:
            by_name.setdefault(folded(row["operator"]), row["operator"])
        return [by_name[name] for name in sorted(by_name)]

    def entries_of(self, patient_id: str) -> list[LogEntry]:
        """Return the entries of exactly this identifier, oldest first; none for an empty one."""
        if not patient_id:
            return []
        wanted = "WHERE entry.patient_id = CAST(? AS TEXT) ORDER BY entry.sequence"
        with self._in_use():
            rows = self._rows(f"{_READ} {wanted}", _as_bytes(patient_id))
        return [entry_of(row) for row in rows]

    def entries_of_picture(self, image: RecordedImage) -> list[LogEntry]:
        """Return the entries in force of one picture, whatever file it lay in, oldest first."""
        wanted = "WHERE entry.image_sha256 = ? OR entry.pixels_sha256 = ?"
        with self._in_use():
            rows = self._rows(
                f"{_READ} {wanted} ORDER BY entry.sequence", image.sha256, image.pixels_sha256
            )
        found = [entry_of(row) for row in rows if row["superseded_by"] is None]
        return [entry for entry in found if entry.image.shows_same(image)]

    def history_of(self, entry_id: str) -> list[LogEntry]:
        """Return an entry with all that it corrects and that correct it, oldest first."""
        with self._in_use():
            rows = self._rows(f"{_HISTORY} {_READ} {_OF_HISTORY}", entry_id)
        return [entry_of(row) for row in rows]

    def table_columns(self) -> list[TableColumn]:
        """Return the columns of a row, in the order in which other programs find them."""
        with self._in_use():
            own = self._rows("SELECT name, type FROM pragma_table_info('entry')")
        columns = [table_column(column["name"], column["type"]) for column in own]
        columns.append(table_column("superseded_by", "TEXT"))
        # Whoever reads the table by its places finds what was there where it was.
        return sorted(columns, key=lambda column: column.name in LATEST)

    def export(self, target: Path, query: LogQuery = OLDEST_FIRST) -> None:
        """Write every column of the entries that are wanted; the name says in which format.

        Raises:
            LogNotExported: the file could not be written; one that was there still is.
        """
        numbers = self.found(query)
        write_table(target, self.table_columns(), map(self.rows_at, batches(numbers)))

    def close(self) -> None:
        self._connection.close()

    @contextlib.contextmanager
    def _in_use(self) -> Iterator[None]:
        with faults_told(self._database):
            # SQLite would go on reading a file that somebody has deleted.
            self._file.look()
            self._watch.look()
            yield

    def _added(self, entry: LogEntry) -> ChainEnd:
        """Add an entry within a transaction; return the end of the chain that it makes."""
        self._watch.look()  # another process may have written until now
        self._refuse_wrong_correction(entry)
        row = row_of(entry) | {"clock_note": self._clock_note(entry) or None}
        self._connection.execute(_insertion(row), _bound(row))
        findings.add_new(self._connection)
        return self._watch.link_newest()

    def _clock_note(self, entry: LogEntry) -> str:
        newest = self._rows(
            "SELECT sequence, created_at, utc_offset_seconds FROM entry "
            "ORDER BY sequence DESC LIMIT 1"
        )
        if not newest:
            return ""
        (row,) = newest
        before = EarlierTime(
            row["sequence"], datetime.fromisoformat(row["created_at"]), row["utc_offset_seconds"]
        )
        return clock_note(before, entry.created_at, entry.circumstances.utc_offset_seconds)

    def _rows(self, query: str, *parameters: str | bytes) -> list[dict[str, Any]]:
        found = self._connection.execute(query, parameters)
        columns = [column[0] for column in found.description]
        return [dict(zip(columns, row, strict=True)) for row in found]

    def _rows_of_batch(self, numbers: Sequence[int]) -> list[dict[str, Any]]:
        places = ", ".join(map(str, numbers))
        with self._in_use():
            rows = self._rows(f"{_READ} WHERE entry.sequence IN ({places})")
        by_number = {row["sequence"]: row for row in rows}
        return [by_number[number] for number in numbers]

    def _refuse_wrong_correction(self, entry: LogEntry) -> None:
        if entry.supersedes is None:
            return
        corrected = self._rows(f"{_READ} WHERE entry.entry_id = ?", entry.supersedes)
        if not corrected:
            raise EntryRefused(
                "The measurement that this one corrects is not in the log.",
                "Accept it as a new measurement.",
            )
        if corrected[0]["superseded_by"] is not None:
            raise EntryRefused(
                "The measurement that this one corrects has been corrected already.",
                "Open the newest entry of this image from the log and correct that one.",
            )


def batches(numbers: Numbers) -> Iterator[Numbers]:
    """Return numbers by so many as are read at once."""
    for start in range(0, len(numbers), _BATCH):
        yield numbers[start : start + _BATCH]


def _insertion(row: dict[str, Any]) -> str:
    """Return the statement for a row; texts travel as bytes, see ``_bound``."""
    values = (
        f"CAST(:{name} AS TEXT)" if isinstance(row[name], str) else f":{name}" for name in row
    )
    return f"INSERT INTO entry ({', '.join(row)}) VALUES ({', '.join(values)})"  # noqa: S608 - our column names


def _bound(row: dict[str, Any]) -> dict[str, Any]:
    # A file name that is not UTF-8 holds half characters, which cannot be bound as text.
    return {
        name: _as_bytes(value) if isinstance(value, str) else value for name, value in row.items()
    }


def _as_bytes(text: str) -> bytes:
    return text.encode("utf-8", errors="surrogatepass")
