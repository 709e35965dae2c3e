"""The log as a table for other programs: comma-separated values that a spreadsheet may open."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from fhc_desktop.domain.spreadsheet import guarded


def table_of(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return rows as RFC 4180 text in UTF-8.

    The byte order mark is there because Excel reads UTF-8 as something else without it.
    Numbers have a decimal point in every country. Text that a spreadsheet would run as a formula
    gets an apostrophe in front; numbers never do, for z-scores may be negative.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
    return text.getvalue().encode("utf-8-sig", errors="backslashreplace")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else repr(value)
