import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.confidence import Confidence, Grade, Interval, IntervalRule

RULE = IntervalRule(
    coverage=0.9,
    knots_mm=(100.0, 200.0, 300.0),
    multiples=(2.0, 1.0, 1.5),
    base_mm=1.0,
    hc_share=0.01,
    spread_share=0.5,
    heads=161,
)
HC_MM = st.floats(20, 500)
ERRORS = st.floats(0, 0.5)


@st.composite
def rules(draw):
    knots = draw(st.lists(st.floats(40, 420), min_size=1, max_size=5, unique=True))
    size = len(knots)
    return IntervalRule(
        coverage=draw(st.floats(0.5, 0.99)),
        knots_mm=tuple(sorted(knots)),
        multiples=tuple(draw(st.lists(st.floats(0.1, 10), min_size=size, max_size=size))),
        base_mm=draw(st.floats(0.01, 5)),
        hc_share=draw(st.floats(0, 0.1)),
        spread_share=draw(st.floats(0, 3)),
        heads=draw(st.integers(1, 1000)),
    )


@pytest.mark.parametrize(
    ("hc_mm", "expected_error", "half_mm"),
    [
        (200.0, 0.0, 3.0),
        (200.0, 0.02, 5.0),
        (150.0, 0.0, 1.5 * 2.5),
        (50.0, 0.0, 2.0 * 1.5),
        (400.0, 0.0, 1.5 * 5.0),
    ],
)
def test_that_the_half_width_is_the_sum_of_its_parts_times_the_multiple(
    hc_mm, expected_error, half_mm
):
    assert RULE.half_width_mm(hc_mm, expected_error) == pytest.approx(half_mm)


@given(rules(), HC_MM, ERRORS)
def test_that_an_interval_holds_its_hc_and_no_negative_length(rule, hc_mm, expected_error):
    interval = Confidence(Grade.GOOD, expected_error=expected_error, rule=rule).interval_mm(hc_mm)

    assert 0 <= interval.low < hc_mm < interval.high
    assert interval.coverage == rule.coverage
    half_mm = rule.half_width_mm(hc_mm, expected_error)
    assert interval.high - hc_mm == pytest.approx(half_mm, rel=1e-6)
    if interval.low > 0:
        assert hc_mm - interval.low == pytest.approx(half_mm, rel=1e-6)


@given(rules(), HC_MM, ERRORS, ERRORS)
def test_that_an_interval_grows_with_the_expected_error(rule, hc_mm, one, other):
    smaller, larger = sorted((one, other))

    assert rule.half_width_mm(hc_mm, smaller) <= rule.half_width_mm(hc_mm, larger)


@given(rules(), ERRORS, st.floats(0, 100))
def test_that_the_multiple_is_constant_beyond_the_knots(rule, expected_error, beyond_mm):
    flat = replace(rule, hc_share=0.0, spread_share=0.0)
    first, last = flat.knots_mm[0], flat.knots_mm[-1]

    assert flat.half_width_mm(first - beyond_mm, expected_error) == flat.half_width_mm(
        first, expected_error
    )
    assert flat.half_width_mm(last + beyond_mm, expected_error) == flat.half_width_mm(
        last, expected_error
    )


@pytest.mark.parametrize(
    "confidence",
    [Confidence(Grade.GOOD, expected_error=0.1), Confidence(Grade.NOT_MEASURABLE, rule=RULE)],
    ids=["no rule", "not measurable"],
)
def test_that_without_a_rule_or_a_measurement_there_is_no_interval(confidence):
    assert confidence.interval_mm(170.0) is None


def test_that_an_outline_to_look_at_again_still_has_its_interval():
    assert Confidence(Grade.LOOK_AGAIN, rule=RULE).interval_mm(200.0) == Interval(197.0, 203.0, 0.9)


@pytest.mark.parametrize(
    "wrong",
    [
        {"coverage": 0.0},
        {"coverage": 1.0},
        {"coverage": math.nan},
        {"knots_mm": (), "multiples": ()},
        {"knots_mm": (100.0, 200.0)},
        {"knots_mm": (100.0, 100.0, 300.0)},
        {"knots_mm": (300.0, 200.0, 100.0)},
        {"knots_mm": (100.0, 200.0, math.inf)},
        {"multiples": (1.0, 0.0, 1.0)},
        {"multiples": (1.0, -1.0, 1.0)},
        {"multiples": (1.0, math.nan, 1.0)},
        {"base_mm": -1.0},
        {"spread_share": math.nan},
        {"base_mm": 0.0, "hc_share": 0.0, "spread_share": 0.0},
        {"heads": 0},
    ],
    ids=str,
)
def test_that_a_rule_that_gives_no_interval_is_refused(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        replace(RULE, **wrong)


@pytest.mark.parametrize("ends", [(2.0, 1.0), (math.nan, 1.0)])
def test_that_an_interval_has_its_ends_the_right_way_round(ends):
    with pytest.raises(ValueError, match="not an interval"):
        Interval(*ends, 0.9)


@pytest.mark.parametrize("expected_error", [-0.1, math.nan, math.inf])
def test_that_an_expected_error_is_a_share(expected_error):
    with pytest.raises(ValueError, match="not a share of HC"):
        Confidence(Grade.GOOD, expected_error=expected_error)


def test_that_an_interval_is_told_in_tenths_with_its_coverage():
    interval = Interval(173.44, 179.55, 0.9)

    assert (interval.coverage_text, interval.text) == ("90 %", "173.4–179.6")


def test_that_reasons_are_told_as_phrases_in_one_line():
    told = ("Skull visible on 48 %.", "The views differ", "HC is cut off.", " speckle ")
    text = Confidence(Grade.LOOK_AGAIN, told).reasons_text

    assert text == "Skull visible on 48 %; the views differ; HC is cut off; speckle"
    assert Confidence(Grade.GOOD).reasons_text == ""


def test_that_grades_are_what_the_command_line_says():
    assert [grade.value for grade in Grade] == ["good", "look again", "not measurable"]
