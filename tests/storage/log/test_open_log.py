"""Before a record is shown, the log is known to be this machine's, whole and the newest."""

import contextlib
import random
import shutil
from datetime import UTC, datetime

import pytest

from fhc_desktop.storage.log.backups import back_up
from fhc_desktop.storage.log.faults import LogUnavailable
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.storage.log.open_log import NO_ANCHOR, verify_log
from tests.storage.log_examples import an_entry, raw_connection
from tests.storage.log_folders import (
    contents,
    copy_of,
    count_of,
    database_of,
    filled_log,
    interrupted,
    journal_of,
    key_of,
)

NOW = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    return filled_log(tmp_path / "data", 3)


def refused(folder):
    before = contents(folder)
    with pytest.raises(LogUnavailable) as raised:
        MeasurementLog.open(folder)
    with pytest.raises(LogUnavailable):
        verify_log(folder)
    assert contents(folder) == before
    return raised.value


def notices_of(folder):
    with contextlib.closing(MeasurementLog.open(folder)) as log:
        return log.notices


def test_that_a_whole_log_opens_without_a_word(folder):
    assert notices_of(folder) == ()
    assert verify_log(folder).count == 3


@pytest.mark.parametrize("part", ["log", "log/measurements.sqlite3"])
def test_that_an_older_copy_is_refused_and_what_it_lacks_is_told(folder, tmp_path, part):
    copy = copy_of(folder / part, tmp_path / "copy")
    filled_log(folder, 2)
    if copy.is_dir():
        shutil.rmtree(folder / part)
    copy.replace(folder / part)

    told = refused(folder)

    assert told.problem == (
        "The measurement log is an older copy: it ends with record 3 and lacks 2 measurements of "
        "this machine."
    )
    assert "Restore the measurement log …" in told.remedy
    assert "fhc-desktop log restore" in told.remedy


def test_that_an_older_copy_that_was_written_on_elsewhere_is_refused(folder, tmp_path):
    copy = copy_of(folder, tmp_path / "copy")
    filled_log(folder, 1)
    filled_log(copy, 2)
    database_of(copy).replace(database_of(folder))

    assert "not the one that was last written here" in refused(folder).problem


def test_that_another_machines_log_is_refused(folder, tmp_path):
    other = filled_log(tmp_path / "other", 5)
    shutil.rmtree(folder / "log")
    (other / "log").replace(folder / "log")

    assert "not the one of this machine" in refused(folder).problem
    assert "had 3 measurements" in refused(folder).problem


def test_that_a_log_that_has_gone_with_its_folder_is_not_begun_anew(folder):
    shutil.rmtree(folder / "log")

    assert refused(folder).problem == (
        "The measurement log has gone with its folder; it had 3 measurements."
    )
    assert not (folder / "log").exists()


def test_that_backups_tell_of_a_log_that_has_gone_with_its_anchor(folder):
    back_up(folder, NOW)
    shutil.rmtree(folder / "log")
    (folder / "log.anchor").unlink()

    assert "it had 3 measurements" in refused(folder).problem


def test_that_an_empty_log_that_has_gone_is_begun_anew(tmp_path):
    filled_log(tmp_path, 0)
    shutil.rmtree(tmp_path / "log")

    assert count_of(tmp_path) == 0


def test_that_an_anchor_that_lags_behind_is_a_crash_and_no_fault(folder, tmp_path):
    anchor = copy_of(folder / "log.anchor", tmp_path / "anchor")
    filled_log(folder, 2)
    newest = (folder / "log.anchor").read_bytes()
    anchor.replace(folder / "log.anchor")

    assert notices_of(folder) == ()
    assert (folder / "log.anchor").read_bytes() == newest


def test_that_a_record_counts_though_its_anchor_cannot_be_written(ordinary_user, users_folder):
    with ordinary_user():
        filled_log(users_folder, 1)
        anchor = (users_folder / "log.anchor").read_bytes()
        users_folder.chmod(0o500)
        filled_log(users_folder, 1)
        assert (users_folder / "log.anchor").read_bytes() == anchor
        users_folder.chmod(0o700)

        assert count_of(users_folder) == 2
        assert (users_folder / "log.anchor").read_bytes() != anchor


