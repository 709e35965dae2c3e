"""What the window says of a measurement: figure, trust, place on the chart and warnings."""

from dataclasses import dataclass

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.outline_state import OutlineState, outline_state, state_words
from fhc_desktop.domain.growth.assessment import (
    BeyondPercentiles,
    GrowthAssessment,
    percentile_words,
)
from fhc_desktop.domain.growth.ultrasound_age import UltrasoundAge
from fhc_desktop.reporting.content.numbers import MISSING, format_z

NumberWithUnit = tuple[str, str]
ROW_NAMES = ("BPD outer–outer", "OFD outer–outer", "Cephalic index", "Ultrasound age by HC")
_NOTHING: NumberWithUnit = (MISSING, "")


@dataclass(frozen=True, slots=True)
class TrustContent:
    """How far the figure can be trusted.

    ``grade`` is None where the model said nothing, or of an outline that was edited since; what
    it said of its own proposal then stands in ``reasons``.
    """

    interval: str = ""
    grade: Grade | None = None
    reasons: str = ""

    @classmethod
    def of(cls, exam: Examination) -> "TrustContent":
        interval = exam.hc_interval
        text = "" if interval is None else f"{interval.coverage_text}: {interval.text} mm"
        said = None if exam.said is None else exam.said.confidence
        if said is None:
            return cls(text)
        if exam.is_edited:
            why = f": {said.reasons_text}" if said.reasons else ""
            return cls(text, reasons=f"The model graded its own proposal “{said.grade}”{why}")
        return cls(text, said.grade, _capitalised(said.reasons_text))


@dataclass(frozen=True, slots=True)
class MeasurementContent:
    """All of it in words; ``rows`` are numbers with their units, in the order of ``ROW_NAMES``.

    ``awaited`` is what runs while there is no outline to speak of.
    """

    figure: str = MISSING
    unit: str = ""
    trust: TrustContent = TrustContent()
    state: OutlineState = OutlineState.NONE
    state_words: str = "No image open"
    awaited: str = ""
    place: str = ""
    source: str = ""
    rows: tuple[NumberWithUnit, ...] = (_NOTHING,) * len(ROW_NAMES)
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, exam: Examination, *, activity: str) -> "MeasurementContent":
        """Return what an examination says while ``activity`` runs, empty for nothing."""
        figure, unit = _figure(exam)
        place, source = _place(exam)
        state = outline_state(exam)
        return cls(
            figure=figure,
            unit=unit,
            trust=TrustContent.of(exam),
            state=state,
            state_words=state_words(exam),
            awaited=activity if state is OutlineState.NONE else "",
            place=place,
            source=source,
            rows=_rows(exam),
            warnings=exam.warnings,
        )


def _figure(exam: Examination) -> NumberWithUnit:
    if exam.measurement is not None:
        return f"{exam.measurement.hc_mm:.1f}", "mm"
    if exam.outline_px is not None:
        return f"{exam.outline_px.perimeter:.1f}", "px"
    return _NOTHING


def _place(exam: Examination) -> tuple[str, str]:
    """Return the place on the chart and whose chart it is; or nothing, and why there is none."""
    found = exam.assessment
    if isinstance(found, GrowthAssessment):
        place = percentile_words(found.percentile, exam.percentile_interval)
        return place, f"z {format_z(found.z)}  ·  {found.standard.name}"
    if isinstance(found, BeyondPercentiles):
        return found.words, found.standard.name
    return "", "" if exam.outline_px is None else found.reason


def _rows(exam: Examination) -> tuple[NumberWithUnit, ...]:
    outline, measured, by_hc = exam.outline_px, exam.measurement, exam.ultrasound_age
    if outline is None:
        return (_NOTHING,) * len(ROW_NAMES)
    if measured is None:
        return (
            (f"{2 * outline.semi_minor:.1f}", "px"),
            (f"{2 * outline.semi_major:.1f}", "px"),
            _NOTHING,
            _NOTHING,
        )
    return (
        (f"{measured.bpd_mm:.1f}", "mm"),
        (f"{measured.ofd_mm:.1f}", "mm"),
        (f"{measured.cephalic_index:.1f}", "%"),
        _age_columns(by_hc) if isinstance(by_hc, UltrasoundAge) else _NOTHING,
    )


def _age_columns(found: UltrasoundAge) -> NumberWithUnit:
    """Return the age and its two standard deviations in the columns of numbers and units."""
    age, _, two_sd = str(found).partition(" ")
    return age, two_sd


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
