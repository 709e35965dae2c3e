"""A frame of a clip is read by its own outline and scale, and says whose outline it is."""

from dataclasses import replace

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.examination.frame_reading import FrameReading
from fhc_desktop.domain.examination.outline_state import OutlineState
from tests.reporting.examinations import accepted, headless, proposed


def test_that_a_proposal_is_read_with_interval_and_grade():
    exam = proposed()
    found = FrameReading.of(exam)

    assert found.hc_mm == exam.measurement.hc_mm
    assert found.interval_mm == exam.hc_interval
    assert not found.is_by_hand
    assert found.state is OutlineState.PROPOSED


def test_that_an_edited_frame_has_neither_interval_nor_grade():
    exam = proposed()
    found = FrameReading.of(exam.with_outline(exam.outline_px.grown(4)))

    assert found.is_by_hand
    assert found.interval_mm is found.grade is None
    assert "Edited by hand" in found.words


def test_that_an_accepted_frame_says_so():
    assert FrameReading.of(accepted()).is_by_hand
    assert "Accepted" in FrameReading.of(accepted()).words


def test_that_a_frame_without_a_scale_is_in_pixels():
    exam = replace(proposed(), file_calibration=type(proposed().file_calibration)())
    found = FrameReading.of(exam.with_file_calibration_alone())

    assert found.hc_mm is None
    assert found.hc_px == exam.outline_px.perimeter
    assert "px, no calibration" in found.words


def test_that_a_frame_without_a_head_says_so():
    found = FrameReading.of(headless())

    assert found.hc_mm is found.hc_px is None
    assert "No head found" in found.words


def test_that_all_of_it_is_said_in_one_line():
    found = replace(FrameReading.of(proposed()), frame=12, grade=Grade.LOOK_AGAIN)

    assert found.words.startswith("Frame 12: HC ")
    assert "look again" in found.words
    assert FrameReading(3, problem="cannot be read").words == "Frame 3: cannot be read"
