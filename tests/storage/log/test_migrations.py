import contextlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from fhc_desktop.domain.patient import Patient
from fhc_desktop.storage.log.backups import backups_of, sound_backup
from fhc_desktop.storage.log.circumstances import Circumstances
from fhc_desktop.storage.log.encrypted_database import create_database, create_key
from fhc_desktop.storage.log.entry_rows import row_of
from fhc_desktop.storage.log.faults import LogUnavailable
from fhc_desktop.storage.log.measurement_log import LogEntry, MeasurementLog
from fhc_desktop.storage.log.migrations import MIGRATIONS, schema_version, transaction, upgrade
from fhc_desktop.storage.log.open_log import verify_log
from fhc_desktop.storage.log.opening import begin
from tests.storage.log_examples import NOW, an_entry, graded, insert, raw_connection
from tests.storage.log_folders import begin_with, contents, copy_of, database_of, filled_log

THREE_STEPS = (
    ("CREATE TABLE t (a)", "INSERT INTO t VALUES (1)"),
    ("ALTER TABLE t ADD COLUMN b DEFAULT 2",),
    ("INSERT INTO t VALUES (3, 4)",),
)
BROKEN_STEP = ("INSERT INTO t VALUES (5, 6)", "INSERT INTO nowhere VALUES (1)")
WITH_DIGEST = 5
# From here on each row has a link, which no plain statement makes.
WITH_CHAIN = 6
NEXT_STEP = ("ALTER TABLE entry ADD COLUMN twin TEXT",)


@pytest.fixture
def database(tmp_path):
    connection = create_database(tmp_path / "some.db", create_key(tmp_path / "some.key"))
    yield connection
    connection.close()


def rows(connection):
    return connection.execute("SELECT * FROM t").fetchall()


@pytest.mark.parametrize("version", range(len(THREE_STEPS) + 1))
def test_that_every_earlier_version_comes_to_the_same_end(database, version):
    upgrade(database, THREE_STEPS[:version])
    assert schema_version(database) == version

    upgrade(database, THREE_STEPS)

    assert schema_version(database) == 3
    assert rows(database) == [(1, 2), (3, 4)]


def test_that_an_upgraded_database_is_not_upgraded_again(database):
    upgrade(database, THREE_STEPS)
    upgrade(database, THREE_STEPS)

    assert rows(database) == [(1, 2), (3, 4)]


def test_that_a_step_that_fails_leaves_the_version_before_it(database):
    with pytest.raises(dbapi2.OperationalError, match="nowhere"):
        upgrade(database, (*THREE_STEPS, BROKEN_STEP))

    assert schema_version(database) == 3
    assert rows(database) == [(1, 2), (3, 4)]


def test_that_a_newer_version_is_refused_untouched(database):
    upgrade(database, THREE_STEPS)

    with pytest.raises(LogUnavailable, match="newer version"):
        upgrade(database, THREE_STEPS[:1])

    assert schema_version(database) == 3


def test_that_a_transaction_does_all_or_nothing(database):
    upgrade(database, THREE_STEPS)

    with pytest.raises(dbapi2.OperationalError, match="nowhere"):
        forget_and_fail(database)

    assert not database.in_transaction
    assert rows(database) == [(1, 2), (3, 4)]


def forget_and_fail(connection):
    with transaction(connection):
        connection.execute("DELETE FROM t")
        connection.execute("DELETE FROM nowhere")


@pytest.mark.parametrize("version", range(1, WITH_CHAIN))
def test_that_a_log_of_every_shipped_version_opens_with_its_entries(tmp_path, version):
    entry = an_old_entry(has_digest=version >= WITH_DIGEST)
    begin_with(tmp_path, entry, MIGRATIONS[:version])

    log = MeasurementLog.open(tmp_path)

    assert log.entries() == [entry]
    log.close()


def an_old_entry(*, has_digest=False):
    """An entry of a version that kept nothing of how it came to it."""
    entry = an_entry(circumstances=Circumstances())
    if has_digest:
        return entry
    return replace(entry, image=replace(entry.image, pixels_sha256=""))


def test_that_stored_rows_of_the_fourth_version_name_neither_issuer_nor_birth_date(tmp_path):
    stored = Path(__file__).with_name("stored_rows.json").read_text(encoding="utf-8")
    rows = json.loads(stored)[:1]
    begin(tmp_path, MIGRATIONS[: WITH_DIGEST - 1])
    with contextlib.closing(raw_connection(tmp_path)) as connection:
        for row in rows:
            insert(connection, row)

    log = MeasurementLog.open(tmp_path)

    (entry,) = log.entries()
    assert entry.facts.patient == Patient("4711", "Zoë Müller", issuer="", birth_date=None)
    assert entry.facts.answers == frozenset()
    assert entry.image.pixels_sha256 == ""
    log.close()


def test_that_a_log_is_refused_by_the_version_before(tmp_path):
    MeasurementLog.open(tmp_path, migrations=(*MIGRATIONS, NEXT_STEP)).close()

    with pytest.raises(LogUnavailable, match="newer version"):
        MeasurementLog.open(tmp_path)


