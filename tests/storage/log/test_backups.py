"""A backup is whole before it has its name, and what goes wrong harms nothing."""

import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.storage.log.backups import (
    BACKUPS,
    DAILY,
    MONTHLY,
    WEEKLY,
    Backup,
    BackupNotWritten,
    back_up,
    backups_of,
    expired,
    is_due,
    sound_backup,
)
from fhc_desktop.storage.log.chain import ChainEnd
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.storage.log.migrations import MIGRATIONS
from tests.children import received
from tests.storage.log_examples import an_entry
from tests.storage.log_folders import contents, copy_of, database_of, filled_log
from tests.storage.log_writer import back_up_for_ever

NOW = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def folder(tmp_path):
    return filled_log(tmp_path / "data", 3)


def a_backup(made_at, count=1, version=6):
    return Backup(Path(f"{made_at:%Y%m%d%H%M%S}-{count}"), made_at, version, ChainEnd(count, count))


MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
BACKUP_LISTS = st.lists(
    st.builds(a_backup, MOMENTS, st.integers(1, 99), st.integers(1, 6)), max_size=40, unique=True
)


def test_that_a_backup_says_in_its_name_when_it_was_made_and_how_far_it_goes(folder):
    backup = back_up(folder, NOW)

    assert backups_of(folder) == (backup,)
    assert (backup.made_at, backup.end.count, backup.end.sequence) == (NOW, 3, 3)
    assert backup.path.name.startswith(f"20260501T083000Z-v{len(MIGRATIONS)}-n3-s3-")
    assert sound_backup(backup)


def test_that_backups_are_for_their_owner_alone(folder):
    back_up(folder, NOW)
    files, folders = set(), {mode_of(folder / BACKUPS)}
    for path in (folder / BACKUPS).rglob("*"):
        (folders if path.is_dir() else files).add(mode_of(path))

    assert (files, folders) == ({0o600}, {0o700})


def mode_of(path):
    return path.stat().st_mode & 0o777


def test_that_a_log_with_nothing_new_is_not_backed_up_again(folder):
    first = back_up(folder, NOW)

    assert back_up(folder, NOW + DAY) == first
    filled_log(folder, 1)
    assert back_up(folder, NOW + DAY) != first
    assert len(backups_of(folder)) == 2


def test_that_a_log_in_use_is_backed_up_beside_its_window(folder):
    with contextlib.closing(MeasurementLog.open(folder)) as log:
        log.append(an_entry())
        assert back_up(folder, NOW).end.count == 4
        log.append(an_entry())


@pytest.mark.parametrize("begun", [True, False])
def test_that_there_is_no_backup_of_nothing(tmp_path, begun):
    if begun:
        filled_log(tmp_path, 0)

    assert back_up(tmp_path, NOW) is None
    assert backups_of(tmp_path) == ()


def test_that_a_backup_is_due_once_a_day(folder):
    assert is_due(folder, NOW)
    back_up(folder, NOW)
    assert not is_due(folder, NOW.replace(hour=23))
    assert is_due(folder, NOW + DAY)
    assert is_due(folder, NOW - DAY)


def test_that_a_damaged_log_is_not_backed_up(folder):
    whole = bytearray(database_of(folder).read_bytes())
    whole[-100] ^= 1
    database_of(folder).write_bytes(whole)

    with pytest.raises(BackupNotWritten, match="damaged"):
        back_up(folder, NOW)
    assert backups_of(folder) == ()


def test_that_an_older_copy_is_not_backed_up(folder, tmp_path):
    copy = copy_of(database_of(folder), tmp_path / "copy")
    filled_log(folder, 1)
    copy.replace(database_of(folder))

    with pytest.raises(BackupNotWritten, match="older copy"):
        back_up(folder, NOW)
    assert backups_of(folder) == ()


def test_that_a_damaged_backup_is_known(folder):
    backup = back_up(folder, NOW)
    whole = bytearray(backup.path.read_bytes())
    whole[5000] ^= 1
    backup.path.write_bytes(whole)

    assert not sound_backup(backup)


def test_that_a_backup_under_another_ones_name_is_known(folder):
    older = back_up(folder, NOW)
    filled_log(folder, 1)
    newer = back_up(folder, NOW + DAY)
    newer.path.write_bytes(older.path.read_bytes())

    assert not sound_backup(newer)


@pytest.mark.parametrize("room", [1024, 9000, 30_000])
def test_that_a_backup_that_does_not_fit_harms_nothing(folder, file_size_limit, room):
    back_up(folder, NOW)
    filled_log(folder, 1)
    before = contents(folder)

    with file_size_limit(room), pytest.raises(BackupNotWritten, match="not backed up"):
        back_up(folder, NOW + DAY)

    assert contents(folder) == before


def test_that_a_kill_leaves_the_log_and_every_backup_whole(children, folder):
    for number in range(12):
        with children.running(back_up_for_ever, folder) as (child, pipe):
            pipe.recv()
            child.join(0.005 * number)
            child.kill()
            received(pipe)

    assert all(sound_backup(backup) for backup in backups_of(folder))
    MeasurementLog.open(folder).close()
    assert back_up(folder, datetime.now(UTC) + DAY) is not None


def test_that_what_a_kill_left_half_written_goes_after_a_day(folder):
    place = back_up(folder, NOW).path.parent
    for name in (".00ff.tmp", ".00ff.tmp-journal"):
        (place / name).write_bytes(b"half")
    filled_log(folder, 1)
    back_up(folder, NOW)
    young = list(place.glob(".00ff*"))

    filled_log(folder, 1)
    back_up(folder, datetime.now(UTC) + 2 * DAY)

    assert len(young) == 2
    assert list(place.glob(".*")) == []


# Which are kept ----------------------------------------------------------------------------------


def test_that_daily_backups_of_two_years_become_twenty_odd():
    daily = [a_backup(NOW - number * DAY, count=1000 - number) for number in range(730)]

    kept = [backup for backup in daily if backup not in expired(daily)]

    assert kept[:DAILY] == daily[:DAILY]
    assert len({(one.made_at.year, one.made_at.month) for one in kept}) == MONTHLY
    assert len({one.made_at.isocalendar()[:2] for one in kept[:11]}) >= WEEKLY
    assert len(kept) <= DAILY + WEEKLY + MONTHLY


def test_that_many_backups_of_one_day_leave_its_last():
    hourly = [a_backup(NOW.replace(hour=hour), count=hour + 1) for hour in range(24)]

    assert [one for one in hourly if one not in expired(hourly)] == [hourly[-1]]


@given(BACKUP_LISTS)
def test_that_neither_the_newest_nor_the_longest_backup_ever_expires(backups):
    gone = expired(backups)

    for most in (lambda one: one.made_at, lambda one: one.end.count):
        if backups:
            best = max(map(most, backups))
            assert any(most(one) == best for one in backups if one not in gone)


@given(BACKUP_LISTS)
def test_that_what_is_kept_once_is_kept_again(backups):
    kept = [one for one in backups if one not in expired(backups)]

    assert expired(kept) == ()


def test_that_a_clock_that_was_wrong_for_a_day_costs_one_backup_at_most():
    future = a_backup(NOW.replace(year=2036), count=5)
    daily = [a_backup(NOW - number * DAY, count=50 - number) for number in range(7)]

    assert set(expired([future, *daily])) <= {daily[-1]}
