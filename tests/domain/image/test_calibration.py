from dataclasses import replace

import pytest
from hypothesis import given

from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
    RegionBox,
    Uncalibrated,
    calibration_from_ruler,
    typed_calibration,
)
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.measurement import measure_head
from tests.strategies import ellipses


def test_that_an_implausible_pixel_is_named_with_what_to_check():
    assert typed_calibration(0.2, 20) == Uncalibrated(
        "A pixel of 0.2 × 20 mm is not one of an ultrasound image (0.02 to 1.5 mm).",
        "Check the length and its unit.",
    )


@pytest.mark.parametrize("side", [0.02, 1.5])
def test_that_the_limits_of_a_pixel_are_still_believable(side):
    assert typed_calibration(side, side) == Calibration(side, side, CalibrationSource.TYPED)


@pytest.mark.parametrize("side", [0.0, -0.2, 0.019, 1.6, float("nan"), float("inf")])
def test_that_an_implausible_pixel_is_no_calibration(side):
    assert isinstance(typed_calibration(side, 0.2), Uncalibrated)
    assert isinstance(typed_calibration(0.2, side), Uncalibrated)
    with pytest.raises(ValueError, match="implausible"):
        Calibration(side, 0.2, CalibrationSource.TYPED)


def test_that_a_ruler_gives_the_scale_at_which_it_has_its_length():
    scale = calibration_from_ruler((10, 20), (310, 420), length_mm=100)

    assert scale == Calibration(0.2, 0.2, CalibrationSource.RULER, "100 mm over 500.0 px")


def test_that_a_ruler_honours_pixels_that_are_not_square():
    scale = calibration_from_ruler((0, 0), (0, 100), length_mm=30, pixel_aspect=1.5)

    assert (scale.mm_per_column, scale.mm_per_row) == pytest.approx((0.2, 0.3))


@pytest.mark.parametrize(
    ("end", "length_mm"), [((5, 5), 10), ((5.99, 5), 0.2), ((55, 5), 0), ((55, 5), -1)]
)
def test_that_a_ruler_without_length_is_refused(end, length_mm):
    assert calibration_from_ruler((5, 5), end, length_mm=length_mm) == Uncalibrated(
        "The ruler has no length.", "Draw it between two marks that lie well apart."
    )


@pytest.mark.parametrize("length_mm", [float("inf"), float("nan")])
def test_that_a_ruler_of_no_finite_length_is_refused(length_mm):
    found = calibration_from_ruler((5, 5), (55, 5), length_mm=length_mm)

    assert "has no length" in found.reason


def test_that_a_ruler_of_one_pixel_and_less_than_a_millimetre_has_a_scale():
    assert calibration_from_ruler((5, 5), (6, 5), length_mm=0.5).mm_per_column == 0.5


@pytest.mark.parametrize(
    ("source", "chosen"),
    [
        (CalibrationSource.ULTRASOUND_REGION, CalibrationSource.CHOSEN_REGION),
        (CalibrationSource.PIXEL_SPACING, CalibrationSource.CHOSEN_SPACING),
        (CalibrationSource.PIXEL_SIZE_TABLE, CalibrationSource.PIXEL_SIZE_TABLE),
    ],
)
def test_that_a_scale_that_a_user_chose_says_by_whom_and_holds_for_the_same_part(source, chosen):
    box = RegionBox(0, 0, 100, 100)
    found = CalibrationCandidate(Calibration(0.2, 0.3, source, "region 1"), box).chosen_by("Dr A")

    assert found == CalibrationCandidate(Calibration(0.2, 0.3, chosen, "region 1", "Dr A"), box)


@given(ellipses())
def test_that_each_pixel_side_scales_its_own_direction(outline):
    across = measure_head(outline, Calibration(0.2, 0.3, CalibrationSource.TYPED))
    swapped = measure_head(outline, Calibration(0.3, 0.2, CalibrationSource.TYPED))
    square = measure_head(outline, Calibration(0.2, 0.2, CalibrationSource.TYPED))

    assert square.hc_mm == pytest.approx(outline.perimeter * 0.2)
    assert square.hc_mm < across.hc_mm < square.hc_mm * 1.5
    if abs(outline.semi_axis_a / outline.semi_axis_b - 1) > 0.2 and abs(outline.angle) < 0.3:
        assert across.hc_mm != pytest.approx(swapped.hc_mm, rel=1e-3)


@pytest.mark.parametrize(("x", "y"), [(-1, 0), (1, 0), (0, -1), (0, 1)])
@pytest.mark.parametrize(("outside_px", "is_held"), [(2.0, True), (2.1, False)])
def test_that_an_outline_may_stand_two_pixels_out_of_its_region(x, y, outside_px, is_held):
    box = RegionBox(100, 100, 300, 300)
    outline = Ellipse(200 + x * outside_px, 200 + y * outside_px, 100, 100, 0.0)

    assert box.holds(outline) == is_held


@pytest.mark.parametrize(
    ("side", "center"),
    [("left", (0, 200)), ("top", (200, 0)), ("right", (499, 200)), ("bottom", (200, 399))],
)
@pytest.mark.parametrize(("short_px", "is_held"), [(2, True), (3, False)])
def test_that_a_region_must_reach_to_where_the_picture_cuts_the_head_off(
    side, center, short_px, is_held
):
    whole = RegionBox(0, 0, 499, 399)
    inward = 1 if side in {"left", "top"} else -1
    region_px = replace(whole, **{side: getattr(whole, side) + inward * short_px})
    head = Ellipse(*center, 100, 100, 0.0)

    assert region_px.holds(head, picture=(400, 500)) == is_held
    # Without a picture the whole outline counts.
    assert not region_px.holds(head)


def test_that_one_size_is_a_pixels_width_where_the_picture_knows_its_shape():
    table = Calibration(0.2, 0.2, CalibrationSource.PIXEL_SIZE_TABLE, "sizes.csv")
    found = FileCalibration((CalibrationCandidate(table),))

    (shaped,) = found.with_height_by(0.9375).candidates

    assert (shaped.calibration.mm_per_column, shaped.calibration.mm_per_row) == (0.2, 0.1875)
    assert (shaped.calibration.source, shaped.calibration.detail) == (table.source, table.detail)
    assert found.with_height_by(1.0) is found
    assert FileCalibration().with_height_by(0.9375) == FileCalibration()


def test_that_a_height_that_no_pixel_has_is_an_objection():
    table = Calibration(1.4, 1.4, CalibrationSource.PIXEL_SIZE_TABLE)
    found = FileCalibration((CalibrationCandidate(table),)).with_height_by(2.0)

    assert found.candidates == ()
    assert "not one of an ultrasound image" in found.objection.reason


def test_that_a_doubtful_scale_still_tells_a_pixels_shape():
    region = Calibration(0.2, 0.3, CalibrationSource.ULTRASOUND_REGION)
    doubted = FileCalibration(
        objection=Uncalibrated("Scaled."), alternatives=(CalibrationCandidate(region),)
    )

    assert doubted.has_scale
    assert doubted.pixel_aspect == pytest.approx(1.5)
