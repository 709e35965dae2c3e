import hashlib
import shutil
import sqlite3

import pytest

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.storage.log.encrypted_database import connect, create_database, read_key
from fhc_desktop.storage.log.measurement_log import LogNotExported, LogUnavailable, MeasurementLog
from fhc_desktop.storage.log.migrations import MIGRATIONS
from tests.storage.log_examples import an_entry, raw_connection
from tests.storage.log_writer import hold_the_lock


@pytest.fixture
def filled(tmp_path):
    """A data folder whose log holds three entries."""
    return fill(tmp_path / "data")


def fill(folder):
    log = MeasurementLog.open(folder)
    for _ in range(3):
        log.append(an_entry(operator="x" * 3000))
    log.close()
    return folder


def database_of(folder):
    return folder / "log" / "measurements.sqlite3"


def key_of(folder):
    return folder / "log" / "measurements.key"


def contents(folder):
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def refusal(folder):
    """Return what opening says; whatever it is, no file may have changed."""
    before = contents(folder)
    with pytest.raises(LogUnavailable) as raised:
        MeasurementLog.open(folder)
    assert contents(folder) == before
    assert isinstance(raised.value, FhcError)
    assert raised.value.remedy
    return raised.value.problem


def test_that_a_lost_database_is_not_begun_anew(filled):
    database_of(filled).unlink()

    assert refusal(filled) == "The measurement log has gone, though its key is there."
    assert not database_of(filled).exists()


def test_that_an_empty_database_is_a_loss_and_not_a_fresh_start(filled):
    database_of(filled).write_bytes(b"")

    assert (
        refusal(filled)
        == "The file of the measurement log is empty or cut short: its entries are lost."
    )


def test_that_a_lost_key_is_not_made_anew(filled):
    key_of(filled).unlink()

    assert "key of the measurement log has gone" in refusal(filled)
    assert not key_of(filled).exists()


def test_that_an_emptied_folder_is_a_loss(filled):
    database_of(filled).unlink()
    key_of(filled).unlink()

    assert "log and its key have gone" in refusal(filled)


@pytest.mark.parametrize("content", [b"", b"ab" * 31, b"g" * 64, b"\xff" * 64, b"0" * 65])
def test_that_a_damaged_key_is_told_from_a_damaged_log(filled, content):
    key_of(filled).write_bytes(content)

    assert refusal(filled) == "The key file of the measurement log is damaged."


def test_that_another_key_does_not_fit(filled):
    key_of(filled).write_text("0" * 64)

    assert "key does not fit the measurement log" in refusal(filled)


def test_that_another_key_does_not_undo_an_unfinished_entry(filled, tmp_path):
    key = key_of(filled).read_bytes()
    connection = raw_connection(filled)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("PRAGMA cache_spill = ON")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE big AS SELECT * FROM entry, entry AS b, entry AS c")
    stopped = tmp_path / "stopped"
    shutil.copytree(filled, stopped)  # what a power cut would leave
    connection.close()
    assert (stopped / "log" / "measurements.sqlite3-journal").stat().st_size > 512
    key_of(stopped).write_text("0" * 64)

    with pytest.raises(LogUnavailable, match="key does not fit"):
        MeasurementLog.open(stopped)

    key_of(stopped).write_bytes(key)
    log = MeasurementLog.open(stopped)
    assert len(log.entries()) == 3
    log.close()


@pytest.mark.parametrize("content", [b"\0" * 8192, b"hello" * 1000, b"SQLite format 3\0" * 1024])
def test_that_a_file_of_another_kind_is_refused(filled, content):
    database_of(filled).write_bytes(content)

    assert "damaged from end to end" in refusal(filled)


def test_that_an_unencrypted_database_is_refused(filled):
    database_of(filled).unlink()
    plain = sqlite3.connect(database_of(filled))
    plain.execute("CREATE TABLE entry (entry_id)")
    plain.commit()
    plain.close()

    assert "damaged from end to end" in refusal(filled)


