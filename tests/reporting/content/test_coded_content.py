"""What machines read of a report: the same numbers, each with its code and unit."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.dating.gestation import Dating, DatingMethod, GestationalAge
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.assessment import Dimension
from fhc_desktop.domain.growth.standards import STANDARDS, WHO_2017
from fhc_desktop.reporting.content import codes
from fhc_desktop.reporting.content.coded_content import CodedContent
from fhc_desktop.reporting.content.codes import private
from tests.reporting.content.coded_texts import coded_numbers, is_printed, texts_of
from tests.reporting.examinations import (
    MODEL,
    NOW,
    SCALE,
    accepted,
    edited,
    graded,
    headless,
    proposed,
    small,
    too_late,
    uncalibrated,
    undated,
)
from tests.strategies import ellipses

EVERY = (accepted, edited, graded, headless, proposed, small, too_late, uncalibrated, undated)


def coded(exam):
    return CodedContent.of(exam, NOW)


@pytest.mark.parametrize("examined", EVERY)
@pytest.mark.parametrize("standard", STANDARDS, ids=lambda standard: standard.key)
def test_that_each_coded_number_is_printed_with_the_same_digits(examined, standard):
    found = coded(replace(examined(), standard=standard))

    assert [one for one in coded_numbers(found) if not is_printed(one, found.report)] == []


@given(ellipses(), st.integers(98, 280))
def test_that_each_coded_number_is_printed_whatever_the_outline(outline_px, days):
    dating = Dating.from_age(GestationalAge(days))
    found = coded(replace(proposed().with_outline(outline_px), dating=dating))

    assert [one for one in coded_numbers(found) if not is_printed(one, found.report)] == []


def test_that_a_head_is_told_with_its_codes_and_units():
    found = coded(graded())

    assert [(one.concept.value, one.value, one.unit.value) for one in coded_numbers(found)] == [
        ("11984-2", "176.8", "mm"),
        ("11820-8", "48.0", "mm"),
        ("11851-3", "64.0", "mm"),
        ("11823-2", "75.0", "%"),
        ("INTERVAL-LOW", "173.2", "mm"),
        ("INTERVAL-HIGH", "180.5", "mm"),
        ("INTERVAL-SHARE", "90", "%"),
        ("11885-1", "148", "d"),
        ("125012", "11", "%"),
        ("125013", "-1.22", "1"),
        ("125012", "4", "%"),
        ("125013", "-1.74", "1"),
        ("125012", "29", "%"),
        ("125013", "-0.55", "1"),
        ("18185-9", "141", "d"),
        ("121417", "10", "d"),
        ("18185-9", "143", "d"),
    ]
    assert found.sizes.hc.derivation == codes.CALCULATED
    assert found.places[Dimension.HC].z.citation.source == private(
        "HC-IG21-2014", "HC by GA, INTERGROWTH-21st 2014"
    )
    assert found.model.digest == MODEL.sha256[:12]
    assert (found.origin.value, found.grade.value) == ("OUTLINE-PROPOSED", "GRADE-GOOD")
    assert found.scale == SCALE


def test_that_no_percentile_is_made_up_below_the_first():
    place = coded(small()).places[Dimension.HC]

    assert place.percentile is None
    assert place.z is not None


def test_that_a_head_beyond_a_chart_without_tails_has_words_and_no_number():
    place = coded(replace(small(), standard=WHO_2017)).places[Dimension.HC]

    assert (place.percentile, place.z) == (None, None)
    assert place.words == "below the 1st percentile (HC by GA, WHO 2017)"


@pytest.mark.parametrize("examined", [uncalibrated, headless])
def test_that_without_millimetres_no_size_and_no_place_is_coded(examined):
    found = coded(examined())

    assert (found.sizes, found.interval, dict(found.places), found.ages) == (None, None, {}, ())


def test_that_a_dating_is_told_with_its_days():
    found = coded(proposed()).dating

    assert found.lmp.day == date(2026, 6, 25)
    assert (found.edd.concept, found.edd.day) == (codes.EDD_BY_LMP, date(2027, 4, 1))


def test_that_another_cycle_is_no_age_by_lmp_as_others_count_it():
    dating = Dating.from_lmp(date(2026, 6, 25), cycle_days=33)
    found = coded(replace(proposed(), dating=dating)).dating

    assert found.age.concept == codes.GESTATIONAL_AGE
    assert found.edd.concept == codes.EDD
    assert found.lmp.day == date(2026, 6, 25)


@pytest.mark.parametrize("method", [DatingMethod.EDD, DatingMethod.RETRIEVAL])
def test_that_only_an_lmp_is_called_one(method):
    found = coded(replace(proposed(), dating=Dating(method, on=date(2026, 12, 1)))).dating

    assert found.lmp is None


def test_that_a_dating_that_cannot_be_true_dates_nothing():
    found = coded(too_late()).dating

    assert found.age is not None  # 41 weeks: beyond the chart, and true
    impossible = coded(replace(proposed(), dating=Dating.from_lmp(date(2027, 1, 1)))).dating
    assert (impossible.age, impossible.lmp, impossible.edd) == (None, None, None)


def test_that_what_nobody_accepted_names_no_operator():
    draft, final = coded(proposed()).standing, coded(accepted()).standing

    assert (draft.is_accepted, draft.operator, draft.accepted_at) == (False, "", None)
    assert (final.is_accepted, final.operator, final.accepted_at) == (True, "Dr. M. Ångström", NOW)


def test_that_what_changed_since_it_was_accepted_is_nobodys_word():
    changed = replace(accepted(), fetus=Fetus("B"))

    assert coded(changed).standing.draft_reason == "Draft: changed since it was accepted."


def test_that_all_that_is_printed_stands_in_the_statements():
    found = coded(graded())

    assert all(row.value in texts_of(found.report) or "−" in row.value for row in found.statements)
    assert found.statements[0].value == "176.8 mm"
