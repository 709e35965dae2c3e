"""What the command line says about many files: a row each, measured or failed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fhc_desktop.domain.confidence import Confidence, Grade, Interval
from fhc_desktop.domain.dating.gestation import DatingMethod, GestationalAge, NoAge
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.growth_review import GrowthReview, review_growth
from fhc_desktop.domain.examination.proposal import ModelIdentity
from fhc_desktop.domain.examination.structured_report import ReportsBeside
from fhc_desktop.domain.examination.told_length import (
    ToldLength,
    beside_objections,
    told_lengths,
)
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.assessment import GrowthStandard, NotAssessed
from fhc_desktop.domain.growth.standards import STANDARDS
from fhc_desktop.domain.image.calibration import Calibration, Uncalibrated
from fhc_desktop.domain.image.depth_marks import DepthMarks
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.measurement import HeadMeasurement

NO_HEAD = "No head was found in this image."
NOT_MEASURABLE = "Not measurable, so this frame counts as failed"
DRAW_IT = "Open the image in the window and draw the outline by hand, or take another image."
CHOOSE_HEAD = "Measure one of them with --head 1 or --head 2, counted from the left."
_NOT_MEASURED = NotAssessed("Not measurable: no millimetres.")


@dataclass(frozen=True, slots=True)
class MeasuredFrame:
    """One frame that the program looked at, with or without a head in it.

    ``outline_px`` is also there where the model calls what it found not measurable; numbers are
    not, and ``hc_px`` is one of them. ``age`` is that of the pregnancy on the day of the
    examination, by ``dated_by``; ``is_age_withheld`` where there would be one if the file gave one
    day. ``review`` has one outcome for each growth standard, and
    ``standard_key`` names the one that was chosen. ``report`` is the file name of its report, empty
    where that could not be written; None where none was asked for. ``told`` are the lengths that
    reports of the study beside the image tell. ``comment`` is what was given for all files.
    """

    path: Path
    sha256: str
    frame: int
    fetus: Fetus
    calibration: Calibration | None
    depth_marks: DepthMarks | None
    outline_px: Ellipse | None
    hc_px: float | None
    measurement: HeadMeasurement | None
    hc_interval_mm: Interval | None
    confidence: Confidence | None
    age: GestationalAge | NoAge
    is_age_withheld: bool
    dated_by: DatingMethod | None
    standard_key: str
    review: GrowthReview
    model: ModelIdentity | None
    warnings: tuple[str, ...]
    report: str | None = None
    told: tuple[ToldLength, ...] = ()
    comment: str = ""

    @classmethod
    def of(
        cls,
        exam: Examination,
        standards: Sequence[GrowthStandard] = STANDARDS,
        beside: ReportsBeside = ReportsBeside(),
    ) -> "MeasuredFrame":
        said, source = exam.said, exam.image.source
        found_px = exam.outline_px
        if found_px is None and said is not None:
            found_px = said.outline_px
        # The scale of where the head lies, also where the head itself is not measured.
        where = exam.with_outline(found_px)
        scale = where.offered_calibration
        is_refused = exam.outline_px is None and found_px is not None
        review = review_growth(exam, standards)
        return cls(
            path=source.path,
            sha256=source.sha256,
            frame=source.frame,
            fetus=exam.fetus,
            calibration=scale if isinstance(scale, Calibration) else None,
            depth_marks=exam.depth_marks,
            outline_px=None if found_px is None else found_px.canonical(),
            hc_px=None if exam.outline_px is None else exam.outline_px.perimeter,
            measurement=exam.measurement,
            hc_interval_mm=exam.hc_interval,
            confidence=None if said is None else said.confidence,
            age=exam.age,
            is_age_withheld=exam.withheld_age is not None,
            dated_by=None if exam.dating is None else exam.dating.method,
            standard_key=exam.standard.key,
            review=_without_numbers(review) if is_refused else review,
            model=None if said is None else said.model,
            warnings=(*_all_warnings(exam, where.calibration), *beside_objections(exam, beside)),
            told=told_lengths(exam, beside),
            comment=exam.comment,
        )

    @property
    def grade(self) -> Grade | None:
        return None if self.confidence is None else self.confidence.grade

    @property
    def is_measured(self) -> bool:
        """Whether there are millimetres; a batch with a frame that has none did not succeed."""
        return self.measurement is not None

    @property
    def has_succeeded(self) -> bool:
        """Whether nothing is missing that there would be if all were well."""
        return self.is_measured and not self.is_age_withheld and self.report != ""


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that could not be looked at at all.

    ``may_pass`` where that was not the file's fault: another time it may go.
    """

    path: Path
    error: str
    remedy: str = ""
    may_pass: bool = False

    @property
    def is_measured(self) -> bool:
        return False

    @property
    def has_succeeded(self) -> bool:
        return False

    @property
    def sentence(self) -> str:
        return f"{self.error} {self.remedy}".strip()


BatchRow = MeasuredFrame | FailedFile


def path_text(path: Path) -> str:
    """Return a path that can be encoded: bytes that are no UTF-8 show as escapes."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def _all_warnings(exam: Examination, scale: Calibration | Uncalibrated) -> tuple[str, ...]:
    found, said = list(exam.warnings), exam.said
    confidence = None if said is None else said.confidence
    if exam.outline_px is None:
        if said is not None and said.heads:
            found.append(f"{said.heads_words}, so this frame counts as failed. {CHOOSE_HEAD}")
        elif said is not None and confidence is not None and not confidence.is_measurable:
            why = confidence.reasons_text or "the model named no reason"
            found.append(f"{NOT_MEASURABLE}: {why}. {DRAW_IT}")
        elif said is None or not said.notices:
            found.append(NO_HEAD)
    elif isinstance(scale, Uncalibrated):
        found.append(f"No millimetres, so this frame counts as failed: {scale.reason}")
    return tuple(found)


def _without_numbers(review: GrowthReview) -> GrowthReview:
    """Return the review of a frame that is not measurable: that, wherever a number would be."""
    return replace(
        review,
        outcomes=dict.fromkeys(review.outcomes, _NOT_MEASURED),
        ages=dict.fromkeys(review.ages, _NOT_MEASURED),
    )
