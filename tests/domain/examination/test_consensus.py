"""The frames of a clip agree on one HC, whatever half of them show, and its interval is honest."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.examination.consensus import FEWEST_FRAMES, consensus
from fhc_desktop.domain.examination.frame_reading import FrameReading
from tests.drawn_readings import drawn_readings, reading

SIZES_MM = st.lists(st.floats(60, 400), min_size=FEWEST_FRAMES, max_size=30)


def read(sizes_mm, half_share=0.02):
    return [reading(number, hc_mm, half_share) for number, hc_mm in enumerate(sizes_mm, start=1)]


@given(SIZES_MM)
def test_that_it_lies_among_the_frames_that_it_stands_on(sizes_mm):
    found = consensus(read(sizes_mm))

    its_own = [sizes_mm[frame - 1] for frame in found.frames]
    assert min(its_own) - 1e-9 <= found.hc_mm <= max(its_own) + 1e-9
    assert found.interval_mm.low <= found.hc_mm <= found.interval_mm.high
    assert sorted((*found.frames, *found.differing)) == list(range(1, len(sizes_mm) + 1))


@given(SIZES_MM, st.randoms(use_true_random=False))
def test_that_the_order_of_the_frames_does_not_matter(sizes_mm, random):
    # Two halves as long as each other would be two answers.
    spaced = [one + 1e-3 * place**2 for place, one in enumerate(sizes_mm)]
    readings = read(spaced)
    shuffled = list(readings)
    random.shuffle(shuffled)

    assert consensus(shuffled).hc_mm == pytest.approx(consensus(readings).hc_mm, rel=1e-9)


@given(SIZES_MM, st.floats(0.2, 5.0))
def test_that_another_scale_scales_all_of_it(sizes_mm, factor):
    one, other = consensus(read(sizes_mm)), consensus(read([factor * mm for mm in sizes_mm]))

    assert other.hc_mm == pytest.approx(factor * one.hc_mm, rel=1e-6)
    assert other.spread_mm == pytest.approx(factor * one.spread_mm, rel=1e-6, abs=1e-6)


@given(
    st.floats(90, 330),
    st.lists(st.floats(-0.3, -0.07), min_size=1, max_size=10),
    st.lists(st.floats(-0.004, 0.004), min_size=3, max_size=12),
)
def test_that_nearly_as_many_frames_of_another_plane_do_not_move_it(hc_mm, spoilt, sound):
    wrong = [hc_mm * (1 + error) for error in spoilt[: len(sound) - 1]]
    right = [hc_mm * (1 + error) for error in sound]

    found = consensus(read([*wrong, *right]))

    assert found.hc_mm == pytest.approx(hc_mm, rel=0.005)
    assert len(found.differing) == len(wrong)


def test_that_a_frame_in_pixels_is_never_mixed_into_millimetres():
    in_pixels = [FrameReading(number, hc_px=900.0) for number in (4, 5, 6, 7, 8)]

    found = consensus([*read([200.0, 200.5, 201.0]), *in_pixels])

    assert found.frames == (1, 2, 3)
    assert found.hc_mm == pytest.approx(200.5)
    assert consensus(in_pixels) is None


def test_that_two_frames_are_no_consensus():
    assert consensus(read([200.0, 200.0])) is None


def test_that_a_doubtful_frame_weighs_less():
    doubtful = [reading(number, 204.0, 0.06) for number in (4, 5)]

    assert consensus([*read([200.0, 200.2, 200.4]), *doubtful]).hc_mm < 200.5


def test_that_an_edited_frame_weighs_as_the_others_do():
    edited = replace(reading(3, 202.0), interval_mm=None)

    assert consensus([*read([200.0, 201.0]), edited]).hc_mm == pytest.approx(201.0)


def test_that_there_is_no_interval_where_no_frame_has_one():
    bare = [replace(one, interval_mm=None) for one in read([200.0, 201.0, 202.0])]

    assert consensus(bare).interval_mm is None


def test_that_frames_that_lie_apart_make_the_interval_wider():
    close, apart = (
        consensus(read([200.0] * 9)),
        consensus(read([192.0, 196.0, 200.0, 204.0, 208.0])),
    )

    assert width(apart) > width(close)


def test_that_more_frames_make_the_interval_narrower_down_to_what_all_have_in_common():
    few, many, most = (width(consensus(read([200.0] * count))) for count in (3, 30, 3000))

    assert few > many > most
    assert most > 0.7 * width(reading(1, 200.0))


def width(found):
    return found.interval_mm.high - found.interval_mm.low


@pytest.mark.parametrize("clips", [300, pytest.param(6000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("frames", [12, 87])
def test_that_its_interval_holds_as_many_clips_as_it_says(clips, frames):
    """With what the real pairs have in common, 0.41, and with what it takes them to have."""
    rng = np.random.default_rng(54)
    held = []
    for number in range(clips):
        common = (0.41, 0.5)[number % 2]
        hc_mm, readings = drawn_readings(rng, frames=frames, spoilt=frames // 2, common=common)
        found = consensus(readings)
        held.append(found.interval_mm.low <= hc_mm <= found.interval_mm.high)

    assert 0.88 <= np.mean(held) <= 0.94
