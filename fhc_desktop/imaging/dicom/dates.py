"""A date as DICOM writes it."""

from datetime import date, datetime

_DIGITS = 8


def read_date(written: str) -> date:
    """Read DA as the standard writes it today, or as ACR-NEMA did: 2024.01.31.

    Raises:
        ValueError: it is no date.
    """
    digits = written.replace(".", "").strip()
    if len(digits) != _DIGITS:
        raise ValueError("a date has eight digits")  # 2024115 may be two days
    return datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007
