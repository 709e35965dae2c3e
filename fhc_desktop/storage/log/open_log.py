"""Opening the measurement log: nothing of it is shown before all of it has been seen to hold.

In this order: key, leftover journal, page codes, SQLite's own check, version, chain, anchor. An
older version is backed up before it is brought to this one.
"""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from fhc_desktop.storage.log.anchor import count_in_anchor, move_anchor_on
from fhc_desktop.storage.log.backups import (
    BackupNotWritten,
    backups_of,
    furthest,
    write_backup,
)
from fhc_desktop.storage.log.chain import ChainEnd, has_links
from fhc_desktop.storage.log.encrypted_database import connect, refuse_old_sqlite
from fhc_desktop.storage.log.faults import (
    LogUnavailable,
    cannot_upgrade,
    faults_told,
    gone_log,
    newer_version,
    no_log,
    not_backed_up,
    read_only,
)
from fhc_desktop.storage.log.leftover_journal import set_foreign_journal_aside, settled
from fhc_desktop.storage.log.migrations import MIGRATIONS, Step, schema_version, upgrade
from fhc_desktop.storage.log.opening import LOG, begin, key_of
from fhc_desktop.storage.log.soundness import checked_end, refuse_other_course

NO_ANCHOR = (
    "The note of how far the measurement log goes was missing or damaged and has been written "
    "anew: whether records are missing at its end cannot be told."
)
_CANNOT_WRITE = {dbapi2.SQLITE_READONLY, dbapi2.SQLITE_CANTOPEN}
_PRIMARY_CODE = 0xFF


@dataclass(frozen=True, slots=True)
class OpenLog:
    """A log that holds, its key, and where its chain ended when it was opened.

    ``notices`` are sentences that somebody has to be told. ``objection`` is why it can
    only be read; None where it can be written.
    """

    connection: dbapi2.Connection
    key: str
    end: ChainEnd
    notices: tuple[str, ...] = ()
    objection: LogUnavailable | None = None


def open_log(folder: Path, migrations: Sequence[Step], now: datetime) -> OpenLog:
    """Open the log of a data folder; where there never was one, begin it. ``now`` is in UTC.

    Raises:
        LogUnavailable: what is wrong and what to do; nothing has been changed.
    """
    place = folder / LOG.folder
    database = place / LOG.database
    with faults_told(database):
        refuse_old_sqlite()
        if not place.exists():
            refuse_gone_log(folder)
            begin(folder, migrations)
        key = key_of(place)
        journal = set_foreign_journal_aside(database, key, folder, now)
        notices = () if journal is None else (_journal_words(journal),)
        try:
            return _opened(folder, key, migrations, now, notices)
        except dbapi2.DatabaseError as cause:
            if cause.sqlite_errorcode & _PRIMARY_CODE not in _CANNOT_WRITE:
                raise
            return _opened_for_reading(folder, key, migrations, notices)


def verify_log(folder: Path) -> ChainEnd:
    """See that the log of a data folder holds, without changing anything; return where it ends.

    Raises:
        LogUnavailable: what is wrong with it, or there is none.
    """
    place = folder / LOG.folder
    database = place / LOG.database
    with faults_told(database):
        if not place.exists():
            refuse_gone_log(folder)
            raise no_log(folder)
        key = key_of(place)
        with (
            settled(database, key, folder) as copy,
            closing(connect(copy, key, writable=False)) as connection,
        ):
            end = _held_end(connection, copy, key, tries_writing=False)
            _held_course(connection, folder, key, end)
            return end


def refuse_gone_log(folder: Path) -> None:
    """Refuse to begin a log where records are known to have been.

    Raises:
        LogUnavailable: an anchor or a backup tells of them.
    """
    count = max(count_in_anchor(folder), furthest(backups_of(folder)).count)
    if count:
        raise gone_log(count, folder / LOG.folder)


def _held_course(connection: dbapi2.Connection, folder: Path, key: str, end: ChainEnd) -> bool:
    """Refuse another course; without an anchor the backups tell how far the log went."""
    known = furthest(backups_of(folder, key))
    return refuse_other_course(connection, folder, key, end, known=known)


def _opened(
    folder: Path,
    key: str,
    migrations: Sequence[Step],
    now: datetime,
    notices: tuple[str, ...],
) -> OpenLog:
    database = folder / LOG.folder / LOG.database
    connection = connect(database, key)
    try:
        had_links = has_links(connection)
        end = _held_end(connection, database, key, newest=len(migrations))
        is_told = _held_course(connection, folder, key, end)
        if schema_version(connection) < len(migrations):
            _back_up_first(connection, folder, key, now)
            upgrade(connection, migrations, key=key)
        move_anchor_on(folder, key, end)
    except BaseException:
        connection.close()
        raise
    # A log from before the anchor has none.
    lost = (NO_ANCHOR,) if had_links and not is_told else ()
    return OpenLog(connection, key, end, (*notices, *lost))


def _opened_for_reading(
    folder: Path, key: str, migrations: Sequence[Step], notices: tuple[str, ...]
) -> OpenLog:
    database = folder / LOG.folder / LOG.database
    connection = connect(database, key, writable=False)
    try:
        end = _held_end(connection, database, key, newest=len(migrations), tries_writing=False)
        _refuse_older_version(connection, database, len(migrations))
        _held_course(connection, folder, key, end)
    except BaseException:
        connection.close()
        raise
    return OpenLog(connection, key, end, notices, read_only(database))


def _held_end(
    connection: dbapi2.Connection,
    database: Path,
    key: str,
    *,
    newest: int = len(MIGRATIONS),
    tries_writing: bool = True,
) -> ChainEnd:
    if schema_version(connection) > newest:
        raise newer_version()
    return checked_end(connection, database, key, tries_writing=tries_writing)


def _refuse_older_version(connection: dbapi2.Connection, database: Path, newest: int) -> None:
    if schema_version(connection) < newest:
        raise cannot_upgrade(database)


def _back_up_first(connection: dbapi2.Connection, folder: Path, key: str, now: datetime) -> None:
    try:
        write_backup(connection, folder, key, now)
    except BackupNotWritten as cause:
        raise not_backed_up(cause) from cause


def _journal_words(journal: Path) -> str:
    return (
        "A journal beside the measurement log belonged to another copy of it and was set aside as "
        f"{journal.name}; the log was opened without it."
    )
