"""Millimetres of an outline, each side of a pixel counted in its own direction."""

import math

import pytest
from hypothesis import given

from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.measurement import (
    HeadMeasurement,
    measure_head,
    measurement_warnings,
)
from tests.strategies import ellipses

LYING = Ellipse(400, 300, 120, 90, 0.0)
STANDING = Ellipse(400, 300, 120, 90, math.pi / 2)


def scale(mm_per_column, mm_per_row):
    return Calibration(mm_per_column, mm_per_row, CalibrationSource.TYPED)


def test_that_a_lying_head_is_as_long_as_its_columns_and_as_high_as_its_rows():
    head = measure_head(LYING, scale(0.2, 0.25))

    assert head.ofd_mm == pytest.approx(48)
    assert head.bpd_mm == pytest.approx(45)
    assert head.hc_mm == pytest.approx(Ellipse(0, 0, 24, 22.5, 0).perimeter)


def test_that_a_standing_head_is_as_long_as_its_rows_and_as_wide_as_its_columns():
    head = measure_head(STANDING, scale(0.2, 0.25))

    assert head.ofd_mm == pytest.approx(60)
    assert head.bpd_mm == pytest.approx(36)
    assert head.cephalic_index == pytest.approx(60)


@given(ellipses())
def test_that_pixels_of_twice_the_size_make_a_head_of_twice_the_size(outline):
    small, large = (measure_head(outline, scale(mm, 1.2 * mm)) for mm in (0.2, 0.4))

    assert large.hc_mm == pytest.approx(2 * small.hc_mm)
    assert large.bpd_mm == pytest.approx(2 * small.bpd_mm)
    assert large.ofd_mm == pytest.approx(2 * small.ofd_mm)


@pytest.mark.parametrize(("mm", "is_suspect"), [(0.04, True), (0.2, False), (0.8, True)])
def test_that_a_head_of_an_impossible_size_makes_the_scale_suspect(mm, is_suspect):
    found = measurement_warnings(measure_head(LYING, scale(mm, mm)))

    assert any("check the calibration" in warning for warning in found) == is_suspect


@pytest.mark.parametrize(
    ("hc_mm", "words"),
    [
        (39.9, "A head circumference of 39.9 mm is outside 40 to 420 mm: check the calibration."),
        (40.0, None),
        (420.0, None),
        (420.1, "A head circumference of 420.1 mm is outside 40 to 420 mm: check the calibration."),
    ],
)
def test_that_a_head_measures_40_to_420_mm(hc_mm, words):
    found = measurement_warnings(HeadMeasurement(hc_mm, 100.0, 78.0))

    assert found == (() if words is None else (words,))


@pytest.mark.parametrize(
    ("bpd_mm", "words"),
    [
        (59.0, "A cephalic index of 59 is unusual: check the outline."),
        (60.0, None),
        (96.0, None),
        (97.0, "A cephalic index of 97 is unusual: check the outline."),
    ],
)
def test_that_a_head_has_a_cephalic_index_of_60_to_96(bpd_mm, words):
    found = measurement_warnings(HeadMeasurement(300.0, 100.0, bpd_mm))

    assert found == (() if words is None else (words,))
