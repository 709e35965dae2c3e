"""The table of a run in its two forms."""

from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from fhc_desktop.reporting.batch.batch import FailedFile, MeasuredFrame
from fhc_desktop.reporting.batch.batch_csv import as_csv
from fhc_desktop.storage.log.faults import LogNotExported
from fhc_desktop.storage.runs.run_description import RunDescription
from fhc_desktop.workflow.archive_run import open_run
from fhc_desktop.workflow.run_table import RunTable, write_run_table
from tests.fakes import IDENTITY
from tests.reporting.batch.test_batch import EVERYTHING, rows_of
from tests.reporting.batch_rows import FAILED

FRAMES = [MeasuredFrame.of(exam) for exam in EVERYTHING]
WITH_ARROW = pytest.mark.skipif(
    find_spec("pyarrow") is None, reason="needs pyarrow (the extra parquet)"
)


def written(folder, rows, form):
    begun = datetime(2026, 11, 30, tzinfo=UTC)

    def describe(files, _):
        return RunDescription("measure", "1", IDENTITY, "CPU", (), files, begun)

    items = [Path(f"{number}") for number in range(len(rows))]
    with open_run(folder, items, describe) as run:
        list(run.measure(run.due_numbers(), lambda given: (rows[int(str(one))] for one in given)))
        return write_run_table(run, form)


@pytest.mark.parametrize("rows", [[FAILED, *FRAMES, FAILED], [FAILED, FAILED], []])
def test_that_csv_has_the_bytes_of_the_rows_without_a_run(tmp_path, rows):
    target = written(tmp_path / "run", rows, RunTable.CSV)

    assert target == tmp_path / "run" / "measurements.csv"
    assert target.read_bytes().decode() == as_csv(rows)


@WITH_ARROW
def test_that_parquet_has_every_cell_of_the_csv_as_what_it_is(tmp_path):
    from pyarrow.parquet import read_table

    found = read_table(written(tmp_path / "run", [FAILED, *FRAMES], RunTable.PARQUET)).to_pylist()

    for row, cells in zip(rows_of(as_csv([FAILED, *FRAMES])), found, strict=True):
        assert list(row) == list(cells)
        assert row == {name: "" if value is None else str(value) for name, value in cells.items()}
    assert isinstance(found[1]["hc_mm"], float)
    assert isinstance(found[1]["frame"], int)


@WITH_ARROW
def test_that_a_name_in_parquet_is_what_the_file_is_called(tmp_path):
    from pyarrow.parquet import read_table

    named = FailedFile(Path("=1+1.png"), "It is empty.")
    found = read_table(written(tmp_path / "run", [named], RunTable.PARQUET)).to_pylist()

    assert found == [{"path": "=1+1.png", "error": "It is empty."}]


@pytest.mark.skipif(find_spec("pyarrow") is not None, reason="pyarrow is there")
def test_that_what_parquet_lacks_is_said_before_anything_is_measured():
    with pytest.raises(LogNotExported, match=r"pip install 'fhc-desktop\[parquet\]'"):
        RunTable.PARQUET.check()
    RunTable.CSV.check()
