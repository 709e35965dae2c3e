"""Frames are there before they are shown, no more of them than there is room for."""

import time

import numpy as np
import pytest

from fhc_desktop.imaging.frames_ahead import FramesAhead
from fhc_desktop.imaging.unreadable import UnreadableImage
from tests.heads import SMALL_COLUMNS, SMALL_ROWS, small_phantom, write_cine
from tests.reading import READERS, load_image

FRAME_BYTES = SMALL_ROWS * SMALL_COLUMNS
PATIENCE_S = 20


@pytest.fixture
def cine(tmp_path):
    return write_cine(small_phantom(), tmp_path / "loop.dcm", frames=12)


@pytest.fixture
def ahead_of(cine):
    made = []

    def ahead_of(**options):
        made.append(FramesAhead(READERS.images, load_image(cine).image.source, **options))
        return made[-1]

    yield ahead_of
    for one in made:
        one.close()


def wait_for(is_done):
    ends = time.monotonic() + PATIENCE_S
    while not is_done():
        assert time.monotonic() < ends
        time.sleep(0.002)


def test_that_the_frames_that_are_wanted_come(ahead_of, cine):
    ahead = ahead_of()

    ahead.want([3, 4, 5])
    wait_for(lambda: ahead.get(5) is not None)

    for frame in (3, 4, 5):
        assert np.array_equal(ahead.get(frame).image.gray, load_image(cine, frame=frame).image.gray)
    assert ahead.get(6) is None
    assert ahead.seconds_each > 0


def test_that_no_more_is_kept_than_there_is_room_for(ahead_of):
    ahead = ahead_of(most_bytes=3 * FRAME_BYTES)

    for first in range(1, 10):
        ahead.want(range(first, first + 3))
        wait_for(lambda at=first: ahead.get(at) is not None)
        assert ahead.kept_bytes <= 3 * FRAME_BYTES
    wait_for(lambda: ahead.get(11) is not None)
    assert ahead.get(1) is None


def test_that_a_full_store_waits_for_what_is_wanted_next(ahead_of):
    ahead = ahead_of(most_bytes=2 * FRAME_BYTES)
    ahead.want(range(1, 13))
    wait_for(lambda: ahead.get(2) is not None)
    assert ahead.get(3) is None

    ahead.want(range(3, 13))
    wait_for(lambda: ahead.get(3) is not None)


def test_that_a_frame_that_cannot_be_read_is_passed_over(ahead_of):
    ahead = ahead_of()

    ahead.want([13, 2])
    wait_for(lambda: ahead.get(2) is not None)

    assert ahead.problem is None


def test_that_a_file_that_has_gone_is_told(ahead_of, cine):
    ahead = ahead_of()
    cine.unlink()

    ahead.want([2, 3])
    wait_for(lambda: ahead.problem is not None)

    assert "loop.dcm" in ahead.problem.problem


def test_that_no_frame_of_another_file_is_given(ahead_of, cine):
    ahead = ahead_of()
    write_cine(small_phantom(seed=2), cine, frames=12)

    ahead.want([2])
    wait_for(lambda: ahead.problem is not None)

    assert ahead.get(2) is None


def test_that_a_fault_of_our_own_reaches_whoever_waits(cine):
    class Broken:
        def load(self, *_, **__):
            raise RuntimeError("The decoder failed")

    ahead = FramesAhead(Broken(), load_image(cine).image.source)
    ahead.want([2])

    with pytest.raises(RuntimeError, match="decoder"):
        ahead.wait_for(2)
    with pytest.raises(RuntimeError, match="decoder"):
        _ = ahead.problem


def test_that_nothing_is_kept_or_decoded_once_it_is_closed(ahead_of):
    ahead = ahead_of()
    ahead.want([2])
    wait_for(lambda: ahead.get(2) is not None)

    ahead.close()
    ahead.want([3])

    assert ahead.get(2) is ahead.get(3) is None
    assert ahead.kept_bytes == 0


def test_that_one_can_wait_for_a_frame_and_is_told_why_it_does_not_come(ahead_of):
    ahead = ahead_of()
    ahead.want([4, 13])

    assert ahead.wait_for(4).image.source.frame == 4
    with pytest.raises(UnreadableImage):
        ahead.wait_for(13)
    ahead.close()
    assert ahead.wait_for(5) is None
