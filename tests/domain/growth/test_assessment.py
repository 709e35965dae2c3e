import pytest

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.growth.assessment import (
    assess_growth,
    percentile_bounds,
    percentile_range,
    percentile_text,
    percentile_words,
    short_beyond,
    short_percentile,
)
from fhc_desktop.domain.growth.curves import Beyond, Side
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, WHO_2017

AGE = GestationalAge(140)


def test_that_the_ends_of_an_interval_have_percentiles():
    found = percentile_range(Interval(170, 180, 0.9), AGE, INTERGROWTH_21ST)

    assert found.low == assess_growth(170, AGE, INTERGROWTH_21ST).percentile
    assert found.high == assess_growth(180, AGE, INTERGROWTH_21ST).percentile
    assert found.coverage == 0.9


@pytest.mark.parametrize(("low", "high", "ends"), [(150, 160, 0), (180, 200, 1)])
def test_that_an_interval_may_end_beyond_whos_outermost_percentile(low, high, ends):
    found = percentile_range(Interval(low, high, 0.9), AGE, WHO_2017)

    assert (found.low, found.high)[ends] == (0, 100)[ends]
    assert 1 < (found.high, found.low)[ends] < 99


def test_that_outside_the_chart_an_interval_has_no_percentiles():
    assert percentile_range(Interval(170, 180, 0.9), GestationalAge(97), WHO_2017) is None


@pytest.mark.parametrize(
    ("hc_mm", "days", "bounds"),
    [(150, 140, (0, 1)), (195, 140, (99, 100)), (150, 97, None)],
)
def test_that_beyond_a_chart_a_head_lies_between_percentiles(hc_mm, days, bounds):
    found = percentile_bounds(assess_growth(hc_mm, GestationalAge(days), WHO_2017))

    assert found == (None if bounds is None else pytest.approx(bounds))


def test_that_on_a_chart_both_bounds_are_the_percentile():
    found = assess_growth(175, AGE, WHO_2017)

    assert percentile_bounds(found) == (found.percentile, found.percentile)


@pytest.mark.parametrize(
    ("percentile", "words"),
    [
        (0.4, "below the 1st percentile"),
        (1, "1st percentile"),
        (1.2, "1st percentile"),
        (2, "2nd percentile"),
        (2.49, "2nd percentile"),
        (2.5, "2nd percentile"),
        (2.6, "2.6th percentile"),
        (2.999, "2.9th percentile"),
        (3, "3rd percentile"),
        (3 - 1e-12, "3rd percentile"),
        (3.4, "3rd percentile"),
        (9.96, "9.9th percentile"),
        (10.2, "10th percentile"),
        (89.7, "89.7th percentile"),
        (96.55, "96.5th percentile"),
        (98.7, "99th percentile"),
        (11, "11th percentile"),
        (12, "12th percentile"),
        (13, "13th percentile"),
        (20, "20th percentile"),
        (21, "21st percentile"),
        (43.2, "43rd percentile"),
        (99, "99th percentile"),
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
        (2.7, 9.8, "43rd percentile, 2.7th–9.8th"),
    ],
)
def test_that_a_percentile_is_told_with_its_interval(low, high, words):
    assert percentile_words(43.0, Interval(low, high, 0.9)) == words


@pytest.mark.parametrize(
    ("percentile", "words"),
    [(0.4, "<1st"), (1, "1st"), (2.9, "2.9th"), (43.2, "43rd"), (99, "99th"), (99.6, ">99th")],
)
def test_that_a_percentile_is_short_where_there_is_little_room(percentile, words):
    assert short_percentile(percentile) == words


@pytest.mark.parametrize(
    ("side", "percentile", "words"),
    [(Side.BELOW, 1.0, "<1st"), (Side.ABOVE, 99.0, ">99th"), (Side.BELOW, 2.5, "<2.5th")],
)
def test_that_a_side_is_short_where_there_is_little_room(side, percentile, words):
    assert short_beyond(Beyond(side, percentile)) == words


def test_that_beyond_the_chart_an_interval_adds_nothing():
    assert percentile_words(43.0, None) == "43rd percentile"
    assert percentile_words(99.9, Interval(99.2, 100.0, 0.9)) == "above the 99th percentile"
