"""The table is what a spreadsheet opens: numbers with every digit, and no text that runs."""

import csv

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fhc_desktop.storage.log.csv_table import write_csv
from fhc_desktop.storage.log.table_columns import Holds, TableColumn


@pytest.fixture
def written(tmp_path):
    """Write rows and return the bytes."""

    def write(names, *batches):
        columns = [TableColumn(name, Holds.TEXT) for name in names]
        write_csv(tmp_path / "table.csv", columns, batches)
        return (tmp_path / "table.csv").read_bytes()

    return write


@pytest.fixture
def read(tmp_path, written):
    """Write rows and read them back."""

    def through(names, *rows):
        written(names, rows)
        with (tmp_path / "table.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    return through


def test_that_the_columns_are_those_asked_for_in_their_order(written):
    content = written(("b", "a"), [{"a": 1, "b": 2, "c": 3}], [{"a": 4, "b": 5, "c": 6}])

    assert content == b"\xef\xbb\xbfb,a\r\n2,1\r\n5,4\r\n"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_that_a_number_keeps_every_digit_and_its_sign(read, number):
    (row,) = read(("value",), {"value": number})

    assert type(number)(row["value"]) == number


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum"])
def test_that_a_text_that_would_run_is_held_back(read, text):
    (row,) = read(("value",), {"value": text})

    assert row["value"] == f"'{text}"


def test_that_nothing_is_an_empty_cell_and_a_name_is_whole(read):
    (row,) = read(("a", "b"), {"a": None, "b": 'Müller, "Zoë"\nMeier'})

    assert row == {"a": "", "b": 'Müller, "Zoë"\nMeier'}


def test_that_a_file_name_that_is_no_text_is_written_all_the_same(written):
    assert b"scan\\udcff.png" in written(("a",), [{"a": "scan\udcff.png"}])
