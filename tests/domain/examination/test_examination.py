from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from fhc_desktop.domain.confidence import Confidence, Grade, IntervalRule
from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.examination import (
    Acceptance,
    Examination,
    ModelIdentity,
    Proposal,
    assessment,
    facts,
    hc_interval,
    measurement,
    percentile_interval,
    proposal_interval,
    ultrasound_age,
    warnings,
)
from fhc_desktop.domain.examination.growth_review import review_growth
from fhc_desktop.domain.growth.assessment import GrowthAssessment, NotAssessed
from fhc_desktop.domain.growth.standards import STANDARDS
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
)
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.domain.patient import Patient

OUTLINE = Ellipse(400, 270, 180, 140, 0.2)
PROPOSAL = Proposal(OUTLINE, ModelIdentity("net", "1", "0" * 64), "CPU")
RULE = IntervalRule(0.9, (100.0, 300.0), (1.5, 1.0), 1.0, 0.01, 0.1, heads=161)
TRUSTED = replace(PROPOSAL, confidence=Confidence(Grade.GOOD, spread=0.01, rule=RULE))
DOUBTFUL = replace(PROPOSAL, confidence=Confidence(Grade.LOOK_AGAIN, spread=0.01, rule=RULE))
REFUSED = replace(PROPOSAL, confidence=Confidence(Grade.NOT_MEASURABLE, rule=RULE))
DATING = Dating.from_lmp(date(2026, 1, 12))
SCALE = Calibration(0.17, 0.17, CalibrationSource.PIXEL_SIZE_TABLE)


@pytest.fixture
def exam(tmp_path):
    image = UltrasoundImage(np.zeros((540, 800), np.uint8), ImageSource(tmp_path / "a.png", "0"))
    found = FileCalibration((CalibrationCandidate(SCALE),))
    return Examination(image, file_calibration=found, exam_date=date(2026, 6, 1))


def accepted(exam):
    now = datetime(2026, 6, 1, tzinfo=UTC)
    return exam.with_acceptance(Acceptance(facts(exam), "Dr A", now, "row"))


def test_that_there_is_no_number_without_an_outline(exam):
    assert measurement(exam) is None
    assert facts(exam) is None
    assert isinstance(assessment(exam), NotAssessed)


def test_that_a_percentile_needs_a_dating_of_its_own(exam):
    measured = exam.with_proposal(PROPOSAL)
    assert isinstance(assessment(measured), NotAssessed)

    dated = measured.with_dating(Dating.from_lmp(date(2026, 1, 12)))
    assert isinstance(assessment(dated), GrowthAssessment)


def test_that_there_is_no_millimetre_without_a_calibration(exam):
    bare = Examination(exam.image).with_proposal(PROPOSAL)

    assert measurement(bare) is None
    assert isinstance(ultrasound_age(bare), NotAssessed)
    assert "calibration" in assessment(bare).reason


def test_that_the_users_scale_wins_and_can_be_taken_back(exam):
    typed = Calibration(0.3, 0.3, CalibrationSource.TYPED)
    measured = exam.with_proposal(PROPOSAL)
    by_hand = measured.with_manual_calibration(typed)

    assert measurement(by_hand).hc_mm == pytest.approx(OUTLINE.perimeter * 0.3)
    assert measurement(by_hand.with_manual_calibration(None)) == measurement(measured)


def test_that_an_edit_is_told_from_the_proposal_and_can_be_reset(exam):
    proposed = exam.with_proposal(PROPOSAL)
    edited = proposed.with_outline(OUTLINE.moved(1, 0))

    assert not proposed.is_edited
    assert edited.is_edited
    assert edited.proposal == PROPOSAL
    assert not edited.with_proposed_outline().is_edited


@pytest.mark.parametrize(
    "change",
    [
        lambda exam: exam.with_outline(OUTLINE.grown(1)),
        lambda exam: exam.with_patient(Patient("1", "Another")),
        lambda exam: exam.with_dating(Dating.from_lmp(date(2026, 1, 1))),
        lambda exam: exam.with_exam_date(date(2026, 6, 2)),
        lambda exam: exam.with_manual_calibration(Calibration(0.2, 0.2, CalibrationSource.TYPED)),
        lambda exam: exam.with_outline(None),
    ],
)
def test_that_whatever_changes_after_accepting_needs_accepting_again(exam, change):
    done = accepted(exam.with_proposal(PROPOSAL))
    assert done.is_accepted

    assert not change(done).is_accepted


