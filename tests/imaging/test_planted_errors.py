"""Wrong units and axes, planted in a copy of the program, are noticed by the tests."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The quickest first: a run ends at the first test that fails.
WATCHERS = (
    "tests/imaging/dicom/test_calibration.py",
    "tests/domain/image/test_measurement.py",
    "tests/domain/image/test_calibration.py",
    "tests/domain/image/test_calibration_choice.py",
    "tests/domain/image/test_geometry.py",
)
# Without the plugins, which take longer to load than these tests to run.
SETTINGS = "[pytest]\naddopts = --import-mode=importlib -q -x -p no:cacheprovider\npythonpath = .\n"
FAILED = 1  # of pytest: tests ran, and some failed; 2 and more are errors of its own


@dataclass(frozen=True, slots=True)
class Plant:
    """A fault in one line: ``anchor`` stands once in the module, and ``fault`` takes its place."""

    name: str
    module: str
    anchor: str
    fault: str

    def __str__(self) -> str:
        return self.name


FILE = "imaging/dicom/calibration.py"
SCALE = "domain/image/calibration.py"
CHOICE = "domain/image/calibration_choice.py"
SHAPE = "domain/image/geometry.py"
SIZE = "domain/image/measurement.py"

PLANTS = (
    Plant("centimetres taken for millimetres", FILE, "_MM_PER_CM = 10.0", "_MM_PER_CM = 1.0"),
    Plant("centimetres converted twice", FILE, "_MM_PER_CM = 10.0", "_MM_PER_CM = 100.0"),
    Plant(
        "x for y in a region",
        FILE,
        "return abs(x_cm) * _MM_PER_CM, abs(y_cm) * _MM_PER_CM",
        "return abs(y_cm) * _MM_PER_CM, abs(x_cm) * _MM_PER_CM",
    ),
    Plant(
        "x for both sides",
        FILE,
        "abs(y_cm) * _MM_PER_CM",
        "abs(x_cm) * _MM_PER_CM",
    ),
    Plant("the sign of x kept", FILE, "return abs(x_cm) *", "return x_cm *"),
    Plant("the sign of y kept", FILE, ", abs(y_cm) *", ", y_cm *"),
    Plant(
        "row and column swapped in PixelSpacing",
        FILE,
        "row_mm, column_mm = (",
        "column_mm, row_mm = (",
    ),
    Plant(
        "the unit of x not looked at",
        FILE,
        'region.get("PhysicalUnitsXDirection") == _CENTIMETRES',
        "True",
    ),
    Plant(
        "the unit of y not looked at",
        FILE,
        'region.get("PhysicalUnitsYDirection") == _CENTIMETRES',
        "True",
    ),
    Plant(
        "a spectrum or M-mode taken for a picture",
        FILE,
        'return (\n        region.get("RegionSpatialFormat") == _SPATIAL_2D',
        "return (\n        True",
    ),
    Plant(
        "secondary captures believed",
        FILE,
        "if _is_secondary_capture(sop_class) and",
        "if False and",
    ),
    Plant(
        "any object's PixelSpacing believed",
        FILE,
        "if sop_class not in _ULTRASOUND_CLASSES:",
        "if False:",
    ),
    Plant("the first frame's spacing for each", FILE, "[frame - 1 : frame]", "[0:1]"),
    Plant("frames counted from nought", FILE, "[frame - 1 : frame]", "[frame : frame + 1]"),
    Plant(
        "unbelievable scales believed",
        FILE,
        "shallowest <= rows * mm_per_row <= deepest",
        "True",
    ),
    Plant(
        "sides of any ratio believed",
        FILE,
        "_LARGEST_ASPECT_EXCESS = 0.5",
        "_LARGEST_ASPECT_EXCESS = 50.0",
    ),
    Plant("PixelAspectRatio upside down", FILE, "vertical / horizontal", "horizontal / vertical"),
    Plant(
        "PixelSpacing ten times too loosely compared",
        SCALE,
        "SPACINGS_AGREE_WITHIN = 0.01",
        "SPACINGS_AGREE_WITHIN = 0.1",
    ),
    Plant(
        "regions ten times too loosely compared",
        CHOICE,
        "REGIONS_AGREE_WITHIN = 0.005",
        "REGIONS_AGREE_WITHIN = 0.05",
    ),
    Plant("the first region taken", CHOICE, "return _agreed(covering)", "return covering[0]"),
    Plant("region boxes ignored", CHOICE, "if c.covers(outline_px, picture)]", "]"),
    Plant(
        "a region's right bound not looked at",
        SCALE,
        "right <= self.right + REGION_TOLERANCE_PX",
        "True",
    ),
    Plant(
        "an objection overheard",
        CHOICE,
        "if found.objection is not None:",
        "if not found.candidates and found.objection is not None:",
    ),
    Plant(
        "the pixel aspect upside down",
        SCALE,
        "return first.mm_per_row / first.mm_per_column",
        "return first.mm_per_column / first.mm_per_row",
    ),
    Plant(
        "the ruler's aspect lost",
        SCALE,
        "(end[1] - start[1]) * pixel_aspect)",
        "(end[1] - start[1]))",
    ),
    Plant(
        "the axes scaled apart from each other",
        SHAPE,
        "if x_factor == y_factor:",
        "if True:",
    ),
    Plant(
        "x for y in the plane",
        SHAPE,
        "-self.semi_axis_b * sine * x_factor]",
        "-self.semi_axis_b * sine * y_factor]",
    ),
    Plant(
        "the sides averaged",
        SIZE,
        "outline_px.scaled(calibration.mm_per_column, calibration.mm_per_row)",
        "outline_px.scaled(*[(calibration.mm_per_column + calibration.mm_per_row) / 2] * 2)",
    ),
    Plant(
        "row and column swapped in the measurement",
        SIZE,
        "outline_px.scaled(calibration.mm_per_column, calibration.mm_per_row)",
        "outline_px.scaled(calibration.mm_per_row, calibration.mm_per_column)",
    ),
    Plant(
        "the scale applied twice",
        SIZE,
        "hc_mm=outline_mm.perimeter,",
        "hc_mm=outline_mm.perimeter * calibration.mm_per_column,",
    ),
    Plant(
        "half an axis for a whole one",
        SIZE,
        "major_axis_mm=2 * outline_mm.semi_major",
        "major_axis_mm=outline_mm.semi_major",
    ),
    Plant("BPD and OFD swapped", SIZE, "2 * outline_mm.semi_minor", "2 * outline_mm.semi_major"),
)
ALWAYS = {
    "centimetres taken for millimetres",
    "row and column swapped in PixelSpacing",
    "the first region taken",
    "the sides averaged",
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the program and its tests, in which a fault may be planted."""
    root = tmp_path_factory.mktemp("copy")
    for folder in ("fhc_desktop", "tests"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "pytest.ini").write_text(SETTINGS)
    return root


@pytest.fixture
def planted(copy):
    """Plant a fault, and take it out again."""
    changed = {}

    def plant(fault):
        path = copy / "fhc_desktop" / fault.module
        text = path.read_text(encoding="utf-8")
        assert text.count(fault.anchor) == 1, f"the anchor of “{fault}” stands elsewhere now"
        changed[path] = text
        path.write_text(text.replace(fault.anchor, fault.fault), encoding="utf-8")

    yield plant
    for path, text in changed.items():
        path.write_text(text, encoding="utf-8")


def run_watchers(copy):
    command = [sys.executable, "-B", "-m", "pytest", *WATCHERS]
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, text=True, check=False
    )


def test_that_the_copy_without_a_fault_passes(copy):
    done = run_watchers(copy)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "plant",
    [
        pytest.param(plant, marks=() if plant.name in ALWAYS else pytest.mark.slow, id=plant.name)
        for plant in PLANTS
    ],
)
def test_that_a_planted_error_is_noticed(plant, planted, copy):
    planted(plant)
    done = run_watchers(copy)

    assert done.returncode == FAILED, done.stdout + done.stderr
