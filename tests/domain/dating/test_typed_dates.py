import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.dating.typed_dates import (
    NO_ORDER,
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


DAYS = st.dates(date(1000, 1, 1), date(2099, 12, 31))
ORDERS = ("dmy", "mdy", "ymd", NO_ORDER)
MARKS = "-/. "


@given(DAYS, st.sampled_from(ORDERS), st.sampled_from(MARKS))
def test_that_with_the_year_first_a_date_is_the_same_everywhere(day, order, mark):
    assert parse_date(day.isoformat(), order=order) == day
    assert parse_date(f"{day:%Y%m%d}", order=order) == day
    assert parse_date(f"{day.year}{mark}{day.month}{mark}{day.day:02d}", order=order) == day


@given(DAYS, st.sampled_from(ORDERS))
def test_that_dots_are_day_first_everywhere(day, order):
    assert parse_date(f"{day.day}.{day.month:02d}.{day.year}", order=order) == day
    assert parse_date(f"{day.day}. {day.month}. {day.year}.", order=order) == day


FOURTH_OF_MARCH, THIRD_OF_APRIL = date(2026, 3, 4), date(2026, 4, 3)


@pytest.mark.parametrize(
    ("mark", "order", "found"),
    [
        (".", "dmy", FOURTH_OF_MARCH),
        (".", "mdy", FOURTH_OF_MARCH),
        (".", "ymd", FOURTH_OF_MARCH),
        (".", NO_ORDER, FOURTH_OF_MARCH),
        ("/", "dmy", FOURTH_OF_MARCH),
        ("/", "mdy", THIRD_OF_APRIL),
        ("/", "ymd", None),
        ("/", NO_ORDER, None),
        ("-", "dmy", FOURTH_OF_MARCH),
        ("-", "mdy", None),
        ("-", "ymd", None),
        ("-", NO_ORDER, None),
        (" ", "dmy", FOURTH_OF_MARCH),
        (" ", "mdy", None),
        (" ", "ymd", None),
        (" ", NO_ORDER, None),
    ],
)
def test_that_mark_and_order_decide_together(mark, order, found):
    text = mark.join(["04", "03", "2026"])
    refused = Wrong(f"“{text}” could be several days: write it as 2026-03-04 or 2026-04-03.")

    assert parse_date(text, order=order) == (found or refused)


@pytest.mark.parametrize(
    ("text", "order", "found"),
    [
        # One of the two readings is no day, or both are the same.
        ("25-03-2026", "mdy", date(2026, 3, 25)),
        ("03-25-2026", "mdy", date(2026, 3, 25)),
        ("04-04-2026", "mdy", date(2026, 4, 4)),
        # Where the order is the locale's, nobody is taken to have meant another.
        ("03/25/2026", "dmy", None),
        ("25/03/2026", "mdy", None),
        ("03.25.2026", "mdy", None),
        # Where there is none, a habit that is right on the 25th would be wrong on the 5th.
        ("25/03/2026", NO_ORDER, None),
        ("25-03-2026", "ymd", None),
    ],
)
def test_that_what_can_be_one_day_only_is_that_day(text, order, found):
    answer = parse_date(text, order=order)

    assert isinstance(answer, Wrong) if found is None else answer == found


TEXTS = st.one_of(
    st.text("0123456789-/. ", max_size=12),
    st.tuples(
        st.integers(0, 40), st.integers(0, 40), st.integers(0, 2100), st.sampled_from(MARKS)
    ).map(lambda typed: typed[3].join(map(str, typed[:3]))),
)


@given(TEXTS, st.sampled_from(ORDERS))
def test_that_the_answer_is_one_day_or_an_example_that_is_accepted(text, order):
    found = parse_date(text, order=order)

    if isinstance(found, Wrong):
        examples = re.findall(r"\d{4}-\d{2}-\d{2}", found.sentence.rpartition("write it as")[2])
        assert examples
        assert all(parse_date(example, order=order) == date.fromisoformat(example)
                   for example in examples)  # fmt: skip
    elif found is not None:
        # What is shown of it is read back as the same day, whoever reads it.
        assert {parse_date(found.isoformat(), order=reader) for reader in ORDERS} == {found}


@pytest.mark.parametrize(
    ("text", "order", "words"),
    [
        ("01.02.03", "dmy", "could be several days"),
        ("24-03-01", "dmy", "could be several days"),
        ("24-03-01", NO_ORDER, "could be several days"),
        ("01/02/2026", "ymd", "could be several days"),
        ("01/02/2026", NO_ORDER, "could be several days"),
        ("31.02.2026", "dmy", "There is no day"),
        ("2026-02-31", NO_ORDER, "There is no day"),
        ("13/13/2026", "mdy", "There is no day"),
        ("tomorrow", "dmy", "not a date"),
        ("2026-03", "ymd", "not a date"),
        ("2026-03/01", "ymd", "not a date"),
        ("1.3/2026", "dmy", "not a date"),
    ],
)
def test_that_a_date_that_is_none_or_could_be_two_is_refused(text, order, words):
    found = parse_date(text, order=order)

    assert isinstance(found, Wrong)
    assert words in found.sentence


def test_that_marks_of_the_direction_of_writing_are_not_read():
    assert parse_date("4\u200f/3\u200f/2026", order="dmy") == FOURTH_OF_MARCH


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
