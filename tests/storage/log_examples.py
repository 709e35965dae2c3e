"""Entries to put into a log: one like those of a clinic, and any that could be."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
from hypothesis import strategies as st

from fhc_desktop.domain.confidence import Confidence, Grade, IntervalRule
from fhc_desktop.domain.dating.gestation import Dating, DatingMethod
from fhc_desktop.domain.examination.examination import Examination, ModelIdentity, Proposal
from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
)
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.domain.patient import Patient
from fhc_desktop.storage.log.measurement_log import LogEntry

NOW = datetime(2026, 3, 4, 5, 6, 7, 890123, tzinfo=UTC)
PROPOSED = Ellipse(400.5, 270.25, 300.0, 220.0, 0.25)
ACCEPTED = Ellipse(401.0, 271.0, 310.0, 225.0, 0.26)

EXAM = Examination(
    image=UltrasoundImage(
        gray=np.zeros((540, 800), np.uint8),
        source=ImageSource(Path("/scans/Ünal/010_HC.png"), "ab" * 32, frame=3, frame_count=7),
    ),
    file_calibration=FileCalibration(
        (
            CalibrationCandidate(
                Calibration(0.1, 0.12, CalibrationSource.ULTRASOUND_REGION, "region 1")
            ),
        )
    ),
    proposal=Proposal(PROPOSED, ModelIdentity("head_unet", "1.2", "cd" * 32), "cpu"),
    outline_px=ACCEPTED,
    patient=Patient("4711", "Zoë Müller"),
    exam_date=date(2026, 3, 4),
    dating=Dating.from_lmp(date(2025, 10, 1)),
)


RULE = IntervalRule(0.9, (100.0, 300.0), (1.5, 1.0), 1.0, 0.01, 0.1, heads=161)
REASONS = ("skull visible on 48 % of the outline", "Die Schädelkontur; „unscharf“.")


def graded(grade=Grade.LOOK_AGAIN, exam=EXAM):
    confidence = Confidence(grade, REASONS, spread=0.012, rule=RULE)
    return replace(exam, proposal=replace(exam.proposal, confidence=confidence))


def an_entry(**changes):
    return replace(LogEntry.of(EXAM, operator="Sø", now=NOW), **{"entry_id": uuid4().hex} | changes)


def _optional(strategy):
    return st.none() | strategy


# Half characters too: names of files on Linux hold them where they are not UTF-8.
_TEXT = st.text(st.characters(codec=None), max_size=40)
_FINITE = st.floats(allow_nan=False, allow_infinity=False)
_POSITIVE = st.floats(min_value=1e-6, max_value=1e6)
_ELLIPSES = st.builds(Ellipse, _FINITE, _FINITE, _POSITIVE, _POSITIVE, _FINITE)


@st.composite
def entries(draw):
    calibrated = draw(st.booleans())
    assessed = draw(st.booleans())
    is_graded = draw(st.booleans())
    has_interval = is_graded and calibrated
    return LogEntry(
        entry_id=uuid4().hex,
        supersedes=None,
        created_at=draw(st.datetimes(timezones=st.just(UTC))),
        operator=draw(_TEXT),
        image_path=Path(draw(_TEXT)),
        image_sha256=draw(_TEXT),
        frame=draw(st.integers(1, 2**62)),
        mm_per_column=draw(_POSITIVE) if calibrated else None,
        mm_per_row=draw(_POSITIVE) if calibrated else None,
        calibration_source=draw(_TEXT) if calibrated else None,
        calibration_detail=draw(_TEXT) if calibrated else None,
        proposal=draw(_optional(_ELLIPSES)),
        outline=draw(_ELLIPSES),
        model_name=draw(_optional(_TEXT)),
        model_version=draw(_optional(_TEXT)),
        model_sha256=draw(_optional(_TEXT)),
        device=draw(_optional(_TEXT)),
        dating_method=draw(_optional(st.sampled_from(DatingMethod)).map(_plain)),
        dating_date=draw(_optional(st.dates())),
        dating_age_days=draw(_optional(st.integers(0, 301))),
        exam_date=draw(_optional(st.dates())),
        patient_id=draw(_TEXT),
        patient_name=draw(_TEXT),
        hc_mm=draw(_FINITE) if calibrated else None,
        hc_px=draw(_FINITE),
        standard_key=draw(_TEXT),
        z=draw(_FINITE) if assessed else None,
        percentile=draw(_FINITE) if assessed else None,
        software_version=draw(_TEXT),
        proposal_grade=draw(st.sampled_from(Grade)).value if is_graded else None,
        proposal_reasons=tuple(draw(st.lists(_TEXT, max_size=4))) if is_graded else None,
        proposal_spread=draw(_FINITE) if is_graded else None,
        proposal_interval_low_mm=draw(_FINITE) if has_interval else None,
        proposal_interval_high_mm=draw(_FINITE) if has_interval else None,
        proposal_interval_coverage=draw(_FINITE) if has_interval else None,
        proposal_interval_heads=draw(st.integers(1, 2**62)) if has_interval else None,
        dating_cycle_days=draw(_optional(st.integers(20, 45))),
        dating_crl_mm=draw(_optional(_FINITE)),
        dating_reason=draw(_optional(_TEXT)),
        fetus_label=draw(_optional(_TEXT)),
        fetus_position=draw(_optional(_TEXT)),
    )


def _plain(method):
    return None if method is None else method.value
