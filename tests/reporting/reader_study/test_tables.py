"""The tables of a study hold every read and every number, and say what is missing."""

import csv
import io
from dataclasses import replace

import pytest

from fhc_desktop.domain.reader_study.results import results
from fhc_desktop.reporting.reader_study.tables import (
    SHOWN_PROPOSAL,
    PlacedRead,
    pictures_table,
    reads_table,
    statistics_table,
)
from tests.domain.reader_study.quantiles import SCIPY
from tests.domain.reader_study.test_read import ROUND, read

FIRST = {"P1": 150.0, "P2": 160.0, "P3": 170.0, "P4": 181.0}
SECOND = {"P1": 151.0, "P2": 159.5, "P3": 170.0}
OTHER = {code: hc_mm + 1.5 for code, hc_mm in FIRST.items()}


def rows(text):
    assert "\r\n" in text
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_that_a_read_has_its_place_its_lengths_its_outline_and_its_scale():
    (row,) = rows(
        reads_table([PlacedRead(read(2, "P1"), 1, is_in_force=True, file="/scans/a.png")])
    )

    assert (row["reader"], row["place"], row["occasion"], row["picture"]) == ("A", "2", "1", "P1")
    assert float(row["hc_mm"]) == pytest.approx(ROUND.perimeter / 2)
    assert (float(row["bpd_mm"]), float(row["ofd_mm"])) == (40, 50)
    assert float(row["semi_axis_a_px"]) == ROUND.semi_axis_a
    assert (row["mm_per_column"], row["scale_source"]) == ("0.5", "pixel_size_table")
    assert (row["is_proposal_shown"], row["are_numbers_hidden"]) == ("False", "True")
    assert (row["file"], row["is_measurable"]) == ("/scans/a.png", "True")


def test_that_what_cannot_be_measured_has_empty_cells_and_says_so():
    (row,) = rows(reads_table([PlacedRead(read(1, "P1", None, None), 1, is_in_force=True)]))

    assert (row["is_measurable"], row["hc_mm"], row["hc_px"], row["mm_per_row"]) == (
        "False", "", "", "",
    )  # fmt: skip


def test_that_no_cell_acts_as_a_formula():
    placed = PlacedRead(replace(read(1, "P1"), reader="=1+1"), 1, is_in_force=True, file="@SUM(A1)")

    (row,) = rows(reads_table([placed]))

    assert (row["reader"], row["file"]) == ("'=1+1", "'@SUM(A1)")


def test_that_a_picture_has_a_column_for_each_reader_and_occasion():
    said = {"P1": {"model_hc_mm": 149.0, "model_grade": "good", "warnings": ""}}

    found = rows(pictures_table({"P1": "a.png", "P4": ""}, said, {"A": (FIRST, SECOND)}))

    assert found[0]["model_hc_mm"] == "149.0"
    assert (found[0]["A_first_hc_mm"], found[0]["A_second_hc_mm"]) == ("150.0", "151.0")
    assert (found[1]["model_hc_mm"], found[1]["A_second_hc_mm"]) == ("", "")


def test_that_each_comparison_is_told_in_mm_and_in_per_cent():
    found = results({"A": (FIRST, SECOND), "B": (OTHER, {})}, FIRST, SCIPY)

    table = rows(statistics_table(found, is_proposal_shown=False))

    names = [(row["kind"], row["comparison"], row["unit"]) for row in table]
    assert names == [
        ("intra-observer", "A, second − A, first", "mm"),
        ("intra-observer", "A, second − A, first", "%"),
        ("intra-observer", "B, second − B, first", "mm"),
        ("intra-observer", "B, second − B, first", "%"),
        ("inter-observer", "B − A", "mm"),
        ("inter-observer", "B − A", "%"),
        ("model against reader", "model − A", "mm"),
        ("model against reader", "model − A", "%"),
        ("model against reader", "model − B", "mm"),
        ("model against reader", "model − B", "%"),
        ("inter-observer", "all readers", "mm"),
    ]
    by_name = dict(zip(names, table, strict=True))
    inter = by_name["inter-observer", "B − A", "mm"]
    assert (inter["pictures"], float(inter["bias"]), float(inter["sd"])) == ("4", 1.5, 0)
    assert float(inter["icc_3_1"]) == pytest.approx(1)
    own = by_name["intra-observer", "A, second − A, first", "mm"]
    assert float(own["within_subject_sd"]) == pytest.approx(((1 + 0.25) / 3 / 2) ** 0.5)
    assert (
        by_name["intra-observer", "B, second − B, first", "mm"]["note"]
        == "Fewer than 3 pictures have all readings."
    )
    assert not any(row["note"] for row in table if row["kind"] == "model against reader")


def test_that_a_model_that_was_shown_is_told_to_be_no_independent_one():
    found = results({"A": (FIRST, {})}, FIRST, SCIPY)

    table = rows(statistics_table(found, is_proposal_shown=True))

    notes = {row["note"] for row in table if row["kind"] == "model against reader"}
    assert notes == {SHOWN_PROPOSAL}
