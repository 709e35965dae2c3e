"""A table's text is the same however it was saved."""

import codecs
import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.imaging.files.separated_text import separated_text

TEXT = "filename;size (µm)\ntête.png;0,1\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
    ],
)
def test_that_the_encoding_is_known_from_the_bytes(data):
    assert separated_text(data).text == TEXT


@given(st.integers(0, len(TEXT.encode())), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_that_a_beginning_is_read_as_far_as_it_goes(length, encoding):
    if length == 1 and encoding == "utf-16":
        return  # half a mark says nothing
    assert TEXT.startswith(separated_text(TEXT.encode(encoding)[:length]).text)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\n\n"])
def test_that_rows_end_as_any_system_ends_them(line_end):
    text = line_end.join(["a;b", '"1;2"; "3"', " ; ", ""])

    assert separated_text(text.encode()).rows(";") == [["a", "b"], ["1;2", "3"]]


@pytest.mark.parametrize("line", ["sep=|\r\n", "SEP=|\n", '"sep=|"\r\n'])
def test_that_a_separator_that_is_named_is_the_only_one(line):
    found = separated_text(f"{line}a|b\n".encode("utf-8-sig"))

    assert found.separators == ("|",)
    assert found.rows("|") == [["a", "b"]]


def test_that_otherwise_tabs_semicolons_and_commas_may_part_cells():
    assert set(separated_text(b"a;b").separators) == {"\t", ";", ","}


def test_that_a_cell_without_end_is_no_table():
    with pytest.raises(csv.Error):
        separated_text(b"a," + b"x" * 200_000).rows(",")
