"""Entries to put into a log: one like those of a clinic, and any that could be."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import numpy as np
from hypothesis import strategies as st

from fhc_desktop.domain.confidence import Confidence, Grade, Interval, IntervalRule
from fhc_desktop.domain.dating.gestation import (
    CRL_EQUATIONS,
    LONGEST_PREGNANCY_DAYS,
    USUAL_CYCLE_DAYS,
    Dating,
    DatingMethod,
    GestationalAge,
)
from fhc_desktop.domain.examination.examination import Examination, Facts
from fhc_desktop.domain.examination.proposal import ModelIdentity, Proposal
from fhc_desktop.domain.fetus import FETUS_LABELS, Fetus
from fhc_desktop.domain.identity import Answer
from fhc_desktop.domain.image.calibration import (
    LARGEST_MM_PER_PIXEL,
    SMALLEST_MM_PER_PIXEL,
    Calibration,
    CalibrationCandidate,
    CalibrationSource,
    FileCalibration,
)
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.recorded import SaidThen
from fhc_desktop.storage.log.circumstances import Circumstances
from fhc_desktop.storage.log.encrypted_database import connect, read_key
from fhc_desktop.storage.log.entry import RecordedImage
from fhc_desktop.storage.log.entry_rows import LATEST
from fhc_desktop.storage.log.measurement_log import LogEntry
from fhc_desktop.storage.log.recorded_proposal import RecordedProposal

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
    confidence = Confidence(grade, REASONS, expected_error=0.012, rule=RULE)
    return replace(exam, proposal=replace(exam.proposal, confidence=confidence))


def an_entry(*, patient=EXAM.patient, **changes):
    entry = LogEntry.of(EXAM.with_patient(patient), operator="Sø", now=NOW)
    return replace(entry, **{"entry_id": uuid4().hex} | changes)


def _optional(strategy):
    return st.none() | strategy


# Half characters too: names of files on Linux hold them where they are not UTF-8.
_TEXT = st.text(st.characters(codec=None), max_size=40)
_FINITE = st.floats(allow_nan=False, allow_infinity=False)
_POSITIVE = st.floats(min_value=1e-6, max_value=1e6)
_SIDES = st.floats(SMALLEST_MM_PER_PIXEL, LARGEST_MM_PER_PIXEL)
_ELLIPSES = st.builds(Ellipse, _FINITE, _FINITE, _POSITIVE, _POSITIVE, _FINITE)
_MODELS = st.builds(ModelIdentity, _TEXT, _TEXT, _TEXT)
_CONFIDENCES = st.builds(
    Confidence,
    st.sampled_from(Grade),
    st.lists(_TEXT, max_size=4).map(tuple),
    st.floats(0, 1e6),
)
_CIRCUMSTANCES = st.builds(
    Circumstances,
    seconds_to_accept=st.none() | st.floats(0, 1e6),
    correction_reason=_TEXT,
    scanner_manufacturer=_TEXT,
    scanner_model=_TEXT,
    numbers_hidden=st.none() | st.booleans(),
    display_state=st.none() | _TEXT,
    utc_offset_seconds=st.none() | st.integers(-86399, 86399),
)
_PATIENTS = st.builds(Patient, _TEXT, _TEXT, _TEXT, st.none() | st.dates())
_AGES = st.integers(0, LONGEST_PREGNANCY_DAYS).map(GestationalAge)


@st.composite
def _intervals(draw):
    low, high = sorted((draw(_FINITE), draw(_FINITE)))
    return Interval(low, high, draw(st.floats(0, 1, exclude_min=True, exclude_max=True)))


@st.composite
def _calibrations(draw, operator):
    source = draw(st.sampled_from(CalibrationSource))
    user = operator if source.is_users else ""
    return Calibration(draw(_SIDES), draw(_SIDES), source, draw(_TEXT), user)


@st.composite
def _datings(draw):
    method = draw(st.sampled_from(DatingMethod))
    has_age = method in {DatingMethod.TYPED_AGE, DatingMethod.EARLIER_SCAN}
    days = st.dates()
    return Dating(
        method,
        on=draw(_optional(days) if method is DatingMethod.TYPED_AGE else days),
        age=draw(_AGES) if has_age else None,
        cycle_days=draw(st.integers(20, 45)) if method is DatingMethod.LMP else USUAL_CYCLE_DAYS,
        crl_mm=draw(_FINITE) if method in CRL_EQUATIONS else None,
    )


@st.composite
def _answers(draw, patient):
    said = draw(st.lists(st.tuples(_PATIENTS, st.booleans()), max_size=3))
    return frozenset(
        Answer(patient, replace(logged, identifier=patient.identifier), is_same)
        for logged, is_same in said
    )


@st.composite
def _proposals(draw):
    confidence = draw(_optional(_CONFIDENCES))
    interval_mm = None if confidence is None else draw(_optional(_intervals()))
    return RecordedProposal(
        Proposal(draw(_optional(_ELLIPSES)), draw(_MODELS), draw(_TEXT), confidence=confidence),
        interval_mm,
        None if interval_mm is None else draw(st.integers(1, 2**62)),
    )


@st.composite
def entries(draw):
    operator, patient = draw(_TEXT), draw(_PATIENTS)
    scale = draw(_optional(_calibrations(operator)))
    is_assessed = draw(st.booleans())
    return LogEntry(
        entry_id=uuid4().hex,
        supersedes=None,
        created_at=draw(st.datetimes(timezones=st.just(UTC))),
        operator=operator,
        image=RecordedImage(
            Path(draw(_TEXT)), draw(_TEXT), draw(st.integers(1, 2**62)), draw(_TEXT)
        ),
        facts=Facts(
            outline_px=draw(_ELLIPSES),
            calibration=scale,
            patient=patient,
            exam_date=draw(_optional(st.dates())),
            dating=draw(_optional(_datings())),
            dating_reason=draw(_TEXT),
            fetus=Fetus(draw(st.sampled_from(("", *FETUS_LABELS))), draw(_TEXT)),
            standard_key=draw(_TEXT),
            answers=draw(_answers(patient)),
            comment=draw(_TEXT),
        ),
        proposal=draw(_optional(_proposals())),
        said=SaidThen(
            draw(_FINITE),
            None if scale is None else draw(_FINITE),
            draw(_FINITE) if is_assessed else None,
            draw(_FINITE) if is_assessed else None,
        ),
        software_version=draw(_TEXT),
        circumstances=draw(_CIRCUMSTANCES),
    )


def raw_connection(folder):
    """A connection past the log to the database of a data folder."""
    place = folder / "log"
    return connect(place / "measurements.sqlite3", read_key(place / "measurements.key"))


def as_read(row, superseded_by=None):
    """A row of the table as the log reads it; an old one has nothing in the latest columns."""
    return {**dict.fromkeys(LATEST), **row, "superseded_by": superseded_by}


def insert(connection, row):
    """Put a row into the table past the log: it has no link."""
    places = ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO entry ({', '.join(row)}) VALUES ({places})", row)  # noqa: S608
