from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.gestation import (
    Dating,
    GestationalAge,
    NoAge,
    edd_of,
    gestational_age,
    parse_age,
)


@pytest.mark.parametrize(
    "text", ["20w3d", "20+3", "20 3/7", " 20W3D ", "20 w 3 d", "20 weeks 3 days"]
)
def test_that_an_age_is_read_however_it_is_written(text):
    assert parse_age(text) == GestationalAge(143)


@pytest.mark.parametrize("text", ["20w", "20", "20w0d"])
def test_that_days_may_be_left_out(text):
    assert parse_age(text) == GestationalAge(140)


@pytest.mark.parametrize("text", ["", "abc", "20w7d", "44w0d", "-3", "20.5", "20w3d2", "203"])
def test_that_what_is_no_age_is_not_guessed_at(text):
    assert parse_age(text) is None


@given(st.integers(0, 301))
def test_that_a_written_age_reads_as_itself(days):
    assert parse_age(str(GestationalAge(days))) == GestationalAge(days)


def test_that_an_edd_is_280_days_after_the_lmp():
    lmp, exam = date(2026, 1, 10), date(2026, 6, 1)
    by_lmp = gestational_age(Dating.from_lmp(lmp), exam)

    assert edd_of(by_lmp, exam) == date(2026, 10, 17)
    assert gestational_age(Dating.from_edd(date(2026, 10, 17)), exam) == by_lmp


@pytest.mark.parametrize(
    ("dating", "words"),
    [
        (None, "No dating"),
        (Dating.from_lmp(date(2026, 6, 2)), "after the examination"),
        (Dating.from_lmp(date(2025, 6, 1)), "over 43 weeks"),
        (Dating.from_edd(date(2027, 6, 1)), "more than 300 days"),
        (Dating.from_edd(date(2027, 3, 20)), "had not begun"),
        (Dating.from_edd(date(2026, 1, 1)), "over 43 weeks"),
    ],
)
def test_that_an_implausible_dating_is_refused_with_a_sentence(dating, words):
    found = gestational_age(dating, date(2026, 6, 1))

    assert isinstance(found, NoAge)
    assert words in found.reason


def test_that_no_age_follows_without_an_examination_date():
    assert gestational_age(Dating.from_lmp(date(2026, 1, 1)), None) == NoAge("No examination date.")


@given(st.integers(0, 301), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_that_age_counts_calendar_days(days, exam):
    lmp = exam - timedelta(days=days)
    assert gestational_age(Dating.from_lmp(lmp), exam) == GestationalAge(days)
