from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.dating.typed import (
    Wrong,
    date_order,
    parse_date,
    read_age,
    read_days,
    read_mm,
)

AGES = st.builds(GestationalAge, st.integers(0, 301))


@pytest.mark.parametrize(
    "text",
    [
        "20w3d", "20+3", "20 3/7", " 20W3D ", "20 w 3 d", "20 weeks 3 days", "20 weeks, 3 days",
        "20 weeks and 3 days", "20w3", "20 + 3", "20w+3d", "20⁺³", "２０＋３", "143d", "143 days",
    ],
)  # fmt: skip
def test_that_an_age_is_read_however_it_is_written(text):
    assert read_age(text) == GestationalAge(143)


@pytest.mark.parametrize("text", ["20w", "20", "20w0d", "20 weeks", "140 d"])
def test_that_days_may_be_left_out(text):
    assert read_age(text) == GestationalAge(140)


@pytest.mark.parametrize(
    "text", ["abc", "-3", "20.5", "20,5", "20w3d2", "203", "20 3/8", "w3d", "20+-3", "20w 3/7 4"]
)
def test_that_what_is_no_age_is_not_guessed_at(text):
    found = read_age(text)

    assert isinstance(found, Wrong)
    assert f"“{text}” is not an age" in found.sentence


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("44w0d", "over 43 weeks"),
        ("43+1", "over 43 weeks"),
        ("302d", "over 43 weeks"),
        ("20w7d", "more than six days"),
        ("20+10", "more than six days"),
    ],
)
def test_that_an_implausible_age_is_refused_with_a_sentence(text, words):
    found = read_age(text)

    assert isinstance(found, Wrong)
    assert words in found.sentence


def test_that_nothing_typed_is_nothing_wrong():
    assert read_age("  ") is None
    assert parse_date(" ", order="dmy") is None


@given(AGES, st.sampled_from(["{w}w{d}d", "{w}+{d}", "{w} {d}/7", "{w} weeks {d} days", "{all}d"]))
def test_that_a_written_age_reads_as_itself(age, form):
    weeks, days = divmod(age.days, 7)

    assert read_age(form.format(w=weeks, d=days, all=age.days)) == age


@given(
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["dmy", "mdy", "ymd"]),
    st.sampled_from("-/. "),
)
def test_that_a_date_in_the_locales_form_reads_as_itself(day, order, mark):
    parts = {"d": f"{day.day}", "m": f"{day.month:02d}", "y": f"{day.year}"}
    text = mark.join(parts[letter] for letter in order)

    assert parse_date(text, order=order) == day
    assert parse_date(day.isoformat(), order=order) == day
    assert parse_date(f"{day:%Y%m%d}", order=order) == day


@pytest.mark.parametrize(
    ("text", "order", "words"),
    [
        ("01.02.03", "dmy", "could be several days"),
        ("01/02/2026", "ymd", "could be several days"),
        ("31.02.2026", "dmy", "There is no day"),
        ("13/13/2026", "mdy", "There is no day"),
        ("tomorrow", "dmy", "not a date"),
        ("2026-03", "ymd", "not a date"),
    ],
)
def test_that_a_date_that_is_none_or_could_be_two_is_refused(text, order, words):
    found = parse_date(text, order=order)

    assert isinstance(found, Wrong)
    assert words in found.sentence


def test_that_full_width_digits_are_digits():
    assert parse_date("２０２６／３／１", order="ymd") == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("form", "order"), [("dd.MM.yy", "dmy"), ("M/d/yy", "mdy"), ("yyyy/MM/dd", "ymd")]
)
def test_that_a_locales_form_tells_the_order(form, order):
    assert date_order(form) == order


@given(st.integers(0, 3650))
def test_that_leap_days_are_days(days):
    day = date(2024, 2, 29) + timedelta(days=days)

    assert parse_date(str(day), order="ymd") == day


@pytest.mark.parametrize(
    ("text", "mm"),
    [("45", 45.0), ("45.2", 45.2), (" 45,2 ", 45.2), ("45 mm", 45.0), ("４５", 45.0)],
)
def test_that_a_length_is_read_however_it_is_written(text, mm):
    assert read_mm(text) == mm


@pytest.mark.parametrize("text", ["4.5 cm", "-45", "45..2", "forty", "1e2", "45 2", "nan"])
def test_that_what_is_no_length_is_refused_with_a_sentence(text):
    found = read_mm(text)
    assert isinstance(found, Wrong)
    assert "millimetres" in found.sentence


@pytest.mark.parametrize("text", ["31", "31d", "31 days", " 31 D "])
def test_that_a_number_of_days_is_read_however_it_is_written(text):
    assert read_days(text) == 31


@pytest.mark.parametrize("text", ["30.5", "-3", "a month", "4w"])
def test_that_what_is_no_number_of_days_is_refused_with_a_sentence(text):
    found = read_days(text)
    assert isinstance(found, Wrong)
    assert "number of days" in found.sentence


def test_that_no_length_and_no_days_are_nothing_wrong():
    assert read_mm(" ") is None
    assert read_days(" ") is None
