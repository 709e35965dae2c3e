"""`measure --run` and `report --run`: ended by whatever, the same call goes on."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from fhc_desktop.__main__ import main
from fhc_desktop.resources import resource
from tests.heads import small_phantom, write_dicom, write_png

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does"),
]
KILLS = 10


@pytest.fixture(scope="module")
def heads(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive") / "heads"
    folder.mkdir()
    for number in range(2):
        write_png(small_phantom(seed=number), folder / f"{number}.png")
        write_dicom(small_phantom(seed=number), folder / f"{number}.dcm")
    (folder / "1_empty.png").touch()
    return folder


@contextmanager
def started(*call):
    """Give a call of the program in a process of its own, which is dead and gone in the end."""
    with subprocess.Popen(
        [sys.executable, "-m", "fhc_desktop", *map(str, call)],
        stderr=subprocess.PIPE,
        cwd=resource("."),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        process_group=0,
    ) as program:
        try:
            yield program
        finally:
            program.kill()


def done(run):
    journal = run / "journal.txt"
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


def waited(program, run, count):
    """Wait until so many files are done, or the program is."""
    while program.poll() is None and done(run) < count:
        time.sleep(0.01)


def as_csv(capsys, *call):
    status = main([*map(str, call), "--format", "csv"])
    return status, capsys.readouterr().out.encode()


def test_that_a_killed_run_goes_on_and_comes_to_the_bytes_of_one_call(heads, tmp_path, capsys):
    run = tmp_path / "run"
    call = ("measure", heads, "--jobs", "1")
    status, text = as_csv(capsys, *call)

    with started(*call, "--run", run) as program:
        waited(program, run, 1)
    killed_after = done(run)
    with (run / "journal.txt").open("ab") as journal:
        journal.write(b"0123")  # as much of a record as a power cut left

    assert main([*map(str, call), "--run", str(run)]) == status == 1
    assert (run / "measurements.csv").read_bytes() == text
    assert 0 < killed_after < done(run) == 5
    said = capsys.readouterr().err
    assert "5 of 5 files are done, 3 of them failed or lack a number." in said
    assert "measuring" in said
    assert "The journal was torn: what its last" in said


def test_that_ctrl_c_says_how_far_it_is_and_that_the_same_call_goes_on(heads, tmp_path):
    run = tmp_path / "run"
    with started("measure", *[heads] * 60, "--run", run, "--jobs", "2") as program:
        waited(program, run, 1)
        os.killpg(program.pid, signal.SIGINT)
        said = program.stderr.read().decode()

    assert program.returncode == 130
    assert f"Interrupted: {done(run):,} of 300 files are done. The same call goes on." in said
    assert not (run / "measurements.csv").exists()


def test_that_a_run_says_what_it_is_and_refuses_to_be_another(heads, tmp_path, capsys):
    run = tmp_path / "run"
    assert main(["measure", str(heads / "0.dcm"), "--run", str(run), "--ga", "20w0d"]) == 0
    told = json.loads((run / "run.json").read_text())

    assert told["job"] == "measure"
    assert told["model"]["name"] == "head-unet"
    assert told["files"]["count"] == 1
    again = ["measure", str(heads / "0.dcm"), "--run", str(run)]
    capsys.readouterr()
    assert main([*again, "--ga", "21w0d", "--pixel-size", "0.2"]) == 2
    said = capsys.readouterr().err
    ages = [f"age {weeks}w0d entered for the examination date" for weeks in (20, 21)]
    assert (
        f"is another one: the dating was {ages[0]} and is {ages[1]}; the pixel size in mm" in said
    )
    assert "was none and is 0.2. Call what it was begun with" in said


def test_that_reports_of_a_run_are_written_once_each_and_named_in_its_table(
    heads, tmp_path, capsys
):
    run = tmp_path / "run"
    call = ["report", str(heads), "--run", str(run), "--data-dir", str(tmp_path / "data")]
    assert main(call) == 1
    first = {path.name: path.read_bytes() for path in (run / "reports").iterdir()}
    gone = run / "reports" / min(first)
    gone.unlink()

    assert main(call) == 1
    assert {path.name: path.read_bytes() for path in (run / "reports").iterdir()} == first
    assert len(first) == 4
    lines = (run / "measurements.csv").read_text().splitlines()
    assert sum(any(name in line for name in first) for line in lines) == 4
    assert all(name.startswith("head-circumference-not-reviewed-") for name in first)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--run", "run", "--out", "a.csv"], "--run has its own files"),
        (["--run", "run", "--format", "json"], "--run writes csv or parquet"),
        (["--run", "none/run"], "does not exist"),
        (["--format", "parquet"], "--format parquet goes with --run"),
    ],
)
def test_that_what_does_not_go_with_a_run_is_wrong_use(heads, capsys, options, words):
    assert main(["measure", str(heads), *options]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_that_the_training_set_killed_at_ten_places_comes_to_the_same_bytes(
    shared, tmp_path, capsys
):
    run, whole = tmp_path / "run", tmp_path / "whole.csv"
    call = ("measure", shared / "hc18" / "training_set", "--jobs", "2")
    main([*map(str, call), "--format", "csv", "--out", str(whole)])
    files = len(whole.read_bytes().split(b"\r\n")) - 2
    places = sorted(random.sample(range(1, files), KILLS))

    for place in places:
        with started(*call, "--run", run) as program:
            waited(program, run, place)
    main([*map(str, call), "--run", str(run)])

    assert done(run) == files
    assert (run / "measurements.csv").read_bytes() == whole.read_bytes()
