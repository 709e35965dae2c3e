"""A day is what DICOM calls one; what could be several days is none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.imaging.dicom.dates import NotADay, read_date, read_day_of_moment


@given(st.dates())
def test_that_every_day_is_read_as_it_is_written(day):
    written = f"{day.year:04d}{day.month:02d}{day.day:02d}"

    assert read_date(written) == read_date(f"{written} ") == day
    assert read_date(f"{day.year:04d}.{day.month:02d}.{day.day:02d}") == day


@given(st.text(alphabet="0123456789. -/:\u0661\u0662", max_size=16))
def test_that_nothing_but_eight_digits_and_the_old_form_is_a_day(written):
    try:
        day = read_date(written)
    except NotADay:
        return
    text = written.strip()
    assert text in {f"{day:%Y%m%d}".rjust(8, "0"), f"{day:%Y.%m.%d}".rjust(10, "0")}


@pytest.mark.parametrize(
    "written",
    [
        "2024121",
        "241221",
        "2024.1.21",
        "2024.0121",
        "2024-01-21",
        "20240121101500",
        "20240121-20240122",
        "202401",
        "21/01/2024",
    ],
)
def test_that_a_day_of_other_than_eight_digits_is_not_guessed(written):
    with pytest.raises(NotADay) as refused:
        read_date(written)

    assert refused.value.fault == "is not written in eight digits, YYYYMMDD,"


@pytest.mark.parametrize("written", ["20230229", "25670229", "20241301", "00000000", "20240431"])
def test_that_eight_digits_may_be_no_day(written):
    with pytest.raises(NotADay) as refused:
        read_date(written)

    assert refused.value.fault == "is no day of the calendar"


@pytest.mark.parametrize(
    "written",
    ["20240803", "2024080310", "20240803101500", "20240803101500.25", "20240803101500.0+1300"],
)
def test_that_the_day_of_a_moment_is_that_of_its_own_clock(written):
    assert read_day_of_moment(written) == date(2024, 8, 3)


@pytest.mark.parametrize("written", ["2024", "202408", "2024080", "20240803 10:15", "202408031"])
def test_that_a_moment_without_its_day_has_none(written):
    with pytest.raises(NotADay):
        read_day_of_moment(written)
