"""How an entry lies in the table: one column for each number, one for each text.

Names and meanings of the columns are those of databases that people have: here alone they meet
the domain's values.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fhc_desktop.domain.confidence import Confidence, Grade, Interval
from fhc_desktop.domain.dating.gestation import (
    USUAL_CYCLE_DAYS,
    Dating,
    DatingMethod,
    GestationalAge,
)
from fhc_desktop.domain.examination.examination import Facts
from fhc_desktop.domain.examination.proposal import ModelIdentity, Proposal
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.identity import Answer
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.recorded import SaidThen
from fhc_desktop.storage.log.circumstances import Circumstances
from fhc_desktop.storage.log.entry import LogEntry, RecordedImage
from fhc_desktop.storage.log.recorded_proposal import RecordedProposal

Cell = str | int | float | None
Row = Mapping[str, Any]

# Added since tables of the log have been read by other programs: behind the others there.
LATEST = (
    "patient_issuer",
    "patient_birth_date",
    "patient_answers",
    "pixels_sha256",
    "seconds_to_accept",
    "correction_reason",
    "scanner_manufacturer",
    "scanner_model",
    "numbers_hidden",
    "display_state",
    "utc_offset_seconds",
    "clock_note",
    "comment",
)
_SCALE = ("mm_per_column", "mm_per_row", "calibration_source", "calibration_detail")
_MODEL = ("model_name", "model_version", "model_sha256", "device")
# What is called spread here has been the expected error from the beginning.
_CONFIDENCE = ("proposal_grade", "proposal_reasons", "proposal_spread")
_INTERVAL = (
    "proposal_interval_low_mm",
    "proposal_interval_high_mm",
    "proposal_interval_coverage",
    "proposal_interval_heads",
)
_DATING = (
    "dating_method",
    "dating_date",
    "dating_age_days",
    "dating_cycle_days",
    "dating_crl_mm",
)
_ELLIPSE = ("center_x_px", "center_y_px", "semi_axis_a_px", "semi_axis_b_px", "angle_rad")


def row_of(entry: LogEntry) -> dict[str, Cell]:
    """Return what the table keeps of an entry, column by column; an empty value has no cell."""
    vouched, said = entry.facts, entry.said
    return {
        "entry_id": entry.entry_id,
        "supersedes": entry.supersedes,
        "created_at": entry.created_at.isoformat(),
        "operator": entry.operator,
        "image_path": str(entry.image.path),
        "image_sha256": entry.image.sha256,
        "frame": entry.image.frame,
        **_calibration_cells(vouched.calibration),
        **_proposal_cells(entry.proposal),
        **_ellipse_cells("outline", vouched.outline_px),
        **_dating_cells(vouched.dating),
        "dating_reason": vouched.dating_reason or None,
        "fetus_label": vouched.fetus.label or None,
        "fetus_position": vouched.fetus.position or None,
        "exam_date": _day_cell(vouched.exam_date),
        "patient_id": vouched.patient.identifier,
        "patient_name": vouched.patient.name,
        "patient_issuer": vouched.patient.issuer or None,
        "patient_birth_date": _day_cell(vouched.patient.birth_date),
        "patient_answers": _answers_cell(vouched.answers),
        "pixels_sha256": entry.image.pixels_sha256 or None,
        "hc_mm": said.hc_mm,
        "hc_px": said.hc_px,
        "standard_key": vouched.standard_key,
        "z": said.z,
        "percentile": said.percentile,
        "software_version": entry.software_version,
        **_circumstances_cells(entry.circumstances),
        "comment": vouched.comment or None,
    }


def entry_of(row: Row) -> LogEntry:
    """Return the entry of a row that was read with ``superseded_by`` beside its own columns."""
    patient = _patient(row)
    return LogEntry(
        entry_id=row["entry_id"],
        supersedes=row["supersedes"],
        created_at=datetime.fromisoformat(row["created_at"]),
        operator=row["operator"],
        image=RecordedImage(
            Path(row["image_path"]), row["image_sha256"], row["frame"], row["pixels_sha256"] or ""
        ),
        facts=Facts(
            outline_px=_ellipse("outline", row),
            calibration=_calibration(row),
            patient=patient,
            exam_date=_day(row["exam_date"]),
            dating=_dating(row),
            dating_reason=row["dating_reason"] or "",
            fetus=Fetus(row["fetus_label"] or "", row["fetus_position"] or ""),
            standard_key=row["standard_key"],
            answers=_answers(row["patient_answers"], patient),
            comment=row["comment"] or "",
        ),
        proposal=_proposal(row),
        said=SaidThen(row["hc_px"], row["hc_mm"], row["z"], row["percentile"]),
        software_version=row["software_version"],
        circumstances=_circumstances(row),
        superseded_by=row["superseded_by"],
    )


# Patient -----------------------------------------------------------------------------------------


def _patient(row: Row) -> Patient:
    return Patient(
        row["patient_id"],
        row["patient_name"],
        row["patient_issuer"] or "",
        _day(row["patient_birth_date"]),
    )


def _answers_cell(answers: Iterable[Answer]) -> str | None:
    """Return the women that a patient was said to be, or not to be, in an order of their own."""
    said = [
        {
            "name": one.logged.name,
            "issuer": one.logged.issuer,
            "birth_date": _day_cell(one.logged.birth_date),
            "is_same": one.is_same,
        }
        for one in answers
    ]
    # Half characters cannot be text in the database but as JSON writes them.
    return json.dumps(sorted(said, key=json.dumps)) if said else None


def _answers(cell: str | None, patient: Patient) -> frozenset[Answer]:
    return frozenset(
        Answer(
            patient,
            Patient(patient.identifier, said["name"], said["issuer"], _day(said["birth_date"])),
            said["is_same"],
        )
        for said in json.loads(cell or "[]")
    )


# Calibration -------------------------------------------------------------------------------------


def _calibration_cells(scale: Calibration | None) -> dict[str, Cell]:
    if scale is None:
        return dict.fromkeys(_SCALE)
    cells = (scale.mm_per_column, scale.mm_per_row, scale.source.value, scale.detail)
    return dict(zip(_SCALE, cells, strict=True))


def _calibration(row: Row) -> Calibration | None:
    mm_per_column, mm_per_row, source_key, detail = _cells(row, _SCALE)
    if source_key is None:
        return None
    source = CalibrationSource(source_key)
    user = row["operator"] if source.is_users else ""
    return Calibration(mm_per_column, mm_per_row, source, detail or "", user)


# What the model said -----------------------------------------------------------------------------


def _proposal_cells(proposal: RecordedProposal | None) -> dict[str, Cell]:
    if proposal is None:
        return _ellipse_cells("proposal", None) | dict.fromkeys((*_MODEL, *_CONFIDENCE, *_INTERVAL))
    said, model = proposal.said, proposal.said.model
    named = (model.name, model.version, model.sha256, said.device)
    return {
        **_ellipse_cells("proposal", said.outline_px),
        **dict(zip(_MODEL, named, strict=True)),
        **_confidence_cells(said.confidence),
        **_interval_cells(proposal.interval_mm, proposal.heads),
    }


def _proposal(row: Row) -> RecordedProposal | None:
    name, version, sha256, device = _cells(row, _MODEL)
    if name is None:
        return None
    found_none = row["proposal_center_x_px"] is None
    said = Proposal(
        None if found_none else _ellipse("proposal", row),
        ModelIdentity(name, version or "", sha256 or ""),
        device or "",
        confidence=_confidence(row),
    )
    low, high, coverage, heads = _cells(row, _INTERVAL)
    return RecordedProposal(said, None if low is None else Interval(low, high, coverage), heads)


def _confidence_cells(said: Confidence | None) -> dict[str, Cell]:
    if said is None:
        return dict.fromkeys(_CONFIDENCE)
    reasons = json.dumps(said.reasons, ensure_ascii=False)
    cells = (said.grade.value, reasons, said.expected_error)
    return dict(zip(_CONFIDENCE, cells, strict=True))


def _confidence(row: Row) -> Confidence | None:
    grade, reasons, expected_error = _cells(row, _CONFIDENCE)
    if grade is None:
        return None
    return Confidence(Grade(grade), tuple(json.loads(reasons)), expected_error or 0.0)


def _interval_cells(interval_mm: Interval | None, heads: int | None) -> dict[str, Cell]:
    if interval_mm is None:
        return dict.fromkeys(_INTERVAL)
    cells = (interval_mm.low, interval_mm.high, interval_mm.coverage, heads)
    return dict(zip(_INTERVAL, cells, strict=True))


# Dating ------------------------------------------------------------------------------------------


def _dating_cells(dating: Dating | None) -> dict[str, Cell]:
    if dating is None:
        return dict.fromkeys(_DATING)
    days = None if dating.age is None else dating.age.days
    cycle_days = dating.cycle_days if dating.method is DatingMethod.LMP else None
    cells = (dating.method.value, _day_cell(dating.on), days, cycle_days, dating.crl_mm)
    return dict(zip(_DATING, cells, strict=True))


def _dating(row: Row) -> Dating | None:
    method, day, days, cycle_days, crl_mm = _cells(row, _DATING)
    if method is None:
        return None
    return Dating(
        DatingMethod(method),
        on=_day(day),
        age=None if days is None else GestationalAge(days),
        # Of a cycle the first versions kept nothing.
        cycle_days=cycle_days or USUAL_CYCLE_DAYS,
        crl_mm=crl_mm,
    )


# Circumstances -----------------------------------------------------------------------------------


def _circumstances_cells(known: Circumstances) -> dict[str, Cell]:
    return {
        "seconds_to_accept": known.seconds_to_accept,
        "correction_reason": known.correction_reason or None,
        "scanner_manufacturer": known.scanner_manufacturer or None,
        "scanner_model": known.scanner_model or None,
        "numbers_hidden": None if known.numbers_hidden is None else int(known.numbers_hidden),
        "display_state": known.display_state,
        "utc_offset_seconds": known.utc_offset_seconds,
        "clock_note": known.clock_note or None,
    }


def _circumstances(row: Row) -> Circumstances:
    hidden = row["numbers_hidden"]
    return Circumstances(
        seconds_to_accept=row["seconds_to_accept"],
        correction_reason=row["correction_reason"] or "",
        scanner_manufacturer=row["scanner_manufacturer"] or "",
        scanner_model=row["scanner_model"] or "",
        numbers_hidden=None if hidden is None else bool(hidden),
        display_state=row["display_state"],
        utc_offset_seconds=row["utc_offset_seconds"],
        clock_note=row["clock_note"] or "",
    )


# Cells -------------------------------------------------------------------------------------------


def _cells(row: Row, columns: Sequence[str]) -> list[Any]:
    return [row[column] for column in columns]


def _day_cell(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(cell: str | None) -> date | None:
    return None if cell is None else date.fromisoformat(cell)


def _ellipse_cells(name: str, ellipse: Ellipse | None) -> dict[str, Cell]:
    columns = [f"{name}_{ending}" for ending in _ELLIPSE]
    if ellipse is None:
        return dict.fromkeys(columns)
    return dict(zip(columns, astuple(ellipse), strict=True))


def _ellipse(name: str, row: Row) -> Ellipse:
    return Ellipse(*_cells(row, [f"{name}_{ending}" for ending in _ELLIPSE]))
