"""Backups of the log: whole copies under the same key, each verified before it has its name."""

import contextlib
import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlcipher3 import dbapi2

from fhc_desktop.atomic_file import (
    PRIVATE_MODE,
    make_private_folder,
    sync_folder,
    write_atomically,
)
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.storage.log.anchor import log_name
from fhc_desktop.storage.log.chain import (
    BEGINNING,
    BrokenChain,
    ChainEnd,
    chain_end,
    has_links,
    passes_through,
)
from fhc_desktop.storage.log.encrypted_database import connect, create_database, read_key
from fhc_desktop.storage.log.faults import LogUnavailable, broken_record, told_as, why_in_brackets
from fhc_desktop.storage.log.migrations import schema_version
from fhc_desktop.storage.log.opening import LOG
from fhc_desktop.storage.log.soundness import checked_end, refuse_other_course

BACKUPS = "log-backups"
DAILY, WEEKLY, MONTHLY = 7, 4, 12

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(
    r"(?P<stamp>\d{8}T\d{6}Z)-v(?P<version>\d+)-n(?P<count>\d+)-s(?P<sequence>\d+)-"
    r"(?P<code>[0-9a-f]{64}|)\.sqlite3"
)


class BackupNotWritten(FhcError):  # noqa: N818 - named for what the user meets
    """There is no new backup of the log; the log and the older backups are as they were."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the log: when it was made, in UTC, its version, and how far its chain goes.

    All of it stands in the file's name, so that each backup is an anchor too.
    """

    path: Path
    made_at: datetime
    version: int
    end: ChainEnd

    @property
    def key_file(self) -> Path:
        """The copy of the key that opens it."""
        return self.path.with_name(LOG.key)


def backups_of(folder: Path, key: str | None = None) -> tuple[Backup, ...]:
    """Return the backups in a data folder, the newest first: of one log, or of all."""
    place = folder / BACKUPS
    places = [place / log_name(key)] if key is not None else _folders_in(place)
    found = [_parsed(path) for one in places if one.is_dir() for path in one.iterdir()]
    return tuple(sorted(filter(None, found), key=lambda one: one.made_at, reverse=True))


def furthest(backups: Iterable[Backup]) -> ChainEnd:
    """Return the end of the backup with most records: how far the log went at least."""
    return max((backup.end for backup in backups), key=lambda end: end.count, default=BEGINNING)


def back_up(folder: Path, now: datetime) -> Backup | None:
    """Write a backup of the log of a data folder and thin the older ones out.

    It opens the log for itself, so it may run beside a window that uses it. None where there is
    nothing to back up. ``now`` is in UTC.

    Raises:
        BackupNotWritten: why; the log and the older backups are as they were.
    """
    place = folder / LOG.folder
    if not place.exists():
        return None
    with told_as(lambda cause: _not_written(cause, folder)):
        key = read_key(place / LOG.key)
        with contextlib.closing(connect(place / LOG.database, key)) as connection:
            # A backup of an older copy would stand where one of the log itself does.
            end = _end_of(connection, key, backups_of(folder, key))
            refuse_other_course(connection, folder, key, end)
            return write_backup(connection, folder, key, now)


def write_backup(
    connection: dbapi2.Connection, folder: Path, key: str, now: datetime
) -> Backup | None:
    """Write a backup of an open log, if there is none yet that goes as far.

    Raises:
        BackupNotWritten: why; the log and the older backups are as they were.
    """
    with told_as(lambda cause: _not_written(cause, folder)):
        older, version = backups_of(folder, key), schema_version(connection)
        end = _end_of(connection, key, older)
        if end == BEGINNING:
            return None
        for backup in older[:1]:
            if (backup.end, backup.version) == (end, version):
                return backup
        place = folder / BACKUPS / log_name(key)
        make_private_folder(place)
        if not (place / LOG.key).exists():
            write_atomically(place / LOG.key, f"{key}\n".encode("ascii"), mode=PRIVATE_MODE)
        written = _copied(connection, place, key, now)
        for backup in expired((written, *older)):
            backup.path.unlink(missing_ok=True)
        return written


def is_due(folder: Path, now: datetime) -> bool:
    """Return whether the newest backup is of another day than ``now``, in UTC."""
    newest = backups_of(folder)[:1]
    return not newest or newest[0].made_at.date() != now.date()


