"""A run over many files: ended anywhere it goes on, and comes to what it would have come to."""

import os
import shutil
import subprocess
import sys
import tracemalloc
from collections import deque
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.reporting.batch.batch import FailedFile
from fhc_desktop.reporting.batch.batch_csv import as_csv
from fhc_desktop.resources import resource
from fhc_desktop.storage.runs.faults import RunUnavailable
from fhc_desktop.storage.runs.run_description import RunDescription
from fhc_desktop.workflow.archive_run import AnotherRun, begun_at, open_run
from fhc_desktop.workflow.run_table import RunTable, write_run_table
from tests.fakes import IDENTITY
from tests.heads import small_phantom, write_png
from tests.reporting.batch_rows import named

BEGUN = datetime(2026, 11, 30, tzinfo=UTC)
CANNED = named("x")
OF_A_TABLE = Calibration(0.1, 0.1, CalibrationSource.PIXEL_SIZE_TABLE)
UNLISTED = FailedFile(Path("disc"), "There is no image in it.", "Choose another.")


def describe(files, paths, program="1"):
    return RunDescription("measure", program, IDENTITY, "CPU", (), files, BEGUN)


def row(path):
    """Say of a file what it is told by its content; one that says "fail" fails."""
    content = path.read_bytes()
    if content == b"fail":
        return FailedFile(path, f"{path.name} failed.")
    if content == b"lost":
        return FailedFile(path, f"{path.name} was given up.", may_pass=True)
    scale = OF_A_TABLE if path.suffix == ".png" else CANNED.calibration
    return replace(
        CANNED, path=path, sha256=sha256(content).hexdigest(), calibration=scale, hc_px=len(content)
    )


def rows(items, told=None):
    for item in items:
        if told is not None:
            told.append(item)
        yield item if isinstance(item, FailedFile) else row(item)


def opened(folder, items, **described):
    return open_run(folder, iter(items), partial(describe, **described))


def gone_on(folder, items, *, most=None):
    """Measure what is due, or no more than some of it, and return which files were measured."""
    told = []
    with opened(folder, items) as run:
        with closing(run.measure(run.due_numbers(), partial(rows, told=told))) as measured:
            deque(islice(measured, most), maxlen=0)
        if run.is_complete:
            write_run_table(run, RunTable.CSV)
    return told


def table(folder):
    return (folder / "measurements.csv").read_bytes().decode()


@pytest.fixture
def files(tmp_path):
    paths = [
        tmp_path / "series" / f"{number}.{kind}" for number in range(3) for kind in ("png", "dcm")
    ]
    paths[0].parent.mkdir()
    for path in paths:
        path.write_text(path.name)
    paths[1].write_text("fail")
    return [paths[0], UNLISTED, *paths[1:]]


@settings(max_examples=15)
@given(stops=st.lists(st.integers(0, 4), max_size=5), torn=st.integers(0, 40))
def test_that_a_run_ended_anywhere_comes_to_the_table_of_one_that_was_not(
    tmp_path_factory, stops, torn
):
    place = tmp_path_factory.mktemp("archive")
    items = [UNLISTED, *(place / f"{number}.dcm" for number in range(6))]
    for number, path in enumerate(items[1:]):
        path.write_text("fail" if number == 2 else path.name)
    measured = []

    for stop in stops:
        measured += gone_on(place / "run", items, most=stop)
        journal = place / "run" / "journal.txt"
        journal.write_bytes(journal.read_bytes()[: max(0, journal.stat().st_size - torn)])
    measured += gone_on(place / "run", items)

    assert table(place / "run") == as_csv(rows(items))
    heads = [item for item in measured if isinstance(item, Path) and item != items[3]]
    assert torn or len(heads) == 5


def test_that_what_was_measured_is_not_measured_again(files, tmp_path):
    assert gone_on(tmp_path / "run", files, most=3) == files[:3]
    assert gone_on(tmp_path / "run", files) == files[3:]
    assert begun_at(tmp_path / "run") == BEGUN


def test_that_a_file_that_changed_is_measured_again_and_its_row_replaced(files, tmp_path):
    gone_on(tmp_path / "run", files)
    files[3].write_text("other content")
    files[4].touch()  # written to, and still the same

    # Called again after it was complete, a run has another try at what failed too.
    assert gone_on(tmp_path / "run", files) == [files[2], files[3]]
    assert table(tmp_path / "run") == as_csv(rows(files))


def test_that_a_table_that_changed_has_the_images_measured_again_whose_scale_it_may_give(
    files, tmp_path
):
    gone_on(tmp_path / "run", files, most=6)
    (files[0].parent / "sizes.csv").write_text("filename,pixel size(mm)\n0.png,0.2")

    done, due = files[:6], files[6:]
    images = [item for item in done if not isinstance(item, FailedFile) and item.suffix == ".png"]
    failed = [files[2]]  # of a file that says nothing it is not known what it would rest on
    again = sorted([*images, *failed], key=done.index)
    assert gone_on(tmp_path / "run", files) == [*again, *due]


def test_that_a_file_that_was_given_up_has_another_try_at_once(files, tmp_path):
    files[3].write_text("lost")
    gone_on(tmp_path / "run", files, most=6)

    assert gone_on(tmp_path / "run", files) == [files[3], *files[6:]]


