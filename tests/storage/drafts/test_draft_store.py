"""Drafts lie in a file of their own, locked, and what cannot be read there is never lost."""

import os
import stat
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from fhc_desktop.domain.examination.draft import Progress
from fhc_desktop.storage.drafts.draft_store import (
    DraftStore,
    DraftsUnavailable,
    FoundDrafts,
    has_drafts,
)
from fhc_desktop.storage.log.encrypted_database import connect, read_key
from tests.storage.draft_examples import AT, a_draft


@contextmanager
def store_of(folder):
    with closing(DraftStore.open(folder)) as store:
        yield store


def found(folder):
    with store_of(folder) as store:
        return store.found()


def keep(folder, *drafts, dropped=()):
    with store_of(folder) as store:
        store.keep(drafts, dropped=dropped)


def raw_connection(folder):
    place = folder / "drafts"
    return connect(place / "drafts.sqlite3", read_key(place / "drafts.key"))


def test_that_a_draft_is_found_after_the_store_was_closed(tmp_path):
    assert not has_drafts(tmp_path)
    keep(tmp_path, a_draft())

    assert has_drafts(tmp_path)
    assert found(tmp_path) == FoundDrafts((a_draft(),))


def test_that_a_later_draft_takes_the_place_of_its_own_and_of_no_other(tmp_path):
    other, correction = a_draft(frame=4), replace(a_draft(), supersedes="a row")
    afresh = replace(a_draft(), past=(replace(a_draft().past[0], is_second_reading=True),))
    keep(tmp_path, a_draft("Ada"), other, correction, afresh)

    keep(tmp_path, a_draft("Zoë", at=AT + timedelta(hours=1)))

    assert set(found(tmp_path).drafts) == {
        other,
        correction,
        afresh,
        a_draft("Zoë", at=AT + timedelta(hours=1)),
    }


def test_that_they_come_in_the_order_in_which_they_were_changed(tmp_path):
    later = a_draft(frame=1, at=AT + timedelta(days=400))
    keep(tmp_path, later, a_draft(frame=2))

    assert found(tmp_path).drafts == (a_draft(frame=2), later)


def test_that_what_is_taken_away_is_gone_and_nothing_else(tmp_path):
    keep(tmp_path, a_draft(frame=1), a_draft(frame=2))

    keep(tmp_path, dropped=[a_draft(frame=1).key, a_draft(frame=9).key])

    assert found(tmp_path).drafts == (a_draft(frame=2),)


def test_that_a_state_that_waits_for_its_row_stays_one(tmp_path):
    waiting = replace(a_draft(), progress=Progress.NOT_LOGGED)
    keep(tmp_path, waiting)

    assert found(tmp_path).drafts == (waiting,)


def test_that_nobody_reads_a_name_in_the_files(tmp_path):
    keep(tmp_path, a_draft("Unmistakable"))

    for file in (tmp_path / "drafts").iterdir():
        assert b"Unmistakable" not in file.read_bytes()
        if os.name == "posix":
            assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_that_a_draft_of_another_version_stays_and_is_counted(tmp_path):
    keep(tmp_path, a_draft("Ada"))
    with closing(raw_connection(tmp_path)) as connection:
        connection.execute("UPDATE draft SET form = 99, content = 'of tomorrow'")

    assert found(tmp_path) == FoundDrafts(unknown=1)
    keep(tmp_path, a_draft("Zoë"))
    assert found(tmp_path) == FoundDrafts((a_draft("Zoë"),), unknown=1)
    keep(tmp_path, dropped=[a_draft().key])
    assert found(tmp_path) == FoundDrafts(unknown=1)


def test_that_rows_that_were_taken_into_a_mean_are_kept_one_by_one(tmp_path):
    with store_of(tmp_path) as store:
        store.keep((), taken={"a": True, "b": True})
    with store_of(tmp_path) as store:
        store.keep((), taken={"a": False, "b": True, "c": True})

    assert found(tmp_path).taken == {"b", "c"}


def test_that_a_store_from_before_means_were_kept_is_read(tmp_path):
    keep(tmp_path, a_draft())
    with closing(raw_connection(tmp_path)) as connection:
        connection.execute("DROP TABLE taken")
        connection.execute("PRAGMA user_version = 1")

    assert found(tmp_path) == FoundDrafts((a_draft(),))


def bits_flipped(folder):
    file = folder / "drafts" / "drafts.sqlite3"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


FAULTS = {
    "a flipped bit": bits_flipped,
    "an empty file": lambda folder: (folder / "drafts" / "drafts.sqlite3").write_bytes(b""),
    "no file": lambda folder: (folder / "drafts" / "drafts.sqlite3").unlink(),
    "no key": lambda folder: (folder / "drafts" / "drafts.key").unlink(),
    "another key": lambda folder: (folder / "drafts" / "drafts.key").write_text("ab" * 32),
}


@pytest.mark.parametrize("damage", FAULTS.values(), ids=FAULTS.keys())
def test_that_a_damaged_store_is_told_and_never_begun_anew(tmp_path, damage):
    keep(tmp_path, a_draft())
    damage(tmp_path)
    before = {file.name: file.read_bytes() for file in (tmp_path / "drafts").iterdir()}

    with pytest.raises(DraftsUnavailable) as told:
        DraftStore.open(tmp_path)

    assert "is not kept on the disk" in told.value.problem
    assert str(tmp_path / "drafts") in told.value.remedy
    assert {file.name: file.read_bytes() for file in (tmp_path / "drafts").iterdir()} == before


def test_that_a_folder_that_cannot_be_used_is_told(tmp_path):
    (tmp_path / "blocked").write_text("a file where the folder should be")

    with pytest.raises(DraftsUnavailable, match="its folder cannot be used"):
        DraftStore.open(tmp_path / "blocked")


def test_that_a_full_disk_is_told_and_keeps_what_was_there(small_disk):
    keep(small_disk, a_draft())
    with store_of(small_disk) as store:
        (small_disk / "ballast").write_bytes(bytes(220 * 1024))
        with pytest.raises(DraftsUnavailable, match="the disk is full"):
            store.keep([a_draft("x" * 3000, frame=frame) for frame in range(1, 99)])

        assert store.found().drafts == (a_draft(),)
