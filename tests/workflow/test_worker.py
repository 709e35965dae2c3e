"""What a worker is told and what it answers, without a process between."""

import io
from datetime import date
from pathlib import Path

import pytest

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.batch_dating import GivenDating
from fhc_desktop.domain.growth.local_chart import local_standard
from fhc_desktop.domain.growth.standards import STANDARDS
from fhc_desktop.reporting.batch.batch import FailedFile
from fhc_desktop.reporting.batch.batch_csv import as_csv
from fhc_desktop.reporting.batch.batch_objects import as_json
from fhc_desktop.reporting.batch.batch_table import as_table
from fhc_desktop.workflow.batch import MeasureOptions, measure_file
from fhc_desktop.workflow.worker import Assignment, Breakdown, Post, serve
from tests.fakes import FakeSegmenter
from tests.heads import SMALL_OUTLINE_PX, small_phantom, write_dicom
from tests.reading import READERS

WEEKS = {"ga_weeks": [18, 19, 20, 21, 22]}
MEANS = {"mean": [150.1, 161.0, 172.5, 184.0, 195.0], "sd": [6.2, 6.6, 7.2, 7.7, 8.0]}
PERCENTILES = {
    "p5": [140.0, 150.0, 161.0, 171.0, 182.0],
    "p50": [150.1, 161.0, 172.5, 184.0, 195.0],
    "p95": [161.0, 172.0, 184.0, 197.0, 208.0],
}


def measurer(assignment):
    proposer = FakeSegmenter(SMALL_OUTLINE_PX)
    return lambda path: measure_file(path, proposer, assignment.options, readers=READERS)


def served(assignment, *paths, measurer=measurer):
    """Return what a worker answers to these paths."""
    orders, answers = io.BytesIO(), io.BytesIO()
    Post().send(assignment, orders)
    post = Post.of(assignment.options)
    for path in paths:
        post.send(path, orders)
    orders.seek(0)
    serve(orders, answers, measurer)
    answers.seek(0)
    return [post.receive(answers) for _ in paths]


@pytest.mark.parametrize("columns", [MEANS, PERCENTILES])
def test_that_a_row_says_the_same_as_without_a_worker_by_a_local_chart_too(tmp_path, columns):
    texts = {"name": "Ours", "citation": "x", "population": "y", "unit": "mm"}
    local = local_standard({**texts, "table": WEEKS | columns})
    given = GivenDating(Dating.from_lmp(date(2025, 9, 1)), date(2026, 1, 19))
    options = MeasureOptions(
        mm_per_pixel=0.6, given=given, standard=local, standards=(*STANDARDS, local)
    )
    path = write_dicom(small_phantom(), tmp_path / "head.dcm")
    own = measurer(Assignment(options))(path)

    row, missing = served(Assignment(options), path, tmp_path / "none.dcm")

    for form in (as_json, as_csv, as_table):
        assert form([row]) == form([own])
    assert own.review.outcomes[local.key].standard is local
    assert row.review.outcomes[local.key].standard is local
    assert isinstance(missing, FailedFile)


def test_that_a_fault_of_the_program_is_an_answer_and_the_next_file_has_its_turn():
    def broken(_):
        return lambda path: FailedFile(path, "told") if path.name == "good" else path.no_such_word

    fault, row = served(Assignment(MeasureOptions()), Path("bad"), Path("good"), measurer=broken)

    assert isinstance(fault, Breakdown)
    assert "no_such_word" in fault.trace
    assert row.error == "told"
