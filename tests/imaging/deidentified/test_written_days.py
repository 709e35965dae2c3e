"""A day is found in whatever writing, and another day is not."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fhc_desktop.imaging.deidentified.written_days import digits_of, is_written_in

DAY = date(2024, 7, 20)
WRITINGS = [
    *("2024-07-20", "20.07.2024", "20/07/24", "07/20/24", "20 Jul 2024", "July 20 2024"),
    *("July 20th, 2024", "20JUL24", "20240720", "200724", "20.7.24", "20. juil. 2024"),
    *("20 juillet 2024", "20 de julio de 2024", "20 luglio 2024", "20.VII.2024", "2024/202"),
    *("2024-W29-6", "20-07-2567", "GE 20JUL24 v2", "24_07_20"),
]
NUMBERS = [
    *("20240720", "20072024", "7202024", "240720", "200724", "7202024", "2024202", "24202"),
    *("45493", "2460512", "60511", "1721433600", "25670720"),
]


@pytest.mark.parametrize("text", WRITINGS)
def test_that_a_numberis_found_in_any_writing(text):
    assert is_written_in(DAY, text)
    assert not is_written_in(DAY + timedelta(days=40), text)


@pytest.mark.parametrize("text", ["GE Healthcare", "LOGIQ 700", "202407", "1202407200", "Voluson"])
def test_that_what_is_no_numberis_none(text):
    assert not is_written_in(DAY, text)


@pytest.mark.parametrize("number", NUMBERS)
def test_that_a_numberis_found_as_a_number(number):
    assert number in digits_of(DAY)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(["%Y%m%d", "%d%m%Y"]))
def test_that_eight_digits_of_a_numberare_always_found(day, writing):
    digits = day.strftime(writing)

    assert digits.lstrip("0") in digits_of(day)
    assert is_written_in(day, f"V{digits}.")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(-400, 400))
@example(date(1999, 1, 1), 243)  # 1999 may be 1.9.99
@example(date(2049, 11, 30), -333)  # 2049-11 may be 2049-1-1
def test_that_a_day_with_its_whole_year_is_no_other_that_its_digits_cannot_be(day, days):
    other = day + timedelta(days)
    year, *rest = day.isoformat().split("-")
    in_a_row = {year, year + rest[0], year + rest[0] + rest[1], rest[0] + rest[1], *rest}

    could_be = not in_a_row.isdisjoint(digits_in_any_order(other))
    assert is_written_in(other, day.isoformat()) == could_be


def digits_in_any_order(day):
    """A day's digits, year in two or four or of the Buddhist era, as anybody may put them."""
    years = f"{day.year:04d}", f"{day.year % 100:02d}", f"{day.year + 543:04d}"
    months, days = ({f"{number:02d}", str(number)} for number in (day.month, day.day))
    told = {year + f"{day.timetuple().tm_yday:03d}" for year in years}
    for y, m, d in product(years, months, days):
        told |= {y + m + d, d + m + y, m + d + y, y + d + m}
    return told
