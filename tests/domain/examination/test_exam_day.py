"""The day of an examination is the day on which its picture was taken."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.examination.exam_day import (
    DAYS_OF_A_PICTURE,
    days_apart,
    exam_day,
    fault_of_day,
    is_told,
    told_days,
)
from fhc_desktop.domain.image.ultrasound_image import StudyInfo

STUDY = date(2024, 7, 20)
SCAN = date(2024, 8, 3)
TODAY = date(2026, 11, 30)
REOPENED = StudyInfo(study_date=STUDY, series_date=SCAN, content_date=SCAN, acquisition_date=SCAN)
days_of_july = st.none() | st.dates(date(2024, 7, 1), date(2024, 7, 6))


@st.composite
def studies(draw):
    return StudyInfo(**{told.field: draw(days_of_july) for told in DAYS_OF_A_PICTURE})


def test_that_a_study_opened_again_was_examined_when_its_picture_was_taken():
    assert exam_day(REOPENED) == SCAN
    found = days_apart(REOPENED)
    assert (found.taken.day, found.other.day, found.days) == (SCAN, STUDY, 14)
    assert str(found.other) == "2024-07-20 (StudyDate)"
    assert found.sentence.startswith("AcquisitionDate and StudyDate in the file lie 14 days apart")


def test_that_a_study_date_alone_is_the_day_of_the_examination():
    study = StudyInfo(study_date=STUDY)

    assert exam_day(study) == STUDY
    assert days_apart(study) is None


def test_that_a_file_without_a_day_has_none():
    assert exam_day(StudyInfo()) is None
    assert days_apart(StudyInfo()) is None


@given(studies())
def test_that_the_day_nearest_to_the_picture_is_offered(study):
    in_order = (study.acquisition_date, study.content_date, study.series_date, study.study_date)

    assert exam_day(study) == next((day for day in in_order if day is not None), None)


@given(studies())
def test_that_days_more_than_one_apart_are_never_passed_over(study):
    days = [told.day for told in told_days(study)]
    found = days_apart(study)

    assert (found is not None) == bool(days and (max(days) - min(days)).days > 1)
    if found is not None:
        assert found.taken.day == exam_day(study)
        assert found.other.day in set(days) - {found.taken.day}


@given(studies(), st.integers(-3000, 3000))
def test_that_moving_all_days_together_changes_no_disagreement(study, days):
    def moved(day):
        return None if day is None else day + timedelta(days=days)

    later = replace(study, **{told.told_in.field: moved(told.day) for told in told_days(study)})
    one, other = days_apart(study), days_apart(later)

    assert (one is None) == (other is None)
    if one is not None:
        assert (one.days, one.sentence) == (other.days, other.sentence)


@pytest.mark.parametrize(
    ("off", "is_one"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_that_a_day_is_told_give_or_take_one(off, is_one):
    assert is_told(STUDY + timedelta(days=off), StudyInfo(study_date=STUDY)) is is_one


@pytest.mark.parametrize(
    ("day", "fault"),
    [
        (date(1969, 12, 31), "lies before 1970"),
        (date(1900, 1, 1), "lies before 1970"),
        (date(1403, 5, 1), "lies before 1970"),
        (date(1970, 1, 1), ""),
        (date(2024, 7, 20), ""),
        (TODAY + timedelta(days=1), ""),
        (TODAY + timedelta(days=2), "is a day to come"),
        (date(2099, 1, 1), "is a day to come"),
        (date(2412, 2, 1), "is a day to come"),
        (date(9999, 12, 31), "is a day to come"),
        (date(2513, 1, 1), "Buddhist"),
        (date(2567, 7, 20), "Buddhist"),
    ],
)
def test_that_a_day_that_no_picture_was_taken_on_is_told_why(day, fault):
    found = fault_of_day(day, today=TODAY)

    assert fault in found
    assert bool(found) is bool(fault)


def test_that_without_a_clock_only_other_calendars_are_to_come():
    assert fault_of_day(date(2099, 1, 1), today=None) == ""
    assert fault_of_day(date(2412, 2, 1), today=None) == "is a day to come"
