"""Opening an encrypted database: begun where there never was one, refused where part is lost."""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2

from fhc_desktop.atomic_file import make_private_folder, sync_folder
from fhc_desktop.storage.log.encrypted_database import (
    PAGE_BYTES,
    connect,
    create_database,
    create_key,
    make_private,
    read_key,
    verify,
)
from fhc_desktop.storage.log.faults import (
    cut_database,
    empty_folder,
    missing_database,
    missing_key,
)
from fhc_desktop.storage.log.migrations import Step, upgrade


@dataclass(frozen=True, slots=True)
class Names:
    """What a database, its key and the folder of both are called in the data folder."""

    folder: str
    database: str
    key: str


LOG = Names("log", "measurements.sqlite3", "measurements.key")


def begin(folder: Path, migrations: Sequence[Step], names: Names = LOG) -> None:
    """Make key and database aside and give them their name in one step.

    Whatever interrupts this leaves either no log or a whole one, and no entry can have been
    recorded before the name is there.
    """
    make_private_folder(folder)
    draft = Path(tempfile.mkdtemp(prefix=f".new-{names.folder}-", dir=folder))
    try:
        key = create_key(draft / names.key)
        connection = create_database(draft / names.database, key)
        try:
            upgrade(connection, migrations, key=key)
        finally:
            connection.close()
        sync_folder(draft)
        _give_name(draft, folder / names.folder)
        sync_folder(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _give_name(draft: Path, place: Path) -> None:
    try:
        draft.rename(place)
    except OSError:
        # Where another process was quicker, its log is in place: a full folder is not replaced.
        if not place.exists():
            raise


def opened(place: Path, migrations: Sequence[Step], names: Names = LOG) -> dbapi2.Connection:
    """Return the database in a folder, verified and brought to the last version."""
    database, key = place / names.database, key_of(place, names)
    connection = connect(database, key)
    try:
        verify(connection, database)
        upgrade(connection, migrations, key=key)
    except BaseException:
        connection.close()
        raise
    return connection


def key_of(place: Path, names: Names = LOG) -> str:
    """Return the key in a folder that has all of its parts; nobody but its owner reads them.

    Raises:
        LogUnavailable: a part of it is lost.
    """
    database, key_file = place / names.database, place / names.key
    _refuse_losses(database, key_file)
    key = read_key(key_file)
    make_private(database, key_file)
    return key


def _refuse_losses(database: Path, key_file: Path) -> None:
    if not database.exists() and not key_file.exists():
        raise empty_folder(database.parent)
    if not key_file.exists():
        raise missing_key(key_file)
    if not database.exists():
        raise missing_database(database)
    # SQLite would take such a file for a new database and begin it anew.
    if database.stat().st_size < PAGE_BYTES:
        raise cut_database(database)