def test_that_an_unverified_scale_is_a_warning(exam):
    doubtful = Calibration(0.2, 0.2, CalibrationSource.PIXEL_SPACING)
    shown = exam.with_proposal(PROPOSAL).with_manual_calibration(doubtful)

    assert any("unverified" in sentence for sentence in warnings(shown))


def test_that_pixels_cannot_be_written(exam):
    with pytest.raises(ValueError, match="read-only"):
        exam.image.gray[0, 0] = 1


def test_that_an_outline_that_is_not_measurable_is_kept_and_not_measured(exam):
    refused = exam.with_proposal(REFUSED).with_dating(DATING)

    assert refused.proposal.outline_px == OUTLINE
    assert refused.outline_px is None
    assert measurement(refused) is None
    assert facts(refused) is None
    assert isinstance(assessment(refused), NotAssessed)
    assert hc_interval(refused) is proposal_interval(refused) is None


def test_that_a_head_that_was_not_measurable_can_be_drawn_and_never_be_the_models(exam):
    drawn = exam.with_proposal(REFUSED).with_outline(OUTLINE)

    assert drawn.is_edited
    assert measurement(drawn) is not None
    assert hc_interval(drawn) is None
    assert drawn.with_proposed_outline().outline_px is None


@pytest.mark.parametrize("proposal", [TRUSTED, DOUBTFUL])
def test_that_the_models_own_outline_has_its_interval_in_millimetres(exam, proposal):
    proposed = exam.with_proposal(proposal)
    hc_mm = measurement(proposed).hc_mm

    assert hc_interval(proposed) == proposal.confidence.interval_mm(hc_mm)
    assert hc_interval(proposed).low < hc_mm < hc_interval(proposed).high
    assert hc_interval(accepted(proposed)) == hc_interval(proposed)


def test_that_an_edit_leaves_the_interval_to_the_proposal(exam):
    proposed = exam.with_proposal(TRUSTED).with_dating(DATING)
    edited = proposed.with_outline(OUTLINE.grown(1))

    assert proposal_interval(edited) == hc_interval(proposed)
    assert hc_interval(edited) is None
    assert percentile_interval(edited) is None
    assert hc_interval(edited.with_proposed_outline()) == hc_interval(proposed)


def test_that_without_millimetres_or_confidence_there_is_no_interval(exam):
    assert hc_interval(exam) is None
    assert hc_interval(Examination(exam.image).with_proposal(TRUSTED)) is None
    assert hc_interval(exam.with_proposal(PROPOSAL)) is None


def test_that_percentiles_run_from_one_end_of_the_interval_to_the_other(exam):
    proposed = exam.with_proposal(TRUSTED).with_dating(DATING)
    percentiles = percentile_interval(proposed)

    assert 0 <= percentiles.low < assessment(proposed).percentile < percentiles.high <= 100
    assert percentiles.coverage == 0.9


def test_that_an_interval_without_a_place_on_the_chart_has_no_percentiles(exam):
    proposed = exam.with_proposal(TRUSTED)

    assert percentile_interval(proposed) is None
    late = proposed.with_dating(Dating.from_lmp(date(2025, 8, 1)))
    assert isinstance(assessment(late), NotAssessed)
    assert percentile_interval(late) is None


def test_that_an_interval_with_an_end_that_has_no_age_has_none(exam):
    small = OUTLINE.scaled(0.4, 0.4)
    scale = Calibration(SCALE.mm_per_column, SCALE.mm_per_row, CalibrationSource.TYPED)
    proposed = exam.with_proposal(replace(TRUSTED, outline_px=small)).with_manual_calibration(scale)

    assert measurement(proposed).hc_mm > 68 > hc_interval(proposed).low
    assert "hadlock1984" not in review_growth(proposed, STANDARDS).age_intervals_days
