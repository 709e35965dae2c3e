"""The rows of this machine that wait for the log: accepted, and not in it yet."""

import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.storage.log.entry import LogEntry
from fhc_desktop.storage.log.entry_rows import entry_of, row_of
from fhc_desktop.storage.log.faults import NewerVersion, told_as
from fhc_desktop.storage.log.migrations import APPLICATION_ID, Step, transaction
from fhc_desktop.storage.log.opening import Names, begin, opened

WAITING = Names("waiting", "waiting.sqlite3", "waiting.key")

_TABLE: Step = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    """
    CREATE TABLE waiting (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        entry_id TEXT NOT NULL UNIQUE,
        content TEXT NOT NULL
    ) STRICT
    """,
)
_MIGRATIONS = (_TABLE,)


class WaitingUnavailable(FhcError):  # noqa: N818 - named for what the user meets
    """Measurements that wait for the log cannot be read from the disk, or written to it."""


@dataclass(frozen=True, slots=True)
class FoundRows:
    """The rows that wait, oldest first, and how many there are that this version cannot read."""

    rows: tuple[LogEntry, ...] = ()
    unknown: int = 0


class WaitingStore:
    """A small encrypted database beside the log, written through to the disk like the log.

    It has a key of its own, so that a log that cannot be opened takes nothing with it. Use it from
    the thread that opened it.
    """

    def __init__(self, connection: dbapi2.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder

    @classmethod
    def open(cls, folder: Path) -> "WaitingStore":
        """Open the waiting rows of a data folder; where there never were any, begin them.

        Raises:
            WaitingUnavailable: why not; nothing has been changed.
        """
        with _faults_told(folder):
            if not _place(folder).exists():
                begin(folder, _MIGRATIONS, WAITING)
            return cls(opened(_place(folder), _MIGRATIONS, WAITING), folder)

    def put(self, entry: LogEntry) -> None:
        """Keep a row behind those that wait already; when this returns, the disk has it.

        Raises:
            WaitingUnavailable: it could not be written.
        """
        told = json.dumps(row_of(entry))
        with _faults_told(self._folder), transaction(self._connection):
            self._connection.execute(
                "INSERT INTO waiting (entry_id, content) VALUES (?, ?)", (entry.entry_id, told)
            )

    def remove(self, entry_id: str) -> None:
        """Take a row away that waits no longer; one that has gone already is no fault.

        Raises:
            WaitingUnavailable: it could not be written.
        """
        with _faults_told(self._folder), transaction(self._connection):
            self._connection.execute("DELETE FROM waiting WHERE entry_id = ?", (entry_id,))

    def found(self) -> FoundRows:
        """Return what waits. What cannot be read stays there, for the version that can.

        Raises:
            WaitingUnavailable: it could not be read.
        """
        with _faults_told(self._folder):
            told = self._connection.execute("SELECT content FROM waiting ORDER BY sequence")
            entries = [_entry(content) for (content,) in told]
        known = tuple(entry for entry in entries if entry is not None)
        return FoundRows(known, unknown=len(entries) - len(known))

    def close(self) -> None:
        self._connection.close()


def has_waiting(folder: Path) -> bool:
    """Return whether anything ever waited in a data folder.

    Raises:
        WaitingUnavailable: nobody may look there.
    """
    with _faults_told(folder):
        return _place(folder).exists()


class _Cells(dict[str, str | int | float | None]):
    """A row as it was written; what later versions added to the table has no cell, as there."""

    def __missing__(self, column: str) -> None:
        return None


def _entry(content: str) -> LogEntry | None:
    try:
        return entry_of(_Cells(json.loads(content)))
    except (TypeError, ValueError):
        return None


def _place(folder: Path) -> Path:
    return folder / WAITING.folder


def _faults_told(folder: Path) -> AbstractContextManager[None]:
    return told_as(lambda cause: _unavailable(cause, folder))


def _unavailable(cause: Exception, folder: Path) -> WaitingUnavailable:
    if isinstance(cause, NewerVersion):
        return WaitingUnavailable(
            "What waits on the disk for the log was written by a newer version of this program.",
            "Nothing was changed. Install the newest version to use it.",
        )
    return WaitingUnavailable(
        "Measurements cannot wait on the disk for the log either.",
        f"Look at the room on the disk and at the permissions of the folder {_place(folder)}",
    )
