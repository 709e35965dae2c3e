"""fhc-desktop study: made, read and reckoned from the command line, or refused in a sentence."""

import csv
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from fhc_desktop.__main__ import main
from fhc_desktop.storage.reader_study.reads_file import kept_reads
from fhc_desktop.storage.reader_study.study_folder import open_study
from tests.heads import SMALL_OUTLINE_PX, small_phantom, write_dicom, write_png
from tests.studies import MADE_AT, desk_of, drawn_heads, made_study

ROOT = Path(__file__).resolve().parents[2]


def study(capsys, *arguments):
    """Return exit status, standard output and standard error; wrong use ends by itself."""
    try:
        status = main(["study", *map(str, arguments)])
    except SystemExit as ended:
        status = ended.code
    said = capsys.readouterr()
    return status, said.out, said.err


def read_by(folder, reader, places, outline_px=SMALL_OUTLINE_PX):
    """Keep a read of each place, as the window does."""
    desk = desk_of(folder, reader, lambda: MADE_AT + timedelta(seconds=1))
    for place in places:
        desk.keep(desk.open(place), outline_px)


def rows(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_that_a_folder_becomes_a_study_with_its_key_beside_it(capsys, tmp_path):
    drawn_heads(tmp_path / "heads", 5)

    status, said, err = study(
        capsys, "make", tmp_path / "heads", "--out", tmp_path / "study", "--seed", "4",
        "--readers", "Ada,Bea", "--proposal", "shown",
    )  # fmt: skip

    assert (status, err) == (0, "")
    assert "5 pictures, 1 of them to be read twice, by Ada, Bea. Seed 4." in said
    assert str(tmp_path / "study-key.csv") in said
    made = open_study(tmp_path / "study").study
    assert made.plan.is_proposal_shown
    assert not made.plan.are_numbers_shown
    assert len(rows(tmp_path / "study-key.csv")) == 5


def test_that_a_seed_makes_the_same_study_again_and_no_seed_another(capsys, tmp_path):
    drawn_heads(tmp_path / "heads", 4)
    lists = []
    for name, more in (("1", ["--seed", "9"]), ("2", ["--seed", "9"]), ("3", [])):
        study(capsys, "make", tmp_path / "heads", "--out", tmp_path / name, *more)
        lists.append(open_study(tmp_path / name).study.lists)

    assert lists[0] == lists[1] != lists[2]


def test_that_what_is_left_out_and_what_has_no_scale_or_names_a_patient_is_told(capsys, tmp_path):
    folder = tmp_path / "mixed"
    folder.mkdir()
    write_dicom(small_phantom(seed=1), folder / "named.dcm")
    write_png(small_phantom(seed=2), folder / "bare.png")
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")

    status, said, err = study(capsys, "make", folder, "--out", tmp_path / "study", "--repeats", "0")

    assert status == 1
    assert "broken.png is damaged" in err
    assert "Without a scale of its own, and so in no statistic: P000" in said
    assert "Files that name a patient, as their copies do: 1." in said


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--readers", "A,A"], "Two readers have one name."),
        (["--readers", "A,"], "is no name of a reader"),
        (["--repeats", "2"], "is no share of the pictures"),
        (["--seed", "x"], "x is no seed"),
        (["--key", "study/key.csv"], "must not lie in the study"),
    ],
)
def test_that_wrong_use_makes_nothing(capsys, tmp_path, monkeypatch, more, words):
    monkeypatch.chdir(tmp_path)
    drawn_heads(tmp_path / "heads", 2)

    status, _, err = study(capsys, "make", "heads", "--out", "study", *more)

    assert status == 2
    assert words in err
    assert not (tmp_path / "study").exists()


@pytest.mark.parametrize("step", [["read", "--reader", "A"], ["results", "--out", "out"]])
def test_that_what_is_no_study_is_neither_read_nor_reckoned(capsys, tmp_path, monkeypatch, step):
    pytest.importorskip("scipy")
    monkeypatch.chdir(tmp_path)

    status, _, err = study(capsys, step[0], tmp_path, *step[1:])

    assert status == 2
    assert "is no reader study" in err
    assert not (tmp_path / "out").exists()


def test_that_a_reader_whom_the_study_does_not_know_does_not_read(capsys, tmp_path):
    folder = made_study(tmp_path)

    status, _, err = study(capsys, "read", folder.path, "--reader", "C")

    assert status == 2
    assert "This study has no reader C. Name one of A, B." in err


@pytest.mark.model
def test_that_results_say_what_is_missing_and_stand_without_it(capsys, tmp_path):
    pytest.importorskip("scipy")
    folder = made_study(tmp_path)
    read_by(folder, "A", range(1, 7))
    read_by(folder, "B", (1, 2))
    read_by(folder, "B", (2,), None)
    with folder.reads_path("B").open("ab") as file:
        file.write(b'{"reader": "B", "pla')

    status, said, err = study(
        capsys, "results", folder.path, "--out", tmp_path / "out", "--device", "cpu"
    )

    assert status == 1
    assert "B has 4 of 6 readings left." in err
    assert "Of B’s file these lines were cut short and tell nothing: 4." in err
    assert "B − A (inter-observer): Fewer than 3 pictures have all readings." in said
    table = rows(tmp_path / "out" / "reads.csv")
    assert len(table) == 9
    of_b = [row for row in table if row["reader"] == "B"]
    assert [(row["place"], row["is_in_force"], row["is_measurable"]) for row in of_b] == [
        ("1", "True", "True"),
        ("2", "False", "True"),
        ("2", "True", "False"),
    ]
    assert {row["file"] for row in table} == {""}


def test_that_results_without_scipy_say_what_to_install(capsys, tmp_path, monkeypatch):
    folder = made_study(tmp_path)
    for name in ("scipy", "scipy.stats"):
        monkeypatch.setitem(sys.modules, name, None)

    status, _, err = study(capsys, "results", folder.path, "--out", tmp_path / "out")

    assert status == 2
    assert "pip install 'fhc-desktop[research]'" in err


# Draws, accepts, and is killed as soon as the next picture is there.
KILLED_READER = """
import os, signal, sys
from PySide6.QtCore import QTimer
from fhc_desktop.__main__ import main
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.gui.widgets.qt_application import make_application
from fhc_desktop.gui.reader_study.reading_window import ReadingWindow

app = make_application()

def look():
    for window in app.topLevelWidgets():
        if not isinstance(window, ReadingWindow) or window.reading.exam is None:
            continue
        print(window.title.text(), flush=True)
        if window.reading.place == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        window.reading.set_outline(Ellipse(92.0, 73.0, 50.0, 40.0, 0.0))
        window.reading.accept()

timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
QTimer.singleShot(60_000, app.quit)
main(["study", "read", sys.argv[1], "--reader", "A", "--data-dir", sys.argv[2]])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills as other systems do")
def test_that_a_killed_reader_goes_on_where_the_disk_has_her_word(tmp_path):
    folder = made_study(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", KILLED_READER, str(folder.path), str(tmp_path / "data")],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode < 0, done.stderr
    assert done.stdout.splitlines()[-1] == "Picture 2 of 6 · reader A"
    (read,) = kept_reads(folder.reads_path("A")).reads
    assert (read.place, read.outline_px.semi_axis_a) == (1, 50.0)
    assert desk_of(folder).next_place() == 2
    assert not list((tmp_path / "data").glob("**/*.db"))
