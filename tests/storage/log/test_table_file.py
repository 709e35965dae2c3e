"""A table is there whole or not at all, in the format that its name asks for."""

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from fhc_desktop.domain.patient import Patient
from fhc_desktop.storage.log.faults import LogNotExported
from fhc_desktop.storage.log.log_query import LogQuery
from fhc_desktop.storage.log.measurement_log import MeasurementLog
from fhc_desktop.storage.log.table_columns import Holds, TableColumn
from fhc_desktop.storage.log.table_file import TableFormat, write_table
from tests.storage.log_examples import an_entry

COLUMNS = [TableColumn("a", Holds.WHOLE)]


@pytest.mark.parametrize(
    ("name", "written_as"),
    [("a.csv", ".csv"), ("a.XLSX", ".xlsx"), ("a.parquet", ".parquet"), ("a.b", ".csv")],
)
def test_that_the_name_says_in_which_format(name, written_as):
    assert TableFormat.of(Path(name)) == written_as


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("is_there", [False, True])
def test_that_what_is_interrupted_leaves_the_old_file_or_none(tmp_path, suffix, is_there):
    target = tmp_path / f"log{suffix}"
    if is_there:
        target.write_text("old")

    def some_and_then_no_more():
        yield [{"a": 1}]
        raise InterruptedError

    with pytest.raises(LogNotExported):
        write_table(target, COLUMNS, some_and_then_no_more())

    assert [file.read_text() for file in tmp_path.iterdir()] == (["old"] if is_there else [])


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_that_a_disk_without_room_is_told(tmp_path, suffix, file_size_limit):
    rows = [{"a": number} for number in range(5000)]

    with file_size_limit(2048), pytest.raises(LogNotExported, match="could not be written"):
        write_table(tmp_path / f"log{suffix}", COLUMNS, [rows])

    assert list(tmp_path.iterdir()) == []


def test_that_workbook_and_text_hold_the_same_entries_and_only_those_that_are_wanted(tmp_path):
    log = MeasurementLog.open(tmp_path / "data")
    for identifier in ("A1", "B2", "A2"):
        log.append(an_entry(patient=Patient(identifier, "=cmd")))
    wanted = LogQuery(text="a", descending=False)

    log.export(tmp_path / "log.csv", wanted)
    log.export(tmp_path / "log.xlsx", wanted)
    log.close()

    with (tmp_path / "log.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    heading, *cells = load_workbook(tmp_path / "log.xlsx").active.iter_rows(values_only=True)
    assert [row["patient_id"] for row in rows] == ["A1", "A2"]
    assert list(heading) == list(rows[0])
    assert [dict(zip(heading, row, strict=True))["patient_id"] for row in cells] == ["A1", "A2"]
    assert {row["patient_name"] for row in rows} == {"'=cmd"}
