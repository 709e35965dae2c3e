from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from fhc_desktop.domain.confidence import Confidence, Grade, IntervalRule
from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.examination import Acceptance, Examination
from fhc_desktop.domain.examination.growth_review import review_growth
from fhc_desktop.domain.examination.proposal import ModelIdentity, Proposal
from fhc_desktop.domain.growth.assessment import GrowthAssessment, NotAssessed
from fhc_desktop.domain.growth.standards import STANDARDS
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
    Uncalibrated,
)
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.domain.patient import Patient

OUTLINE = Ellipse(400, 270, 180, 140, 0.2)
PROPOSAL = Proposal(OUTLINE, ModelIdentity("net", "1", "0" * 64), "CPU")
RULE = IntervalRule(0.9, (100.0, 300.0), (1.5, 1.0), 1.0, 0.01, 0.1, heads=161)
TRUSTED = replace(PROPOSAL, confidence=Confidence(Grade.GOOD, expected_error=0.01, rule=RULE))
DOUBTFUL = replace(
    PROPOSAL, confidence=Confidence(Grade.LOOK_AGAIN, expected_error=0.01, rule=RULE)
)
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
    return exam.with_acceptance(Acceptance(exam.facts, "Dr A", now, "row"))


def test_that_there_is_no_number_without_an_outline(exam):
    assert exam.measurement is None
    assert exam.facts is None
    assert isinstance(exam.assessment, NotAssessed)


def test_that_a_percentile_needs_a_dating_of_its_own(exam):
    measured = exam.with_proposal(PROPOSAL)
    assert isinstance(measured.assessment, NotAssessed)

    dated = measured.with_dating(Dating.from_lmp(date(2026, 1, 12)))
    assert isinstance(dated.assessment, GrowthAssessment)


def test_that_there_is_no_millimetre_without_a_calibration(exam):
    bare = Examination(exam.image).with_proposal(PROPOSAL)

    assert bare.measurement is None
    assert isinstance(bare.ultrasound_age, NotAssessed)
    assert "calibration" in bare.assessment.reason


def test_that_the_users_scale_wins_and_can_be_taken_back(exam):
    typed = Calibration(0.3, 0.3, CalibrationSource.TYPED)
    measured = exam.with_proposal(PROPOSAL)
    by_hand = measured.with_manual_calibration(typed)

    assert by_hand.measurement.hc_mm == pytest.approx(OUTLINE.perimeter * 0.3)
    assert by_hand.with_manual_calibration(None).measurement == measured.measurement


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
        lambda exam: replace(exam, comment="Far border shadowed."),
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

    assert any("unverified" in sentence for sentence in shown.warnings)


def test_that_pixels_cannot_be_written(exam):
    with pytest.raises(ValueError, match="read-only"):
        exam.image.gray[0, 0] = 1


def test_that_an_outline_that_is_not_measurable_is_kept_and_not_measured(exam):
    refused = exam.with_proposal(REFUSED).with_dating(DATING)

    assert refused.proposal.outline_px == OUTLINE
    assert refused.outline_px is None
    assert refused.measurement is None
    assert refused.facts is None
    assert isinstance(refused.assessment, NotAssessed)
    assert refused.hc_interval is refused.proposal_interval is None


def test_that_a_head_that_was_not_measurable_can_be_drawn_and_never_be_the_models(exam):
    drawn = exam.with_proposal(REFUSED).with_outline(OUTLINE)

    assert drawn.is_edited
    assert drawn.measurement is not None
    assert drawn.hc_interval is None
    assert drawn.with_proposed_outline().outline_px is None


@pytest.mark.parametrize("proposal", [TRUSTED, DOUBTFUL])
def test_that_the_models_own_outline_has_its_interval_in_millimetres(exam, proposal):
    proposed = exam.with_proposal(proposal)
    hc_mm = proposed.measurement.hc_mm

    assert proposed.hc_interval == proposal.confidence.interval_mm(hc_mm)
    assert proposed.hc_interval.low < hc_mm < proposed.hc_interval.high
    assert accepted(proposed).hc_interval == proposed.hc_interval


def test_that_an_edit_leaves_the_interval_to_the_proposal(exam):
    proposed = exam.with_proposal(TRUSTED).with_dating(DATING)
    edited = proposed.with_outline(OUTLINE.grown(1))

    assert edited.proposal_interval == proposed.hc_interval
    assert edited.hc_interval is None
    assert edited.percentile_interval is None
    assert edited.with_proposed_outline().hc_interval == proposed.hc_interval


def test_that_without_millimetres_or_confidence_there_is_no_interval(exam):
    assert exam.hc_interval is None
    assert Examination(exam.image).with_proposal(TRUSTED).hc_interval is None
    assert exam.with_proposal(PROPOSAL).hc_interval is None


def test_that_percentiles_run_from_one_end_of_the_interval_to_the_other(exam):
    proposed = exam.with_proposal(TRUSTED).with_dating(DATING)
    percentiles = proposed.percentile_interval

    assert 0 <= percentiles.low < proposed.assessment.percentile < percentiles.high <= 100
    assert percentiles.coverage == 0.9


def test_that_an_interval_without_a_place_on_the_chart_has_no_percentiles(exam):
    proposed = exam.with_proposal(TRUSTED)

    assert proposed.percentile_interval is None
    late = proposed.with_dating(Dating.from_lmp(date(2025, 8, 1)))
    assert isinstance(late.assessment, NotAssessed)
    assert late.percentile_interval is None


def test_that_an_interval_with_an_end_that_has_no_age_has_none(exam):
    small = OUTLINE.scaled(0.4, 0.4)
    scale = Calibration(SCALE.mm_per_column, SCALE.mm_per_row, CalibrationSource.TYPED)
    proposed = exam.with_proposal(replace(TRUSTED, outline_px=small)).with_manual_calibration(scale)

    assert proposed.measurement.hc_mm > 68 > proposed.hc_interval.low
    assert "hadlock1984" not in review_growth(proposed, STANDARDS).age_intervals_days


TYPED = Calibration(0.3, 0.3, CalibrationSource.TYPED)


def test_that_a_users_scale_that_the_file_contradicts_is_warned_of_and_noted(exam):
    by_hand = exam.with_proposal(PROPOSAL).with_manual_calibration(TYPED)

    (warning,) = by_hand.warnings
    assert warning.startswith("The file’s pixel-size table says 0.1700 mm/px, the calibration says")
    assert by_hand.facts.calibration.detail == "the file says 0.1700 mm/px"
    assert by_hand.manual_calibration == TYPED


def test_that_a_users_scale_that_the_file_confirms_is_no_warning(exam):
    about_the_same = Calibration(0.172, 0.168, CalibrationSource.RULER, "50 mm over 290.7 px")
    by_hand = exam.with_proposal(PROPOSAL).with_manual_calibration(about_the_same)

    assert by_hand.warnings == ()
    assert by_hand.calibration == about_the_same


def test_that_the_doubt_stays_beside_a_scale_chosen_in_spite_of_it(exam):
    region = CalibrationCandidate(Calibration(0.2, 0.2, CalibrationSource.ULTRASOUND_REGION))
    doubted = FileCalibration(objection=Uncalibrated("It was scaled."), alternatives=(region,))
    doubtful = replace(exam, file_calibration=doubted).with_proposal(PROPOSAL)

    chosen = doubtful.with_chosen_scale(region.chosen_by("Dr A"))

    assert doubtful.measurement is None
    assert doubtful.warnings == ()
    assert chosen.measurement is not None
    assert chosen.warnings == ("The scale was chosen in spite of a doubt. It was scaled.",)
