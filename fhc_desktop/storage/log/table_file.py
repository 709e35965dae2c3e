"""A table of the log as a file, in one of the formats that other programs read."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from fhc_desktop.atomic_file import file_by_parts
from fhc_desktop.storage.log.csv_table import write_csv
from fhc_desktop.storage.log.faults import LogNotExported
from fhc_desktop.storage.log.parquet_table import write_parquet
from fhc_desktop.storage.log.table_columns import Batches, TableColumn
from fhc_desktop.storage.log.xlsx_table import write_xlsx


class TableFormat(StrEnum):
    """A format, by the ending of its files."""

    CSV = ".csv"
    XLSX = ".xlsx"
    PARQUET = ".parquet"

    @classmethod
    def of(cls, target: Path) -> "TableFormat":
        """Return the format that a file's name asks for; CSV where it asks for none of ours."""
        suffix = target.suffix.lower()
        return cls(suffix) if suffix in set(cls) else cls.CSV


_WRITERS: Mapping[TableFormat, Callable[[Path, Sequence[TableColumn], Batches], None]] = {
    TableFormat.CSV: write_csv,
    TableFormat.XLSX: write_xlsx,
    TableFormat.PARQUET: write_parquet,
}


def write_table(target: Path, columns: Sequence[TableColumn], batches: Batches) -> None:
    """Write rows, given a batch at a time, to a file that is there whole or not at all.

    Whatever the batches raise ends the writing, and nothing is left of it.

    Raises:
        LogNotExported: the file could not be written; one that was there still is.
    """
    try:
        with file_by_parts(target) as draft:
            _WRITERS[TableFormat.of(target)](draft, columns, batches)
    except OSError as cause:
        raise LogNotExported(
            f"The log could not be written to {target} ({cause.strerror or cause}).",
            "Choose another folder, or make room on the disk.",
        ) from cause
