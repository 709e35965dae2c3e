"""The table is what a spreadsheet opens: numbers with every digit, and no text that runs."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.storage.log.csv_table import table_of


def read(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_that_the_columns_are_those_asked_for_in_their_order():
    content = table_of(("b", "a"), [{"a": 1, "b": 2, "c": 3}])

    assert content == b"\xef\xbb\xbfb,a\r\n2,1\r\n"


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers())
def test_that_a_number_keeps_every_digit_and_its_sign(number):
    (row,) = read(table_of(("value",), [{"value": number}]))

    assert type(number)(row["value"]) == number


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@sum"])
def test_that_a_text_that_would_run_is_held_back(text):
    (row,) = read(table_of(("value",), [{"value": text}]))

    assert row["value"] == f"'{text}"


def test_that_nothing_is_an_empty_cell_and_a_name_is_whole():
    (row,) = read(table_of(("a", "b"), [{"a": None, "b": 'Müller, "Zoë"\nMeier'}]))

    assert row == {"a": "", "b": 'Müller, "Zoë"\nMeier'}


def test_that_a_file_name_that_is_no_text_is_written_all_the_same():
    assert b"scan\\udcff.png" in table_of(("a",), [{"a": "scan\udcff.png"}])
