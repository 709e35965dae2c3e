"""Reads are added and never changed, and survive whatever cuts a line short."""

import stat
from collections import deque
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.reader_study.read import Read, UnfinishedRead
from fhc_desktop.storage.reader_study.reads_file import (
    KeptReads,
    ReadsUnavailable,
    add_read,
    keep_unfinished,
    kept_reads,
    kept_unfinished,
)

READ = Read(
    reader="A",
    place=1,
    picture="P0001",
    picture_sha256="d" * 64,
    read_at=datetime(2026, 5, 20, 8, 0, 1, 500, tzinfo=UTC),
    seconds=12.25,
    outline_px=Ellipse(92.1, 73.0, 56.5, 43.25, 0.07),
    calibration=Calibration(0.56, 0.6, CalibrationSource.PIXEL_SIZE_TABLE, "table.csv"),
    said=Ellipse(90.0, 73.0, 56.5, 43.25, 0.07),
    is_proposal_shown=True,
    are_numbers_shown=False,
    list_sha256="e" * 64,
    software_version="0",
)
UNMEASURABLE = replace(READ, place=2, outline_px=None, calibration=None, said=None)


def fill(path):
    """Write to a file until its disk is full."""
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 1024)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "reads" / "A.jsonl"


def test_that_reads_come_back_as_they_were_in_their_order(path):
    add_read(path, READ)
    add_read(path, UNMEASURABLE)
    add_read(path, replace(READ, seconds=1.0))

    assert kept_reads(path) == KeptReads((READ, UNMEASURABLE, replace(READ, seconds=1.0)))


def test_that_what_was_written_is_never_written_again(path):
    add_read(path, READ)
    before = path.read_bytes()

    add_read(path, UNMEASURABLE)

    assert path.read_bytes().startswith(before)


@pytest.mark.parametrize("kept", [1, 40, -2, -1])
def test_that_a_line_cut_short_takes_no_other_with_it(path, kept):
    add_read(path, READ)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:kept])

    add_read(path, UNMEASURABLE)

    found = kept_reads(path)
    # All but its line's end is a whole read.
    assert found.reads == ((READ, READ, UNMEASURABLE) if kept == -1 else (READ, UNMEASURABLE))
    assert found.torn_lines == (() if kept == -1 else (2,))


def test_that_a_reader_who_has_not_begun_has_no_reads(path):
    assert kept_reads(path) == KeptReads()


def test_that_only_the_owner_may_read_them(path):
    add_read(path, READ)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_that_a_full_disk_is_told_and_takes_nothing_away(small_disk):
    path = small_disk / "A.jsonl"
    add_read(path, READ)
    fill(small_disk / "rest")

    with pytest.raises(ReadsUnavailable):
        deque((add_read(path, READ) for _ in range(100)), maxlen=0)

    found = kept_reads(path)
    assert set(found.reads) == {READ}
    (small_disk / "rest").unlink()
    add_read(path, UNMEASURABLE)
    assert kept_reads(path).reads[-1] == UNMEASURABLE


def test_that_a_folder_in_its_place_is_told(path):
    path.mkdir(parents=True)

    with pytest.raises(ReadsUnavailable):
        add_read(path, READ)
    with pytest.raises(ReadsUnavailable):
        kept_reads(path)
    with pytest.raises(ReadsUnavailable):
        keep_unfinished(path, ())


def test_that_what_was_begun_is_kept_in_one_place(tmp_path):
    path = tmp_path / "reads" / "A.unfinished.json"
    begun = (UnfinishedRead(3, None), UnfinishedRead(4, READ.outline_px))
    assert kept_unfinished(path) == ()

    keep_unfinished(path, ())
    keep_unfinished(path, begun)

    assert kept_unfinished(path) == begun
    path.write_text("half of")
    assert kept_unfinished(path) == ()
