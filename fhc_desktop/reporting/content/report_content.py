"""What a report says: every sentence and every number, decided once and in one place."""

from dataclasses import dataclass
from datetime import date, datetime

from fhc_desktop import __version__
from fhc_desktop.domain.dating.dating_record import DatingRecord
from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.examination.comment import lines_of
from fhc_desktop.domain.examination.examination import Acceptance, Examination
from fhc_desktop.domain.examination.file_data import names_another, patient_of
from fhc_desktop.domain.examination.passport import Passport, passport
from fhc_desktop.domain.examination.structured_report import ReportsBeside
from fhc_desktop.domain.growth.assessment import (
    BeyondPercentiles,
    GrowthAssessment,
    NotAssessed,
    percentile_words,
)
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.image.calibration import Calibration, Uncalibrated
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.measurement import measure_head
from fhc_desktop.domain.image.ultrasound_image import ImageSource
from fhc_desktop.domain.institution import Institution
from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.reporting.content.beside_rows import beside_rows, beside_summary
from fhc_desktop.reporting.content.dating_rows import dating_history, dating_row
from fhc_desktop.reporting.content.growth_content import GrowthContent
from fhc_desktop.reporting.content.growth_tracks import GrowthChart
from fhc_desktop.reporting.content.imprint import Imprint
from fhc_desktop.reporting.content.mean_rows import mean_part_rows, mean_rows
from fhc_desktop.reporting.content.numbers import format_z, moment_text, signed
from fhc_desktop.reporting.content.report_picture import Picture
from fhc_desktop.reporting.content.rows import Row
from fhc_desktop.reporting.content.trust import grade_rows, interval_rows, proposed_interval_text

TITLE = "Fetal head circumference"
DISCLAIMER = "For research use only; not a medical device."
NOT_GIVEN = "not given"
FETUS_LABEL = "Fetus"
NO_CALIBRATION = "no calibration: pixels only"
# By how much on pictures of four kinds of scanner says docs/model-card.md.
CONVENTION = "exact perimeter, outer skull border; inside the bone it is 2 to 3 % less"
DIGEST_LENGTH = 12
_USUAL_CHOICE = StandardChoice()


@dataclass(frozen=True, slots=True)
class Headline:
    """The one number that the report is about; ``interval`` is empty where it has none."""

    label: str
    value: str
    unit: str
    notes: tuple[str, ...]
    interval: str = ""


@dataclass(frozen=True, slots=True)
class ReportContent:
    """One report, ready to be set on a page or in another form.

    ``draft_reason`` is empty once the examination is accepted as it stands; until then every
    form of the report must show that it is a draft. ``standing`` is for the foot of each page.
    ``comment`` has a line for each that was typed, the blank ones too; none where nobody said any.
    """

    draft_reason: str
    created: datetime
    patient_banner: str
    standing: str
    headline: Headline
    patient: tuple[Row, ...]
    pregnancy: tuple[Row, ...]
    dating_history: tuple[Row, ...]
    sizes: tuple[Row, ...]
    growth: tuple[Row, ...]
    calibration: tuple[Row, ...]
    outline: tuple[Row, ...]
    record: tuple[Row, ...]
    beside: tuple[Row, ...]
    warnings: tuple[str, ...]
    picture: Picture
    chart: GrowthChart | None
    side_by_side: GrowthContent
    institution: Institution = Institution()
    comment: tuple[str, ...] = ()
    title: str = TITLE
    disclaimer: str = DISCLAIMER
    software: str = f"FHC Desktop {__version__}"

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
        institution: Institution = Institution(),
        beside: ReportsBeside = ReportsBeside(),
    ) -> "ReportContent":
        """Return the report of an examination as it stands at ``now``.

        ``record`` is how the dating of its pregnancy came about, where that is known; ``display``
        is how the screen shows the picture; ``mean`` is told where this examination is one of
        several parts; ``institution`` is whose report it is, ``beside`` are the reports that lie
        beside its image.
        """
        told = beside_rows(exam, beside)
        return cls(
            draft_reason=_draft_reason(exam),
            created=now,
            patient_banner=_banner(exam),
            standing=_standing(exam),
            headline=_headline(exam),
            patient=_patient_rows(exam),
            pregnancy=_pregnancy_rows(exam, record),
            dating_history=dating_history(exam, record),
            sizes=(*_size_rows(exam), *mean_rows(exam, mean)),
            growth=_growth_rows(exam),
            calibration=_calibration_rows(passport(exam)),
            outline=(*_outline_rows(exam), *interval_rows(exam), *_model_rows(exam)),
            record=(
                *_record_rows(exam, now),
                *mean_part_rows(exam, mean),
                *beside_summary(told),
            ),
            beside=told,
            warnings=exam.warnings,
            picture=Picture.of(exam, display),
            chart=GrowthChart.of([exam]),
            side_by_side=GrowthContent.of(exam, choice),
            institution=institution,
            comment=lines_of(exam.comment),
        )

    @property
    def is_draft(self) -> bool:
        return bool(self.draft_reason)

    @property
    def imprint(self) -> Imprint:
        return Imprint(
            title=self.title,
            patient_banner=self.patient_banner,
            standing=self.standing,
            draft_reason=self.draft_reason,
            disclaimer=self.disclaimer,
            software=self.software,
        )