def test_that_the_number_of_damaged_places_is_named(filled):
    whole = bytearray(database_of(filled).read_bytes())
    whole[5000] ^= 1
    whole[9000] ^= 1
    database_of(filled).write_bytes(whole)

    assert refusal(filled) == "The measurement log is damaged in 2 places."


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [
        (1, "cut short"),
        (100, "cut short"),
        (4095, "cut short"),
        (4096, "damaged"),
        (4097, "damaged"),
        (8192, "damaged"),
        (-4096, "damaged"),
        (-1, "damaged"),
    ],
)
def test_that_a_cut_database_is_refused(filled, kept, sentence):
    database_of(filled).write_bytes(database_of(filled).read_bytes()[:kept])

    assert sentence in refusal(filled)


def test_that_damage_is_not_reported_behind_the_users_back(filled, capfd):
    whole = bytearray(database_of(filled).read_bytes())
    whole[5000] ^= 1
    database_of(filled).write_bytes(whole)
    refusal(filled)

    assert capfd.readouterr() == ("", "")


def change(folder, statement):
    connection = connect(database_of(folder), read_key(key_of(folder)))
    connection.execute(statement)
    connection.close()


def test_that_a_log_of_a_newer_version_is_left_alone(filled):
    change(filled, f"PRAGMA user_version = {len(MIGRATIONS) + 1}")

    assert "written by a newer version" in refusal(filled)


def test_that_somebody_elses_database_is_refused(filled):
    change(filled, "PRAGMA application_id = 7")

    assert "not a measurement log of this program" in refusal(filled)


def test_that_an_empty_database_under_the_right_key_is_refused(filled):
    database_of(filled).unlink()
    connection = create_database(database_of(filled), read_key(key_of(filled)))
    connection.execute("CREATE TABLE t (x)")
    connection.close()

    assert "not a measurement log of this program" in refusal(filled)


def test_that_a_log_locked_by_another_process_says_so_and_works_again(filled, children):
    log = MeasurementLog.open(filled)
    with children.running(hold_the_lock, filled) as (_, pipe):
        pipe.recv()
        with pytest.raises(LogUnavailable, match="in use by another program"):
            log.append(an_entry())
        assert "in use by another program" in refusal(filled)

    log.append(an_entry())
    assert len(log.entries()) == 4
    log.close()


def test_that_a_log_deleted_while_open_is_missed(filled, tmp_path):
    log = MeasurementLog.open(filled)
    database_of(filled).unlink()

    for use in (
        log.entries,
        lambda: log.entries_of("x"),
        lambda: log.append(an_entry()),
        lambda: log.export(tmp_path / "log.csv"),
    ):
        with pytest.raises(LogUnavailable, match="has gone"):
            use()
    assert not (tmp_path / "log.csv").exists()
    log.close()


def test_that_a_log_swapped_while_open_takes_no_entry(filled, tmp_path):
    log = MeasurementLog.open(filled)
    shutil.copy(database_of(filled), tmp_path / "copy")
    (tmp_path / "copy").replace(database_of(filled))

    with pytest.raises(LogUnavailable):
        log.append(an_entry())

    log.close()


def test_that_a_file_in_the_folders_place_is_refused(tmp_path):
    (tmp_path / "data").write_text("not a folder")

    with pytest.raises(LogUnavailable, match=r"folder of the measurement log cannot be used"):
        MeasurementLog.open(tmp_path / "data")


def test_that_a_folder_whose_path_is_too_long_is_refused(tmp_path):
    with pytest.raises(LogUnavailable, match=r"cannot be used .*File name too long"):
        MeasurementLog.open(tmp_path / ("n" * 300))


def test_that_a_folder_that_cannot_be_written_gets_no_log(ordinary_user, users_folder):
    users_folder.chmod(0o500)

    with ordinary_user(), pytest.raises(LogUnavailable, match="cannot be used"):
        MeasurementLog.open(users_folder)

    assert list(users_folder.iterdir()) == []


