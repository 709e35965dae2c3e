from dataclasses import replace

import pytest

from fhc_desktop.domain.confidence import Grade, Interval
from fhc_desktop.domain.image.calibration import FileCalibration
from fhc_desktop.storage.log.recorded_proposal import RecordedProposal
from tests.storage.log_examples import EXAM, PROPOSED, REASONS, graded


def test_that_notices_on_the_screen_are_not_kept():
    noticed = replace(EXAM.proposal, notices=("The head is cut off.",))

    assert RecordedProposal.of(replace(EXAM, proposal=noticed)).said == EXAM.proposal
    with pytest.raises(ValueError, match="more than an entry keeps"):
        RecordedProposal(noticed)


def test_that_what_the_model_said_is_kept_also_after_an_edit():
    exam = graded()
    kept = RecordedProposal.of(exam)

    assert exam.hc_interval is None
    assert (kept.said.confidence.grade, kept.said.confidence.reasons) == (Grade.LOOK_AGAIN, REASONS)
    assert kept.said.confidence.expected_error == 0.012
    assert kept.interval_mm == exam.proposal_interval
    assert kept.heads == 161


def test_that_of_a_model_without_confidence_none_is_kept():
    kept = RecordedProposal.of(EXAM)

    assert (kept.said.confidence, kept.interval_mm, kept.heads) == (None, None, None)


@pytest.mark.parametrize(
    "exam",
    [graded(Grade.NOT_MEASURABLE), graded(exam=replace(EXAM, file_calibration=FileCalibration()))],
    ids=["not measurable", "uncalibrated"],
)
def test_that_a_grade_without_an_interval_is_kept_alone(exam):
    kept = RecordedProposal.of(exam)

    assert kept.said.confidence == replace(exam.proposal.confidence, rule=None)
    assert (kept.interval_mm, kept.heads) == (None, None)


def test_that_half_an_interval_is_refused():
    with pytest.raises(ValueError, match="half an interval"):
        replace(RecordedProposal.of(graded()), heads=None)


def test_that_the_confidence_comes_back_with_the_same_interval():
    kept, hc_mm = RecordedProposal.of(graded()), EXAM.with_outline(PROPOSED).measurement.hc_mm
    came_back = kept.with_rule(EXAM.calibration).confidence

    assert (came_back.grade, came_back.reasons) == (Grade.LOOK_AGAIN, REASONS)
    interval = came_back.interval_mm(hc_mm)
    assert interval.low == pytest.approx(kept.interval_mm.low)
    assert interval.high == pytest.approx(kept.interval_mm.high)
    assert (interval.coverage, came_back.rule.heads) == (0.9, 161)


@pytest.mark.parametrize(
    "changes",
    [{"interval_mm": Interval(0.5, 1.0, 0.9)}, {"interval_mm": None, "heads": None}],
    ids=["without width", "without an interval"],
)
def test_that_what_is_no_interval_comes_back_as_none(changes):
    kept = RecordedProposal.of(graded())

    assert replace(kept, **changes).with_rule(EXAM.calibration).confidence.rule is None
    assert kept.with_rule(None).confidence.rule is None
