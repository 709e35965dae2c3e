"""Data folders with a log in them, and what may happen to them."""

import contextlib
import hashlib
import shutil

from fhc_desktop.storage.log.chain import link_all
from fhc_desktop.storage.log.encrypted_database import read_key
from fhc_desktop.storage.log.entry_rows import row_of
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.storage.log.opening import begin
from tests.storage.log_examples import an_entry, insert, raw_connection


def filled_log(folder, count, *, migrations=None):
    """Append that many entries to the log of a data folder; return the folder."""
    given = {} if migrations is None else {"migrations": migrations}
    with contextlib.closing(MeasurementLog.open(folder, **given)) as log:
        for _ in range(count):
            log.append(an_entry())
    return folder


def long_log(folder, count):
    """A log of many entries, written at once; as many appends would take long."""
    MeasurementLog.open(folder).close()
    row = row_of(an_entry())
    with contextlib.closing(raw_connection(folder)) as connection:
        connection.execute("BEGIN")
        for number in range(count):
            insert(connection, row | {"entry_id": f"e{number}"})
        link_all(connection, read_key(folder / "log" / "measurements.key"))
        connection.execute("COMMIT")
    MeasurementLog.open(folder).close()
    return folder


def begin_with(folder, entry, migrations):
    """Begin a log as an old version did, with an entry in the columns that its table had."""
    begin(folder, migrations)
    with contextlib.closing(raw_connection(folder)) as connection:
        had = [column[1] for column in connection.execute("PRAGMA table_info(entry)")]
        insert(connection, {name: cell for name, cell in row_of(entry).items() if name in had})


def count_of(folder):
    with contextlib.closing(MeasurementLog.open(folder)) as log:
        return len(log.entries())


def copy_of(place, target):
    """A copy of a file or folder, as somebody makes one by hand."""
    if place.is_dir():
        shutil.copytree(place, target)
    else:
        shutil.copyfile(place, target)
    return target


def database_of(folder):
    return folder / "log" / "measurements.sqlite3"


def key_of(folder):
    return folder / "log" / "measurements.key"


def contents(folder):
    """The digest of each file below a folder, by its name there."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def interrupted(folder, target):
    """Copy a data folder in the middle of a transaction, as a kill leaves it: with its journal."""
    with contextlib.closing(raw_connection(folder)) as connection:
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("PRAGMA cache_spill = ON")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "CREATE TABLE big AS SELECT * FROM entry, entry AS b, entry AS c LIMIT 60"
        )
        shutil.copytree(folder, target)
    assert journal_of(target).stat().st_size > 512
    return target


def journal_of(folder):
    return folder / "log" / "measurements.sqlite3-journal"
