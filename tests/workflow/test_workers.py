"""Many files at once, by real processes: order, deaths, and what is left of them."""

import os
import sys
import time
from itertools import count
from pathlib import Path

import pytest

from fhc_desktop.reporting.batch.batch import FailedFile
from fhc_desktop.workflow.batch import MeasureOptions
from fhc_desktop.workflow.worker import Assignment
from fhc_desktop.workflow.workers import WorkerBroke, jobs_for, measured_by_workers
from tests.workflow.drawn_worker import COMMAND

ASSIGNMENT = Assignment(MeasureOptions())


@pytest.fixture
def written(tmp_path):
    """Files that say what becomes of whoever measures them."""

    def write(*contents):
        paths = [tmp_path / f"{number}.png" for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_text(content)
        return paths

    return write


def rows_of(files, jobs=2, command=COMMAND):
    return measured_by_workers(files, ASSIGNMENT, jobs, command)


def test_that_rows_come_in_the_order_of_the_files_whoever_dies(written):
    paths = written("", "die", "die once", "", "")
    unlisted = FailedFile(Path("bare"), "There is no image in it.")

    rows = list(rows_of([*paths[:2], unlisted, *paths[2:]]))

    assert [row.path for row in rows] == [*paths[:2], Path("bare"), *paths[2:]]
    assert rows[2] is unlisted
    assert rows[1].sentence == (
        "1.png was given up: the process that measured it ended before it was done, twice. "
        "Measure it again with --jobs 1; with many workers the memory may not be enough."
    )
    others = [row for row in rows if row not in {rows[1], unlisted}]
    assert all(row.error.isdigit() for row in others)
    assert len({row.error for row in others}) > 1


def test_that_a_file_that_takes_long_holds_the_others_up_no_further_than_the_look_ahead(written):
    slow, *quick = written("wait", "")
    taken = []

    def endless():
        yield slow
        for number in count():
            taken.append(number)
            if number == 126:  # with the slow one 128: 64 for each of two workers
                slow.with_suffix(".gate").touch()
            yield quick[0]

    rows = rows_of(endless())
    first = next(rows)
    rows.close()

    assert first.path == slow
    assert len(taken) in {127, 128}


def test_that_a_fault_of_the_program_ends_it_with_its_traceback(written):
    with pytest.raises(WorkerBroke, match="ValueError: a fault of ours"):
        list(rows_of(written("break", "")))


def test_that_nothing_runs_on_when_nobody_asks_any_more(written):
    paths = written("", *["hang"] * 2)
    rows = rows_of(paths)
    process = int(next(rows).error)
    while not all(path.with_suffix(".hangs").exists() for path in paths[1:]):
        time.sleep(0.01)

    rows.close()

    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_that_a_worker_that_cannot_be_started_costs_a_row_and_says_what_to_do(written):
    (row,) = rows_of(written(""), command=[str(Path(sys.executable).parent / "none")])

    assert row.sentence == (
        "0.png was not measured: this system does not let the program start another process. "
        "Measure it again with --jobs 1."
    )


@pytest.mark.parametrize(
    ("asked", "files", "cores", "jobs"),
    [
        (0, 1, 8, 1),
        (0, 49, 8, 1),
        (0, 50, 8, 2),
        (0, 1000, 8, 8),
        (0, 1000, 1, 1),
        (0, 0, 8, 1),
        (4, 1000, 2, 4),
        (4, 3, 2, 3),
        (4, 1, 2, 1),
        (4, 0, 2, 1),
    ],
)
def test_that_workers_are_as_many_as_cores_where_they_have_enough_to_do(asked, files, cores, jobs):
    assert jobs_for(asked, files, cores) == jobs
