from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.dating.gestation import (
    Dating,
    DatingMethod,
    GestationalAge,
    NoAge,
    edd_by,
    first_day,
    gestational_age,
    weeks_and_days,
)

EXAM = date(2026, 6, 1)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def test_that_an_edd_is_280_days_after_the_lmp():
    lmp, exam = date(2026, 1, 10), date(2026, 6, 1)
    by_lmp = gestational_age(Dating.from_lmp(lmp), exam)

    assert edd_by(Dating.from_lmp(lmp)) == date(2026, 10, 17)
    assert gestational_age(Dating.from_edd(date(2026, 10, 17)), exam) == by_lmp


@pytest.mark.parametrize(
    ("cycle_days", "edd"),
    [(28, date(2026, 10, 17)), (35, date(2026, 10, 24)), (21, date(2026, 10, 10))],
)
def test_that_a_cycle_moves_the_dates_by_its_difference_from_28_days(cycle_days, edd):
    assert edd_by(Dating.from_lmp(date(2026, 1, 10), cycle_days)) == edd


@pytest.mark.parametrize(
    ("method", "after"),
    [
        (DatingMethod.RETRIEVAL, 266),
        (DatingMethod.DAY_3_TRANSFER, 263),
        (DatingMethod.DAY_5_TRANSFER, 261),
    ],
)
def test_that_assisted_reproduction_dates_from_the_embryos_age(method, after):
    on = date(2026, 2, 1)
    dating = Dating(method, on=on)

    assert edd_by(dating) == on + timedelta(days=after)
    assert gestational_age(dating, on) == GestationalAge(280 - after)


@pytest.mark.parametrize("method", [DatingMethod.CRL_ROBINSON, DatingMethod.CRL_INTERGROWTH])
def test_that_a_crl_dates_every_later_day(method):
    dating = Dating.from_crl(60.0, date(2026, 3, 1), method)

    assert gestational_age(dating, date(2026, 3, 1)) == GestationalAge(87)
    assert gestational_age(dating, date(2026, 4, 30)) == GestationalAge(147)
    assert edd_by(dating) == date(2026, 3, 1) + timedelta(days=280 - 87)


@pytest.mark.parametrize(
    ("crl_mm", "method"),
    [
        (14.9, DatingMethod.CRL_INTERGROWTH),
        (95.1, DatingMethod.CRL_INTERGROWTH),
        (9.9, DatingMethod.CRL_ROBINSON),
        (84.1, DatingMethod.CRL_ROBINSON),
    ],
)
def test_that_a_crl_beyond_its_equation_dates_nothing(crl_mm, method):
    dating = Dating.from_crl(crl_mm, date(2026, 3, 1), method)
    found = gestational_age(dating, date(2026, 4, 1))

    assert isinstance(found, NoAge)
    assert f"this one has {crl_mm} mm" in found.reason
    assert edd_by(dating) == found


def test_that_an_earlier_scan_dates_this_one():
    dating = Dating.from_earlier_scan(GestationalAge(87), date(2026, 3, 1))

    assert gestational_age(dating, date(2026, 4, 30)) == GestationalAge(147)


def test_that_a_crl_of_the_same_day_is_no_age_by_hc():
    assert isinstance(gestational_age(Dating.from_crl(60, EXAM), EXAM), GestationalAge)


def test_that_a_typed_age_with_its_day_goes_on_from_there():
    age = GestationalAge(140)

    assert gestational_age(Dating.from_age(age, EXAM), EXAM + timedelta(3)) == GestationalAge(143)
    assert gestational_age(Dating.from_age(age), EXAM + timedelta(3)) == age


def test_that_a_typed_age_without_its_day_gives_no_date_of_delivery():
    assert isinstance(edd_by(Dating.from_age(GestationalAge(140))), NoAge)


@pytest.mark.parametrize(
    ("dating", "words"),
    [
        (None, "No dating"),
        (Dating.from_lmp(date(2026, 6, 2)), "after the examination"),
        (Dating.from_lmp(date(2025, 6, 1)), "over 43 weeks"),
        (Dating.from_lmp(date(2026, 5, 30), 35), "had not begun"),
        (Dating.from_lmp(date(2026, 3, 1), 60), "A cycle of 60 days"),
        (Dating.from_edd(date(2027, 6, 1)), "more than 300 days"),
        (Dating.from_edd(date(2027, 3, 20)), "had not begun"),
        (Dating.from_edd(date(2026, 1, 1)), "over 43 weeks"),
        (Dating.from_crl(60, date(2026, 6, 2)), "dating scan lies after"),
        (Dating.from_earlier_scan(GestationalAge(87), date(2025, 6, 2)), "over 43 weeks"),
        (Dating.from_earlier_scan(GestationalAge(140), EXAM), "may rest on the head measured here"),
        (Dating(DatingMethod.DAY_5_TRANSFER, on=date(2026, 6, 2)), "day-5 embryo lies after"),
        (Dating.from_age(GestationalAge(87), date(2026, 6, 2)), "day of the age lies after"),
        (Dating.from_lmp(date(1, 1, 1)), "over 43 weeks"),
    ],
)
def test_that_an_implausible_dating_is_refused_with_a_sentence(dating, words):
    found = gestational_age(dating, EXAM)

    assert isinstance(found, NoAge)
    assert words in found.reason


