"""A drawn sector of a known shape, and the real pictures that were and were not stretched."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from fhc_desktop.imaging.scan_arc import find_scan_arc
from tests.reading import load_image

ROWS, COLUMNS = 720, 960


def sector(*, radius_px=620.0, half_angle=0.55, pixel_aspect=1.0, apex=(480.0, -30.0), seed=0):
    """Return a convex probe's scan of speckle in pixels of an aspect, black round it."""
    rows, columns = np.mgrid[:ROWS, :COLUMNS].astype(float)
    across, down = columns - apex[0], (rows - apex[1]) * pixel_aspect
    distance, angle = np.hypot(across, down), np.arctan2(across, down)
    is_scan = (distance < radius_px) & (distance > 90) & (np.abs(angle) < half_angle)
    speckle = np.random.default_rng(seed).rayleigh(45, is_scan.shape) + 15
    return np.where(is_scan, speckle.clip(0, 255), 0).astype(np.uint8)


@settings(max_examples=40, deadline=None)
@given(
    st.floats(480, 620), st.floats(0.45, 0.65), st.floats(0.9, 1.3), st.floats(440, 520),
    st.integers(0, 99),
)  # fmt: skip
def test_that_the_arc_of_a_drawn_scan_tells_its_pixels_within_3_percent(
    radius_px, half_angle, pixel_aspect, x, seed
):
    drawn = sector(
        radius_px=radius_px,
        half_angle=half_angle,
        pixel_aspect=pixel_aspect,
        apex=(x, -30.0),
        seed=seed,
    )

    arc = find_scan_arc(drawn)

    assert arc.pixel_aspect == pytest.approx(pixel_aspect, rel=0.03)


def test_that_an_arc_that_the_picture_cuts_off_tells_nothing():
    assert find_scan_arc(sector(radius_px=900)) is None


def test_that_a_narrow_scan_is_too_flat_to_tell():
    assert find_scan_arc(sector(half_angle=0.25)) is None


def test_that_a_scan_of_a_linear_probe_tells_nothing():
    drawn = np.zeros((ROWS, COLUMNS), np.uint8)
    drawn[60:600, 200:760] = 90

    assert find_scan_arc(drawn) is None


@pytest.mark.parametrize("gray_value", [0, 128])
def test_that_a_picture_of_one_grey_tells_nothing(gray_value):
    assert find_scan_arc(np.full((ROWS, COLUMNS), gray_value, np.uint8)) is None


def test_that_the_same_picture_tells_the_same_each_time():
    drawn = sector(pixel_aspect=1.1)

    assert find_scan_arc(drawn) == find_scan_arc(drawn)


def test_that_no_real_head_in_its_own_shape_looks_stretched(shared):
    files = sorted((shared / "fetal_planes/images").glob("*.jpg"))[::4]
    files += sorted((shared / "hc18/training_set").glob("*HC.png"))[::8]

    found = [find_scan_arc(load_image(path).image.gray) for path in files]

    assert sum(arc is not None for arc in found) > 10
    assert not any(arc.stretch_remarks(pixel_aspect=1.0) for arc in found if arc)


@pytest.mark.parametrize("height", [0.8, 0.889, 1.125, 1.25])
def test_that_a_real_picture_that_was_stretched_is_told_by_how_much(height, shared):
    gray = load_image(shared / "fetal_planes/images/Patient01111_Plane3_1_of_3.jpg").image.gray
    rows, columns = gray.shape
    stretched = Image.fromarray(gray).resize((columns, round(rows * height)))

    arc = find_scan_arc(np.asarray(stretched))

    assert arc.pixel_aspect == pytest.approx(1 / height, rel=0.01)
    assert arc.stretch_remarks(pixel_aspect=1.0)
    assert math.isclose(find_scan_arc(gray).pixel_aspect, 1.0, rel_tol=0.01)