def test_that_the_next_version_upgrades_a_log_in_place(tmp_path):
    entry = an_entry()
    log = MeasurementLog.open(tmp_path)
    log.append(entry)
    log.close()

    MeasurementLog.open(tmp_path, migrations=(*MIGRATIONS, NEXT_STEP)).close()

    connection = raw_connection(tmp_path)
    assert schema_version(connection) == len(MIGRATIONS) + 1
    assert connection.execute("SELECT entry_id, twin FROM entry").fetchall() == [
        (entry.entry_id, None)
    ]
    connection.close()


def test_that_entries_from_before_confidence_have_none_and_stay_as_they_were(tmp_path):
    before = an_old_entry()
    begin_with(tmp_path, before, MIGRATIONS[:1])

    log = MeasurementLog.open(tmp_path)
    after = LogEntry.of(graded(), operator="", now=NOW, supersedes=before.entry_id)
    log.append(after)

    newest, oldest = log.entries()
    assert newest == after
    assert oldest == replace(before, superseded_by=after.entry_id)
    assert oldest.proposal.said.confidence is None
    log.close()


@pytest.mark.parametrize(
    "statement", ["UPDATE entry SET proposal_grade = 'good'", "DELETE FROM entry"]
)
def test_that_an_upgraded_log_is_still_append_only(tmp_path, statement):
    begin_with(tmp_path, an_entry(), MIGRATIONS[:1])
    MeasurementLog.open(tmp_path).close()

    with (
        contextlib.closing(raw_connection(tmp_path)) as connection,
        pytest.raises(dbapi2.IntegrityError, match="append-only"),
    ):
        connection.execute(statement)


@pytest.mark.parametrize(
    "half",
    [
        {"proposal_interval_high_mm": None},
        {"proposal_interval_coverage": None},
        {"proposal_reasons": None},
    ],
    ids=str,
)
def test_that_the_database_refuses_half_a_confidence(tmp_path, half):
    MeasurementLog.open(tmp_path).close()
    row = row_of(LogEntry.of(graded(), operator="", now=NOW)) | half

    with (
        contextlib.closing(raw_connection(tmp_path)) as connection,
        pytest.raises(dbapi2.IntegrityError, match="CHECK"),
    ):
        insert(connection, row)


@pytest.mark.parametrize("version", range(1, WITH_CHAIN))
def test_that_an_older_log_is_backed_up_before_it_is_upgraded(tmp_path, version):
    begin_with(tmp_path, an_entry(), MIGRATIONS[:version])
    MeasurementLog.open(tmp_path).close()

    (backup,) = backups_of(tmp_path)
    assert (backup.version, backup.end.count) == (version, 1)
    assert sound_backup(backup)


def test_that_a_log_that_cannot_be_backed_up_is_not_upgraded(tmp_path):
    begin_with(tmp_path, an_entry(), MIGRATIONS[:5])
    (tmp_path / "log-backups").write_text("a file where the folder should be")
    before = contents(tmp_path)

    with pytest.raises(LogUnavailable, match="could not be backed up, so it was not"):
        MeasurementLog.open(tmp_path)

    assert contents(tmp_path) == before


class Killed(BaseException):
    """The end of a process, as far as its database can tell."""


def killed_after(statements):
    """The migrations, cut off after so many statements of the last step."""

    def kill(connection, key):
        raise Killed

    *earlier, last = MIGRATIONS
    return (*earlier, (*last[:statements], kill))


@pytest.mark.parametrize("version", [1, 5])
def test_that_a_kill_at_any_statement_leaves_the_old_version_or_the_new_one(tmp_path, version):
    entry = an_old_entry()
    begin_with(tmp_path, entry, MIGRATIONS[:version])
    for statements in range(len(MIGRATIONS[-1]) + 1):
        with pytest.raises(Killed):
            MeasurementLog.open(tmp_path, migrations=killed_after(statements))
        with contextlib.closing(raw_connection(tmp_path)) as connection:
            assert schema_version(connection) == len(MIGRATIONS) - 1

    log = MeasurementLog.open(tmp_path)
    assert log.entries() == [entry]
    log.append(an_entry())
    log.close()


def test_that_the_chain_of_old_rows_is_the_same_however_often_it_is_begun(tmp_path):
    begin_with(tmp_path, an_entry(), MIGRATIONS[:5])
    (before,) = backup_ends(tmp_path)

    assert verify_log(tmp_path) == before


def backup_ends(folder):
    MeasurementLog.open(folder).close()
    return [backup.end for backup in backups_of(folder)]


def test_that_an_older_copy_of_an_older_version_is_refused_before_it_is_upgraded(tmp_path):
    folder = tmp_path / "data"
    begin_with(folder, an_entry(), MIGRATIONS[:5])
    copy = copy_of(database_of(folder), tmp_path / "copy")
    filled_log(folder, 1)
    copy.replace(database_of(folder))
    before = contents(folder)

    with pytest.raises(LogUnavailable, match="ends with record 1 and lacks 1 measurement"):
        MeasurementLog.open(folder)

    assert contents(folder) == before