def suggested_name(
    source: ImageSource, created: datetime, suffix: str, *, is_reviewed: bool = True
) -> str:
    """Return a file name that says when and of which image, and nothing of the patient.

    It says too where nobody accepted what the file tells.
    """
    standing = "" if is_reviewed else "not-reviewed-"
    return f"head-circumference-{standing}{created:%Y%m%d-%H%M%S}-{source.sha256[:8]}.{suffix}"


def _draft_reason(exam: Examination) -> str:
    if exam.is_accepted:
        return ""
    if exam.outline_px is None:
        return "Draft: there is no outline."
    if exam.acceptance is not None:
        return "Draft: changed since it was accepted."
    return "Draft: not accepted by an operator."


def _standing(exam: Examination) -> str:
    day = "no examination date" if exam.exam_date is None else f"examined {exam.exam_date}"
    return f"{day}  ·  {'accepted' if exam.is_accepted else 'not accepted'}"


def _headline(exam: Examination) -> Headline:
    label = "Head circumference (HC)"
    if exam.outline_px is None:
        confidence = None if exam.said is None else exam.said.confidence
        is_refused = confidence is not None and not confidence.is_measurable
        return Headline(label, "–", "", ("not measurable" if is_refused else "not measured",))
    measured = exam.measurement
    if measured is None:
        return Headline(label, f"{exam.outline_px.perimeter:.1f}", "px", (NO_CALIBRATION,))
    found = exam.assessment
    notes: tuple[str, ...] = ("percentile not assessed",)
    if isinstance(found, GrowthAssessment):
        notes = (_place(exam, found), f"z {format_z(found.z)}  ·  {found.standard.name}")
    elif isinstance(found, BeyondPercentiles):
        notes = (found.words, found.standard.name)
    interval = exam.hc_interval
    return Headline(
        label,
        f"{measured.hc_mm:.1f}",
        "mm",
        notes,
        "" if interval is None else f"{interval.coverage_text}: {interval.text} mm",
    )


def _place(exam: Examination, found: GrowthAssessment) -> str:
    return percentile_words(found.percentile, exam.percentile_interval)


def _banner(exam: Examination) -> str:
    return "  ·  ".join(part for part in (exam.patient.banner, exam.fetus.text) if part)


def _patient_rows(exam: Examination) -> tuple[Row, ...]:
    return (
        Row("Patient", exam.patient.name or NOT_GIVEN),
        Row("Identifier", exam.patient.identifier or NOT_GIVEN, exam.patient.issuer_words),
        *((Row(FETUS_LABEL, exam.fetus.text.removeprefix("Fetus ")),) if exam.fetus.text else ()),
        *_file_rows(exam),
    )


def _file_rows(exam: Examination) -> tuple[Row, ...]:
    study = exam.study
    if names_another(patient_of(study), exam.patient):
        return ()
    return tuple(
        Row(label, f"{value} (from the file)")
        for label, value in (
            ("Birth date", "" if study.birth_date is None else study.birth_date.isoformat()),
            ("Accession", study.accession_number or ""),
        )
        if value
    )


def _pregnancy_rows(exam: Examination, record: DatingRecord | None) -> tuple[Row, ...]:
    found = exam.age
    return (
        Row("Examination date", _date_text(exam.exam_date)),
        Row(
            "Gestational age",
            str(found) if isinstance(found, GestationalAge) else "none",
            "" if isinstance(found, GestationalAge) else found.reason,
        ),
        dating_row(exam, record),
    )


