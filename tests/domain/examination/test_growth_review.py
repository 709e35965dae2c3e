from dataclasses import replace
from datetime import date

import pytest

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.growth_review import review_growth
from fhc_desktop.domain.growth.assessment import GrowthAssessment, NotAssessed, assess_bpd
from fhc_desktop.domain.growth.bpd import BiparietalDiameter, BpdConvention
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, NICHD_2015, STANDARDS, WHO_2017
from fhc_desktop.domain.growth.ultrasound_age import UltrasoundAge, hadlock_age_with_bpd
from tests.reporting.examinations import edited, graded, proposed, uncalibrated, undated


def review(exam):
    return review_growth(exam, STANDARDS)


def test_that_what_is_in_force_stands_among_the_others():
    exam = proposed()
    found = review(exam)

    assert list(found.outcomes) == [standard.key for standard in STANDARDS]
    assert found.outcomes["intergrowth21"] == exam.assessment
    assert all(isinstance(said, GrowthAssessment) for said in found.outcomes.values())
    assert isinstance(found.ages["hadlock1984"], UltrasoundAge)


def test_that_every_standard_and_method_has_its_interval():
    exam = graded()
    found = review(exam)

    assert set(found.percentile_intervals) == set(found.outcomes)
    assert found.percentile_intervals["intergrowth21"] == exam.percentile_interval
    for key, interval in found.percentile_intervals.items():
        assert interval.low < found.outcomes[key].percentile < interval.high
        assert interval.coverage == exam.hc_interval.coverage
    for key, interval in found.age_intervals_days.items():
        assert interval.low < found.ages[key].days < interval.high
    assert set(found.age_intervals_days) == {"hadlock1984", "intergrowth21"}


def test_that_an_edited_outline_has_no_interval():
    found = review(edited())

    assert found.percentile_intervals == found.age_intervals_days == {}


@pytest.mark.parametrize("exam", [uncalibrated(), undated()], ids=["uncalibrated", "undated"])
def test_that_what_is_missing_is_missing_for_all(exam):
    found = review(exam)

    assert {said.reason for said in found.outcomes.values()} == {exam.assessment.reason}
    assert found.percentile_intervals == {}


def test_that_without_millimetres_there_is_no_age_and_no_flag():
    found = review(uncalibrated())

    assert all(isinstance(said, NotAssessed) for said in found.ages.values())
    assert found.flags == ()


def test_that_flags_are_those_of_the_chosen_standard():
    # 176.8 mm at 22w0d.
    exam = proposed().with_dating(Dating.from_edd(date(2027, 3, 26)))

    by_default = review(exam).flags
    by_who = review(exam.with_standard(WHO_2017)).flags

    assert "by INTERGROWTH-21st 2014" in by_default[0].words
    assert "by WHO 2017" in by_who[0].words


def test_that_standards_that_differ_are_remarked_without_the_charts_by_group():
    (said,) = review(proposed()).remarks
    chosen = review(proposed().with_standard(NICHD_2015[0])).remarks

    assert said.startswith("The standards differ at the 10th percentile")
    assert "NICHD" not in said
    assert any("non-Hispanic White" in remark for remark in chosen)
    assert not any("Hispanic;" in remark for remark in chosen)


def test_that_an_lmp_far_from_the_age_by_hc_is_remarked_and_stays():
    exam = proposed().with_dating(Dating.from_lmp(date(2026, 6, 12)))
    said = review(exam).remarks[-1]

    assert "behind the LMP (23w0d); ACOG Committee Opinion 700 allows 14" in said
    assert exam.dating == Dating.from_lmp(date(2026, 6, 12))
    by_edd = replace(exam, dating=Dating.from_edd(date(2027, 3, 19)))
    assert not any("ACOG" in remark for remark in review(by_edd).remarks)


def test_that_a_head_outside_the_cephalic_range_is_flagged_beside_its_size():
    exam = proposed()
    narrow = exam.with_outline(replace(exam.outline_px, semi_axis_b=25.0))

    assert any("Cephalic index" in flag.words for flag in review(narrow).flags)
    assert not any("Cephalic index" in flag.words for flag in review(exam).flags)
    assert exam.standard is INTERGROWTH_21ST


def test_that_charts_by_group_have_a_voice_where_they_were_asked_for():
    asked = review_growth(proposed(), STANDARDS, frozenset({NICHD_2015[2].key})).remarks

    assert any("NICHD 2015, Hispanic" in remark for remark in asked)
    assert not any("White" in remark for remark in asked)


def test_that_diameters_are_judged_where_there_is_a_chart_of_them():
    exam = proposed()
    found, measured = review(exam), exam.measurement
    outer = BiparietalDiameter(measured.bpd_mm, BpdConvention.OUTER_OUTER)

    assert set(found.bpd_outcomes) == {"intergrowth21", "who2017"}
    assert set(found.ofd_outcomes) == {"intergrowth21"}
    # WHO's chart is of outer-inner diameters, which are smaller.
    assert found.bpd_outcomes["who2017"] == assess_bpd(outer, exam.age, WHO_2017)
    assert found.age_by_bpd == hadlock_age_with_bpd(measured.hc_mm, outer)
    assert review(undated()).bpd_outcomes == review(uncalibrated()).ofd_outcomes == {}
    assert isinstance(review(uncalibrated()).age_by_bpd, NotAssessed)
