"""A workbook read back by another library: numbers, days and texts, and nothing that runs."""

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from fhc_desktop.storage.log.faults import LogNotExported
from fhc_desktop.storage.log.table_columns import Holds, TableColumn
from fhc_desktop.storage.log.xlsx_table import MOST_CHARACTERS, MOST_ROWS, write_xlsx


@pytest.fixture
def read(tmp_path):
    """Write rows under one heading, and return the cells below it as a workbook has them."""

    def through(holds, *values):
        path = tmp_path / "table.xlsx"
        rows = [{"value": value} for value in values]
        write_xlsx(path, [TableColumn("value", holds)], [rows[:1], rows[1:]])
        sheet = load_workbook(path).active
        assert sheet.freeze_panes == "A2"
        heading, *cells = sheet["A"][: len(values) + 1]
        assert heading.value == "value"
        return cells

    return through


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.floats(-1e9, 1e9).map(lambda number: round(number, 6)) | st.integers(-999, 9999))
def test_that_numbers_are_numbers(read, number):
    first, second = read(Holds.NUMBER, 1, number)

    assert (first.value, second.value) == (1, number)
    assert second.data_type == "n"


def test_that_days_are_days(read):
    first, before_excel = read(Holds.DAY, "2026-05-01", "1899-12-31")

    assert first.is_date
    assert first.value == datetime(2026, 5, 1)  # noqa: DTZ001 - a cell knows no zone
    assert before_excel.value == "1899-12-31"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum", "http://x.example", "0012"])
def test_that_a_text_stays_a_text_and_neither_runs_nor_becomes_a_number(read, text):
    (cell,) = read(Holds.TEXT, text)

    assert cell.value == text
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_that_a_time_keeps_its_offset(read):
    (first,) = read(Holds.TIME, "2026-05-01T08:30:00+00:00")

    assert first.value == "2026-05-01T08:30:00+00:00"


def test_that_a_file_name_that_is_no_text_is_written_all_the_same(read):
    (first,) = read(Holds.TEXT, "scan\udcff.png")

    assert first.value == "scan\\udcff.png"


def test_that_a_text_that_no_cell_holds_is_not_cut_in_silence(read):
    with pytest.raises(LogNotExported, match="longer than a cell"):
        read(Holds.TEXT, "x" * (MOST_CHARACTERS + 1))


def test_that_more_rows_than_a_sheet_holds_are_refused(tmp_path):
    class Many(list):
        def __len__(self):
            return MOST_ROWS + 1

    with pytest.raises(LogNotExported, match="at most 1,048,575"):
        write_xlsx(tmp_path / "table.xlsx", [TableColumn("a", Holds.TEXT)], [Many()])