@pytest.mark.parametrize(
    ("place", "mode"),
    [("log", 0o500), ("log/measurements.sqlite3", 0o400)],
)
def test_that_a_log_that_cannot_be_written_is_opened_for_reading(
    ordinary_user, users_folder, place, mode
):
    with ordinary_user():
        fill(users_folder)
        (users_folder / place).chmod(mode)
        before = contents(users_folder)

        log = MeasurementLog.open(users_folder)

        assert len(log.entries()) == 3
        assert "can be read but not written: nothing is recorded" in log.objection.problem
        with pytest.raises(LogUnavailable, match=r"cannot be written.*permission"):
            log.append(an_entry())
        log.close()
        assert contents(users_folder) == before


@pytest.mark.parametrize(
    ("place", "mode"),
    [("log", 0o000), ("log/measurements.sqlite3", 0o000), ("log/measurements.key", 0o000)],
)
def test_that_a_log_that_cannot_be_read_is_not_opened(ordinary_user, users_folder, place, mode):
    with ordinary_user():
        fill(users_folder)
        (users_folder / place).chmod(mode)
        with pytest.raises(LogUnavailable, match=r"cannot be (opened|used).*permission"):
            MeasurementLog.open(users_folder)


def test_that_a_folder_that_turns_read_only_takes_no_entry(ordinary_user, users_folder):
    with ordinary_user():
        log = MeasurementLog.open(users_folder)
        (users_folder / "log").chmod(0o500)
        with pytest.raises(LogUnavailable, match="cannot be written"):
            log.append(an_entry())
        (users_folder / "log").chmod(0o700)
        log.append(an_entry())
        assert len(log.entries()) == 1
        log.close()


def append_until_full(log):
    acknowledged = []
    with pytest.raises(  # noqa: PT012 - which append fails is the disk's choice
        LogUnavailable, match=r"[Dd]isk .*Nothing was recorded"
    ):
        for _ in range(10_000):
            entry = an_entry(operator="x" * 500)
            log.append(entry)
            acknowledged.append(entry.entry_id)
    return acknowledged


def test_that_a_file_that_cannot_grow_loses_no_acknowledged_entry(tmp_path, file_size_limit):
    log = MeasurementLog.open(tmp_path)
    with file_size_limit(160 * 1024):
        acknowledged = append_until_full(log)

    assert acknowledged
    assert [entry.entry_id for entry in log.entries()] == acknowledged[::-1]
    log.append(an_entry())
    log.close()
    reopened = MeasurementLog.open(tmp_path)
    assert len(reopened.entries()) == len(acknowledged) + 1
    reopened.close()


def test_that_a_table_that_does_not_fit_leaves_the_old_one(tmp_path, filled, file_size_limit):
    log = MeasurementLog.open(filled)
    target = tmp_path / "exports" / "log.csv"
    target.parent.mkdir()
    target.write_text("old")

    with file_size_limit(1024), pytest.raises(LogNotExported, match="could not be written"):
        log.export(target)

    assert target.read_text() == "old"
    assert list(target.parent.iterdir()) == [target]
    log.close()


def test_that_a_full_disk_loses_no_acknowledged_entry(small_disk):
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 65536)
    log = MeasurementLog.open(small_disk / "data")

    acknowledged = append_until_full(log)

    rest = small_disk / "rest"
    rest.write_bytes(b"x" * shutil.disk_usage(small_disk).free)
    with pytest.raises(LogNotExported, match="could not be written"):
        log.export(small_disk / "log.csv")
    rest.unlink()
    ballast.unlink()
    log.append(an_entry())
    log.close()
    reopened = MeasurementLog.open(small_disk / "data")
    assert {entry.entry_id for entry in reopened.entries()} > set(acknowledged)
    assert len(reopened.entries()) == len(acknowledged) + 1
    reopened.close()


def test_that_no_log_is_begun_on_a_full_disk(small_disk):
    (small_disk / "ballast").write_bytes(b"x" * 250 * 1024)

    with pytest.raises(LogUnavailable):
        MeasurementLog.open(small_disk / "data")

    (small_disk / "ballast").unlink()
    MeasurementLog.open(small_disk / "data").close()
