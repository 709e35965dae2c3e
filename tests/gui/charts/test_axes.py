"""Axes have round numbers, no more than can be read and enough to go by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.gui.charts.axes import round_ticks


@given(st.floats(-500, 500), st.floats(0.01, 5000))
def test_that_there_are_a_few_ticks_and_each_says_what_it_is(lowest, span):
    ticks = round_ticks(lowest, lowest + span)

    assert 2 <= len(ticks) <= 8
    for value, words in ticks:
        assert lowest - 1e-6 <= value <= lowest + span + 1e-6
        assert float(words.replace("−", "-")) == pytest.approx(value, abs=1e-9)


def test_that_a_negative_number_has_a_true_minus():
    assert round_ticks(-3.5, 3.5)[0] == (-3.0, "−3")
