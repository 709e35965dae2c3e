"""The program restores its log itself: nothing is deleted, and what is lacking is told."""

import contextlib
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from fhc_desktop.storage.log.backups import back_up, backups_of
from fhc_desktop.storage.log.circumstances import Circumstances
from fhc_desktop.storage.log.faults import LogUnavailable
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.storage.log.migrations import MIGRATIONS
from fhc_desktop.storage.log.restoring import NotRestored, begin_anew, offers, restore
from tests.storage.log_examples import an_entry
from tests.storage.log_folders import (
    begin_with,
    contents,
    copy_of,
    count_of,
    database_of,
    filled_log,
    key_of,
    long_log,
)

NOW = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def folder(tmp_path):
    """A log of five records, with backups of three and of four."""
    folder = filled_log(tmp_path / "data", 3)
    back_up(folder, NOW)
    filled_log(folder, 1)
    back_up(folder, LATER)
    return filled_log(folder, 1)


def damage(file):
    harmed = bytearray(file.read_bytes())
    harmed[5000] ^= 1
    file.write_bytes(harmed)
    return bytes(harmed)


def best(folder):
    return next(offers(folder))


def restored(folder, offer=None):
    return restore(folder, offer or best(folder), LATER)


def test_that_the_newest_backup_of_a_damaged_log_is_offered_with_what_it_lacks(folder):
    damage(database_of(folder))

    offered = list(offers(folder))

    assert [(one.made_at, one.end.count, one.lacks) for one in offered] == [
        (LATER, 4, 1),
        (NOW, 3, 2),
    ]


def test_that_a_damaged_backup_is_passed_over(folder):
    damage(database_of(folder))
    damage(backups_of(folder)[0].path)

    assert [(one.made_at, one.lacks) for one in offers(folder)] == [(NOW, 2)]


def test_that_a_restored_log_goes_on_and_the_damaged_one_keeps_every_byte(folder):
    harmed = damage(database_of(folder))

    done = restored(folder)

    log_aside, anchor_aside = done.set_aside
    assert log_aside.name == "log.set-aside-20260502T083000Z"
    assert (log_aside / "measurements.sqlite3").read_bytes() == harmed
    assert anchor_aside.name == "log.anchor.set-aside-20260502T083000Z"
    with contextlib.closing(MeasurementLog.open(folder)) as log:
        assert log.notices == ()
        log.append(an_entry())
        assert len(log.entries()) == 5


def test_that_a_log_that_was_begun_elsewhere_since_is_not_taken_for_the_restored_one(folder):
    """The backup that goes further would speak for records that the log is known not to have."""
    damage(database_of(folder))
    offered = list(offers(folder))

    done = restored(folder, offered[1])
    (folder / "log.anchor").unlink()
    filled_log(folder, 1)

    assert len(done.set_aside) == 3
    assert count_of(folder) == 4


@pytest.mark.parametrize("loss", ["log", "log/measurements.sqlite3", "log/measurements.key"])
def test_that_whatever_part_is_lost_is_restored(folder, loss):
    place = folder / loss
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    lacks = 0 if loss.endswith("key") else 1

    assert best(folder).lacks == lacks
    restored(folder)

    assert count_of(folder) == 5 - lacks


def test_that_an_older_copy_in_the_logs_place_may_stay_by_somebodys_word(tmp_path):
    folder = filled_log(tmp_path / "data", 3)
    copy = copy_of(database_of(folder), tmp_path / "copy")
    filled_log(folder, 2)
    copy.replace(database_of(folder))

    offer = best(folder)
    assert (offer.made_at, offer.end.count, offer.lacks) == (None, 3, 2)
    restored(folder)

    assert count_of(folder) == 3


def test_that_another_logs_copy_says_that_nothing_tells_what_it_lacks(folder, tmp_path):
    other = filled_log(tmp_path / "other", 9)
    for file in (database_of(other), key_of(other)):
        file.replace(folder / "log" / file.name)

    assert [(one.end.count, one.lacks) for one in offers(folder)] == [(9, None), (4, 1), (3, 2)]


def test_that_nothing_is_offered_where_nothing_is_sound(tmp_path):
    folder = filled_log(tmp_path / "data", 3)
    damage(database_of(folder))

    assert list(offers(folder)) == []
    assert list(offers(tmp_path / "nowhere")) == []


def test_that_a_backup_of_an_older_version_is_restored_and_brought_to_this_one(tmp_path):
    entry = an_entry(circumstances=Circumstances())
    begin_with(tmp_path, entry, MIGRATIONS[:5])
    MeasurementLog.open(tmp_path).close()
    damage(database_of(tmp_path))
    (offer,) = offers(tmp_path)

    restored(tmp_path, offer)

    with contextlib.closing(MeasurementLog.open(tmp_path)) as log:
        assert log.entries() == [entry]
        assert log.notices == ()


@pytest.mark.parametrize("room", [1024, 9000, 30_000])
def test_that_a_log_that_cannot_be_restored_is_as_it_was(folder, file_size_limit, room):
    damage(database_of(folder))
    offer, before = best(folder), contents(folder)

    with file_size_limit(room), pytest.raises(NotRestored, match="Nothing was deleted"):
        restored(folder, offer)

    assert contents(folder) == before
    assert list(folder.glob(".new-*")) == []


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_that_a_restoring_that_was_interrupted_can_be_done_again(folder, tmp_path, steps):
    """Each state that a kill can leave, put together from before and after."""
    damage(database_of(folder))
    done = copy_of(folder, tmp_path / "done")
    restored(done)
    (folder / "log").rename(folder / "log.set-aside-before")
    if steps > 1:
        (done / "log").rename(folder / "log")
    if steps > 2:
        (folder / "log.anchor").unlink()
    else:
        with pytest.raises(LogUnavailable, match=r"gone with its folder|older copy"):
            MeasurementLog.open(folder)

    restored(folder)

    assert count_of(folder) == 4


def test_that_an_empty_log_is_begun_by_somebodys_word_alone(folder):
    key_of(folder).unlink()
    old = database_of(folder).read_bytes()

    aside = begin_anew(folder, NOW)

    assert count_of(folder) == 0
    (log_aside,) = (place for place in aside if place.name.startswith("log.set-aside"))
    assert (log_aside / "measurements.sqlite3").read_bytes() == old


@pytest.mark.slow
def test_that_fifty_thousand_records_are_restored(tmp_path):
    folder = long_log(tmp_path / "data", 50_000)
    back_up(folder, NOW)
    damage(database_of(folder))

    restored(folder)

    assert count_of(folder) == 50_000
