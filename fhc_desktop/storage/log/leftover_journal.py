"""A journal that lies beside the log: of its own last transaction, or of another database's.

SQLite rolls whatever journal it finds into the file beside it. That mends a log whose program was
killed, and destroys a copy that somebody has put beside a killed log's journal. Which of the two
it is shows on copies of both.
"""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from enum import IntEnum
from pathlib import Path

from sqlcipher3 import dbapi2

from fhc_desktop.storage.log.anchor import read_anchor
from fhc_desktop.storage.log.chain import ChainEnd, passes_through
from fhc_desktop.storage.log.encrypted_database import connect
from fhc_desktop.storage.log.faults import LogUnavailable
from fhc_desktop.storage.log.set_aside import set_aside
from fhc_desktop.storage.log.soundness import checked_end

# As often a journal may turn out to be another process's, at work just now.
_LOOKS = 20


class _Standing(IntEnum):
    UNSOUND = 0
    OLDER = 1
    WHOLE = 2


def set_foreign_journal_aside(database: Path, key: str, folder: Path, now: datetime) -> Path | None:
    """Set a journal aside that would damage the log beside it; return its new place.

    None where there is no journal, or one that belongs to the log, or where the log is no better
    off without it.

    Raises:
        OSError: there is no room for the copies, or the journal cannot be renamed.
    """
    journal = database.with_name(f"{database.name}-journal")
    for _ in range(_LOOKS):
        stamp = _stamp(journal)
        if stamp is None:
            return None
        is_foreign = _is_foreign(database, journal, key, folder)
        if _stamp(journal) == stamp:
            return set_aside(journal, now) if is_foreign else None
    return None


@contextlib.contextmanager
def settled(database: Path, key: str, folder: Path) -> Iterator[Path]:
    """Give a log as it will be once it was opened, without touching it: itself, or a copy.

    Raises:
        OSError: there is no room for the copies.
    """
    journal = database.with_name(f"{database.name}-journal")
    if _stamp(journal) is None:
        yield database
        return
    files = (database,) if _is_foreign(database, journal, key, folder) else (journal, database)
    with _scratch(folder) as scratch:
        copy = _copied(files, scratch / "settled")
        # Read once with the right to write: what the journal says is undone.
        with contextlib.suppress(LogUnavailable), contextlib.closing(connect(copy, key)):
            pass
        yield copy


def _is_foreign(database: Path, journal: Path, key: str, folder: Path) -> bool:
    try:
        with _scratch(folder) as scratch:
            with_it = _standing((journal, database), scratch / "with", key, folder)
            if with_it is _Standing.WHOLE:
                return False
            return _standing((database,), scratch / "without", key, folder) > with_it
    except FileNotFoundError:
        return False  # the other process has done with it


@contextlib.contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    made = Path(tempfile.mkdtemp(prefix=".trial-log-", dir=folder))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _copied(files: tuple[Path, ...], place: Path) -> Path:
    """Copy files into a new folder; return the last one's copy."""
    place.mkdir()
    for file in files:
        shutil.copyfile(file, place / file.name)
    return place / files[-1].name


def _standing(files: tuple[Path, ...], place: Path, key: str, folder: Path) -> _Standing:
    copy = _copied(files, place)
    try:
        with contextlib.closing(connect(copy, key)) as connection:
            checked_end(connection, copy, key)
            anchor = read_anchor(folder, key)
            is_newest = not isinstance(anchor, ChainEnd) or passes_through(connection, key, anchor)
    except (LogUnavailable, dbapi2.DatabaseError):
        return _Standing.UNSOUND
    return _Standing.WHOLE if is_newest else _Standing.OLDER


def _stamp(journal: Path) -> tuple[int, int, int] | None:
    """Return what changes whenever a journal does; None where there is nothing to roll back."""
    try:
        found = journal.stat()
    except FileNotFoundError:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns) if found.st_size else None
