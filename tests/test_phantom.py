"""The drawn head: it is where it says it is, and the shipped files hold it."""

import math
import subprocess
import sys

import numpy as np
import pytest

from fhc_desktop.domain.image.calibration import CalibrationSource
from fhc_desktop.domain.image.calibration_choice import choose_calibration
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.measurement import measure_head
from fhc_desktop.imaging.catalogue import list_images
from fhc_desktop.resources import resource
from tests.heads import small_phantom
from tests.phantom import (
    DEMO_COLUMNS,
    DEMO_MM_PER_PIXEL,
    DEMO_OUTLINE_PX,
    DEMO_ROWS,
    DEMO_SEED,
    draw_phantom,
    write_demo,
)
from tests.reading import READERS, load_image

OUTLINES = [
    DEMO_OUTLINE_PX,
    Ellipse(420, 280, 180, 140, math.radians(160)),
    Ellipse(380, 300, 150, 120, math.radians(75)),
]


def brightness_along(gray, outline_px, offset_px):
    points = outline_px.grown(offset_px).points(720).round().astype(int)
    inside = (points >= 0).all(axis=1) & (points < (gray.shape[1], gray.shape[0])).all(axis=1)
    return np.median(gray[points[inside, 1], points[inside, 0]])


@pytest.mark.parametrize("outline_px", OUTLINES)
def test_that_the_skull_ends_at_the_outline(outline_px):
    gray = draw_phantom(outline_px, rows=DEMO_ROWS, columns=DEMO_COLUMNS, seed=3)
    offsets = np.arange(-12, 13)
    profile = np.array([brightness_along(gray, outline_px, offset) for offset in offsets])

    skull, outside = profile.max(), profile[-4:].mean()
    assert skull > 2 * outside
    edge = offsets[profile > (skull + outside) / 2].max()
    assert abs(edge) <= 2


def test_that_the_seed_decides_the_pixels():
    assert np.array_equal(small_phantom(5).gray, small_phantom(5).gray)
    assert not np.array_equal(small_phantom(5).gray, small_phantom(6).gray)


def test_that_outside_the_sector_it_is_black():
    gray = draw_phantom(DEMO_OUTLINE_PX, rows=DEMO_ROWS, columns=DEMO_COLUMNS, seed=1)

    assert gray[:40, 20:120].max() == 0
    assert gray[:40, -120:].max() == 0
    assert gray[-5:, :40].max() == 0


@pytest.mark.parametrize("name", ["demo_head.png", "demo_head.dcm"])
def test_that_the_shipped_scan_has_its_known_circumference(name):
    loaded = load_image(resource("demo") / name)
    calibration = choose_calibration(loaded.calibration, DEMO_OUTLINE_PX)

    assert (loaded.image.columns, loaded.image.rows) == (DEMO_COLUMNS, DEMO_ROWS)
    assert measure_head(DEMO_OUTLINE_PX, calibration).hc_mm == pytest.approx(176.26, abs=0.01)
    assert (
        calibration.source
        is {
            "demo_head.png": CalibrationSource.PIXEL_SIZE_TABLE,
            "demo_head.dcm": CalibrationSource.ULTRASOUND_REGION,
        }[name]
    )


def test_that_the_shipped_scan_is_what_the_generator_draws():
    # Other builds of OpenCV may round a blur differently, here and there, by a grey level.
    drawn = draw_phantom(DEMO_OUTLINE_PX, rows=DEMO_ROWS, columns=DEMO_COLUMNS, seed=DEMO_SEED)

    for name in ("demo_head.png", "demo_head.dcm"):
        shipped = load_image(resource("demo") / name).image.gray
        assert np.abs(shipped.astype(int) - drawn).mean() < 0.1


def test_that_the_shipped_dicom_names_nobody_real():
    study = load_image(resource("demo/demo_head.dcm")).study

    assert (study.patient_id, study.patient_name) == ("DEMO-001", "Demonstration, Phantom")
    assert study.study_date is not None


def test_that_writing_it_again_gives_the_same_bytes(tmp_path):
    write_demo(tmp_path / "first")
    subprocess.run([sys.executable, "-m", "tests.phantom", str(tmp_path / "second")], check=True)

    names = [item.path.name for item in list_images(tmp_path / "first", sandbox=READERS.catalogues)]
    assert names == ["demo_head.dcm", "demo_head.png"]
    for path in (tmp_path / "first").iterdir():
        assert path.read_bytes() == (tmp_path / "second" / path.name).read_bytes()


def test_that_the_table_and_the_picture_agree():
    table = (resource("demo") / "pixel_size_and_HC.csv").read_text(encoding="utf-8").splitlines()
    name, size, hc_mm = table[1].split(",")

    assert name == "demo_head.png"
    assert float(size) == DEMO_MM_PER_PIXEL
    assert float(hc_mm) == pytest.approx(DEMO_OUTLINE_PX.perimeter * DEMO_MM_PER_PIXEL, abs=0.01)
