"""A scale by hand that contradicts the file's own is told, and the log keeps it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
    RegionBox,
    Uncalibrated,
)
from fhc_desktop.domain.image.depth_marks import DepthMarks, Mark, MarkPattern
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.scale_contradictions import (
    SCALES_AGREE_WITHIN,
    contradicting_scales,
    contradiction_sentences,
    noted,
    without_note,
)

PICTURE = (600, 800)
LEFT_HEAD = Ellipse(200, 300, 120, 90, 0.1)
MIDDLE_HEAD = Ellipse(400, 300, 120, 90, 0.1)
REGION = CalibrationSource.ULTRASOUND_REGION
LEFT = CalibrationCandidate(Calibration(0.2, 0.2, REGION, "region 1"), RegionBox(0, 0, 399, 599))
RIGHT = CalibrationCandidate(Calibration(0.3, 0.3, REGION, "region 2"), RegionBox(400, 0, 799, 599))
SPACING = CalibrationCandidate(Calibration(0.5, 0.5, CalibrationSource.PIXEL_SPACING))
DUAL = FileCalibration((LEFT, RIGHT))
TORN = FileCalibration((LEFT,), Uncalibrated("It contradicts itself."), (LEFT, SPACING))


def typed(mm_per_column, mm_per_row=None):
    return Calibration(mm_per_column, mm_per_row or mm_per_column, CalibrationSource.TYPED)


def said_against(given_scale, found, outline_px=LEFT_HEAD):
    return [
        scale.mm_per_column
        for scale in contradicting_scales(given_scale, found, outline_px, picture=PICTURE)
    ]


@given(st.floats(0.05, 1.0), st.floats(0.95, 1.05), st.floats(0.95, 1.05))
def test_that_two_percent_of_either_side_are_the_limit(side, by_column, by_row):
    found = FileCalibration((CalibrationCandidate(Calibration(side, side, REGION)),))
    larger = max(by_column, by_row, 1 / by_column, 1 / by_row)

    contradicts = bool(said_against(typed(side * by_column, side * by_row), found))

    if abs(larger - 1 - SCALES_AGREE_WITHIN) > 1e-9:
        assert contradicts == (larger > 1 + SCALES_AGREE_WITHIN)


def test_that_the_region_that_holds_the_outline_is_the_one_to_contradict():
    assert said_against(typed(0.2), DUAL) == []
    assert said_against(typed(0.3), DUAL) == [0.2]


def test_that_outside_all_regions_a_scale_of_any_of_them_will_do():
    assert said_against(typed(0.3), DUAL, MIDDLE_HEAD) == []
    assert said_against(typed(0.4), DUAL, MIDDLE_HEAD) == [0.2, 0.3]


def test_that_of_a_file_that_contradicts_itself_each_scale_counts():
    assert said_against(typed(0.2), TORN) == [0.5]
    assert said_against(typed(0.3), TORN) == [0.2, 0.5]


def test_that_without_an_outline_only_what_holds_everywhere_is_contradicted():
    assert said_against(typed(0.4), DUAL, None) == []
    assert said_against(typed(0.4), FileCalibration((SPACING,)), None) == [0.5]


def test_that_a_file_without_a_scale_contradicts_nothing():
    refused = FileCalibration(objection=Uncalibrated("Not believable."))

    assert said_against(typed(0.3), FileCalibration()) == said_against(typed(0.3), refused) == []


def test_that_the_sentence_names_both_scales_and_where_the_files_stands():
    table = Calibration(0.1, 0.1, CalibrationSource.PIXEL_SIZE_TABLE, "Secret.csv")
    said = [LEFT.calibration, SPACING.calibration, table]

    sentences = contradiction_sentences(typed(0.3), said)

    theirs = "the calibration says 0.3000 mm/px: check the calibration."
    assert sentences == (
        f"The file’s ultrasound region 1 says 0.2000 mm/px, {theirs}",
        f"The file’s PixelSpacing says 0.5000 mm/px, {theirs}",
        f"The file’s pixel-size table says 0.1000 mm/px, {theirs}",
    )


def test_that_a_note_says_what_file_and_marks_say_and_can_be_taken_off():
    marks = DepthMarks(
        tuple(Mark(y, 3, 9) for y in range(0, 500, 50)), 50, 0.1, 10.0, MarkPattern.EVERY_FIFTH
    )
    ruler = replace(typed(0.3), source=CalibrationSource.RULER, detail="50 mm over 166.7 px")

    kept = noted(ruler, [SPACING.calibration], marks)

    assert kept.detail == (
        "50 mm over 166.7 px; the file says 0.5000 mm/px; the depth marks say 0.2000 mm/px"
    )
    assert without_note(kept.detail) == ruler.detail
    assert noted(kept, [LEFT.calibration], None) == kept
    assert without_note(noted(typed(0.3), [SPACING.calibration], None).detail) == ""


@pytest.mark.parametrize("detail", ["", "50 mm over 166.7 px", "taken over from the file.dcm"])
def test_that_what_contradicts_nothing_has_no_note(detail):
    plain = replace(typed(0.3), detail=detail)

    assert noted(plain, [], None) == plain
    assert without_note(detail) == detail
