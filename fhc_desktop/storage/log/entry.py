"""One line of the measurement log: the raw facts of an accepted outline."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import fhc_desktop
from fhc_desktop.domain.confidence import Confidence, Grade, Interval, IntervalRule
from fhc_desktop.domain.dating.gestation import (
    USUAL_CYCLE_DAYS,
    Dating,
    DatingMethod,
    GestationalAge,
)
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.assessment import GrowthAssessment
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.measurement import measure_head
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """What was accepted, as it was at that moment; never computed anew from today's program.

    Both ellipses are in pixels. The four fields of the calibration and ``hc_mm`` are None where
    there was none, those of the model where none was asked; ``proposal`` is also None where the
    model found no head. ``calibration_source``, ``dating_method`` and ``proposal_grade`` keep the
    domain's keys as text. What the model said of its confidence is that of the proposal, also
    where the outline was edited, and None where it said nothing. ``superseded_by`` is no part of
    the record: the log fills it in when it reads an entry that a later one corrects.

    Raises:
        ValueError: ``created_at`` is not in UTC, or a calibration is there in part.
    """

    entry_id: str
    supersedes: str | None
    created_at: datetime
    operator: str
    image_path: Path
    image_sha256: str
    frame: int
    mm_per_column: float | None
    mm_per_row: float | None
    calibration_source: str | None
    calibration_detail: str | None
    proposal: Ellipse | None
    outline: Ellipse
    model_name: str | None
    model_version: str | None
    model_sha256: str | None
    device: str | None
    dating_method: str | None
    dating_date: date | None
    dating_age_days: int | None
    exam_date: date | None
    patient_id: str
    patient_name: str
    hc_mm: float | None
    hc_px: float
    standard_key: str
    z: float | None
    percentile: float | None
    software_version: str
    proposal_grade: str | None = None
    proposal_reasons: tuple[str, ...] | None = None
    proposal_spread: float | None = None
    proposal_interval_low_mm: float | None = None
    proposal_interval_high_mm: float | None = None
    proposal_interval_coverage: float | None = None
    proposal_interval_heads: int | None = None
    dating_cycle_days: int | None = None
    dating_crl_mm: float | None = None
    dating_reason: str | None = None
    fetus_label: str | None = None
    fetus_position: str | None = None
    superseded_by: str | None = None

    def __post_init__(self) -> None:
        if self.created_at.utcoffset() != timedelta(0):
            raise ValueError(f"not a time in UTC: {self.created_at}")
        scale = (self.mm_per_column, self.mm_per_row, self.calibration_source, self.hc_mm)
        if len({part is None for part in scale}) > 1:
            raise ValueError(f"half a calibration: {scale}")

    @classmethod
    def of(
        cls, exam: Examination, *, operator: str, now: datetime, supersedes: str | None = None
    ) -> "LogEntry":
        """Return the entry for an examination with an outline; ``now`` is in UTC."""
        if exam.outline_px is None:
            raise ValueError("an examination without an outline has nothing to record")
        chosen, assessed = exam.calibration, exam.assessment
        scale = chosen if isinstance(chosen, Calibration) else None
        place = assessed if isinstance(assessed, GrowthAssessment) else None
        measured, said, dating = exam.measurement, exam.proposal, exam.dating
        return cls(
            entry_id=uuid4().hex,
            supersedes=supersedes,
            created_at=now,
            operator=operator,
            # The entry must lead back to the image from wherever the program is started next.
            image_path=exam.image.source.path.absolute(),
            image_sha256=exam.image.source.sha256,
            frame=exam.image.source.frame,
            mm_per_column=None if scale is None else scale.mm_per_column,
            mm_per_row=None if scale is None else scale.mm_per_row,
            calibration_source=None if scale is None else scale.source.value,
            calibration_detail=None if scale is None else scale.detail,
            proposal=None if said is None else said.outline_px,
            outline=exam.outline_px,
            model_name=None if said is None else said.model.name,
            model_version=None if said is None else said.model.version,
            model_sha256=None if said is None else said.model.sha256,
            device=None if said is None else said.device,
            dating_method=None if dating is None else dating.method.value,
            dating_date=None if dating is None else dating.on,
            dating_age_days=None if dating is None or dating.age is None else dating.age.days,
            dating_cycle_days=_cycle_days(dating),
            dating_crl_mm=None if dating is None else dating.crl_mm,
            dating_reason=exam.dating_reason or None,
            fetus_label=exam.fetus.label or None,
            fetus_position=exam.fetus.position or None,
            exam_date=exam.exam_date,
            patient_id=exam.patient.identifier,
            patient_name=exam.patient.name,
            hc_mm=None if measured is None else measured.hc_mm,
            hc_px=exam.outline_px.perimeter,
            standard_key=exam.standard.key,
            z=None if place is None else place.z,
            percentile=None if place is None else place.percentile,
            software_version=fhc_desktop.__version__,
            **_confidence_fields(exam),
        )

    @property
    def calibration(self) -> Calibration | None:
        """The scale in force then, to open the image again with it."""
        if self.mm_per_column is None or self.mm_per_row is None or self.calibration_source is None:
            return None
        source = CalibrationSource(self.calibration_source)
        return Calibration(
            self.mm_per_column,
            self.mm_per_row,
            source,
            self.calibration_detail or "",
            self.operator if source.is_users else "",
        )

    @property
    def confidence(self) -> Confidence | None:
        """What the model said then; its interval as a rule that gives the same one again."""
        if self.proposal_grade is None:
            return None
        return Confidence(
            Grade(self.proposal_grade),
            self.proposal_reasons or (),
            self.proposal_spread or 0.0,
            self._interval_rule(),
        )

    @property
    def dating(self) -> Dating | None:
        """The dating as it was entered then."""
        if self.dating_method is None:
            return None
        days = self.dating_age_days
        return Dating(
            DatingMethod(self.dating_method),
            on=self.dating_date,
            age=None if days is None else GestationalAge(days),
            cycle_days=self.dating_cycle_days or USUAL_CYCLE_DAYS,
            crl_mm=self.dating_crl_mm,
        )

    @property
    def fetus(self) -> Fetus:
        return Fetus(self.fetus_label or "", self.fetus_position or "")

    @property
    def is_edited(self) -> bool:
        """Whether the accepted outline is not the one that the model offered."""
        refused = self.proposal_grade == Grade.NOT_MEASURABLE.value
        return self.outline != (None if refused else self.proposal)

    @property
    def recorded(self) -> RecordedExamination:
        """The entry as the domain knows it: without its image and its file."""
        return RecordedExamination(
            entry_id=self.entry_id,
            accepted_at=self.created_at,
            operator=self.operator,
            patient=Patient(self.patient_id, self.patient_name),
            fetus=self.fetus,
            exam_date=self.exam_date,
            dating=self.dating,
            dating_reason=self.dating_reason or "",
            outline_px=self.outline,
            calibration=self.calibration,
            hc_interval_mm=None if self.is_edited else self._interval,
            is_edited=self.is_edited,
            standard_key=self.standard_key,
            z=self.z,
            percentile=self.percentile,
            is_superseded=self.superseded_by is not None,
        )

    @property
    def _interval(self) -> Interval | None:
        low, high = self.proposal_interval_low_mm, self.proposal_interval_high_mm
        if low is None or high is None:
            return None
        return Interval(low, high, self.proposal_interval_coverage or 0.0)

    def _interval_rule(self) -> IntervalRule | None:
        scale, high_mm = self.calibration, self.proposal_interval_high_mm
        if self.proposal is None or scale is None or high_mm is None:
            return None
        hc_mm = measure_head(self.proposal, scale).hc_mm
        if high_mm <= hc_mm:
            return None
        return IntervalRule(
            coverage=self.proposal_interval_coverage or 0.0,
            knots_mm=(hc_mm,),
            multiples=(1.0,),
            base_mm=0.0,
            # A share, so that it keeps its place when the scale is corrected.
            hc_share=high_mm / hc_mm - 1,
            spread_share=0.0,
            heads=self.proposal_interval_heads or 0,
        )


def _cycle_days(dating: Dating | None) -> int | None:
    if dating is None or dating.method is not DatingMethod.LMP:
        return None
    return dating.cycle_days


def _confidence_fields(exam: Examination) -> dict[str, Any]:
    said = None if exam.proposal is None else exam.proposal.confidence
    if said is None:
        return {}
    found: dict[str, Any] = {
        "proposal_grade": said.grade.value,
        "proposal_reasons": said.reasons,
        "proposal_spread": said.spread,
    }
    interval = exam.proposal_interval
    if interval is not None and said.rule is not None:
        found |= {
            "proposal_interval_low_mm": interval.low,
            "proposal_interval_high_mm": interval.high,
            "proposal_interval_coverage": interval.coverage,
            "proposal_interval_heads": said.rule.heads,
        }
    return found