def test_that_a_file_that_could_not_be_listed_is_measured_once_it_can(files, tmp_path):
    gone_on(tmp_path / "run", files)
    mended = tmp_path / "disc"
    mended.write_text("now it is one")
    listed = [mended if item is UNLISTED else item for item in files]
    before = [FailedFile(mended, UNLISTED.error) if item is UNLISTED else item for item in files]
    shutil.rmtree(tmp_path / "run")
    gone_on(tmp_path / "run", before)

    assert mended in gone_on(tmp_path / "run", listed)
    assert table(tmp_path / "run") == as_csv(rows(listed))


def test_that_another_run_is_refused_with_what_differs_and_nothing_is_changed(files, tmp_path):
    gone_on(tmp_path / "run", files, most=2)
    kept = {path.name: path.read_bytes() for path in (tmp_path / "run").iterdir()}

    with pytest.raises(AnotherRun, match=r"the program was 1 and is 2\. Call what it was begun"):
        opened(tmp_path / "run", files, program="2")
    with pytest.raises(AnotherRun, match=r"the list of files was of 7 .* they part at .*2\.dcm"):
        opened(tmp_path / "run", files[:-1])

    assert {path.name: path.read_bytes() for path in (tmp_path / "run").iterdir()} == kept


def test_that_a_folder_with_other_files_is_no_run(files, tmp_path):
    with pytest.raises(AnotherRun, match="holds files, and no run"):
        opened(files[0].parent, files)


def test_that_a_call_ended_while_it_listed_leaves_nothing_that_is_in_its_way(files, tmp_path):
    def ended():
        yield files[0]
        raise KeyboardInterrupt

    with suppress(KeyboardInterrupt):
        open_run(tmp_path / "run", ended(), describe)

    assert gone_on(tmp_path / "run", files) == files


def test_that_nothing_is_begun_where_the_call_does_not_fit_the_files(files, tmp_path):
    def refuse(_files, _paths):
        raise FhcError("One dating was given.", "Say whose.")

    with pytest.raises(FhcError, match="One dating"):
        open_run(tmp_path / "run", iter(files), refuse)

    assert begun_at(tmp_path / "run") is None


def test_that_a_run_without_a_place_says_so(files, tmp_path):
    with pytest.raises(RunUnavailable, match=r"Name another one with --run"):
        opened(tmp_path / "none" / "run", files)


def test_that_rows_are_kept_in_the_order_that_they_were_asked_for_and_told_in_that_of_the_list(
    files, tmp_path
):
    def ahead(items):
        yield from list(rows(items))  # all are taken before the first is given back

    with opened(tmp_path / "run", files) as run:
        list(run.measure(run.due_numbers(), ahead))
        assert [told["path"] for told in run.told()] == [
            str(UNLISTED.path if item is UNLISTED else item) for item in files
        ]
        assert run.failed == 2


def test_that_a_report_that_is_gone_is_written_again(tmp_path):
    path = tmp_path / "a.dcm"
    path.write_text("a")

    def reported(items):
        for item in items:
            (tmp_path / "run" / "reports" / "a.pdf").touch()
            yield replace(row(item), report="a.pdf")

    for expected in (1, 0, 1):
        with opened(tmp_path / "run", [path]) as run:
            run.reports_folder()
            assert len(list(run.measure(run.due_numbers(), reported))) == expected
        if expected == 0:
            (tmp_path / "run" / "reports" / "a.pdf").unlink()


def test_that_a_long_list_holds_no_more_memory_than_its_numbers(tmp_path):
    path = tmp_path / "one.dcm"
    path.write_text("one")
    # Python keeps up to 2,000 tuples of the names of a row's 20 fields for the next ones.
    deque((row(path) for _ in range(2100)), maxlen=0)
    used = []
    for count in (100, 1100):
        tracemalloc.start()
        for most in (count // 2, None):
            with opened(tmp_path / f"run of {count}", (path for _ in range(count))) as run:
                due = run.due_numbers()
                deque(islice(run.measure(due, rows), most), maxlen=0)
                if most is None:
                    write_run_table(run, RunTable.CSV)
        used.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    # Two numbers of eight bytes a file, each of them twice while they grow; a row has some 4 kB.
    assert used[1] - used[0] < 1000 * 40


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_that_a_hundred_thousand_links_take_the_memory_of_ten_thousand(tmp_path):
    image = write_png(small_phantom(), tmp_path / "image.png")
    peaks_mb = []
    for folders in (10, 100):
        archive, folder = tmp_path / f"{folders}", tmp_path / f"run of {folders}"
        for number in range(folders * 1000):
            link = archive / f"{number // 1000}" / f"{number}.png"
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(image)
        peaks_mb.append([peak_mb(archive, folder, most) for most in (500 * folders, 10**6)])
        assert table(folder).count("\r\n") == folders * 1000 + 1

    assert max(peaks_mb[1]) < max(peaks_mb[0]) + 10


def peak_mb(archive, folder, most):
    command = [sys.executable, "-m", "tests.workflow.large_run", archive, folder, f"{most}"]
    paths = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    said = subprocess.run(
        command, env=os.environ | paths, cwd=resource("."), check=True, capture_output=True
    )
    return float(said.stdout)
