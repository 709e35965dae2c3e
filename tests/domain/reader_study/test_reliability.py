"""Intraclass correlation is that of the papers, and of an analysis of variance made by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from fhc_desktop.domain.reader_study.estimate import NotReckoned
from fhc_desktop.domain.reader_study.reliability import Reliability, reliability
from tests.domain.reader_study.quantiles import SCIPY, stats

# Shrout and Fleiss 1979, table 2: six targets by four judges.
SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
)
SHAPES = st.tuples(st.integers(3, 12), st.integers(2, 5))
READINGS = SHAPES.flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.floats(50, 400).map(lambda x: round(x, 1)))
)


def by_hand(values):
    """Return ICC(2,1) and ICC(3,1) with their intervals, from sums over cells and loops."""
    n, k = values.shape
    cells = [(row, column, values[row, column]) for row in range(n) for column in range(k)]
    mean = sum(value for *_, value in cells) / (n * k)
    rows = [sum(values[row]) / k for row in range(n)]
    columns = [sum(values[:, column]) / n for column in range(k)]
    total = sum((value - mean) ** 2 for *_, value in cells)
    between = k * sum((row - mean) ** 2 for row in rows)
    judges = n * sum((column - mean) ** 2 for column in columns)
    msr, msc = between / (n - 1), judges / (k - 1)
    mse = (total - between - judges) / ((n - 1) * (k - 1))
    icc2 = (msr - mse) / (msr + (k - 1) * mse + k * (msc - mse) / n)
    icc3 = (msr - mse) / (msr + (k - 1) * mse)
    # McGraw and Wong 1996, table 7, case 3 (consistency) and case 2 (absolute agreement).
    observed = msr / mse
    low = observed / stats.f.isf(0.025, n - 1, (n - 1) * (k - 1))
    high = observed * stats.f.isf(0.025, (n - 1) * (k - 1), n - 1)
    of_icc3 = (low - 1) / (low + k - 1), (high - 1) / (high + k - 1)
    a = (k * icc2) / (n * (1 - icc2))
    b = 1 + (k * icc2 * (n - 1)) / (n * (1 - icc2))
    v = (a * msc + b * mse) ** 2 / ((a * msc) ** 2 / (k - 1) + (b * mse) ** 2 / ((n - 1) * (k - 1)))
    f_low, f_high = stats.f.isf(0.025, n - 1, v), stats.f.isf(0.025, v, n - 1)
    of_icc2 = (
        n * (msr - f_low * mse) / (f_low * (k * msc + (k * n - k - n) * mse) + n * msr),
        n * (f_high * msr - mse) / (k * msc + (k * n - k - n) * mse + n * f_high * msr),
    )
    return (icc2, *of_icc2), (icc3, *of_icc3)


def told(estimate):
    return estimate.value, estimate.low, estimate.high


def test_that_the_coefficients_are_those_of_shrout_and_fleiss():
    found = reliability(SHROUT_FLEISS, SCIPY)

    assert (found.pictures, found.readers) == (6, 4)
    assert round(found.absolute.value, 2) == 0.29
    assert round(found.consistency.value, 2) == 0.71


def test_that_their_intervals_are_those_that_others_print_for_the_same_table():
    """R's psych::ICC prints these for the table of Shrout and Fleiss; pingouin agrees."""
    found = reliability(SHROUT_FLEISS, SCIPY)

    assert told(found.absolute) == pytest.approx((0.290, 0.019, 0.761), abs=5e-4)
    assert told(found.consistency) == pytest.approx((0.715, 0.342, 0.946), abs=5e-4)


@given(READINGS)
def test_that_they_are_those_of_an_analysis_of_variance_by_hand(values):
    found = reliability(values, SCIPY)
    if isinstance(found, NotReckoned) or found.consistency.low is None:
        return
    absolute, consistency = by_hand(values)

    assert told(found.consistency) == pytest.approx(consistency, abs=1e-4)
    if found.absolute.low is not None and math.isfinite(absolute[1]):
        assert told(found.absolute) == pytest.approx(absolute, abs=1e-4)


@given(READINGS, st.floats(-20, 20))
def test_that_one_reader_who_reads_larger_by_a_constant_costs_agreement_and_no_consistency(
    values, by
):
    moved = values.copy()
    moved[:, 0] += by
    one, other = reliability(values, SCIPY), reliability(moved, SCIPY)
    if isinstance(one, NotReckoned) or isinstance(other, NotReckoned):
        return

    assert other.consistency.value == pytest.approx(one.consistency.value, abs=1e-6)


@given(READINGS)
def test_that_no_coefficient_exceeds_one_and_each_lies_in_its_interval(values):
    found = reliability(values, SCIPY)
    if isinstance(found, NotReckoned):
        return

    for estimate in (found.absolute, found.consistency):
        assert estimate.value <= 1 + 1e-9
        if estimate.low is not None:
            assert estimate.low <= estimate.value + 1e-9
            assert estimate.value <= estimate.high + 1e-9


def test_that_readers_who_agree_to_the_last_digit_have_one_and_no_interval():
    same = np.array([[150.0, 150.0], [171.3, 171.3], [203.9, 203.9]])

    found = reliability(same, SCIPY)

    assert isinstance(found, Reliability)
    assert told(found.absolute) == (1, None, None)
    assert told(found.consistency) == (1, None, None)


@pytest.mark.parametrize(
    "values", [np.zeros((0, 2)), np.zeros((2, 2)), np.ones((5, 1)), np.full((5, 2), 170.0)]
)
def test_that_too_little_to_tell_apart_is_a_reason_and_no_number(values):
    assert isinstance(reliability(values, SCIPY), NotReckoned)


def test_that_readings_that_cancel_out_have_a_coefficient_and_end():
    crossed = np.array([[50.0, 52.0], [52.0, 50.0], [50.0, 52.0], [52.0, 50.0]])

    found = reliability(crossed, SCIPY)

    assert found.absolute.value == pytest.approx(by_hand(crossed)[0][0])
    assert found.absolute.value < 0
