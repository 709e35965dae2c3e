from datetime import UTC, date, datetime

import numpy as np
import pytest

from fhc_desktop.domain.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
)
from fhc_desktop.domain.examination import (
    Acceptance,
    Examination,
    ModelIdentity,
    Proposal,
    assessment,
    facts,
    measurement,
    ultrasound_age,
    warnings,
)
from fhc_desktop.domain.geometry import Ellipse
from fhc_desktop.domain.gestation import Dating
from fhc_desktop.domain.growth import GrowthAssessment, NotAssessed
from fhc_desktop.domain.history import History
from fhc_desktop.domain.image import ImageSource, UltrasoundImage
from fhc_desktop.domain.patient import Patient

OUTLINE = Ellipse(400, 270, 180, 140, 0.2)
PROPOSAL = Proposal(OUTLINE, ModelIdentity("net", "1", "0" * 64), "CPU")
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


def test_that_undo_and_redo_walk_through_the_states():
    history = History(1).recorded(2).recorded(3)

    assert history.undone().present == 2
    assert history.undone().undone().redone().present == 2
    assert not history.undone().recorded(9).can_redo
    assert history.undone().undone().undone().present == 1