def _size_rows(exam: Examination) -> tuple[Row, ...]:
    measured = exam.measurement
    if measured is None:
        return ()
    by_hc = exam.ultrasound_age
    if isinstance(by_hc, NotAssessed):
        age_row = Row("Ultrasound age by HC", "none", by_hc.reason)
    else:
        spread = "" if by_hc.two_sd_days is None else ", ± 2 SD"
        age_row = Row("Ultrasound age by HC", str(by_hc), f"{by_hc.method}{spread}")
    return (
        Row("BPD (outer-outer)", f"{measured.bpd_mm:.1f} mm"),
        Row("OFD (outer-outer)", f"{measured.ofd_mm:.1f} mm"),
        Row("Cephalic index", f"{measured.cephalic_index:.1f} %", "BPD / OFD"),
        age_row,
    )


def _growth_rows(exam: Examination) -> tuple[Row, ...]:
    standard = Row("Standard", exam.standard.name, exam.standard.citation)
    match exam.assessment:
        case GrowthAssessment() as found:
            return (standard, Row("This HC", f"{_place(exam, found)}, z {format_z(found.z)}"))
        case BeyondPercentiles(words=words):
            return (standard, Row("This HC", words))
        case NotAssessed(reason=reason):
            return (standard, Row("This HC", "percentile not assessed", reason))


def _calibration_rows(found: Passport | Uncalibrated) -> tuple[Row, ...]:
    if isinstance(found, Uncalibrated):
        return (Row("Scale", NO_CALIBRATION, found.reason),)
    return (
        Row("Scale", found.scale),
        Row("Source", found.source),
        Row("Read from", found.read_from),
        Row("Confirmed by", found.confirmed_by),
    )


def _outline_rows(exam: Examination) -> tuple[Row, ...]:
    method = Row("HC is", CONVENTION)
    if exam.outline_px is None:
        return (Row("Outline", "none"), method)
    proposed = exam.offered_outline_px
    if not exam.is_edited:
        return (Row("Outline", "as proposed by the model"), method)
    if proposed is None:
        return (Row("Outline", "drawn by hand"), method)
    scale = exam.calibration
    # Rounded before subtracting, so that the three printed numbers agree with each other.
    before, after = round(_hc(proposed, scale), 1), round(_hc(exam.outline_px, scale), 1)
    unit = _unit(scale)
    standing = "Accepted HC" if exam.is_accepted else "Edited HC"
    return (
        Row("Outline", "edited by hand"),
        Row("Proposed HC", f"{before:.1f} {unit}", proposed_interval_text(exam)),
        Row(standing, f"{after:.1f} {unit}", f"{signed(after - before, 1)} {unit} by the edit"),
        method,
    )


def _model_rows(exam: Examination) -> tuple[Row, ...]:
    proposal = exam.said
    if proposal is None:
        return (Row("Model", "none used"),)
    model = proposal.model
    note = "found no head in this image" if proposal.outline_px is None else ""
    if proposal.heads:
        note = f"found {proposal.heads_words.lower()} in this image"
    return (
        *grade_rows(exam),
        Row("Model", f"{model.name} {model.version}", note),
        Row("Model digest", f"SHA-256 {model.sha256[:DIGEST_LENGTH]}"),
        Row("Ran on", proposal.device),
    )


def _record_rows(exam: Examination, now: datetime) -> tuple[Row, ...]:
    source = exam.image.source
    return (
        *_acceptance_rows(exam.acceptance if exam.is_accepted else None),
        Row("Image", source.path.name, f"frame {source.frame} of {source.frame_count}"),
        Row("Image digest", f"SHA-256 {source.sha256[:DIGEST_LENGTH]}"),
        Row("Report made", moment_text(now)),
    )


def _acceptance_rows(acceptance: Acceptance | None) -> tuple[Row, ...]:
    if acceptance is None:
        return (Row("Accepted", "not accepted"), Row("Log entry", "not logged"))
    return (
        Row("Operator", acceptance.operator or NOT_GIVEN),
        Row("Accepted", moment_text(acceptance.at)),
        Row("Log entry", acceptance.entry_id or "not logged", _waiting_words(acceptance)),
    )


def _waiting_words(acceptance: Acceptance) -> str:
    return "waits to be logged" if acceptance.waits else ""


def _hc(outline_px: Ellipse, scale: Calibration | Uncalibrated) -> float:
    if isinstance(scale, Calibration):
        return measure_head(outline_px, scale).hc_mm
    return outline_px.perimeter


def _unit(scale: Calibration | Uncalibrated) -> str:
    return "mm" if isinstance(scale, Calibration) else "px"


def _date_text(day: date | None) -> str:
    return NOT_GIVEN if day is None else day.isoformat()
