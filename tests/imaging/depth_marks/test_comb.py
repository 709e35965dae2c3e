"""Marks at equal distances are a comb, with its step to a fraction of a pixel and its gaps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.imaging.depth_marks.candidates import CandidateMarks
from fhc_desktop.imaging.depth_marks.comb import regular_combs


def marks(heights, left=10.0, contrast=200.0):
    y = np.array(sorted(heights), dtype=float)
    level = np.ones_like(y)
    return CandidateMarks(y, left * level, (left + 5) * level, 6 * level, contrast * level)


def combs(heights):
    return list(regular_combs(marks(heights)))


@given(st.floats(20, 60), st.integers(8, 30), st.floats(0, 40))
def test_that_marks_on_whole_pixels_give_their_step(step_px, count, first_y):
    (comb, *_) = combs(np.rint(first_y + step_px * np.arange(count)))

    assert comb.count == count
    assert comb.step_px == pytest.approx(step_px, abs=1.2 / (count - 1))
    assert list(comb.places) == list(range(count))


def test_that_a_lost_mark_is_a_gap():
    heights = [20 + 30 * place for place in range(15) if place != 6]

    (comb, *_) = combs(heights)

    assert 6 not in comb.places
    assert comb.step_px == pytest.approx(30)


@pytest.mark.parametrize(
    "heights",
    [
        [20 + 30 * place for place in range(7)],  # too few
        [20 + 30 * place for place in range(16) if place % 3],  # too many lost
        [20 + 5 * place for place in range(30)],  # closer than any scale
        np.cumsum(np.random.default_rng(2).uniform(15, 60, 15)),  # uneven
        20 + 30 * np.arange(15) + np.random.default_rng(189).uniform(-1.3, 1.3, 15),  # loose
    ],
)
def test_that_what_is_not_regular_is_no_comb(heights):
    assert combs(heights) == []


def test_that_a_mark_a_few_pixels_aside_fills_its_place():
    aside = marks([20 + 30 * 6], left=17.0)
    column = marks([20 + 30 * place for place in range(15) if place != 6])
    both = column.joined(aside)

    (comb, *_) = regular_combs(both.of(np.argsort(both.y)))

    assert list(comb.places) == list(range(15))