@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff", b"[" * 100_000])
def test_that_an_anchor_that_is_lost_is_told_and_written_anew(folder, content):
    (folder / "log.anchor").unlink()
    if content is not None:
        (folder / "log.anchor").write_bytes(content)

    assert notices_of(folder) == (NO_ANCHOR,)
    assert notices_of(folder) == ()


def test_that_an_anchor_that_somebody_changed_does_not_count(folder):
    anchor = folder / "log.anchor"
    anchor.write_text(anchor.read_text().replace('"count": 3', '"count": 2'))

    assert notices_of(folder) == (NO_ANCHOR,)


def test_that_without_its_anchor_an_older_copy_is_known_by_the_backups(folder, tmp_path):
    copy = copy_of(database_of(folder), tmp_path / "copy")
    filled_log(folder, 2)
    back_up(folder, NOW)
    copy.replace(database_of(folder))
    (folder / "log.anchor").unlink()

    assert "it ends with record 3 and lacks 2" in refused(folder).problem


def test_that_a_row_that_was_changed_is_named(folder):
    with contextlib.closing(raw_connection(folder)) as connection:
        connection.executescript(
            "DROP TRIGGER entry_is_never_changed; UPDATE entry SET hc_mm = 1 WHERE sequence = 2"
        )

    assert refused(folder).problem == (
        "Record 2 of the measurement log is missing or not as it was written."
    )


def test_that_a_tail_that_was_cut_is_named(folder):
    with contextlib.closing(raw_connection(folder)) as connection:
        connection.executescript(
            "DROP TRIGGER entry_is_never_deleted; DROP TRIGGER link_is_never_deleted;"
            "DELETE FROM link WHERE sequence > 1; DELETE FROM finding WHERE sequence > 1;"
            "DELETE FROM entry WHERE sequence > 1"
        )

    assert "it ends with record 1 and lacks 2 measurements" in refused(folder).problem


# While the log is open ---------------------------------------------------------------------------


def test_that_an_older_copy_written_over_an_open_log_takes_and_shows_nothing(folder, tmp_path):
    copy = database_of(folder).read_bytes()
    with contextlib.closing(MeasurementLog.open(folder)) as log:
        log.append(an_entry())
        database_of(folder).write_bytes(copy)

        for use in (log.entries, lambda: log.append(an_entry())):
            with pytest.raises(LogUnavailable, match=r"Another copy .*was put in its place"):
                use()
    assert database_of(folder).read_bytes() == copy
    assert "lacks 1 measurement of" in refused(folder).problem


def test_that_an_older_copy_renamed_over_an_open_log_takes_and_shows_nothing(folder, tmp_path):
    copy = copy_of(database_of(folder), tmp_path / "copy")
    with contextlib.closing(MeasurementLog.open(folder)) as log:
        log.append(an_entry())
        copy.replace(database_of(folder))

        for use in (log.entries, lambda: log.append(an_entry())):
            with pytest.raises(LogUnavailable, match="Another copy"):
                use()


def test_that_a_log_swapped_with_its_folder_while_open_takes_nothing(folder, tmp_path):
    copy = copy_of(folder / "log", tmp_path / "copy")
    with contextlib.closing(MeasurementLog.open(folder)) as log:
        log.append(an_entry())
        shutil.rmtree(folder / "log")
        copy.replace(folder / "log")

        with pytest.raises(LogUnavailable, match="Another copy"):
            log.append(an_entry())


def test_that_a_row_changed_while_the_log_is_open_is_named(folder):
    with contextlib.closing(MeasurementLog.open(folder)) as log:
        with contextlib.closing(raw_connection(folder)) as connection:
            connection.executescript(
                "DROP TRIGGER link_is_never_changed;"
                "UPDATE link SET code = 'made up' WHERE sequence = 3"
            )

        with pytest.raises(LogUnavailable, match="Another copy"):
            log.entries()


@pytest.mark.parametrize("new_name", ["log/renamed.sqlite3", "elsewhere"])
def test_that_a_log_renamed_while_open_is_found_and_goes_on_once_it_is_back(folder, new_name):
    old = database_of(folder) if new_name.startswith("log/") else folder / "log"
    with contextlib.closing(MeasurementLog.open(folder)) as log:
        old.rename(folder / new_name)

        with pytest.raises(LogUnavailable) as raised:
            log.append(an_entry())
        assert str(folder / new_name) in raised.value.remedy
        assert "Give it its old place and name back" in raised.value.remedy

        (folder / new_name).rename(old)
        log.append(an_entry())
        assert len(log.entries()) == 4


def test_that_a_log_renamed_while_another_lies_in_its_place_is_told_as_swapped(folder, tmp_path):
    """As it is for a window that is open while another one restores the log."""
    copy = copy_of(folder / "log", tmp_path / "copy")
    with contextlib.closing(MeasurementLog.open(folder)) as log:
        (folder / "log").rename(folder / "log.set-aside-before")
        copy.replace(folder / "log")

        with pytest.raises(LogUnavailable, match="Another copy"):
            log.append(an_entry())


def test_that_a_log_deleted_while_open_is_told_as_that(folder):
    with contextlib.closing(MeasurementLog.open(folder)) as log:
        database_of(folder).unlink()

        with pytest.raises(LogUnavailable) as raised:
            log.append(an_entry())

    assert "deleted or moved elsewhere while it was open" in raised.value.problem
    assert "Restore the measurement log" in raised.value.remedy


# A journal that was left -------------------------------------------------------------------------


def test_that_the_journal_of_a_killed_program_is_rolled_back(folder, tmp_path):
    stopped = interrupted(folder, tmp_path / "stopped")

    assert notices_of(stopped) == ()
    assert count_of(stopped) == 3
    assert list(stopped.rglob("*set-aside*")) == []
    assert list(stopped.glob(".trial-*")) == []


def test_that_a_killed_log_is_verified_without_touching_it(folder, tmp_path):
    stopped = interrupted(folder, tmp_path / "stopped")
    before = contents(stopped)

    assert verify_log(stopped).count == 3
    assert contents(stopped) == before


def test_that_a_journal_of_another_copy_is_set_aside_before_it_is_rolled_in(folder, tmp_path):
    """As somebody does who restores a copy by hand after a kill."""
    older = copy_of(database_of(folder), tmp_path / "older")
    filled_log(folder, 40)
    stopped = interrupted(folder, tmp_path / "stopped")
    journal = journal_of(stopped).read_bytes()
    copy = older.read_bytes()
    database_of(stopped).write_bytes(copy)

    with pytest.raises(LogUnavailable, match="ends with record 3 and lacks 40"):
        MeasurementLog.open(stopped)

    assert database_of(stopped).read_bytes() == copy
    (aside,) = (stopped / "log").glob("*-journal.set-aside-*")
    assert aside.read_bytes() == journal


def test_that_a_log_beside_a_foreign_journal_opens_and_tells_it(folder, tmp_path):
    whole = filled_log(folder, 40) and copy_of(folder, tmp_path / "whole")
    other = interrupted(filled_log(tmp_path / "other", 60), tmp_path / "stopped")
    journal_of(other).replace(journal_of(whole))
    copy = database_of(whole).read_bytes()

    (notice,) = notices_of(whole)

    assert "belonged to another copy of it and was set aside" in notice
    assert count_of(whole) == 43
    assert database_of(whole).read_bytes() == copy
    assert [file.name.split(".set-aside")[0] for file in (whole / "log").glob("*aside*")] == [
        "measurements.sqlite3-journal"
    ]


# Damage ------------------------------------------------------------------------------------------


def test_that_two_hundred_flipped_bits_and_cuts_are_refused_and_nothing_is_changed(folder):
    rng, whole = random.Random(3), database_of(folder).read_bytes()
    for number in range(200):
        harmed = bytearray(whole)
        if number % 2:
            bit = rng.randrange(8 * len(whole))
            harmed[bit // 8] ^= 1 << bit % 8
        else:
            del harmed[rng.randrange(len(whole)) :]
        database_of(folder).write_bytes(harmed)

        with pytest.raises(LogUnavailable, match=r"damaged|cut short"):
            MeasurementLog.open(folder)

        assert database_of(folder).read_bytes() == bytes(harmed)


def test_that_a_key_beside_another_log_changes_neither(folder, tmp_path):
    other = filled_log(tmp_path / "other", 1)
    key_of(other).replace(key_of(folder))

    assert "key does not fit" in refused(folder).problem
