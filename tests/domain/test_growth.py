import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.gestation import GestationalAge, parse_age, weeks_and_days
from fhc_desktop.domain.growth import (
    INTERGROWTH_21ST,
    GrowthAssessment,
    NotAssessed,
    UltrasoundAge,
    assess_growth,
    hadlock_age,
    percentile_text,
    percentile_words,
)
from tests.strategies import ages

Z_OF = {"p3": -1.880794, "p5": -1.644854, "p10": -1.281552, "p50": 0.0}
Z_OF |= {"p90": 1.281552, "p95": 1.644854, "p97": 1.880794}


@pytest.mark.parametrize(
    ("hc_mm", "age", "z", "percentile"),
    [
        (175, "20w0d", 0.339, 63.26),
        (175, "20w3d", -0.352, 36.23),
        (175, "19w4d", 1.055, 85.43),
        (150, "20w0d", -3.021, 0.13),
        (240, "30w0d", -4.150, 0.00),
        (280, "30w0d", 0.175, 56.93),
        (300, "35w0d", -1.352, 8.82),
        (330, "37w0d", 0.530, 70.19),
        (100, "14w0d", 0.380, 64.81),
    ],
)
def test_that_worked_intergrowth_values_are_reproduced(hc_mm, age, z, percentile):
    found = assess_growth(hc_mm, parse_age(age))

    assert isinstance(found, GrowthAssessment)
    assert found.z == pytest.approx(z, abs=1e-3)
    assert found.percentile == pytest.approx(percentile, abs=0.01)


def test_that_every_cell_of_the_intergrowth_centile_table_is_reproduced(shared):
    with (shared / "reference/growth/intergrowth21_hc_centiles.csv").open() as table:
        rows = list(csv.DictReader(table))
    assert len(rows) == 27
    for row in rows:
        age = GestationalAge(int(row["ga_weeks"]) * 7)
        for column, z in Z_OF.items():
            assert INTERGROWTH_21ST.hc_at(z, age) == pytest.approx(float(row[column]), abs=0.1)


def test_that_every_cell_of_the_intergrowth_z_table_is_reproduced(shared):
    columns = ["sd_minus3", "sd_minus2", "sd_minus1", "sd_0", "sd_plus1", "sd_plus2", "sd_plus3"]
    with (shared / "reference/growth/intergrowth21_hc_zscores.csv").open() as table:
        for row in csv.DictReader(table):
            age = GestationalAge(int(row["ga_weeks"]) * 7)
            for z, column in enumerate(columns, start=-3):
                assert INTERGROWTH_21ST.hc_at(z, age) == pytest.approx(float(row[column]), abs=0.1)


@pytest.mark.parametrize("days", [0, 97, 281, 301])
def test_that_the_chart_is_never_extrapolated(days):
    found = assess_growth(200, GestationalAge(days))

    assert isinstance(found, NotAssessed)
    assert "14w0d to 40w0d" in found.reason


@given(ages(), st.floats(60, 400), st.floats(0.5, 50))
def test_that_a_larger_head_has_a_higher_place(age, hc_mm, more):
    assert assess_growth(hc_mm + more, age).z > assess_growth(hc_mm, age).z


@given(ages(), st.floats(-3, 3))
def test_that_a_z_score_there_and_back_is_itself(age, z):
    assert assess_growth(INTERGROWTH_21ST.hc_at(z, age), age).z == pytest.approx(z, abs=1e-9)


@pytest.mark.parametrize(
    ("hc_mm", "weeks", "text", "two_sd_weeks"),
    [
        (100, 14.6600, "14w5d", 1.19),
        (150, 18.0725, "18w1d", 1.48),
        (175, 20.0178, "20w0d", 1.48),
        (200, 22.1600, "22w1d", 1.48),
        (250, 27.1475, "27w1d", 2.06),
        (280, 30.6656, "30w5d", 2.98),
        (300, 33.2600, "33w2d", 2.98),
        (330, 37.5611, "37w4d", 3.20),
    ],
)
def test_that_worked_hadlock_ages_are_reproduced(hc_mm, weeks, text, two_sd_weeks):
    found = hadlock_age(hc_mm)

    assert isinstance(found, UltrasoundAge)
    assert found.days / 7 == pytest.approx(weeks, abs=1e-4)
    assert weeks_and_days(found.days) == text
    assert found.two_sd_days == pytest.approx(two_sd_weeks * 7)


def test_that_the_circulating_misprints_of_hadlock_are_not_ours():
    cm = 17.5
    with_quadratic_term = 8.96 + 0.540 * cm - 0.0040 * cm**2 + 0.000399 * cm**3
    with_square_for_cube = 8.96 + 0.540 * cm + 0.0003 * cm**2
    ours = hadlock_age(175).days / 7

    assert abs(ours - with_quadratic_term) > 0.5
    assert abs(ours - with_square_for_cube) > 1


@pytest.mark.parametrize(
    ("hc_mm", "is_dated"), [(67.9, False), (68, True), (360, True), (360.1, False)]
)
def test_that_hadlock_dates_heads_from_68_to_360_mm(hc_mm, is_dated):
    assert isinstance(hadlock_age(hc_mm), UltrasoundAge) is is_dated


@pytest.mark.parametrize(
    ("percentile", "words"),
    [
        (0.4, "below the 1st percentile"),
        (1.2, "1st percentile"),
        (2, "2nd percentile"),
        (3, "3rd percentile"),
        (11, "11th percentile"),
        (43.2, "43rd percentile"),
        (99.6, "above the 99th percentile"),
    ],
)
def test_that_percentiles_are_read_as_words(percentile, words):
    assert percentile_text(percentile) == words


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (28.4, 58.6, "43rd percentile, 28th–59th"),
        (0.4, 58.6, "43rd percentile, <1st to 59th"),
        (1.6, 99.3, "43rd percentile, 2nd to >99th"),
        (42.9, 43.1, "43rd percentile"),
    ],
)
def test_that_a_percentile_is_told_with_its_interval(low, high, words):
    assert percentile_words(43.0, Interval(low, high, 0.9)) == words


def test_that_beyond_the_chart_an_interval_adds_nothing():
    assert percentile_words(43.0, None) == "43rd percentile"
    assert percentile_words(99.9, Interval(99.2, 100.0, 0.9)) == "above the 99th percentile"
