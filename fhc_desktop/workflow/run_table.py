"""The table of a run: the rows of all its files in the order of the list, however many."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

from fhc_desktop.atomic_file import file_by_parts
from fhc_desktop.reporting.batch.batch_cells import (
    FAILED_COLUMNS,
    columns_of,
    flat_cells,
    is_failure,
)
from fhc_desktop.reporting.batch.batch_csv import csv_head, csv_lines
from fhc_desktop.storage.log.parquet_table import libraries, write_parquet
from fhc_desktop.storage.log.table_columns import Holds, TableColumn
from fhc_desktop.storage.runs.faults import said_by_system
from fhc_desktop.workflow.archive_run import ArchiveRun

_ROWS_OF_A_GROUP = 1000  # as Parquet packs them
_WHOLE = {"frame", "depth_marks_ticks", "gestational_age_days"}
_TEXTS = {
    "path",
    "sha256",
    "fetus",
    "comment",
    "calibration_source",
    "grade",
    "grade_reasons",
    "gestational_age_method",
    "growth_standard",
    "flags",
    "remarks",
    "model_name",
    "model_version",
    "model_sha256",
    "warnings",
    "report",
    "error",
}


class RunTable(StrEnum):
    """The forms that a run's table can take."""

    CSV = "csv"
    PARQUET = "parquet"

    @property
    def file_name(self) -> str:
        return f"measurements.{self}"

    def check(self) -> None:
        """Say before a day of measuring what would be missing after it.

        Raises:
            LogNotExported: the library that writes such files is not there.
        """
        if self is RunTable.PARQUET:
            libraries()


def write_run_table(run: ArchiveRun, form: RunTable) -> Path:
    """Write a complete run's table into its folder, whole or not at all; return where it lies.

    As CSV it has the bytes that the same files come to without a run.

    Raises:
        RunUnavailable: it could not be written; one that was there still is.
        LogNotExported: the library that writes Parquet is not there.
    """
    target = run.folder / form.file_name
    frames = (told for told in run.told() if not is_failure(told))
    first = next(frames, None)
    columns = FAILED_COLUMNS if first is None else columns_of(first)
    try:
        with file_by_parts(target) as draft:
            if form is RunTable.CSV:
                _write_csv(draft, columns, run.told())
            else:
                write_parquet(draft, list(map(_kind_of, columns)), _cells(columns, run.told()))
    except OSError as cause:
        raise said_by_system(target, cause) from cause
    return target


def _write_csv(target: Path, columns: Sequence[str], told: Iterable[Mapping[str, Any]]) -> None:
    with target.open("w", encoding="utf-8", newline="") as lines:
        lines.write(csv_head(columns))
        for one in told:
            lines.write(csv_lines(columns, [one]))


def _cells(
    columns: Sequence[str], told: Iterable[Mapping[str, Any]]
) -> Iterator[list[dict[str, Any]]]:
    rest = iter(told)
    while some := list(islice(rest, _ROWS_OF_A_GROUP)):
        yield [dict.fromkeys(columns) | flat_cells(one) for one in some]


def _kind_of(column: str) -> TableColumn:
    if column in _TEXTS or column.endswith("_reason"):
        return TableColumn(column, Holds.TEXT)
    return TableColumn(column, Holds.WHOLE if column in _WHOLE else Holds.NUMBER)
