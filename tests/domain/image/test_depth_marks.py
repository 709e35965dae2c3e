"""A row of marks proposes a scale; only the user's word puts it in force."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
    Uncalibrated,
)
from fhc_desktop.domain.image.depth_marks import DepthMarks, Mark, MarkPattern
from fhc_desktop.domain.image.geometry import Ellipse
from tests.heads import small_phantom

STEP_PX = 20.0


def depth_marks(*, px_per_mark=STEP_PX, spacing_mm=5.0):
    marks = tuple(Mark(10 + px_per_mark * place, 28, 31) for place in range(12))
    return DepthMarks(marks, px_per_mark, 0.2, spacing_mm, MarkPattern.EVERY_SECOND_AND_TENTH)


def examination(**given):
    image = small_phantom().image
    return Examination(image, depth_marks=depth_marks(), outline_px=OUTLINE, **given)


def from_file(mm):
    found = Calibration(mm, mm, CalibrationSource.ULTRASOUND_REGION, "region 1")
    return FileCalibration((CalibrationCandidate(found),))


OUTLINE = Ellipse(80, 60, 50, 40, 0.1)


@given(st.floats(8, 120), st.sampled_from([5.0, 10.0]), st.floats(0.5, 2))
def test_that_the_scale_spreads_the_marks_spacing_over_their_pixels(step_px, spacing_mm, aspect):
    marks = depth_marks(px_per_mark=step_px, spacing_mm=spacing_mm)

    found = marks.calibration(pixel_aspect=aspect)

    if isinstance(found, Uncalibrated):
        assert not 0.02 <= marks.mm_per_row / aspect <= 1.5 or not 0.02 <= marks.mm_per_row <= 1.5
        return
    assert found.mm_per_row * step_px == pytest.approx(spacing_mm)
    assert found.mm_per_row / found.mm_per_column == pytest.approx(aspect)
    assert found.source is CalibrationSource.DEPTH_MARKS
    assert found.source_text == (
        f"from the depth marks, confirmed by the user (12 marks, {spacing_mm:g} mm apart)"
    )


def test_that_a_proposal_gives_no_millimetres_until_it_is_confirmed():
    exam = examination()

    assert isinstance(exam.calibration, Uncalibrated)
    assert exam.measurement is None
    assert exam.offered_depth_marks == exam.depth_marks

    confirmed = exam.with_manual_calibration(exam.depth_marks.calibration(pixel_aspect=1.0))

    assert confirmed.measurement.hc_mm == pytest.approx(OUTLINE.perimeter * 5 / STEP_PX)
    assert confirmed.offered_depth_marks is None
    assert not confirmed.warnings


@pytest.mark.parametrize("share", [0.5, 0.975, 1.025, 2.0, 5.0])
def test_that_a_scale_that_differs_by_more_than_2_percent_is_called_into_question(share):
    exam = examination(file_calibration=from_file(0.25 * share))

    said = [sentence for sentence in exam.warnings if "depth marks" in sentence]

    assert len(said) == 1
    assert "0.2500 mm/px" in said[0]
    assert exam.offered_depth_marks is None


@pytest.mark.parametrize("share", [0.985, 1.0, 1.015])
def test_that_a_scale_that_agrees_is_not_remarked_on(share):
    assert not examination(file_calibration=from_file(0.25 * share)).warnings


def test_that_a_ruler_that_contradicts_the_marks_is_called_into_question():
    ruler = Calibration(0.5, 0.5, CalibrationSource.RULER)

    assert "check the calibration" in " ".join(examination(manual_calibration=ruler).warnings)


def test_that_even_marks_are_wholly_regular():
    assert replace(depth_marks(), deviation_px=0).regularity == 1
    assert depth_marks().regularity == pytest.approx(0.99)


@given(st.floats(30, 400), st.sampled_from([5.0, 10.0]))
def test_that_a_depth_that_the_marks_exceed_takes_the_proposal_away(depth_mm, spacing_mm):
    marks = depth_marks(spacing_mm=spacing_mm)

    checked = marks.checked_against(depth_mm)

    assert (checked is None) == (11 * spacing_mm > 1.1 * depth_mm)
    assert checked is None or replace(checked, agreeing_depth_mm=None) == marks


@given(st.floats(30, 400))
def test_that_no_depth_agrees_with_marks_read_5_mm_apart_and_10(depth_mm):
    agreeing = [
        checked.agreeing_depth_mm
        for spacing_mm in (5.0, 10.0)
        if (checked := depth_marks(spacing_mm=spacing_mm).checked_against(depth_mm)) is not None
    ]

    assert agreeing.count(depth_mm) <= 1


@pytest.mark.parametrize(
    ("spacing_mm", "depth_mm", "agrees"),
    [
        # Twelve marks reach 55 or 110 mm; a depth of 100 would be exceeded at 10 mm a mark by 10 %.
        (5.0, 55, True),
        (5.0, 99, True),
        (5.0, 101, False),
        (5.0, 200, False),
        (10.0, 101, True),
        (10.0, 110, True),
        (10.0, 124, True),
        (10.0, 126, False),
        (10.0, 220, False),
    ],
)
def test_that_a_depth_agrees_only_where_it_rules_the_other_spacing_out(
    spacing_mm, depth_mm, agrees
):
    checked = depth_marks(spacing_mm=spacing_mm).checked_against(depth_mm)

    assert (f"; depth text {depth_mm / 10:.1f} cm agrees" in checked.sentence) is agrees
    assert ("depth text" in checked.sentence) is agrees


@given(st.floats(0.8, 1.25), st.floats(0.8, 1.25))
def test_that_marks_along_both_sides_tell_a_stretched_picture(seen, told):
    marks = depth_marks()
    both = replace(marks, mm_per_column=marks.mm_per_row / seen)

    said = both.stretch_remarks(pixel_aspect=told)

    if abs(max(seen / told, told / seen) - 1.02) > 1e-6:
        assert bool(said) == (max(seen / told, told / seen) > 1.02)
    assert marks.stretch_remarks(pixel_aspect=told) == ()


def test_that_a_stretched_picture_is_a_warning_with_and_without_a_scale():
    marks = replace(depth_marks(), mm_per_column=depth_marks().mm_per_row * 1.125)
    bare = replace(examination(), depth_marks=marks)
    scaled = replace(bare, file_calibration=from_file(marks.mm_per_row))

    for exam in (bare, scaled):
        (warning,) = [said for said in exam.warnings if "stretched" in said]
        assert "0.2500 mm/px down and 0.2812 mm/px across" in warning
