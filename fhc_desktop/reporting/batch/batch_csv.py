"""The rows of many files as CSV: their objects laid flat."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from fhc_desktop.domain.spreadsheet import guarded
from fhc_desktop.reporting.batch.batch import BatchRow
from fhc_desktop.reporting.batch.batch_cells import (
    FAILED_COLUMNS,
    columns_of,
    flat_cells,
    is_failure,
)
from fhc_desktop.reporting.batch.batch_objects import row_object


def as_csv(rows: Iterable[BatchRow]) -> str:
    """Return RFC 4180 text with dot decimals; no cell can act as a formula in a spreadsheet."""
    return "".join(csv_pieces(rows))


def csv_pieces(rows: Iterable[BatchRow]) -> Iterator[str]:
    """Yield the same text piece by piece, as the rows come.

    Which columns there are the first measured row tells; what failed before it waits for that.
    """
    columns: Sequence[str] = ()
    waiting: list[Mapping[str, Any]] = []
    for told in map(row_object, rows):
        waiting.append(told)
        if columns:
            yield csv_lines(columns, waiting)
        elif not is_failure(told):
            columns = columns_of(told)
            yield csv_head(columns) + csv_lines(columns, waiting)
        else:
            continue
        waiting.clear()
    if not columns:
        yield csv_head(FAILED_COLUMNS) + csv_lines(FAILED_COLUMNS, waiting)


def csv_head(columns: Sequence[str]) -> str:
    """Return the line that names the columns."""
    return _text(columns, [dict(zip(columns, columns, strict=True))])


def csv_lines(columns: Sequence[str], told: Iterable[Mapping[str, Any]]) -> str:
    """Return the lines of some rows, given by their objects."""
    return _text(columns, map(_guarded_cells, told))


def _text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    written = io.StringIO()
    csv.DictWriter(written, columns, restval="", lineterminator="\r\n").writerows(rows)
    return written.getvalue()


def _guarded_cells(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: guarded(value) if isinstance(value, str) else value
        for name, value in flat_cells(told).items()
    }
