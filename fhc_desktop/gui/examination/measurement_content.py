"""What the window says of a measurement: figure, trust, place on the chart and warnings."""

from dataclasses import dataclass

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.outline_state import OutlineState, outline_state, state_words
from fhc_desktop.domain.examination.proposal_difference import (
    ProposalDifference,
    proposal_difference,
)
from fhc_desktop.domain.growth.assessment import (
    BeyondPercentiles,
    GrowthAssessment,
    percentile_words,
)
from fhc_desktop.domain.growth.ultrasound_age import UltrasoundAge
from fhc_desktop.reporting.content.numbers import MISSING, format_z, signed

NumberWithUnit = tuple[str, str]
# Row by row, two of them side by side.
LENGTH_NAMES = ("BPD oo", "OFD oo", "Ceph. index", "Age by HC")
_NOTHING: NumberWithUnit = (MISSING, "")
# Beyond two standard deviations a place has a sign, whatever a chart calls its percentile.
_ORDINARY_Z = 2.0


@dataclass(frozen=True, slots=True)
class TrustContent:
    """How far the figure can be trusted.

    ``grade`` is None where the model said nothing, or of an outline that was edited since; what
    it said of its own proposal then stands in ``reasons``, and ``difference`` is how far the
    outline is from it.
    """

    interval: str = ""
    grade: Grade | None = None
    reasons: str = ""
    difference: str = ""

    @classmethod
    def of(cls, exam: Examination) -> "TrustContent":
        interval = exam.hc_interval
        text = "" if interval is None else f"{interval.coverage_text}: {interval.text} mm"
        said = None if exam.said is None else exam.said.confidence
        difference = _difference_words(proposal_difference(exam))
        if said is None:
            return cls(text, difference=difference)
        if exam.is_edited:
            why = f": {said.reasons_text}" if said.reasons else ""
            reasons = f"The model graded its own proposal “{said.grade}”{why}"
            return cls(text, reasons=reasons, difference=difference)
        return cls(text, said.grade, _capitalised(said.reasons_text))


@dataclass(frozen=True, slots=True)
class MeasurementContent:
    """All of it in words; ``lengths`` are numbers with their units, as ``LENGTH_NAMES`` has them.

    ``awaited`` is what runs while there is no outline to speak of. ``place`` is empty where there
    is none, and ``source`` then says why. ``is_extreme``: beyond 2 standard deviations to either
    side, or beyond the last percentile of a chart.
    """

    figure: str = MISSING
    unit: str = ""
    trust: TrustContent = TrustContent()
    state: OutlineState = OutlineState.NONE
    state_words: str = "No image open"
    awaited: str = ""
    place: str = ""
    source: str = ""
    is_extreme: bool = False
    lengths: tuple[NumberWithUnit, ...] = (_NOTHING,) * len(LENGTH_NAMES)
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
            is_extreme=_is_extreme(exam),
            lengths=_lengths(exam),
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


def _is_extreme(exam: Examination) -> bool:
    found = exam.assessment
    if isinstance(found, GrowthAssessment):
        return abs(found.z) > _ORDINARY_Z
    return isinstance(found, BeyondPercentiles)


def _lengths(exam: Examination) -> tuple[NumberWithUnit, ...]:
    outline, measured, by_hc = exam.outline_px, exam.measurement, exam.ultrasound_age
    if outline is None:
        return (_NOTHING,) * len(LENGTH_NAMES)
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


def _difference_words(found: ProposalDifference | None) -> str:
    """Return what the hand added in mm and percentiles, as far as they are known; else in pixels.

    A whole percentile is as fine as the percentile itself is told.
    """
    if found is None:
        return ""
    if found.hc_mm is None:
        return f"{signed(found.perimeter_px, 1)} px against the proposal"
    words = f"{signed(found.hc_mm, 1)} mm"
    if found.percentiles is not None:
        count = signed(found.percentiles, 0)
        words = f"{words}, {count} percentile{'' if count in {'+1', '−1'} else 's'}"
    return f"{words} against the proposal"


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]
