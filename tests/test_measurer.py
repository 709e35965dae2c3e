"""The door for researchers says what the command line says, and needs no window."""

import doctest
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pydicom
import pytest

import fhc_desktop
from fhc_desktop import Measurer, measure_image, measurer
from fhc_desktop.__main__ import main
from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.batch_dating import DatingFrom
from fhc_desktop.domain.growth.standards import HADLOCK_1984_GROWTH
from fhc_desktop.domain.image.calibration import CalibrationSource
from fhc_desktop.reporting.batch.batch_objects import as_json
from fhc_desktop.resources import resource
from tests.heads import small_phantom, write_dicom, write_png
from tests.reading import load_image

pytestmark = pytest.mark.model
DEMO = resource("demo/demo_head.png")
SMALL = small_phantom().gray
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def door():
    with Measurer(device="cpu") as opened:
        yield opened


def said_by_the_command_line(capsys, *arguments):
    main(["measure", *map(str, arguments), "--device", "cpu", "--format", "json"])
    return json.loads(capsys.readouterr().out)


def test_that_the_examples_hold():
    for module in (measurer, fhc_desktop):
        assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("asked", "arguments"),
    [
        ({}, []),
        ({"mm_per_pixel": 0.2}, ["--pixel-size", "0.2"]),
        (
            {"dating": Dating.from_lmp(date(2025, 8, 28)), "exam_date": date(2026, 1, 15)},
            ["--lmp", "2025-08-28", "--exam-date", "2026-01-15"],
        ),
        ({"standard": HADLOCK_1984_GROWTH}, ["--standard", "hadlock1984"]),
    ],
)
def test_that_a_file_gives_the_numbers_of_the_command_line(door, capsys, asked, arguments):
    found = door.measure(DEMO, **asked)

    assert json.loads(as_json([found])) == said_by_the_command_line(capsys, DEMO, *arguments)


def test_that_an_array_gives_the_numbers_of_the_file_with_the_same_picture(door, capsys):
    gray = load_image(DEMO).image.gray

    (said,) = said_by_the_command_line(capsys, DEMO, "--pixel-size", "0.14")
    (found,) = json.loads(as_json([door.measure(gray, mm_per_pixel=0.14)]))

    of_the_file = {"path", "sha256"}
    assert {name: told for name, told in found.items() if name not in of_the_file} == {
        name: told for name, told in said.items() if name not in of_the_file
    }


def test_that_an_array_has_no_millimetre_unless_a_pixel_size_is_given(door):
    found = door.measure(SMALL)

    assert found.measurement is None
    assert found.calibration is None
    assert found.hc_px > 0
    assert any("No millimetres" in warning for warning in found.warnings)


def test_that_the_pixels_of_an_array_may_be_higher_than_wide(door):
    gray = load_image(DEMO).image.gray

    found = door.measure(gray, mm_per_pixel=(0.14, 0.15))

    scale = found.calibration
    assert (scale.mm_per_column, scale.mm_per_row) == pytest.approx((0.14, 0.15))
    assert scale.source is CalibrationSource.TYPED
    outline_mm = found.outline_px.scaled(0.14, 0.15)
    assert found.measurement.hc_mm == pytest.approx(outline_mm.perimeter)


def test_that_real_files_give_the_numbers_of_the_command_line_too(door, capsys, shared):
    scans = shared / "hc18" / "training_set"
    paths = [
        *(scans / f"{number:03d}_HC.png" for number in (1, 100, 400)),
        *sorted((shared / "field" / "real_us_scales").glob("*.dcm"))[:2],
    ]

    said = said_by_the_command_line(capsys, *paths)

    assert json.loads(as_json([door.measure(path) for path in paths])) == said


@pytest.mark.parametrize(
    ("image", "asked", "words"),
    [
        (Path("not-there.png"), {}, "not-there.png is not there"),
        (DEMO, {"mm_per_pixel": 7.0}, "is not one of an ultrasound image"),
        (DEMO, {"mm_per_pixel": (0.1, 0.1)}, "A file says itself how high its pixels are"),
        (DEMO, {"frame": 2}, "no frame 2"),
        (DEMO, {"head": 2}, "There is no head 2"),
        (SMALL, {"frame": 1}, "An array is one frame."),
        (SMALL, {"mm_per_pixel": (0.1, 9.0)}, "is not one of an ultrasound image"),
        (SMALL / 255, {}, "its values are float64"),
        ([[1, 2], [3, 4]], {}, "its values are int64"),
        (DEMO, {"exam_date": date(2026, 1, 15)}, "The examination date dates nothing here"),
    ],
)
def test_that_what_cannot_be_measured_is_refused_in_a_sentence(door, image, asked, words):
    with pytest.raises(FhcError) as refused:
        door.measure(image, **asked)

    assert words in refused.value.problem
    assert refused.value.remedy


def test_that_a_dating_that_does_not_fit_the_file_is_asked_about(door, tmp_path):
    path = write_dicom(small_phantom(), tmp_path / "head.dcm")
    dataset = pydicom.dcmread(path)
    dataset.LastMenstrualDate = "20250801"
    dataset.save_as(path)
    given = Dating.from_lmp(date(2024, 1, 1))

    with pytest.raises(FhcError):
        door.measure(path, dating=given)
    assert door.measure(path, dating_from=DatingFrom.FILES, dating=given).age.days == 167


def test_that_one_image_is_measured_with_one_call(tmp_path):
    path = write_png(small_phantom(), tmp_path / "head.png")

    assert measure_image(str(path)).path == path.resolve()


def test_that_another_bundle_than_the_shipped_one_must_be_one(tmp_path):
    with pytest.raises(FhcError):
        measure_image(SMALL, model=tmp_path / "none.safetensors")


# None among the modules is what is not there.
WITHOUT_QT_AND_TORCH = """
import sys

sys.modules.update(dict.fromkeys(["PySide6", "pyqtgraph", "shiboken6", "torch"]))
import fhc_desktop
print("numpy" in sys.modules)
from fhc_desktop import measure_image
from fhc_desktop.resources import resource
print(round(measure_image(resource("demo/demo_head.png")).measurement.hc_mm))
"""


def test_that_it_needs_neither_qt_nor_torch_and_is_light_until_it_is_used():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT_AND_TORCH],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.split() == ["False", "175"], done.stderr


def test_that_what_it_offers_is_told_to_a_type_checker():
    assert (ROOT / "fhc_desktop/py.typed").is_file()
    assert set(fhc_desktop.__all__) == {"Measurer", "__version__", "measure_image"}
    assert not hasattr(fhc_desktop, "something_else")
