"""Logs of pregnancies: each examination of a round head whose z-score or HC is known."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import pi
from pathlib import Path

import numpy as np

from fhc_desktop.domain.confidence import Confidence, Grade, IntervalRule
from fhc_desktop.domain.dating.gestation import Dating, GestationalAge
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.proposal import ModelIdentity, Proposal
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, STANDARDS
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.pregnancy import pregnancies
from fhc_desktop.gui.course.row import course_rows
from fhc_desktop.gui.course.shown_course import shown_pregnancy
from fhc_desktop.storage.log.measurement_log import LogEntry

LMP = date(2026, 1, 10)
PATIENT = Patient("4711", "Zoë Müller")
MM_PER_PIXEL = 0.25
HALF_INTERVAL_MM = 3.0
A, B = Fetus("A", "left"), Fetus("B", "right")
CRL = Dating.from_crl(55.0, date(2026, 4, 15))
_MODEL = ModelIdentity("net", "1.0", "0" * 64)
_RULE = IntervalRule(0.9, (200.0,), (1.0,), HALF_INTERVAL_MM, 0.0, 0.0, heads=161)


def seen(days, z=0.0, *, hc_mm=None, edited=False, drawn=False, lmp=LMP, calibrated=True, **facts):
    """An accepted examination at an age by the LMP, at a z-score of its standard."""
    standard = facts.setdefault("standard", INTERGROWTH_21ST)
    if hc_mm is None:
        hc_mm = standard.hc_at(z, GestationalAge(days))
    radius_px = hc_mm / MM_PER_PIXEL / (2 * pi)
    outline = Ellipse(400.0, 270.0, radius_px, radius_px, 0.0)
    scale = Calibration(MM_PER_PIXEL, MM_PER_PIXEL, CalibrationSource.TYPED)
    exam = Examination(
        UltrasoundImage(
            np.zeros((540, 800), np.uint8), ImageSource(Path(f"/scans/{days}.png"), "0" * 64)
        ),
        manual_calibration=scale if calibrated else None,
        exam_date=lmp + timedelta(days=days),
        **({"dating": Dating.from_lmp(lmp), "patient": PATIENT} | facts),
    ).with_proposal(Proposal(outline, _MODEL, "CPU", confidence=Confidence(Grade.GOOD, rule=_RULE)))
    if drawn:
        return replace(exam, proposal=None)
    return exam.with_outline(replace(outline, center_x=401.0)) if edited else exam


FIVE = (seen(100, -0.2), seen(140, -0.18), seen(175, 0.1, edited=True), seen(210, -0.5), seen(250))
TWINS = (
    seen(140, 0.5, fetus=A),
    seen(140, -0.5, fetus=B),
    seen(168, 0.6, fetus=A),
    seen(168, -1.5, fetus=B),
)
SMALL = (seen(140, -2.2), seen(175, -3.1), seen(210, -3.8))
OUTSIDE = (seen(87, hc_mm=85.0), seen(140, 0.5), seen(283, hc_mm=350.0))
REDATED = (
    seen(140, 0.8),
    seen(168, 0.9),
    seen(190, 0.2, dating=CRL, dating_reason="CRL found in her papers"),
)


def entries_of(exams, *, operators=("A. Operator",)):
    """The log's entries of examinations, each accepted on its own day."""
    return [
        LogEntry.of(
            exam,
            operator=operators[number % len(operators)],
            now=datetime.combine(exam.exam_date, datetime.min.time(), UTC)
            + timedelta(hours=9, minutes=number),
        )
        for number, exam in enumerate(exams)
    ]


def fill(log, exams, **more):
    found = entries_of(exams, **more)
    for entry in found:
        log.append(entry)
    return found


def rows_of(exams, *, standard=INTERGROWTH_21ST, **more):
    """The rows of the one pregnancy that examinations make up."""
    (only,) = pregnancies(entry.recorded for entry in entries_of(exams, **more))
    return course_rows(shown_pregnancy(only), standard, STANDARDS)
