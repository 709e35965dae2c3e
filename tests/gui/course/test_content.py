"""The chart's content has every examination at its place, or says why it has none."""

import pytest

from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, WHO_2017
from fhc_desktop.gui.course.content import CourseView
from tests.gui.course.drawn_course import content_of
from tests.gui.course_examples import FIVE, HALF_INTERVAL_MM, OUTSIDE, REDATED, rows_of, seen

pytestmark = pytest.mark.gui


def test_that_weeks_and_millimetres_are_those_of_the_examinations():
    dots = content_of(FIVE).dots

    assert [dot.weeks for dot in dots] == pytest.approx([100 / 7, 20, 25, 30, 250 / 7])
    assert dots[1].hc_mm.height == pytest.approx(171.1, abs=0.05)
    assert [dot.z.height for dot in dots] == pytest.approx([-0.2, -0.18, 0.1, -0.5, 0.0])


def test_that_intervals_reach_from_end_to_end_in_both_views():
    dot = content_of(FIVE).dots[1]
    low, middle, high = dot.hc_mm.heights

    assert (middle - low, high - middle) == pytest.approx((HALF_INTERVAL_MM, HALF_INTERVAL_MM))
    age = rows_of(FIVE)[1].point.age
    assert INTERGROWTH_21ST.hc_at(dot.z.low, age) == pytest.approx(low)
    assert INTERGROWTH_21ST.hc_at(dot.z.high, age) == pytest.approx(high)


def test_that_outside_the_standards_ages_a_head_is_at_its_place_without_a_percentile(drawn):
    chart = drawn(OUTSIDE)
    first, _, last = chart.content.dots

    assert (first.weeks, last.weeks) == pytest.approx((87 / 7, 283 / 7))
    assert first.z is None
    assert "2026-04-07, HC 85.0 mm: INTERGROWTH-21st 2014 covers 14w0d to 40w0d" in chart.notes_text
    assert "40w3d: no percentile" in chart.notes_text


def test_that_what_has_no_millimetres_or_no_age_is_said_in_words(drawn):
    chart = drawn((seen(140), seen(150, calibrated=False)))

    assert len(chart.content.dots) == 1
    assert "2026-06-09: No calibration" in chart.notes_text
    undated = drawn((seen(140, dating=None),))
    assert undated.content.dots == ()
    assert "No dating" in undated.notes_text


def test_that_beyond_whos_percentiles_a_head_is_among_the_millimetres_only(drawn):
    exams = (seen(140, standard=WHO_2017), seen(200, hc_mm=190.0, standard=WHO_2017))

    assert drawn(exams, standard=WHO_2017).notes_text == ""
    by_z = drawn(exams, CourseView.Z, standard=WHO_2017)
    assert "below the 1st percentile" in by_z.notes_text


def test_that_a_changed_dating_shows_where_the_head_lay_by_the_one_of_then():
    first, second, third = content_of(REDATED).dots

    assert (first.weeks, first.weeks_then) == pytest.approx((18 + 3 / 7, 20.0))
    assert (first.z_then, second.z_then) == pytest.approx((0.8, 0.9))
    assert first.z.height > 3
    assert third.weeks_then is None


def test_that_a_z_score_of_another_standard_is_not_put_on_this_chart():
    first, *_ = content_of(REDATED, WHO_2017).dots

    assert first.weeks_then == pytest.approx(20.0)
    assert first.z_then is None
