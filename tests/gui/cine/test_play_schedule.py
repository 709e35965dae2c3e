"""A clip plays by the clock: each moment has its frame, and what would be late is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.image.frame_times import FrameTimes
from fhc_desktop.gui.cine.play_schedule import PlaySchedule

EVEN = FrameTimes((40.0,), "FrameTime")
UNEVEN = FrameTimes((10.0, 100.0, 10.0, 80.0), "FrameTimeVector")


def play(times=EVEN, count=10, first=1, *, loops=True):
    return PlaySchedule(times, count, first, loops)


@given(st.integers(0, 100_000), st.integers(1, 4), st.booleans())
def test_that_the_next_frame_is_due_when_it_is_said_to_be(whole_ms, first, loops):
    schedule, elapsed_ms = play(UNEVEN, 4, first, loops=loops), whole_ms + 0.5
    if schedule.has_ended(elapsed_ms):
        return
    now, wait_ms = schedule.frame_at(elapsed_ms), schedule.ms_to_next(elapsed_ms)

    assert schedule.frame_at(elapsed_ms + wait_ms / 2) == now
    after = elapsed_ms + wait_ms + 1e-3
    assert schedule.has_ended(after) or schedule.frame_at(after) == now % 4 + 1


def test_that_an_uneven_clip_keeps_its_own_times():
    schedule = play(UNEVEN, 4)

    assert [schedule.frame_at(ms) for ms in (0, 9, 11, 109, 111, 121, 199, 201)] == [
        *(1, 1, 2, 2, 3, 4, 4, 1)
    ]


def test_that_it_begins_at_the_frame_on_the_screen():
    assert play(first=7).frame_at(0) == 7
    assert play(first=7).frame_at(161) == 1
    assert play(first=7, loops=False).frame_at(500) == 10


def test_that_it_ends_once_or_never():
    assert not play(loops=False).has_ended(399)
    assert play(loops=False).has_ended(400)
    assert not play().has_ended(1e6)


def test_that_a_quick_decoder_takes_one_frame_after_the_other():
    assert play().coming(0, each_ms=10, count=4) == (1, 2, 3, 4)
    assert play(first=9).coming(0, each_ms=10, count=4) == (9, 10, 1, 2)
    assert play(first=9, loops=False).coming(0, each_ms=10, count=4) == (9, 10)


def test_that_a_slow_decoder_leaves_out_what_would_come_too_late():
    assert play().coming(0, each_ms=100, count=3) == (1, 3, 6, 8)
    assert play(loops=False).coming(300, each_ms=90, count=9) == (8, 10)


@pytest.mark.parametrize("each_ms", [1.0, 39.0, 41.0, 500.0])
def test_that_no_frame_is_wanted_twice(each_ms):
    coming = play(count=6).coming(123, each_ms=each_ms, count=48)

    assert len(set(coming)) == len(coming)
    assert set(coming) <= set(range(1, 7))
