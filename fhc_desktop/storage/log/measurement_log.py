"""The measurement log: what was accepted on this machine, kept for good."""

import contextlib
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fhc_desktop.atomic_file import write_to_any_disk
from fhc_desktop.storage.log.circumstances import EarlierTime, clock_note
from fhc_desktop.storage.log.csv_table import table_of
from fhc_desktop.storage.log.entry import LogEntry, RecordedImage
from fhc_desktop.storage.log.entry_rows import LATEST, entry_of, row_of
from fhc_desktop.storage.log.faults import (
    EntryRefused,
    LogNotExported,
    LogUnavailable,
    faults_told,
)
from fhc_desktop.storage.log.migrations import MIGRATIONS, Step, transaction
from fhc_desktop.storage.log.open_log import OpenLog, open_log
from fhc_desktop.storage.log.opening import LOG
from fhc_desktop.storage.log.watch import FileWatch, Watch

__all__ = ["EntryRefused", "LogEntry", "LogNotExported", "LogUnavailable", "MeasurementLog"]

_READ = """
    SELECT entry.*, later.entry_id AS superseded_by
    FROM entry LEFT JOIN entry AS later ON later.supersedes = entry.entry_id
"""


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
        return cls(open_log(folder, migrations, datetime.now(UTC)), folder)

    def append(self, entry: LogEntry) -> None:
        """Record an entry; when this returns, the disk has it.

        Raises:
            EntryRefused: it corrects an entry that is unknown or corrected already.
            LogUnavailable: it could not be written.
        """
        with self._in_use(), transaction(self._connection):
            self._watch.look()  # another process may have written until now
            self._refuse_wrong_correction(entry)
            row = row_of(entry) | {"clock_note": self._clock_note(entry) or None}
            self._connection.execute(_insertion(row), _bound(row))
            end = self._watch.link_newest()
        self._watch.note_down(end)

    def entries(self, search: str = "") -> list[LogEntry]:
        """Return the entries whose patient's identifier or name contains a text, newest first.

        Case does not matter, in any alphabet; an empty text finds all.
        """
        wanted = _folded(search)
        with self._in_use():
            rows = self._rows(f"{_READ} ORDER BY entry.sequence DESC")
        return [
            entry_of(row)
            for row in rows
            if wanted in _folded(row["patient_id"]) or wanted in _folded(row["patient_name"])
        ]

    def entries_of(self, patient_id: str) -> list[LogEntry]:
        """Return the entries of exactly this identifier, oldest first; none for an empty one."""
        if not patient_id:
            return []
        with self._in_use():
            rows = self._rows(f"{_READ} ORDER BY entry.sequence")
        return [entry_of(row) for row in rows if row["patient_id"] == patient_id]

    def entries_of_picture(self, image: RecordedImage) -> list[LogEntry]:
        """Return the entries in force of one picture, whatever file it lay in, oldest first."""
        wanted = "WHERE entry.image_sha256 = ? OR entry.pixels_sha256 = ?"
        with self._in_use():
            rows = self._rows(
                f"{_READ} {wanted} ORDER BY entry.sequence", image.sha256, image.pixels_sha256
            )
        found = [entry_of(row) for row in rows if row["superseded_by"] is None]
        return [entry for entry in found if entry.image.shows_same(image)]

    def export_csv(self, target: Path) -> None:
        """Write every column of every entry to a file, oldest first.

        Raises:
            LogNotExported: the file could not be written; one that was there still is.
        """
        with self._in_use():
            found = self._connection.execute(f"{_READ} ORDER BY entry.sequence")
            columns = [column[0] for column in found.description]
            rows = [dict(zip(columns, row, strict=True)) for row in found]
        # Whoever reads the table by its places finds what was there where it was.
        columns.sort(key=lambda column: column in LATEST)
        try:
            write_to_any_disk(target, table_of(columns, rows))
        except OSError as cause:
            raise LogNotExported(
                f"The log could not be written to {target} ({cause.strerror}).",
                "Choose another folder, or make room on the disk.",
            ) from cause

    def close(self) -> None:
        self._connection.close()

    @contextlib.contextmanager
    def _in_use(self) -> Iterator[None]:
        with faults_told(self._database):
            # SQLite would go on reading a file that somebody has deleted.
            self._file.look()
            self._watch.look()
            yield

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

    def _rows(self, query: str, *parameters: str) -> list[dict[str, Any]]:
        found = self._connection.execute(query, parameters)
        columns = [column[0] for column in found.description]
        return [dict(zip(columns, row, strict=True)) for row in found]

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


def _insertion(row: dict[str, Any]) -> str:
    """Return the statement for a row; texts travel as bytes, see ``_bound``."""
    values = (
        f"CAST(:{name} AS TEXT)" if isinstance(row[name], str) else f":{name}" for name in row
    )
    return f"INSERT INTO entry ({', '.join(row)}) VALUES ({', '.join(values)})"  # noqa: S608 - our column names


def _bound(row: dict[str, Any]) -> dict[str, Any]:
    # A file name that is not UTF-8 holds half characters, which cannot be bound as text.
    return {
        name: value.encode("utf-8", errors="surrogatepass") if isinstance(value, str) else value
        for name, value in row.items()
    }


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
