"""A day in every writing that a scanner, a person or a program might choose for it."""

import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import product

_FEWEST_DIGITS = 5
_BUDDHIST_YEARS = 543
_MONTHS = (
    # How they begin in English, German, French, Spanish, Italian and Portuguese, without accents.
    ("jan", "jaen", "gen", "ene"),
    ("feb", "fev", "fevr"),
    ("mar", "mrz", "maerz"),
    ("apr", "avr", "abr"),
    ("may", "mai", "mag"),
    ("jun", "juin", "giu"),
    ("jul", "juil", "lug"),
    ("aug", "aou", "ago"),
    ("sep", "set"),
    ("oct", "okt", "ott", "out"),
    ("nov",),
    ("dec", "dez", "dic"),
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_APART = r"(?:[\W_]|de|of)*"
_ORDINAL = r"(?:st|nd|rd|th)?"
# Day 0 of those who count days: spreadsheets, astronomers (whole days), Modified Julian Days.
_DAY_ZEROES = (date(1899, 12, 30).toordinal(), -1721425, date(1858, 11, 17).toordinal())
_UNIX_DAY_ZERO = date(1970, 1, 1).toordinal()
_SECONDS_A_DAY = 86_400


@cache
def digits_of(day: date) -> frozenset[str]:
    """Return a day's writings in digits alone, without the zeros that lead; five digits or more.

    Year, month and day in any order, the year in two or four digits or of the Buddhist era; year
    and day of the year; and the numbers of those who count days.
    """
    years = _years(day)
    months, days = _padded_or_not(day.month), _padded_or_not(day.day)
    of_year = f"{day.timetuple().tm_yday:03d}"
    written = {
        "".join(parts)
        for year, month, number in product(years, months, days)
        for parts in _orders(year, month, number)
    }
    written |= {year + of_year for year in years} | {of_year + year for year in years}
    written |= {str(day.toordinal() - zero) for zero in _DAY_ZEROES}
    written.add(str((day.toordinal() - _UNIX_DAY_ZERO) * _SECONDS_A_DAY))
    stripped = {digits.lstrip("0") for digits in written}
    return frozenset(digits for digits in stripped if len(digits) >= _FEWEST_DIGITS)


def is_written_in(day: date, text: str) -> bool:
    """Say whether a text, of whatever else, holds a day: 20 Jul 2024, 07/20/24, 2024-202."""
    return _pattern(day).search(text.casefold()) is not None


@cache
def _pattern(day: date) -> re.Pattern[str]:
    year = _any_of(_years(day))
    names = _any_of(f"{name}[a-z]*" for name in _MONTHS[day.month - 1])
    month = rf"(?:0?{day.month}|{_ROMAN[day.month - 1]}|{names})"
    number = rf"(?:0?{day.day}{_ORDINAL})"
    week = day.isocalendar()
    texts = [
        *(_APART.join(parts) for parts in _orders(year, month, number)),
        rf"{year}{_APART}{day.timetuple().tm_yday:03d}",
        rf"{week.year}-?w{week.week:02d}-?{week.weekday}",
    ]
    return re.compile(rf"(?<!\d){_any_of(texts)}(?!\d)")


def _orders(year: str, month: str, day: str) -> tuple[tuple[str, str, str], ...]:
    return (year, month, day), (day, month, year), (month, day, year), (year, day, month)


def _years(day: date) -> tuple[str, ...]:
    return f"{day.year:04d}", f"{day.year % 100:02d}", f"{day.year + _BUDDHIST_YEARS:04d}"


def _padded_or_not(number: int) -> tuple[str, ...]:
    return f"{number:02d}", str(number)


def _any_of(texts: Iterable[str]) -> str:
    return f"(?:{'|'.join(texts)})"
