"""One line of a dossier's cover: an examination in as many words as a table has room for."""

from dataclasses import dataclass
from typing import Self

from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.assessment import (
    BeyondPercentiles,
    GrowthAssessment,
    short_percentile,
)
from fhc_desktop.reporting.content.numbers import MISSING
from fhc_desktop.reporting.content.report_content import NO_CALIBRATION, ReportContent


@dataclass(frozen=True, slots=True)
class DossierLine:
    """What the cover says of one examination, in words; a dash where there is nothing to say.

    ``number`` counts from 1. ``image`` is the name of its file with the frame. ``notes`` are what
    has no column: whether it was accepted, and that something is to be looked at again.
    """

    number: int
    day: str
    fetus: str
    age: str
    hc: str
    interval: str
    place: str
    standard: str
    grade: str
    outline: str
    image: str
    notes: tuple[str, ...]

    @classmethod
    def of(cls, number: int, exam: Examination, report: ReportContent) -> Self:
        """Return the line of an examination with its report."""
        confidence = None if exam.said is None else exam.said.confidence
        interval, source, age = exam.hc_interval, exam.image.source, exam.age
        frame = f", frame {source.frame} of {source.frame_count}" if source.frame_count > 1 else ""
        return cls(
            number=number,
            day=MISSING if exam.exam_date is None else exam.exam_date.isoformat(),
            fetus=exam.fetus.label or MISSING,
            age=str(age) if isinstance(age, GestationalAge) else MISSING,
            hc=f"{report.headline.value} {report.headline.unit}".strip(),
            interval=MISSING if interval is None else interval.text,
            place=_place(exam),
            standard=exam.standard.name,
            grade=MISSING if confidence is None else confidence.grade.value,
            outline="None" if exam.origin is None else exam.origin.value,
            image=f"{source.path.name}{frame}",
            notes=_notes(exam, report),
        )


def _place(exam: Examination) -> str:
    match exam.assessment:
        case GrowthAssessment(percentile=percentile):
            return short_percentile(percentile)
        case BeyondPercentiles(words=words):
            return words
        case _:
            return "not assessed"


def _notes(exam: Examination, report: ReportContent) -> tuple[str, ...]:
    count = len(report.warnings)
    again = f"{count} {'thing' if count == 1 else 'things'} to look at again" if count else ""
    scale = NO_CALIBRATION if exam.outline_px is not None and exam.measurement is None else ""
    return tuple(filter(None, (report.draft_reason or "Accepted.", scale, again)))
