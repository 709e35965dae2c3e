"""What was typed as a date or an age, read forgivingly but never guessed at."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from fhc_desktop.domain.dating.gestation import (
    DAYS_OF_A_WEEK,
    LONGEST_PREGNANCY_DAYS,
    GestationalAge,
)
from fhc_desktop.domain.typed_length import typed_mm

# Where no locale says in which order a date is written: on the command line, or without any.
NO_ORDER = ""
_EITHER = ("dmy", "mdy")
_NUMBERS = re.compile(
    r"(?P<first>\d{1,4})\s*(?P<mark>[-/. ])"
    r"\s*(?P<second>\d{1,2})\s*(?P=mark)\s*(?P<third>\d{1,4})\.?"
)
_COMPACT = re.compile(r"(?P<first>\d{4})(?P<mark>)(?P<second>\d{2})(?P<third>\d{2})")
# Which way the text runs, as Arabic locales put it between the numbers.
_UNSEEN = re.compile("[\u200e\u200f\u061c]")
_EXAMPLE = "2024-03-01"
_DIGITS_OF_A_YEAR = 4
_WHOLE_DAYS = re.compile(r"(\d{1,3})\s*(?:d|days?)?")

_WEEKS = r"(?:w|wk|wks|weeks?)"
_DAYS = r"(?:d|days?)"
_AGES = (
    re.compile(rf"(?P<weeks>\d{{1,2}})\s*{_WEEKS}?\s*\+\s*(?P<days>\d{{1,2}})\s*{_DAYS}?"),
    re.compile(
        rf"(?P<weeks>\d{{1,2}})\s*{_WEEKS}\s*(?:(?:,|and)?\s*(?P<days>\d{{1,2}})\s*{_DAYS}?)?"
    ),
    re.compile(r"(?P<weeks>\d{1,2})\s+(?P<days>\d)\s*[/\u2044]\s*7"),
    re.compile(r"(?P<weeks>\d{1,2})"),
    re.compile(rf"(?P<days_alone>\d{{1,3}})\s*{_DAYS}"),
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why an entry cannot be taken, in one sentence that says how to write it."""

    sentence: str


def parse_date(text: str, *, order: str) -> date | Wrong | None:
    """Return the day that was typed; None where nothing was.

    With the year first (2024-03-01, 20240301) it is the same everywhere. With the year last, in
    four digits, mark and ``order`` decide together: dots are day first; anything else is in the
    locale's order (dmy, mdy or ymd; NO_ORDER where there is none), if that tells one day only.
    """
    cleaned = text.strip()
    if not cleaned:
        return None
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", cleaned))
    found = _COMPACT.fullmatch(plain) or _NUMBERS.fullmatch(plain)
    if found is None:
        return Wrong(f"“{cleaned}” is not a date: write it as {_EXAMPLE}.")
    numbers = (found["first"], found["second"], found["third"])
    orders = _orders(numbers, found["mark"], order)
    days = sorted({day for one in orders or _EITHER if (day := _day(one, numbers)) is not None})
    if orders and len(days) == 1:
        return days[0]
    examples = " or ".join(day.isoformat() for day in days) or _EXAMPLE
    if orders and not days:
        return Wrong(f"There is no day “{cleaned}”: write it as {examples}.")
    return Wrong(f"“{cleaned}” could be several days: write it as {examples}.")


def date_order(date_format: str) -> str:
    """Return in which order a locale's short date format names day, month and year."""
    first_seen = {letter: date_format.find(letter) for letter in "dMy"}
    return "".join(sorted(first_seen, key=first_seen.__getitem__)).lower()


def _orders(numbers: tuple[str, str, str], mark: str, order: str) -> tuple[str, ...]:
    """Return in which orders three numbers may be meant; none where nobody can know.

    Of the locales that Qt knows none puts month.day.year between dots, and those that put the month
    first do so between slashes: with another mark, one who types there may mean either.
    """
    first, _, third = map(len, numbers)
    if first == _DIGITS_OF_A_YEAR:
        return ("ymd",)
    if third != _DIGITS_OF_A_YEAR:
        return ()
    if mark == "." or order == "dmy":
        return ("dmy",)
    if order == "mdy":
        return ("mdy",) if mark == "/" else _EITHER
    return ()


def _day(order: str, numbers: tuple[str, str, str]) -> date | None:
    number = dict(zip(order, numbers, strict=True))
    if len(number["y"]) != _DIGITS_OF_A_YEAR:
        return None
    try:
        return date(int(number["y"]), int(number["m"]), int(number["d"]))
    except ValueError:
        return None


def read_age(text: str) -> GestationalAge | Wrong | None:
    """Return the age written as 20w3d, 20+3, 20 3/7, 20 weeks 3 days, 20w, 20 or 143d.

    None where nothing was typed.
    """
    cleaned = text.strip()
    if not cleaned:
        return None
    plain = unicodedata.normalize("NFKC", cleaned).lower()
    matches = (pattern.fullmatch(plain) for pattern in _AGES)
    found = next((match.groupdict() for match in matches if match is not None), None)
    if found is None:
        return Wrong(f"“{cleaned}” is not an age: write weeks and days as 20w3d or 20+3.")
    days = int(found.get("days") or 0)
    if days >= DAYS_OF_A_WEEK:
        return Wrong(f"“{cleaned}” is not an age: more than six days; write it as 20w3d.")
    total = int(found.get("days_alone") or 0)
    total += int(found.get("weeks") or 0) * DAYS_OF_A_WEEK + days
    if total > LONGEST_PREGNANCY_DAYS:
        return Wrong(f"“{cleaned}” is not an age: over 43 weeks, the longest pregnancy.")
    return GestationalAge(total)


def read_mm(text: str) -> float | Wrong | None:
    """Return a length written as 45, 45.2, 45,2 or 45.2 mm; None where nothing was typed."""
    cleaned = text.strip()
    if not cleaned:
        return None
    found = typed_mm(cleaned)
    return (
        Wrong(f"“{cleaned}” is not a length: write millimetres as 45.2.")
        if found is None
        else found
    )


def read_days(text: str) -> int | Wrong | None:
    """Return a number of days written as 31, 31d or 31 days; None where nothing was typed."""
    cleaned = text.strip()
    if not cleaned:
        return None
    found = _WHOLE_DAYS.fullmatch(unicodedata.normalize("NFKC", cleaned).lower())
    if found is None:
        return Wrong(f"“{cleaned}” is not a number of days: write it as 31.")
    return int(found[1])
