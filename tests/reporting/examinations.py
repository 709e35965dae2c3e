"""Examinations of every standing, with a head whose size is known."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from fhc_desktop.domain.confidence import Confidence, Grade, IntervalRule
from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.examination import Acceptance, Examination
from fhc_desktop.domain.examination.proposal import ModelIdentity, Proposal
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
)
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.domain.patient import Patient

NOW = datetime(2026, 11, 23, 11, 40, 7, tzinfo=UTC)
ENTRY = "3f2a9c0e5b7d4a1b8c6d2e9f01234567"
MODEL = ModelIdentity("head-unet", "1.0", "c0ffee" * 10 + "abcd")
HEAD = Ellipse(60.0, 40.0, 40.0, 30.0, math.radians(20))
# Half as wide again at 100 mm as at 300 mm: 3.8 mm to either side of the head's 176.8 mm.
RULE = IntervalRule(0.9, (100.0, 300.0), (1.5, 1.0), 1.0, 0.01, 0.1, heads=161)
REASONS = (
    "skull visible on 48 % of the outline",
    "The model's views of the picture differ by 1.2 % of HC.",
)
SCALE = Calibration(0.8, 0.8, CalibrationSource.ULTRASOUND_REGION, "region 1")


def image(*, rows: int = 80, columns: int = 120, **changes) -> UltrasoundImage:
    gray = np.full((rows, columns), 40, dtype=np.uint8)
    gray[::7] = 90
    source = ImageSource(Path("/scans/scan 2.dcm"), "ab12" * 16, frame=3, frame_count=9)
    return replace(UltrasoundImage(gray, source), **changes)


def proposed() -> Examination:
    return Examination(
        image(),
        file_calibration=FileCalibration((CalibrationCandidate(SCALE),)),
        patient=Patient("4711", "Ada Example"),
        exam_date=date(2026, 11, 20),
        dating=Dating.from_lmp(date(2026, 6, 25)),
    ).with_proposal(Proposal(HEAD, MODEL, "CPU"))


def accepted(exam: Examination | None = None, *, entry_id: str | None = ENTRY) -> Examination:
    exam = exam or proposed()
    stated = exam.facts
    assert stated is not None
    return exam.with_acceptance(Acceptance(stated, "Dr. M. Ångström", NOW, entry_id))


# Markup is text, and a line of Arabic has a length in it.
COMMENT = "Far border shadowed: <b>repeat</b> &amp; measure.\n\nمحيط الرأس 176.8"
LONG_COMMENT = "\n".join(f"{line}. Of three planes this one has the cavum." for line in range(42))


def commented(comment: str = COMMENT, exam: Examination | None = None) -> Examination:
    return accepted(replace(exam or graded(), comment=comment))


def uncalibrated() -> Examination:
    return replace(proposed(), file_calibration=FileCalibration())


def edited() -> Examination:
    return proposed().with_outline(replace(HEAD, semi_axis_a=42.0))


def small() -> Examination:
    """Return a head that every standard has below its 1st percentile."""
    return proposed().with_outline(replace(HEAD, semi_axis_a=27.0, semi_axis_b=24.0))


def undated() -> Examination:
    return replace(proposed(), dating=None)


def too_late() -> Examination:
    return replace(proposed(), dating=Dating.from_lmp(date(2026, 2, 1)))


def headless() -> Examination:
    return proposed().with_proposal(Proposal(None, MODEL, "CPU"))


def graded(
    grade: Grade = Grade.GOOD,
    exam: Examination | None = None,
    *,
    reasons: tuple[str, ...] | None = None,
) -> Examination:
    """Return an examination whose model says how far it trusts its proposal."""
    exam = exam or proposed()
    told = (() if grade is Grade.GOOD else REASONS) if reasons is None else reasons
    assert exam.proposal is not None
    confidence = Confidence(grade, told, expected_error=0.002, rule=RULE)
    return exam.with_proposal(replace(exam.proposal, confidence=confidence))


def graded_and_edited(grade: Grade = Grade.LOOK_AGAIN) -> Examination:
    return graded(grade).with_outline(replace(HEAD, semi_axis_a=42.0))
