"""What cannot be true is left out with a sentence; the identifier says who is who."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.exam_day import DAYS_OF_A_PICTURE
from fhc_desktop.domain.examination.file_data import checked, dating_of, names_another
from fhc_desktop.domain.image.file_day import FileDay
from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.domain.patient import Patient

EXAM = date(2026, 1, 15)


@given(st.integers(-400, 800))
def test_that_an_lmp_is_a_fact_only_if_it_gives_an_age_on_the_day_of_the_study(days_before):
    lmp = EXAM - timedelta(days=days_before)
    study = checked(StudyInfo(study_date=EXAM, last_menstrual_date=lmp), today=None)

    is_possible = 0 <= days_before <= 43 * 7
    assert dating_of(study) == (Dating.from_lmp(lmp) if is_possible else None)
    assert len(study.objections) == (not is_possible)


@pytest.mark.parametrize(
    ("born", "study_date", "is_kept"),
    [
        (date(1996, 5, 4), EXAM, True),
        (EXAM, EXAM, True),
        (EXAM + timedelta(days=1), EXAM, False),
        (date(1850, 1, 1), EXAM, False),
        (date(2026, 6, 1), None, True),
        (date(2026, 6, 3), None, False),
    ],
)
def test_that_nobody_is_born_after_her_scan(born, study_date, is_kept):
    study = StudyInfo(birth_date=born, study_date=study_date)

    found = checked(study, today=date(2026, 5, 31) + timedelta(days=1))

    assert found.birth_date == (born if is_kept else None)
    assert any("birth date" in sentence for sentence in found.objections) is not is_kept


@pytest.mark.parametrize(("ahead", "is_kept"), [(-4000, True), (0, True), (2, False)])
def test_that_without_a_study_date_only_an_lmp_to_come_is_wrong(ahead, is_kept):
    lmp = EXAM + timedelta(days=ahead)

    found = checked(StudyInfo(last_menstrual_date=lmp), today=EXAM)

    assert found.last_menstrual_date == (lmp if is_kept else None)
    assert bool(found.objections) is not is_kept


@pytest.mark.parametrize("told_in", [*DAYS_OF_A_PICTURE, FileDay.LMP])
@pytest.mark.parametrize("day", [date(2567, 1, 10), date(2026, 2, 1), date(1969, 5, 4)])
def test_that_a_day_that_cannot_be_is_named_by_its_keyword_and_left_out(told_in, day):
    found = checked(StudyInfo(**{told_in.field: day}), today=EXAM)

    assert getattr(found, told_in.field) is None
    (sentence,) = found.objections
    assert sentence.startswith(f"The {told_in.words} ")
    assert sentence.endswith(" and is left out.")
    assert day.isoformat() not in sentence


def test_that_an_lmp_that_dates_one_of_two_days_is_kept_until_somebody_decides():
    lmp = date(2025, 12, 1)
    study = StudyInfo(study_date=date(2025, 11, 1), acquisition_date=EXAM, last_menstrual_date=lmp)

    assert checked(study, today=EXAM).last_menstrual_date == lmp
    assert checked(replace(study, acquisition_date=None), today=EXAM).last_menstrual_date is None


@pytest.mark.parametrize(
    ("one", "other", "is_another"),
    [
        (Patient("1", "Doe"), Patient("2", "Doe"), True),
        (Patient("1", "Doe"), Patient("1", "Roe"), False),
        (Patient("1", "Doe", "NORTH"), Patient("1", "Doe", "SOUTH"), True),
        (Patient("1", "Doe", "NORTH"), Patient("1", "Doe"), False),
        (Patient("", "Doe"), Patient("2", "Roe"), True),
        (Patient("1", ""), Patient("", "Roe"), False),
        (Patient(), Patient("2", "Roe"), False),
    ],
)
def test_that_the_identifier_decides_who_is_who(one, other, is_another):
    assert names_another(one, other) is is_another
