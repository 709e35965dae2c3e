"""The pattern of long and short marks tells their distance, or nothing does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.image.depth_marks import MarkPattern
from fhc_desktop.imaging.depth_marks.levels import mark_pattern


def lengths(places, *levels):
    """Lengths by (every so many places, pixels), the last one that fits wins."""
    found = np.zeros(len(places))
    for every, px in levels:
        found[places % every == 0] = px
    return found


HALF_CENTIMETRES = ((1, 2.0), (2, 4.0), (10, 9.0))


@given(st.integers(0, 9), st.integers(11, 30))
def test_that_short_middle_and_long_marks_are_told_apart(phase, count):
    places = np.arange(count)
    found = mark_pattern(places, lengths(places - phase, *HALF_CENTIMETRES))

    assert found is MarkPattern.EVERY_SECOND_AND_TENTH


@given(st.integers(0, 4), st.integers(10, 30))
def test_that_every_fifth_mark_is_seen_to_be_longer(phase, count):
    places = np.arange(count)

    found = mark_pattern(places, lengths(places - phase, (1, 3.0), (5, 9.0)))

    assert found is MarkPattern.EVERY_FIFTH


def test_that_every_tenth_mark_is_seen_to_be_longer():
    places = np.arange(25)

    assert mark_pattern(places, lengths(places, (1, 3.0), (10, 9.0))) is MarkPattern.EVERY_TENTH


@pytest.mark.parametrize(
    "levels",
    [
        ((1, 4.0),),
        ((1, 3.0), (2, 6.0)),
        ((1, 3.0), (3, 8.0)),
        ((1, 3.0), (4, 8.0)),
        ((1, 2.0), (5, 5.0), (10, 10.0)),
        ((1, 5.0), (5, 7.5), (10, 10.0)),
    ],
)
@given(st.integers(0, 9), st.integers(11, 30))
def test_that_a_pattern_that_says_nothing_certain_is_none(levels, phase, count):
    places = np.arange(count)

    assert mark_pattern(places, lengths(places - phase, *levels)) is None


def test_that_one_long_mark_among_short_ones_tells_nothing():
    places = np.arange(9)

    assert mark_pattern(places, lengths(places - 4, (1, 3.0), (9, 9.0))) is None


def test_that_gaps_are_no_marks():
    places = np.delete(np.arange(21), [3, 12])

    found = mark_pattern(places, lengths(places, *HALF_CENTIMETRES))

    assert found is MarkPattern.EVERY_SECOND_AND_TENTH