def sound_backup(backup: Backup) -> bool:
    """Return whether a backup can be restored: whole, and as far as its name says."""
    try:
        key = read_key(backup.key_file)
        with contextlib.closing(connect(backup.path, key, writable=False)) as connection:
            return checked_end(connection, backup.path, key, tries_writing=False) == backup.end
    except (LogUnavailable, OSError, dbapi2.DatabaseError):
        return False


def expired(backups: Sequence[Backup]) -> tuple[Backup, ...]:
    """Return the backups that may go: all but the last of 7 days, of 4 weeks and of 12 months.

    The one with most records stays in any case, whatever the clock said when it was made, and the
    last of each version of the table.
    """
    newest_first = sorted(backups, key=lambda one: one.made_at, reverse=True)
    kept = {
        *_last_of_each(newest_first, lambda one: one.made_at.date(), DAILY),
        *_last_of_each(newest_first, lambda one: one.made_at.isocalendar()[:2], WEEKLY),
        *_last_of_each(newest_first, lambda one: (one.made_at.year, one.made_at.month), MONTHLY),
        *_last_of_each(newest_first, lambda one: one.version, len(newest_first)),
        *sorted(newest_first, key=lambda one: one.end.count)[-1:],
    }
    return tuple(backup for backup in newest_first if backup not in kept)


def _last_of_each(
    newest_first: Sequence[Backup], period: Callable[[Backup], object], periods: int
) -> list[Backup]:
    last: dict[object, Backup] = {}
    for backup in newest_first:
        last.setdefault(period(backup), backup)
    return list(last.values())[:periods]


def _end_of(connection: dbapi2.Connection, key: str, older: Sequence[Backup]) -> ChainEnd:
    """Return how far a log goes, from where the newest backup ends if it goes on from there."""
    known = BEGINNING
    for backup in older[:1]:
        if has_links(connection) and passes_through(connection, key, backup.end):
            known = backup.end
    end = chain_end(connection, key, known)
    if isinstance(end, BrokenChain):
        raise broken_record(end.sequence)
    return end


def _copied(connection: dbapi2.Connection, place: Path, key: str, now: datetime) -> Backup:
    """Copy a log, see that the copy is whole, and give it its name in one step."""
    _sweep(place, now)
    draft = place / f".{secrets.token_hex(8)}.tmp"
    try:
        with contextlib.closing(create_database(draft, key)) as copy:
            connection.backup(copy)
        with contextlib.closing(connect(draft, key)) as copy:
            # It may hold what another window has added since, so its own end is what counts.
            end = checked_end(copy, draft, key)
            version = schema_version(copy)
        name = f"{now:{_STAMP}}-v{version}-n{end.count}-s{end.sequence}-{end.code}.sqlite3"
        target = place / name
        draft.replace(target)
        sync_folder(place)
    finally:
        _remove(draft)
    return Backup(target, now.replace(microsecond=0), version, end)


def _sweep(place: Path, now: datetime) -> None:
    """Take away what a kill has left half-written: what is young may be another window's."""
    for left in place.glob(".*.tmp*"):
        with contextlib.suppress(OSError):
            if left.stat().st_mtime < (now - timedelta(days=1)).timestamp():
                left.unlink()


def _remove(draft: Path) -> None:
    for left in (draft, draft.with_name(f"{draft.name}-journal")):
        with contextlib.suppress(OSError):
            left.unlink(missing_ok=True)


def _parsed(path: Path) -> Backup | None:
    said = _NAME.fullmatch(path.name)
    if said is None:
        return None
    try:
        made_at = datetime.strptime(said["stamp"], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    end = ChainEnd(int(said["count"]), int(said["sequence"]), said["code"])
    return Backup(path, made_at, int(said["version"]), end)


def _folders_in(place: Path) -> list[Path]:
    return sorted(place.iterdir()) if place.is_dir() else []


def _not_written(cause: Exception, folder: Path) -> BackupNotWritten:
    return BackupNotWritten(
        f"The measurement log was not backed up ({why_in_brackets(cause)}).",
        "The log itself is as it was. Make room on the disk, or see that the folder can be "
        f"written: {folder / BACKUPS}",
    )
