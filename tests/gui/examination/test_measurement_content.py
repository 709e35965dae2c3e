from dataclasses import replace

import pytest

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.domain.growth.standards import WHO_2017
from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.gui.examination.measurement_content import (
    LENGTH_NAMES,
    MeasurementContent,
    TrustContent,
)
from tests.reporting.examinations import (
    HEAD,
    accepted,
    edited,
    graded,
    graded_and_edited,
    headless,
    proposed,
    small,
    uncalibrated,
    undated,
)


def of(exam, activity=""):
    return MeasurementContent.of(exam, activity=activity)


def test_that_a_calibrated_head_has_millimetres_place_and_companions():
    content = of(proposed())

    assert (content.figure, content.unit) == ("176.8", "mm")
    assert "percentile" in content.place
    assert content.source.endswith("INTERGROWTH-21st 2014")
    assert [unit for _, unit in content.lengths[:3]] == ["mm", "mm", "%"]
    assert len(content.lengths) == len(LENGTH_NAMES)


def test_that_without_a_scale_everything_is_in_pixels():
    content = of(uncalibrated())

    assert content.unit == "px"
    assert {unit for _, unit in content.lengths} == {"px", ""}
    assert content.place == ""
    assert content.source == "No calibration: no millimetres, no percentile."


@pytest.mark.parametrize(
    ("exam", "place", "source"),
    [
        (small(), None, "INTERGROWTH-21st 2014"),
        (undated(), "", "No dating: enter LMP, EDD or the gestational age."),
        (headless(), "", ""),
    ],
)
def test_that_a_place_or_the_one_reason_stands_there(exam, place, source):
    content = of(exam)

    assert place is None or content.place == place
    assert content.source.endswith(source)


def test_that_what_runs_is_told_only_while_there_is_no_outline():
    assert of(headless(), "Looking for the head …").awaited == "Looking for the head …"
    assert of(proposed(), "Looking for the head …").awaited == ""


def test_that_the_state_is_told_in_words():
    assert of(accepted()).state is OutlineState.ACCEPTED
    assert of(accepted()).state_words == "Accepted, logged"
    assert of(accepted(entry_id=None)).state_words == "Accepted, NOT LOGGED"
    assert of(headless()).state_words == "No head found"


def test_that_a_grade_stands_beside_the_models_own_outline_only():
    own, edited = TrustContent.of(graded(Grade.GOOD)), TrustContent.of(graded_and_edited())

    assert own.grade is Grade.GOOD
    assert own.interval.endswith(" mm")
    assert edited.grade is None
    assert edited.interval == ""
    assert "graded its own proposal “look again”" in edited.reasons


def test_that_no_warning_is_dropped_however_many_there_are():
    objections = tuple(f"Objection {number}." for number in range(12))
    exam = replace(proposed(), study=StudyInfo(objections=objections))

    assert of(exam).warnings[-12:] == objections


@pytest.mark.parametrize(
    ("exam", "words"),
    [
        (edited(), "+5.4 mm, +19 percentiles against the proposal"),
        (undated().with_outline(HEAD.grown(-1.0)), "−5.0 mm against the proposal"),
        (uncalibrated().with_outline(HEAD.grown(1.0)), "+6.3 px against the proposal"),
        (edited().with_outline(HEAD.moved(3.0, 0.0)), "0.0 mm, 0 percentiles against the proposal"),
        (proposed(), ""),
    ],
)
def test_that_an_edit_says_how_far_it_is_from_the_proposal(exam, words):
    assert of(exam).trust.difference == words


def test_that_one_percentile_is_one():
    found = of(proposed().with_outline(HEAD.grown(0.06))).trust.difference

    assert found.endswith(" mm, +1 percentile against the proposal")


@pytest.mark.parametrize(
    ("exam", "is_extreme"),
    [
        (proposed(), False),
        (small(), True),
        (small().with_standard(WHO_2017), True),
        (undated(), False),
        (headless(), False),
    ],
)
def test_that_a_place_beyond_two_standard_deviations_or_the_chart_is_extreme(exam, is_extreme):
    assert of(exam).is_extreme is is_extreme
