"""docs/research.md does what it says: its blocks are run in their order over drawn files."""

import csv
import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pydicom
import pytest

from fhc_desktop.__main__ import main
from fhc_desktop.storage.reader_study.study_folder import open_study
from tests.heads import (
    SMALL_MM_PER_PIXEL,
    SMALL_OUTLINE_PX,
    Phantom,
    small_phantom,
    write_dicom,
)
from tests.phantom import draw_phantom

pytest.importorskip("scipy", reason="needs scipy (the extra research)")
pytestmark = pytest.mark.model

PAGE = Path(__file__).resolve().parents[1] / "docs/research.md"
BLOCK = re.compile(r"^```(python|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SIZES = (0.8, 0.85, 0.9, 1.0)
NOT_RUN = ("pip install", "fhc-desktop study read")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with drawn scans, one of them without a scale, and what somebody measured."""
    monkeypatch.chdir(tmp_path)
    Path("scans").mkdir()
    rows = [("file", "hc_mm")]
    for number, size in enumerate(SIZES, start=1):
        outline_px = SMALL_OUTLINE_PX.scaled(size, size)
        outline_px = outline_px.moved(92 - outline_px.center_x, 73 - outline_px.center_y)
        head = Phantom(draw_phantom(outline_px, rows=135, columns=200, seed=number), outline_px)
        write_dicom(head, Path(f"scans/{number}.dcm"))
        rows.append((f"{number}.dcm", head.hc_mm))
    bare = pydicom.dcmread(write_dicom(small_phantom(seed=9), Path("scans/bare.dcm")))
    del bare.SequenceOfUltrasoundRegions
    bare.save_as("scans/bare.dcm")
    with Path("reference.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    return tmp_path


def run_the_page():
    """Run each block as it stands; return what they print."""
    said, names = io.StringIO(), {}
    with redirect_stdout(said):
        for language, block in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
            if language == "python":
                exec(compile(block, str(PAGE), "exec"), names)  # noqa: S102 - our own page
            elif not block.startswith(NOT_RUN):
                program, *arguments = block.split()
                assert program == "fhc-desktop"
                # A scan without a scale counts as failed, and the studies tell what is missing.
                assert main(arguments) in {0, 1}
    return said.getvalue()


def test_that_the_page_leads_from_a_folder_to_a_table_a_plot_and_a_study(place):
    said = run_the_page()

    assert "bare.dcm has no millimetres" in said
    assert said.count("BPD") == len(SIZES)
    assert re.search(r"bias -?\d\.\d\d mm", said)
    by_python, by_command = (
        list(csv.DictReader(io.StringIO(Path(name).read_bytes().decode("utf-8"), newline="")))
        for name in ("measured.csv", "by-command.csv")
    )
    assert by_python == by_command
    assert len(by_python) == len(SIZES) + 1
    truth = SMALL_OUTLINE_PX.perimeter * SMALL_MM_PER_PIXEL
    assert float(by_python[3]["hc_mm"]) == pytest.approx(truth, rel=0.03)
    assert Path("bland-altman.svg").read_text(encoding="utf-8").count("<circle") == len(SIZES)
    assert Path("bland-altman.pdf").read_bytes().startswith(b"%PDF")
    study = open_study(place / "study").study
    assert len(study.pictures) == len(SIZES) + 1
    assert {path.name for path in Path("results").iterdir()} == {
        "reads.csv",
        "pictures.csv",
        "agreement.csv",
    }
