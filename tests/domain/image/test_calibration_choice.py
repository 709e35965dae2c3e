"""Which of a file's scales holds for an outline."""

import pytest

from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
    RegionBox,
    Uncalibrated,
)
from fhc_desktop.domain.image.calibration_choice import choose_calibration
from fhc_desktop.domain.image.geometry import Ellipse

OUTLINE = Ellipse(200, 150, 80, 60, 0.3)


def region(mm, left, right, *, mm_per_row=None):
    scale = Calibration(mm, mm_per_row or mm, CalibrationSource.ULTRASOUND_REGION, "region")
    return CalibrationCandidate(scale, RegionBox(left, 0, right, 400))


def test_that_the_region_that_holds_the_outline_gives_the_scale():
    found = FileCalibration((region(0.5, 400, 800), region(0.2, 0, 399)))

    assert choose_calibration(found, OUTLINE).mm_per_column == 0.2


def test_that_an_outline_across_two_regions_has_no_millimetres():
    found = FileCalibration((region(0.2, 0, 200), region(0.2, 201, 800)))

    assert choose_calibration(found, OUTLINE) == Uncalibrated(
        "The outline does not lie inside one calibrated region of the image."
    )


def test_that_overlapping_regions_of_different_scale_are_refused():
    found = FileCalibration((region(0.2, 0, 500), region(0.21, 0, 600)))

    assert isinstance(choose_calibration(found, OUTLINE), Uncalibrated)


def test_that_an_objection_outweighs_every_candidate():
    found = FileCalibration((region(0.2, 0, 500),), Uncalibrated("The file contradicts itself."))

    assert choose_calibration(found, OUTLINE) == Uncalibrated("The file contradicts itself.")


def test_that_a_file_without_a_scale_says_so():
    assert choose_calibration(FileCalibration(), OUTLINE) == Uncalibrated(
        "The file says nothing about the size of its pixels."
    )


@pytest.mark.parametrize(("other", "agrees"), [((0.2009, 0.2), 1), ((0.2011, 0.2), 0),
                                               ((0.2, 0.2009), 1), ((0.2, 0.2011), 0)])  # fmt: skip
def test_that_regions_agree_within_half_a_percent_both_across_and_down(other, agrees):
    found = FileCalibration((region(0.2, 0, 500), region(other[0], 0, 600, mm_per_row=other[1])))
    expected = found.candidates[0].calibration

    for outline in (OUTLINE, None):
        chosen = choose_calibration(found, outline)
        assert chosen == (
            expected if agrees else Uncalibrated("The image has regions of different scale.")
        )


def test_that_a_head_that_the_picture_cuts_off_has_the_scale_of_the_region_at_the_edge():
    beyond = Ellipse(700, 200, 150, 110, 0.0)
    to_the_edge = FileCalibration((region(0.2, 100, 799),))
    short_of_it = FileCalibration((region(0.2, 100, 780),))

    assert choose_calibration(to_the_edge, beyond, picture=(401, 800)).mm_per_column == 0.2
    assert isinstance(choose_calibration(short_of_it, beyond, picture=(401, 800)), Uncalibrated)


@pytest.mark.parametrize("center", [(1200, 200), (-400, 200), (400, 1200)])
def test_that_an_outline_beside_the_picture_has_no_scale(center):
    everywhere = FileCalibration((region(0.2, 0, 799),))
    beside = Ellipse(*center, 150, 110, 0.0)

    assert isinstance(choose_calibration(everywhere, beside, picture=(401, 800)), Uncalibrated)
