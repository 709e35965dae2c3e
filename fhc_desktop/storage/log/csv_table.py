"""The log as a table for other programs: comma-separated values that a spreadsheet may open."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fhc_desktop.domain.spreadsheet import guarded
from fhc_desktop.storage.log.table_columns import Batches, TableColumn, as_characters


def write_csv(path: Path, columns: Sequence[TableColumn], batches: Batches) -> None:
    """Write rows as RFC 4180 text in UTF-8.

    The byte order mark is there because Excel reads UTF-8 as something else without it.
    Numbers have a decimal point in every country. Text that a spreadsheet would run as a formula
    gets an apostrophe in front; numbers never do, for z-scores may be negative.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.name for column in columns])
        for rows in batches:
            writer.writerows([_cell(row[column.name]) for column in columns] for row in rows)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return guarded(as_characters(value)) if isinstance(value, str) else repr(value)
