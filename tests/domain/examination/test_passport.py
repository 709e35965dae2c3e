"""Every scale carries where it came from and by whose word it holds."""

from dataclasses import replace

import pytest

from fhc_desktop.domain.examination.passport import passport
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
    RegionBox,
    Uncalibrated,
)
from fhc_desktop.domain.image.geometry import Ellipse
from tests.domain.examination.test_scale_memory import RULER, exam

REGION = CalibrationCandidate(
    Calibration(0.2594, 0.26, CalibrationSource.ULTRASOUND_REGION, "region 2"),
    RegionBox(0, 0, 119, 79),
)
SPACING = CalibrationCandidate(Calibration(0.5, 0.5, CalibrationSource.PIXEL_SPACING))
OUTLINE = Ellipse(60, 40, 50, 38, 0.0)


def test_that_a_files_scale_names_element_region_and_frame():
    opened = replace(
        exam(), file_calibration=FileCalibration((REGION,)), outline_px=Ellipse(60, 40, 50, 38, 0)
    )

    assert passport(opened).line == (
        "0.2594 × 0.2600 mm per column × row, from the scanner's ultrasound region (region 2); "
        "(0018,6011), frame 1 of 1; confirmed by nobody: read from the file"
    )


def test_that_a_ruler_names_its_user():
    assert "confirmed by Dr A" in passport(exam(scale=RULER)).line


def test_that_a_scale_given_by_hand_that_nobody_vouched_for_was_not_read_from_the_file():
    given = Calibration(0.2, 0.2, CalibrationSource.TYPED)

    assert passport(exam(scale=given)).confirmed_by == "nobody yet"


def test_that_without_a_scale_there_is_the_reason_instead():
    assert isinstance(passport(exam()), Uncalibrated)


@pytest.mark.parametrize(("chosen", "mm"), [(REGION, 0.2594), (SPACING, 0.5)])
def test_that_the_users_choice_between_two_scales_of_a_file_holds_and_is_told(chosen, mm):
    torn = FileCalibration((REGION,), Uncalibrated("It contradicts itself."), (REGION, SPACING))
    opened = replace(exam(), file_calibration=torn, outline_px=OUTLINE)
    decided = opened.with_chosen_scale(chosen.chosen_by("Dr A"))

    assert isinstance(opened.calibration, Uncalibrated)
    assert decided.calibration.mm_per_column == mm
    assert "chosen by the user" in passport(decided).source
    assert passport(decided).confirmed_by == "Dr A"
    assert decided.with_file_calibration_alone() == opened


@pytest.mark.parametrize("semi_axis", [4.0, 300.0])
def test_that_a_files_scale_that_makes_the_outline_no_head_gives_no_millimetres(semi_axis):
    outline = Ellipse(60, 40, semi_axis, semi_axis, 0.0)
    wide = FileCalibration((SPACING,))
    opened = replace(exam(), file_calibration=wide, outline_px=outline)

    assert opened.measurement is None
    assert "which no fetal head is" in opened.calibration.reason
    # What she measured herself is hers to judge; she is warned, not overruled.
    assert opened.with_manual_calibration(RULER).measurement is not None
