"""Each form of a chart leads from a length to its z-score and back."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.growth.curves import (
    AS_IT_IS,
    LOGARITHM,
    NORMAL,
    Z_SCORE,
    Beyond,
    LogNormalCurves,
    NormalCurves,
    QuantileCurves,
    Side,
)

AGE = GestationalAge(140)
PROBABILITIES = (0.05, 0.5, 0.95)
LENGTHS_MM = (150.0, 170.0, 195.0)


def quantiles(across=Z_SCORE, along=AS_IT_IS):
    return QuantileCurves(PROBABILITIES, lambda _: LENGTHS_MM, across, along)


FORMS = {
    "normal": NormalCurves(lambda weeks: 8.5 * weeks, lambda _: 7.0),
    "log-normal": LogNormalCurves(lambda: {140: (170.0, 0.04)}),
    "quantiles by z": quantiles(),
    "quantiles by probability": quantiles(across=AS_IT_IS),
    "quantiles of logarithms": quantiles(along=LOGARITHM),
}


@pytest.mark.parametrize("curves", FORMS.values(), ids=FORMS.keys())
@given(z=st.floats(-1.6, 1.6))
def test_that_a_z_score_there_and_back_is_itself(curves, z):
    assert curves.z_of(curves.length_mm(z, AGE), AGE) == pytest.approx(z, abs=1e-9)


def test_that_one_standard_deviation_is_one_z():
    assert FORMS["normal"].length_mm(1.0, AGE) == 8.5 * 20 + 7.0
    assert FORMS["log-normal"].length_mm(1.0, AGE) == pytest.approx(170 * math.exp(0.04))


@pytest.mark.parametrize("name", ["quantiles by z", "quantiles of logarithms"])
def test_that_the_percentiles_of_a_chart_are_where_it_has_them(name):
    for probability, length_mm in zip(PROBABILITIES, LENGTHS_MM, strict=True):
        z = NORMAL.inv_cdf(probability)
        assert FORMS[name].z_of(length_mm, AGE) == pytest.approx(z)
        assert FORMS[name].length_mm(z, AGE) == pytest.approx(length_mm)


def test_that_between_two_percentiles_the_line_is_straight_in_what_it_runs_in():
    half_way = NORMAL.inv_cdf(0.95) / 2

    assert quantiles().z_of((170 + 195) / 2, AGE) == pytest.approx(half_way)
    assert quantiles(along=LOGARITHM).z_of(math.sqrt(170 * 195), AGE) == pytest.approx(half_way)


def test_that_beyond_the_outermost_percentile_there_is_a_side_and_no_length():
    assert quantiles().z_of(149.0, AGE) == Beyond(Side.BELOW, 5.0)
    assert quantiles().z_of(196.0, AGE) == Beyond(Side.ABOVE, 95.0)
    assert quantiles().length_mm(1.7, AGE) is None
    assert quantiles().length_mm(-1.7, AGE) is None
