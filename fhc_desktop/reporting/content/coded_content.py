"""What a report says, for machines: the same numbers and words with codes and units, decided once.

Structured report and FHIR resource are made of it. What has no code stands in ``statements`` as it
is printed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.dating.dating_record import DatingRecord
from fhc_desktop.domain.dating.gestation import (
    USUAL_CYCLE_DAYS,
    Dating,
    DatingMethod,
    GestationalAge,
    edd_by,
)
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.growth_review import GrowthReview, review_growth
from fhc_desktop.domain.examination.passport import Passport, passport
from fhc_desktop.domain.examination.structured_report import ReportsBeside
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.assessment import Dimension
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.image.calibration import Calibration, Uncalibrated
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.institution import Institution
from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.domain.pregnancy.recorded import placed_in_time
from fhc_desktop.reporting.content.coded_numbers import (
    CodedAge,
    CodedInterval,
    CodedNumber,
    CodedPlace,
    CodedSizes,
)
from fhc_desktop.reporting.content.coded_study import (
    CodedPatient,
    CodedStudy,
    ImageReference,
    image_reference,
)
from fhc_desktop.reporting.content.codes import (
    AGE_BY_LMP,
    DAYS,
    EDD,
    EDD_BY_LMP,
    GESTATIONAL_AGE,
    LMP,
    Code,
    private,
)
from fhc_desktop.reporting.content.printed import printed
from fhc_desktop.reporting.content.report_content import DIGEST_LENGTH, ReportContent
from fhc_desktop.reporting.content.rows import Row

_USUAL_CHOICE = StandardChoice()
_GRADE_VALUES = {
    Grade.GOOD: "GRADE-GOOD",
    Grade.LOOK_AGAIN: "GRADE-LOOK-AGAIN",
    Grade.NOT_MEASURABLE: "GRADE-NONE",
}


@dataclass(frozen=True, slots=True)
class CodedDate:
    """One day of the pregnancy."""

    concept: Code
    day: date


@dataclass(frozen=True, slots=True)
class CodedDating:
    """How old the pregnancy is and on whose word; all but ``text`` may be None.

    ``age`` is that on the day of the examination. It never rests on the head that was measured.
    """

    text: str
    age: CodedNumber | None
    lmp: CodedDate | None
    edd: CodedDate | None

    @classmethod
    def of(cls, exam: Examination) -> Self | None:
        if exam.dating is None:
            return None
        dating, age = placed_in_time(exam.dating, exam.exam_date) or exam.dating, exam.age
        if not isinstance(age, GestationalAge):
            # What cannot be true on the day of the examination dates nothing.
            return cls(dating.text, None, None, None)
        edd, by_lmp = edd_by(dating), _is_usual_lmp(dating)
        is_lmp = dating.method is DatingMethod.LMP and dating.on is not None
        concept = AGE_BY_LMP if by_lmp else GESTATIONAL_AGE
        return cls(
            text=dating.text,
            age=CodedNumber(concept, str(age.days), DAYS),
            lmp=CodedDate(LMP, dating.on) if is_lmp and dating.on is not None else None,
            edd=CodedDate(EDD_BY_LMP if by_lmp else EDD, edd) if isinstance(edd, date) else None,
        )


@dataclass(frozen=True, slots=True)
class CodedModel:
    """What proposed the outline; ``digest`` is the beginning of its SHA-256, as it is printed."""

    name: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class CodedStanding:
    """Whether a clinician vouches for the report; ``draft_reason`` says why nobody does.

    ``operator`` may be empty where she was not named; ``accepted_at`` and ``entry_id``, the row of
    the log, are None where nobody accepted it.
    """

    draft_reason: str
    operator: str = ""
    accepted_at: datetime | None = None
    entry_id: str | None = None

    @property
    def is_accepted(self) -> bool:
        return not self.draft_reason

    @classmethod
    def of(cls, exam: Examination, report: ReportContent) -> Self:
        accepted = exam.acceptance
        if report.is_draft or accepted is None:
            return cls(report.draft_reason)
        return cls("", accepted.operator, accepted.at, accepted.entry_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedContent:
    """One report for machines.

    ``sizes`` is None without millimetres, and so is all that rests on them; ``places`` are on the
    standard in force, and only those dimensions that have one. ``ages`` are by HC, Hadlock's first
    where it has one. ``outline_px`` counts from the centre of the top left pixel; ``scale`` may
    have sides that differ. ``statements`` are all that is printed.
    """

    report: ReportContent
    standing: CodedStanding
    patient: CodedPatient
    fetus: Fetus
    study: CodedStudy
    image: ImageReference | None
    exam_date: date | None
    dating: CodedDating | None
    sizes: CodedSizes | None
    interval: CodedInterval | None
    places: Mapping[Dimension, CodedPlace]
    ages: tuple[CodedAge, ...]
    outline_px: Ellipse | None
    origin: Code | None
    grade: Code | None
    model: CodedModel | None
    scale: Calibration | None
    passport: Passport | Uncalibrated
    statements: tuple[Row, ...]

    @classmethod
    def of(  # noqa: PLR0913 - what a report says has as many sources
        cls,
        exam: Examination,
        now: datetime,
        choice: StandardChoice = _USUAL_CHOICE,
        record: DatingRecord | None = None,
        *,
        display: Display = Display(),
        mean: MeanHc | None = None,
        beside: ReportsBeside = ReportsBeside(),
        institution: Institution = Institution(),
    ) -> Self:
        """Return the report of an examination, from what ``ReportContent`` is made of."""
        report = ReportContent.of(
            exam,
            now,
            choice,
            record,
            display=display,
            mean=mean,
            beside=beside,
            institution=institution,
        )
        review = review_growth(exam, (exam.standard,), choice.opted_in)
        scale = exam.calibration
        return cls(
            report=report,
            standing=CodedStanding.of(exam, report),
            patient=CodedPatient.of(exam),
            fetus=exam.fetus,
            study=CodedStudy.of(exam),
            image=image_reference(exam),
            exam_date=exam.exam_date,
            dating=CodedDating.of(exam),
            sizes=CodedSizes.of(exam),
            interval=CodedInterval.of(exam.hc_interval),
            places=_places(exam, review),
            ages=_ages(review),
            outline_px=exam.outline_px,
            origin=_origin(exam),
            grade=_grade(exam),
            model=_model(exam),
            scale=scale if isinstance(scale, Calibration) else None,
            passport=passport(exam),
            statements=printed(report),
        )


def _is_usual_lmp(dating: Dating) -> bool:
    """Return whether an age is by LMP as everybody counts it: another cycle moves it."""
    return dating.method is DatingMethod.LMP and dating.cycle_days == USUAL_CYCLE_DAYS


def _places(exam: Examination, review: GrowthReview) -> dict[Dimension, CodedPlace]:
    standard = exam.standard
    found = {
        Dimension.HC: review.outcomes[standard.key],
        Dimension.BPD: review.bpd_outcomes.get(standard.key),
        Dimension.OFD: review.ofd_outcomes.get(standard.key),
    }
    places = {one: CodedPlace.of(outcome, standard, one) for one, outcome in found.items()}
    return {one: place for one, place in places.items() if place is not None}


def _ages(review: GrowthReview) -> tuple[CodedAge, ...]:
    found = (CodedAge.of(key, age) for key, age in review.ages.items())
    return tuple(age for age in found if age is not None)


def _origin(exam: Examination) -> Code | None:
    origin = exam.origin
    return None if origin is None else private(f"OUTLINE-{origin.name}", origin.value.lower())


def _grade(exam: Examination) -> Code | None:
    confidence = None if exam.said is None else exam.said.confidence
    if confidence is None:
        return None
    return private(_GRADE_VALUES[confidence.grade], confidence.grade.value)


def _model(exam: Examination) -> CodedModel | None:
    if exam.said is None:
        return None
    model = exam.said.model
    return CodedModel(model.name, model.version, model.sha256[:DIGEST_LENGTH])
