"""What is typed for a dating is read as the dating that it stands for, or refused at its field."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.dating.gestation import Dating, DatingMethod, GestationalAge
from fhc_desktop.domain.dating.typed_dates import Wrong
from fhc_desktop.domain.dating.typed_dating import (
    Part,
    Refused,
    Unfinished,
    dating_texts,
    parse_dating,
    parse_exam_date,
)

TODAY = date(2026, 6, 1)
CRL = (DatingMethod.CRL_INTERGROWTH, DatingMethod.CRL_ROBINSON)
ASSISTED = (DatingMethod.RETRIEVAL, DatingMethod.DAY_3_TRANSFER, DatingMethod.DAY_5_TRANSFER)


def read(method, value, extra=""):
    return parse_dating(method, value, extra, order="dmy", today=TODAY)


def datings():
    days = st.dates(date(1950, 1, 1), TODAY)
    ages = st.builds(GestationalAge, st.integers(0, 301))
    return st.one_of(
        st.builds(Dating.from_lmp, days, st.integers(20, 45)),
        st.builds(Dating.from_edd, st.dates(date(1950, 1, 1), TODAY + timedelta(days=300))),
        st.builds(Dating.from_age, ages, st.none() | days),
        st.builds(Dating.from_crl, st.floats(15.0, 84.0), days, st.sampled_from(CRL)),
        st.builds(Dating.from_earlier_scan, ages, days),
        st.builds(lambda method, on: Dating(method, on=on), st.sampled_from(ASSISTED), days),
    )


@given(datings())
def test_that_the_text_of_a_dating_reads_as_itself(dating):
    assert read(dating.method, *dating_texts(dating)) == dating


@pytest.mark.parametrize(
    ("method", "value", "extra", "dating"),
    [
        (DatingMethod.LMP, "10.01.2026", "", Dating.from_lmp(date(2026, 1, 10))),
        (DatingMethod.LMP, "2026-01-10", "31 days", Dating.from_lmp(date(2026, 1, 10), 31)),
        (DatingMethod.LMP, "2026-01-10", "28", Dating.from_lmp(date(2026, 1, 10))),
        (CRL[0], "2026-03-20", "55,5 mm", Dating.from_crl(55.5, date(2026, 3, 20))),
        (CRL[1], "20260320", "55", Dating.from_crl(55.0, date(2026, 3, 20), CRL[1])),
        (
            DatingMethod.EARLIER_SCAN,
            "2026-03-20",
            "12 3/7",
            Dating.from_earlier_scan(GestationalAge(87), date(2026, 3, 20)),
        ),
        (
            DatingMethod.TYPED_AGE,
            "16+0",
            "2026-05-02",
            Dating.from_age(GestationalAge(112), date(2026, 5, 2)),
        ),
    ],
)
def test_that_each_part_is_read_forgivingly(method, value, extra, dating):
    assert read(method, value, extra) == dating


@pytest.mark.parametrize(
    ("method", "value", "extra", "part", "words"),
    [
        (DatingMethod.LMP, "rubbish", "", Part.VALUE, "is not a date"),
        (DatingMethod.LMP, "2026-06-03", "", Part.VALUE, "a day to come"),
        (DatingMethod.LMP, "0026-01-10", "", Part.VALUE, "check the year"),
        (DatingMethod.LMP, "2026-01-10", "19", Part.EXTRA, "20 to 45"),
        (DatingMethod.LMP, "2026-01-10", "46", Part.EXTRA, "20 to 45"),
        (DatingMethod.LMP, "2026-01-10", "four weeks", Part.EXTRA, "not a number of days"),
        (DatingMethod.EDD, "2027-03-30", "", Part.VALUE, "more than 300 days"),
        (CRL[0], "2026-03-20", "14.9", Part.EXTRA, "15 to 95 mm"),
        (CRL[0], "2026-03-20", "95.1", Part.EXTRA, "15 to 95 mm"),
        (CRL[1], "2026-03-20", "84.1", Part.EXTRA, "10 to 84 mm"),
        (CRL[1], "2026-03-20", "5 cm", Part.EXTRA, "write millimetres"),
        (CRL[1], "2026-07-20", "50", Part.VALUE, "a day to come"),
        (DatingMethod.EARLIER_SCAN, "2026-03-20", "44w0d", Part.EXTRA, "over 43 weeks"),
        (DatingMethod.TYPED_AGE, "43w1d", "", Part.VALUE, "over 43 weeks"),
        (DatingMethod.TYPED_AGE, "20w0d", "2026-09-01", Part.EXTRA, "a day to come"),
        (DatingMethod.DAY_5_TRANSFER, "31.02.2026", "", Part.VALUE, "There is no day"),
    ],
)
def test_that_what_cannot_be_is_refused_at_its_field(method, value, extra, part, words):
    found = read(method, value, extra)

    assert isinstance(found, Refused)
    assert found.part is part
    assert words in found.sentence


@pytest.mark.parametrize(
    ("method", "value", "extra", "words"),
    [
        (DatingMethod.LMP, "", "31", "the LMP"),
        (CRL[0], "2026-03-20", "", "the CRL"),
        (CRL[1], "", "45", "the day of that scan"),
        (DatingMethod.EARLIER_SCAN, "2026-03-20", "", "the age at that scan"),
        (DatingMethod.TYPED_AGE, "", "2026-03-20", "the age"),
    ],
)
def test_that_half_an_entry_names_the_other_half(method, value, extra, words):
    found = read(method, value, extra)

    assert isinstance(found, Unfinished)
    assert words in found.sentence


@pytest.mark.parametrize("method", DatingMethod)
def test_that_nothing_typed_is_no_dating(method):
    assert read(method, "", "") is None


@pytest.mark.parametrize(("ahead", "is_taken"), [(-400, True), (0, True), (1, True), (2, False)])
def test_that_an_examination_lies_at_most_a_time_zone_ahead(ahead, is_taken):
    today = date(2026, 3, 1)
    found = parse_exam_date((today + timedelta(days=ahead)).isoformat(), order="dmy", today=today)

    assert isinstance(found, Wrong) is not is_taken


def test_that_an_examination_of_tomorrow_says_what_to_check():
    found = parse_exam_date("2026-06-03", order="ymd", today=TODAY)

    assert found == Wrong("2026-06-03 is a day to come: check the examination date.")
    assert parse_exam_date("", order="ymd", today=TODAY) is None


@pytest.mark.parametrize(
    ("method", "value", "order", "is_taken"),
    [
        (DatingMethod.LMP, "2026-06-02", "ymd", True),
        (DatingMethod.LMP, "1900-01-01", "ymd", True),
        (DatingMethod.LMP, "1899-12-31", "ymd", False),
        (DatingMethod.EDD, "2027-03-29", "ymd", True),
        (DatingMethod.LMP, "01/10/2026", "mdy", True),
    ],
)
def test_that_a_day_is_taken_to_its_very_limit(method, value, order, is_taken):
    found = parse_dating(method, value, order=order, today=TODAY)

    assert isinstance(found, Dating) == is_taken
