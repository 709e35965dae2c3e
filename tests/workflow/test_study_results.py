"""Results count what is a reader's own, and name what they leave out."""

import csv
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from fhc_desktop.domain.confidence import Confidence, Grade
from fhc_desktop.storage.reader_study.reads_file import add_read, kept_reads
from fhc_desktop.storage.reader_study.study_folder import open_study
from fhc_desktop.workflow.study_results import by_model, write_results
from tests.domain.reader_study.quantiles import SCIPY
from tests.fakes import FakeSegmenter
from tests.heads import SMALL_OUTLINE_PX, small_phantom, write_png
from tests.reading import READERS
from tests.studies import MADE_AT, PLAN, desk_of, made_study
from tests.workflow.test_making_study import make


@pytest.fixture
def folder(tmp_path):
    return made_study(tmp_path)


def read_by(folder, reader, places, outline_px=SMALL_OUTLINE_PX):
    desk = desk_of(folder, reader, lambda: MADE_AT + timedelta(seconds=2))
    for place in places:
        desk.keep(desk.open(place), outline_px)


def results_of(folder, out, segmenter=None):
    out.mkdir()
    said = dict(by_model(folder, segmenter or FakeSegmenter(SMALL_OUTLINE_PX), READERS))
    return write_results(folder, said, out, SCIPY, {})


def rows(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_that_reads_of_an_altered_list_count_and_are_told(folder, tmp_path):
    read_by(folder, "A", (1,))
    (read,) = kept_reads(folder.reads_path("A")).reads
    add_read(folder.reads_path("A"), replace(read, list_sha256="0" * 64))

    found = results_of(folder, tmp_path / "out")

    assert "A has read by another list than this one: study.json was altered." in found.remarks
    assert len(rows(tmp_path / "out" / "reads.csv")) == 2


def test_that_reads_of_another_reader_are_left_out_and_told(folder, tmp_path):
    read_by(folder, "A", range(1, 7))
    shutil.copy(folder.reads_path("A"), folder.reads_path("B"))

    found = results_of(folder, tmp_path / "out")

    assert found.remarks == (
        "B has 6 of 6 readings left.",
        "6 reads in B’s file are not of her list, and are left out.",
    )
    assert {row["reader"] for row in rows(tmp_path / "out" / "reads.csv")} == {"A"}


def test_that_readings_without_a_scale_are_in_no_statistic_and_are_told(tmp_path):
    bare = [write_png(small_phantom(seed=seed), tmp_path / f"{seed}.png") for seed in (1, 2, 3)]
    make(tmp_path, bare, replace(PLAN, repeats=0.0))
    folder = open_study(tmp_path / "study")
    read_by(folder, "A", (1, 2, 3))

    found = results_of(folder, tmp_path / "out")

    assert "3 of A’s readings have no scale and are in no statistic." in found.remarks
    assert all(row["hc_mm"] == "" and row["hc_px"] for row in rows(tmp_path / "out" / "reads.csv"))
    assert not list((tmp_path / "out").glob("*.svg"))


def test_that_all_that_is_read_has_a_plot_and_no_remark(folder, tmp_path):
    for reader in ("A", "B"):
        read_by(folder, reader, range(1, 7))

    found = results_of(folder, tmp_path / "out")

    assert found.remarks == ()
    assert {path.name for path in found.written} == {
        path.name for path in (tmp_path / "out").iterdir()
    }
    # Two pictures are read twice, and of two there is no statistic.
    assert {path.name for path in found.written if path.suffix == ".svg"} == {
        "bland-altman-inter-observer-A-B.svg",
        "bland-altman-model-A-model.svg",
        "bland-altman-model-B-model.svg",
    }


def test_that_what_the_model_cannot_measure_or_read_is_a_picture_without_its_number(
    folder, tmp_path
):
    refuses = FakeSegmenter(
        SMALL_OUTLINE_PX, confidence=Confidence(Grade.NOT_MEASURABLE, ("It is a trunk.",))
    )
    folder.picture_path("P0002").unlink()

    results_of(folder, tmp_path / "out", refuses)

    table = {row["picture"]: row for row in rows(tmp_path / "out" / "pictures.csv")}
    assert {row["model_hc_mm"] for row in table.values()} == {""}
    assert table["P0001"]["model_grade"] == "not measurable"
    assert "It is a trunk" in table["P0001"]["warnings"]
    assert "is not there" in table["P0002"]["warnings"]
