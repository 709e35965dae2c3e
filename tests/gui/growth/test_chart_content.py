"""What the chart shows is a head with its place, or the reason why there is none."""

from dataclasses import replace
from datetime import date

import pytest

from fhc_desktop.domain.examination.examination import Acceptance
from fhc_desktop.domain.growth.assessment import NotAssessed
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.pregnancy import pregnancies
from fhc_desktop.gui.growth.chart_content import ChartPoint, chart_content
from tests.gui.course_examples import FIVE, TWINS, entries_of, seen
from tests.gui.growth.drawn_charts import edited, examination, graded


def test_that_the_content_names_the_head_or_the_reason():
    assert isinstance(chart_content(examination()).head, ChartPoint)
    assert chart_content(examination(age_text=None)).head == NotAssessed(
        "No dating: enter LMP, EDD or the gestational age."
    )


def test_that_a_point_knows_its_interval_only_while_the_outline_is_the_models():
    assert chart_content(graded()).head.heights_mm == pytest.approx((149.8, 174.8, 199.8))
    assert chart_content(edited(graded())).head.interval_mm is None


def known(*exams):
    return pregnancies(entry.recorded for entry in entries_of(exams))


def test_that_the_other_days_of_the_pregnancy_stand_on_the_chart():
    content = chart_content(FIVE[3], known(*FIVE[:3], FIVE[4]))

    assert [round(7 * other.weeks) for other in content.others] == [100, 140, 175, 250]
    assert content.others[0].hc_mm == pytest.approx(FIVE[0].measurement.hc_mm)
    assert content.words.endswith("; 4 other examinations of this pregnancy")


def test_that_another_measurement_of_the_same_day_is_not_shown_before_this_one():
    content = chart_content(seen(140, 0.4), known(seen(100), seen(140, -0.2)))

    assert [round(7 * other.weeks) for other in content.others] == [100]
    assert content.words.endswith("; 1 other examination of this pregnancy")


def test_that_its_own_row_is_not_another_examination_when_its_day_is_corrected():
    (entry,) = entries_of([seen(140)])
    vouched = Acceptance(entry.facts, "A. Operator", entry.created_at, entry.entry_id)
    corrected = replace(seen(140), acceptance=vouched, exam_date=date(2026, 6, 1))

    assert chart_content(corrected, pregnancies([entry.recorded])).others == ()


def test_that_of_twins_the_other_one_is_there_by_its_letter_on_the_same_day_too():
    content = chart_content(TWINS[2], known(TWINS[0], TWINS[1], TWINS[3]))

    assert [(round(7 * other.weeks), other.fetus) for other in content.others] == [
        (140, "A"),
        (140, "B"),
        (168, "B"),
    ]


def test_that_nobody_elses_examinations_are_shown():
    stranger = replace(seen(175), patient=Patient("4712", "Another"))

    assert chart_content(stranger, known(seen(140))).others == ()
    assert chart_content(examination(), known(seen(140))).others == ()
