"""The columns of the log's window: what each says of an entry, and adds on a closer look."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from fhc_desktop.domain.dating.gestation import DatingMethod, NoAge, gestational_age
from fhc_desktop.domain.growth.assessment import short_percentile
from fhc_desktop.domain.growth.standards import standard_name
from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.column_table import RIGHT, Column
from fhc_desktop.reporting.content.numbers import MISSING, format_mm, format_px
from fhc_desktop.storage.log.log_query import SortBy
from fhc_desktop.storage.log.measurement_log import LogEntry

_METHOD_NAMES = {
    DatingMethod.LMP: "LMP",
    DatingMethod.EDD: "EDD",
    DatingMethod.TYPED_AGE: "entered",
    DatingMethod.CRL_INTERGROWTH: "CRL",
    DatingMethod.CRL_ROBINSON: "CRL",
    DatingMethod.EARLIER_SCAN: "scan",
    DatingMethod.RETRIEVAL: "retrieval",
    DatingMethod.DAY_3_TRANSFER: "transfer",
    DatingMethod.DAY_5_TRANSFER: "transfer",
}


def time_text(entry: LogEntry) -> str:
    """Return when it was accepted, by the clock on this machine's wall."""
    return f"{entry.created_at.astimezone():%Y-%m-%d %H:%M}"


def hc_text(entry: LogEntry) -> str:
    if entry.said.hc_mm is None:
        return format_px(entry.said.hc_px)
    return format_mm(entry.said.hc_mm)


def standing_text(entry: LogEntry) -> str:
    """Return the percentile as it was named then: 43rd."""
    if entry.said.percentile is None:
        return MISSING
    return short_percentile(entry.said.percentile)


def standard_text(entry: LogEntry) -> str:
    if entry.said.percentile is None:
        return MISSING
    return standard_name(entry.facts.standard_key)


def age_text(entry: LogEntry) -> str:
    """Return the age on the day of the examination and on what it rests: 20w0d · LMP."""
    dating = entry.facts.dating
    if dating is None:
        return MISSING
    age = gestational_age(dating, entry.facts.exam_date)
    method = _METHOD_NAMES[dating.method]
    return f"{MISSING if isinstance(age, NoAge) else age} · {method}"


def grade_text(entry: LogEntry) -> str:
    """Return what the model said of its proposal then, edited since or not."""
    said = None if entry.proposal is None else entry.proposal.said.confidence
    return MISSING if said is None else said.grade.capitalize()


def state_text(entry: LogEntry) -> str:
    if entry.superseded_by is not None:
        return "Superseded"
    return "Correction" if entry.supersedes is not None else "Current"


def examined_text(entry: LogEntry) -> str:
    """Return the day of the examination."""
    return MISSING if entry.facts.exam_date is None else entry.facts.exam_date.isoformat()


def image_text(entry: LogEntry) -> str:
    name = entry.image.path.name
    return name if entry.image.frame == 1 else f"{name} · frame {entry.image.frame}"


def look(entry: LogEntry, role: int) -> Any:
    """Return how a superseded row steps back: quieter and slanted, beside its word."""
    if entry.superseded_by is None:
        return None
    if role == Qt.ItemDataRole.ForegroundRole:
        return QColor(style.SECONDARY_TEXT)
    if role == Qt.ItemDataRole.FontRole:
        font = style.font()
        font.setItalic(True)
        return font
    return None


def _examined_tip(entry: LogEntry) -> str:
    if entry.facts.exam_date is None:
        return "Nobody said on which day she was examined."
    return f"Examined on {entry.facts.exam_date:%A}, {entry.facts.exam_date.isoformat()}"


def _state_tip(entry: LogEntry) -> str:
    if entry.superseded_by is not None:
        return "A later entry of this log corrects this one."
    if entry.supersedes is not None:
        return "This entry corrects an earlier one and is current."
    return "No later entry corrects this one."


def _hc_tip(entry: LogEntry) -> str:
    scale = entry.facts.calibration
    if scale is None:
        return "No calibration: pixels only."
    return f"{scale.scale_text}, {scale.source_text}"


def _dating_tip(entry: LogEntry) -> str:
    dating = entry.facts.dating
    return "No dating was entered." if dating is None else dating.text


def _outline_tip(entry: LogEntry) -> str:
    if entry.proposal is None:
        return "No model was asked."
    model = entry.proposal.said.model
    return f"Model {model.name} {model.version} on {entry.proposal.said.device}"


def _grade_tip(entry: LogEntry) -> str:
    if entry.proposal is None or entry.proposal.said.confidence is None:
        return "The model said nothing of how far to trust its proposal."
    interval = entry.proposal.interval_mm
    parts = [entry.proposal.said.confidence.reasons_text or "The model named no reasons"]
    if interval is not None:
        parts.append(f"{interval.coverage_text} interval of the proposal {interval.text} mm")
    return f"{'. '.join(parts)}."


# By what they sort by. Rare columns are there only where the log says something in them.
COLUMNS: Mapping[SortBy, Column[LogEntry]] = {
    SortBy.ACCEPTED: Column("Time", time_text, lambda e: f"{e.created_at:%Y-%m-%d %H:%M:%S} UTC"),
    # The day of an examination tells who somebody is to whoever knows when she was there.
    SortBy.EXAMINED: Column("Examined", examined_text, _examined_tip, is_private=True),
    SortBy.IDENTIFIER: Column(
        "Patient ID",
        lambda e: e.facts.patient.identifier or MISSING,
        lambda e: e.facts.patient.identifier,
        is_private=True,
    ),
    SortBy.NAME: Column(
        "Name",
        lambda e: e.facts.patient.name or MISSING,
        lambda e: e.facts.patient.words if e.facts.patient.name else "",
        is_private=True,
    ),
    SortBy.ISSUER: Column(
        "Issuer",
        lambda e: e.facts.patient.issuer or MISSING,
        lambda e: e.facts.patient.issuer_words or "Nobody says who gave the identifier.",
        is_private=True,
        is_rare=True,
    ),
    SortBy.FETUS: Column(
        "Fetus",
        lambda e: e.facts.fetus.text.removeprefix("Fetus ") or MISSING,
        lambda e: e.facts.fetus.text or "One fetus, or none was named.",
        is_private=True,  # its position is in the operator's own words
        is_rare=True,
    ),
    # What a scale was taken over from may be a file named after a patient.
    SortBy.HC: Column("HC", hc_text, _hc_tip, RIGHT, is_tip_private=True),
    SortBy.PERCENTILE: Column("Percentile", standing_text, standard_text, RIGHT),
    SortBy.STANDARD: Column("Standard", standard_text, standard_text),
    SortBy.AGE: Column("Age, dating", age_text, _dating_tip, is_tip_private=True),
    SortBy.ORIGIN: Column("Outline", lambda e: e.origin.value, _outline_tip),
    SortBy.GRADE: Column("Grade", grade_text, _grade_tip),
    SortBy.STATE: Column("State", state_text, _state_tip),
    SortBy.OPERATOR: Column(
        "Operator", lambda e: e.operator or MISSING, lambda e: e.operator, is_private=True
    ),
    SortBy.IMAGE: Column("Image", image_text, lambda e: str(e.image.path), is_private=True),
}
