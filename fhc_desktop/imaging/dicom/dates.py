"""A date as DICOM writes it."""

from datetime import date, datetime


def read_date(written: str) -> date:
    """Read DA as the standard writes it today, or as ACR-NEMA did: 2024.01.31.

    Raises:
        ValueError: it is no date.
    """
    return datetime.strptime(written.replace(".", "").strip(), "%Y%m%d").date()  # noqa: DTZ007
