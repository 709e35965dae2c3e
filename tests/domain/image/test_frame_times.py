"""Each moment of a clip has its frame, at the file's own rate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.image.frame_times import FrameTimes

INTERVALS = st.lists(st.floats(1.0, 500.0), min_size=2, max_size=40)


@given(INTERVALS)
def test_that_each_frame_is_shown_from_its_beginning_to_the_next(intervals_ms):
    times, count = FrameTimes(tuple(intervals_ms), "FrameTimeVector"), len(intervals_ms)

    for frame in range(1, count + 1):
        middle_ms = times.start_ms(frame) + intervals_ms[frame - 1] / 2
        assert times.frame_at(middle_ms, count) == frame


@given(INTERVALS, st.floats(-1e5, 1e5))
def test_that_no_moment_is_without_a_frame(intervals_ms, time_ms):
    times, count = FrameTimes(tuple(intervals_ms)), len(intervals_ms)

    assert 1 <= times.frame_at(time_ms, count) <= count
    assert times.frame_at(-1.0, count) == 1
    assert times.frame_at(times.total_ms(count) + 1, count) == count


@given(st.floats(1.0, 500.0), st.integers(2, 300))
def test_that_one_interval_holds_for_all_frames(interval_ms, count):
    one, all_of_them = FrameTimes((interval_ms,)), FrameTimes((interval_ms,) * count)

    assert one.total_ms(count) == pytest.approx(all_of_them.total_ms(count))
    assert one.start_ms(count) == pytest.approx(all_of_them.start_ms(count))


def test_that_a_frame_without_time_is_never_shown():
    times = FrameTimes((40.0, 0.0, 40.0))

    assert [times.frame_at(ms, 3) for ms in (0, 39.9, 40.0, 79.9)] == [1, 1, 3, 3]


def test_that_frames_that_begin_in_step_have_one_interval():
    assert FrameTimes.of_starts([0.0, 40.0, 80.0], "the video").intervals_ms == (40.0,)


def test_that_the_last_frame_stays_as_long_as_the_others_do():
    times = FrameTimes.of_starts([0.0, 40.0, 140.0, 180.0], "FrameTimeVector")

    assert times.intervals_ms == (40.0, 100.0, 40.0, 40.0)
    assert times.is_variable


@pytest.mark.parametrize("wrong", [(-1.0,), (float("nan"),), (20_000.0,), (0.0, 0.0), (0.01,)])
def test_that_times_of_no_clip_are_refused(wrong):
    with pytest.raises(ValueError, match="clip"):
        FrameTimes(wrong)


@pytest.mark.parametrize(
    ("times", "words"),
    [
        (FrameTimes(), "no rate in the file: 25 frames/s"),
        (FrameTimes((34.99,), "FrameTime"), "28.6 frames/s by FrameTime"),
        (FrameTimes((30.0, 50.0), "FrameTimeVector"), "about 25 frames/s by FrameTimeVector"),
    ],
)
def test_that_the_rate_is_said_with_where_it_is_from(times, words):
    assert times.words == words
