"""What was typed into a field, read forgivingly but never guessed at; pure, no Qt."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from fhc_desktop.domain.gestation import Dating, DatingMethod, parse_age

_NUMBERS = re.compile(r"(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})\.?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DIGITS_OF_A_YEAR = 4


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why an entry cannot be taken, in one sentence that says how to write it."""

    sentence: str


def parse_date(text: str, *, order: str) -> date | Wrong | None:
    """Return the day that was typed; None where nothing was.

    The year may come first (2024-03-01) or last, with four digits; ``order`` (dmy, mdy or ymd) is
    the locale's and decides which of the other two numbers is the day.
    """
    cleaned = text.strip()
    if not cleaned:
        return None
    found = _COMPACT.fullmatch(cleaned) or _NUMBERS.fullmatch(cleaned)
    if found is None:
        return Wrong(f"“{cleaned}” is not a date: write it as 2024-03-01.")
    first, second, third = found.groups()
    if len(first) == _DIGITS_OF_A_YEAR:
        year, month, day = first, second, third
    elif len(third) == _DIGITS_OF_A_YEAR and order in {"dmy", "mdy"}:
        year = third
        day, month = (first, second) if order == "dmy" else (second, first)
    else:
        return Wrong(f"“{cleaned}” could be several days: write it as 2024-03-01.")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return Wrong(f"There is no day “{cleaned}”: write it as 2024-03-01.")


def parse_exam_date(text: str, *, order: str, today: date) -> date | Wrong | None:
    """Return the day of an examination that was typed; it cannot lie ahead."""
    found = parse_date(text, order=order)
    # One day's grace: the clock of a ward and that of the computer may lie a time zone apart.
    if isinstance(found, date) and found > today + timedelta(days=1):
        return Wrong(f"{found} is a day to come: check the examination date.")
    return found


def parse_dating(method: DatingMethod, text: str, *, order: str) -> Dating | Wrong | None:
    """Return the dating that was typed; None where nothing was."""
    cleaned = text.strip()
    if not cleaned:
        return None
    if method is DatingMethod.TYPED_AGE:
        age = parse_age(cleaned)
        if age is None:
            return Wrong(f"“{cleaned}” is not an age: write weeks and days as 20w3d or 20+3.")
        return Dating.from_age(age)
    day = parse_date(cleaned, order=order)
    return Dating(method, on=day) if isinstance(day, date) else day


def date_order(date_format: str) -> str:
    """Return in which order a locale's short date format names day, month and year."""
    first_seen = {letter: date_format.find(letter) for letter in "dMy"}
    return "".join(sorted(first_seen, key=first_seen.__getitem__)).lower()
