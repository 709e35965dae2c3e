"""A day as DICOM writes it: what is written otherwise could be several days, and is none."""

import re
from datetime import date

# PS3.5 6.2: eight digits; in files of ACR-NEMA's days they may be parted by two dots.
_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_OLD_DATE = re.compile(r"(\d{4})\.(\d{2})\.(\d{2})", re.ASCII)
# A date-time may end behind any of its parts, and its zone follows at once.
_DATE_TIME = re.compile(
    r"(\d{8})(?:\d{2}(?:\d{2}(?:\d{2}(?:\.\d{1,6})?)?)?)?(?:[+-]\d{4})?", re.ASCII
)
_PADDING = " \0"


class NotADay(ValueError):  # noqa: N818 - named for what was found
    """Why something written is no day: a verb with its object, which quotes nothing."""

    @property
    def fault(self) -> str:
        return str(self.args[0])


def read_date(written: str) -> date:
    """Read DA as the standard writes it today, or as ACR-NEMA did: 2024.01.31.

    Raises:
        NotADay: it is written otherwise, or there is no such day.
    """
    text = written.strip(_PADDING)
    found = _DATE.fullmatch(text) or _OLD_DATE.fullmatch(text)
    if found is None:
        raise NotADay("is not written in eight digits, YYYYMMDD,")
    try:
        return date(*map(int, found.groups()))
    except ValueError as cause:
        raise NotADay("is no day of the calendar") from cause


def read_day_of_moment(written: str) -> date:
    """Read the day of a DT, as it was where the clock stood.

    Raises:
        NotADay: it is no DT, or does not say the day.
    """
    found = _DATE_TIME.fullmatch(written.strip(_PADDING))
    if found is None:
        raise NotADay("is not written as a day with its time, YYYYMMDDHHMMSS,")
    return read_date(found[1])
