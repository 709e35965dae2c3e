"""The log as a workbook: numbers as numbers, days as days, and no text that runs."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fhc_desktop.storage.log.faults import LogNotExported
from fhc_desktop.storage.log.table_columns import Batches, Holds, TableColumn, as_characters

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_575
MOST_CHARACTERS = 32_767
# What Excel counts its days from; 1900 was no leap year, but it takes it for one.
_FIRST_DAY = date(1900, 3, 1)
_WIDTH = 14


def write_xlsx(path: Path, columns: Sequence[TableColumn], batches: Batches) -> None:
    """Write rows as one sheet with a heading that stays in sight.

    A cell of text is never a formula, so it needs no apostrophe. Times are texts with their offset:
    a cell cannot hold one. What is kept meanwhile lies beside the path, for it names patients.

    Raises:
        LogNotExported: there are more rows, or a longer text, than a sheet can hold.
    """
    # Slow to import, and few want a workbook.
    from xlsxwriter import Workbook  # noqa: PLC0415
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415

    settings = {"constant_memory": True, "tmpdir": str(path.parent)}
    book = Workbook(str(path), settings)
    sheet = book.add_worksheet("Measurements")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(columns) - 1, _WIDTH)
    sheet.write_row(0, 0, [column.name for column in columns], book.add_format({"bold": True}))
    at = 0
    for rows in batches:
        _refuse_too_many(at + len(rows))
        for at, row in enumerate(rows, start=at + 1):  # noqa: B020 - goes on where it stood
            for place, column in enumerate(columns):
                _write(sheet, (at, place), row[column.name], column.holds, day)
    try:
        book.close()
    except FileCreateError as cause:
        raise OSError(*cause.args[0].args) from cause


def _write(
    sheet: "Worksheet", place: tuple[int, int], value: Any, holds: Holds, day: "Format"
) -> None:
    if value is None:
        return
    if not isinstance(value, str):
        sheet.write_number(*place, value)
        return
    on = date.fromisoformat(value) if holds is Holds.DAY else None
    if on is not None and on >= _FIRST_DAY:
        sheet.write_datetime(*place, on, day)
        return
    text = as_characters(value)
    if len(text) > MOST_CHARACTERS:
        raise LogNotExported(
            "A text of the log is longer than a cell of a workbook can hold.",
            "Export it as CSV instead.",
        )
    sheet.write_string(*place, text)


def _refuse_too_many(rows: int) -> None:
    if rows > MOST_ROWS:
        raise LogNotExported(
            f"A workbook holds at most {MOST_ROWS:,} measurements.",
            "Narrow them down with a filter, or export them as CSV.",
        )
