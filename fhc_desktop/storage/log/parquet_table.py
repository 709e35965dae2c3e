"""The log as a Parquet file, for whoever computes with it; needs the extra ``parquet``."""

import importlib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from fhc_desktop.storage.log.faults import LogNotExported
from fhc_desktop.storage.log.table_columns import Batches, Holds, TableColumn, as_characters


def write_parquet(path: Path, columns: Sequence[TableColumn], batches: Batches) -> None:
    """Write rows with the type of each column; times are in UTC, to the microsecond.

    Raises:
        LogNotExported: the library that writes such files is not there.
    """
    arrow, parquet = libraries()
    kinds = {
        Holds.TEXT: arrow.string(),
        Holds.WHOLE: arrow.int64(),
        Holds.NUMBER: arrow.float64(),
        Holds.DAY: arrow.date32(),
        Holds.TIME: arrow.timestamp("us", tz="UTC"),
    }
    schema = arrow.schema([(column.name, kinds[column.holds]) for column in columns])
    with parquet.ParquetWriter(path, schema) as writer:
        for rows in batches:
            cells = {
                column.name: [_cell(row[column.name], column.holds) for row in rows]
                for column in columns
            }
            writer.write_table(arrow.table(cells, schema=schema))


def libraries() -> tuple[ModuleType, ModuleType]:
    """Return what writes such files.

    Raises:
        LogNotExported: it is not there.
    """
    try:
        return importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ModuleNotFoundError as cause:
        raise LogNotExported(
            "Parquet files are written with pyarrow, which is not installed.",
            "Install it with pip install 'fhc-desktop[parquet]', or export CSV instead.",
        ) from cause


def _cell(value: Any, holds: Holds) -> Any:
    if not isinstance(value, str):
        return value
    match holds:
        case Holds.DAY:
            return date.fromisoformat(value)
        case Holds.TIME:
            return datetime.fromisoformat(value)
        case _:
            return as_characters(value)
