"""Names of curves stand apart from each other, and curves end where they are told to."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QPen

from fhc_desktop.gui.charts.axes import Extent
from fhc_desktop.gui.charts.labelled_curves import LabelledCurve, spread

RISING = LabelledCurve("50th", (14.0, 24.0), (100.0, 200.0), QPen())


@given(
    st.lists(st.floats(-50, 150), min_size=1, max_size=8).map(sorted),
    st.floats(0.1, 60),
)
def test_that_spread_positions_keep_their_gap_order_and_frame(wanted, gap):
    placed = spread(wanted, gap=gap, lowest=0.0, highest=100.0)

    possible_gap = min(gap, 100.0 / max(len(wanted) - 1, 1))
    assert len(placed) == len(wanted)
    assert all(-1e-6 <= position <= 100 + 1e-6 for position in placed)
    for lower, upper in pairwise(placed):
        assert upper - lower >= possible_gap - 1e-6


@given(st.lists(st.floats(10, 90), min_size=1, max_size=4).map(sorted))
def test_that_positions_far_enough_apart_stay_where_they_are(wanted):
    closest = min((b - a for a, b in pairwise(wanted)), default=1.0)

    assert spread(wanted, gap=closest, lowest=0.0, highest=100.0) == pytest.approx(wanted)


def test_that_a_curve_ends_at_an_age_on_its_own_line():
    assert RISING.until(19.0) == ([14.0, 19.0], [100.0, 150.0])
    assert RISING.until(40.0) == ([14.0, 24.0], [100.0, 200.0])
    assert RISING.until(12.0) == ([], [])


def test_that_a_curve_is_seen_until_it_leaves():
    assert RISING.seen_until(Extent(10, 30, 0, 300), 28) == pytest.approx((24.0, 200.0))
    assert RISING.seen_until(Extent(10, 30, 0, 150), 28) == pytest.approx((19.0, 150.0), rel=0.01)
    assert RISING.seen_until(Extent(10, 30, 0, 300), 20) == pytest.approx((20.0, 160.0))
    assert RISING.seen_until(Extent(10, 30, 250, 300), 28) is None
    assert RISING.seen_until(Extent(25, 30, 0, 300), 28) is None