def test_that_an_age_too_great_says_what_to_check():
    over = [Dating.from_lmp(date(2025, 6, 1)), Dating(DatingMethod.RETRIEVAL, on=date(2025, 6, 1))]

    assert [gestational_age(dating, EXAM).reason for dating in over] == [
        "The age would be over 43 weeks: check LMP and examination date.",
        "The age would be over 43 weeks: check the oocyte retrieval and examination date.",
    ]


@pytest.mark.parametrize(
    ("cycle_days", "is_dated"), [(19, False), (20, True), (45, True), (46, False)]
)
def test_that_a_cycle_has_20_to_45_days(cycle_days, is_dated):
    found = gestational_age(Dating.from_lmp(date(2026, 3, 1), cycle_days), EXAM)

    assert isinstance(found, GestationalAge) == is_dated


def test_that_dates_at_the_ends_of_the_calendar_are_refused_too():
    last, first = Dating.from_lmp(date.max), Dating.from_crl(60, date.min)

    assert "beyond the calendar" in edd_by(last).reason
    assert "beyond the calendar" in first_day(first).reason


def test_that_no_age_follows_without_an_examination_date():
    assert gestational_age(Dating.from_lmp(date(2026, 1, 1)), None) == NoAge("No examination date.")


@given(st.integers(0, 301), DAYS)
def test_that_age_counts_calendar_days(days, exam):
    lmp = exam - timedelta(days=days)

    assert gestational_age(Dating.from_lmp(lmp), exam) == GestationalAge(days)


@given(st.integers(0, 301), DAYS)
def test_that_lmp_and_edd_of_one_pregnancy_give_one_age(days, exam):
    by_lmp = Dating.from_lmp(exam - timedelta(days=days))
    by_edd = Dating.from_edd(edd_by(by_lmp))

    assert gestational_age(by_edd, exam) == gestational_age(by_lmp, exam)
    assert first_day(by_edd) == first_day(by_lmp)


@pytest.mark.parametrize(
    ("days", "text"),
    [(139.49, "19w6d"), (139.5, "20w0d"), (140.12, "20w0d"), (141.55, "20w2d"), (0, "0w0d")],
)
def test_that_days_are_rounded_once_and_half_up(days, text):
    assert weeks_and_days(days) == text


@pytest.mark.parametrize(
    "parts",
    [
        {"method": DatingMethod.LMP},
        {"method": DatingMethod.LMP, "on": EXAM, "age": GestationalAge(1)},
        {"method": DatingMethod.TYPED_AGE, "on": EXAM},
        {"method": DatingMethod.EARLIER_SCAN, "age": GestationalAge(1)},
        {"method": DatingMethod.CRL_ROBINSON, "on": EXAM},
        {"method": DatingMethod.EDD, "on": EXAM, "crl_mm": 60.0},
        {"method": DatingMethod.EDD, "on": EXAM, "cycle_days": 30},
    ],
)
def test_that_half_a_dating_is_none(parts):
    with pytest.raises(ValueError, match="entered"):
        Dating(**parts)


@pytest.mark.parametrize("days", [-1, 302])
def test_that_no_pregnancy_is_that_old(days):
    with pytest.raises(ValueError, match="not the age"):
        GestationalAge(days)


@pytest.mark.parametrize(
    ("dating", "text"),
    [
        (Dating.from_lmp(EXAM), "LMP 2026-06-01"),
        (Dating.from_lmp(EXAM, 35), "LMP 2026-06-01, cycle of 35 days"),
        (Dating.from_edd(EXAM), "EDD 2026-06-01"),
        (Dating.from_crl(60, EXAM), "CRL 60.0 mm on 2026-06-01 (INTERGROWTH-21st)"),
        (
            Dating.from_crl(60, EXAM, DatingMethod.CRL_ROBINSON),
            "CRL 60.0 mm on 2026-06-01 (Robinson 1975)",
        ),
        (Dating.from_earlier_scan(GestationalAge(87), EXAM), "scan of 2026-06-01: 12w3d"),
        (Dating(DatingMethod.RETRIEVAL, on=EXAM), "oocyte retrieval on 2026-06-01"),
        (
            Dating.from_age(GestationalAge(87)),
            "age 12w3d entered for the examination date",
        ),
        (Dating.from_age(GestationalAge(87), EXAM), "age 12w3d entered for 2026-06-01"),
    ],
)
def test_that_a_dating_says_its_method_and_what_was_entered(dating, text):
    assert dating.text == text
