"""The numbers of a report as machines read them: as they are printed, with code and unit."""

from dataclasses import dataclass
from typing import Self

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.dating.gestation import whole_days
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.assessment import (
    BeyondPercentiles,
    Dimension,
    GrowthAssessment,
    GrowthOutcome,
    GrowthStandard,
    NotAssessed,
    short_percentile,
)
from fhc_desktop.domain.growth.ultrasound_age import UltrasoundAge
from fhc_desktop.reporting.content.codes import (
    BPD,
    CALCULATED,
    CEPHALIC_INDEX,
    DAYS,
    EQUATION,
    GESTATIONAL_AGE,
    HC,
    INTERVAL_HIGH,
    INTERVAL_LOW,
    INTERVAL_SHARE,
    MILLIMETRES,
    NO_UNIT,
    OFD,
    PER_CENT,
    PERCENTILE_RANK,
    TABLE_CITATION,
    TWO_SD,
    Z_SCORE,
    Code,
    age_citation,
    growth_citation,
)

_OUTERMOST = ("<", ">")


@dataclass(frozen=True, slots=True)
class Citation:
    """By whose equation or table a number was found: ``kind`` says which of both."""

    kind: Code
    source: Code


@dataclass(frozen=True, slots=True)
class CodedNumber:
    """One number: ``value`` has the digits that are printed, with a plain minus and no unit."""

    concept: Code
    value: str
    unit: Code
    derivation: Code | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class CodedPlace:
    """The place of a length on the standard in force.

    ``percentile`` is None below the 1st and above the 99th, ``z`` where the chart has none;
    ``words`` are those of the report where neither is there.
    """

    percentile: CodedNumber | None
    z: CodedNumber | None
    words: str = ""

    @classmethod
    def of(
        cls, outcome: GrowthOutcome | None, standard: GrowthStandard, dimension: Dimension
    ) -> Self | None:
        citation = Citation(TABLE_CITATION, growth_citation(standard, dimension))
        match outcome:
            case GrowthAssessment(z=z, percentile=percentile):
                short = short_percentile(percentile)
                rank = "" if short.startswith(_OUTERMOST) else short[:-2]
                return cls(
                    CodedNumber(PERCENTILE_RANK, rank, PER_CENT, citation=citation)
                    if rank
                    else None,
                    CodedNumber(Z_SCORE, _z_digits(z), NO_UNIT, citation=citation),
                )
            case BeyondPercentiles(words=words):
                return cls(None, None, f"{words} ({citation.source.meaning})")
            case NotAssessed() | None:
                return None


@dataclass(frozen=True, slots=True)
class CodedInterval:
    """The interval round HC, and the share of heads whose HC lies inside."""

    low: CodedNumber
    high: CodedNumber
    share: CodedNumber

    @classmethod
    def of(cls, interval_mm: Interval | None) -> Self | None:
        if interval_mm is None:
            return None
        return cls(
            CodedNumber(INTERVAL_LOW, f"{interval_mm.low:.1f}", MILLIMETRES),
            CodedNumber(INTERVAL_HIGH, f"{interval_mm.high:.1f}", MILLIMETRES),
            CodedNumber(INTERVAL_SHARE, f"{100 * interval_mm.coverage:.0f}", PER_CENT),
        )


@dataclass(frozen=True, slots=True)
class CodedAge:
    """An age by HC; ``two_sd`` is None where its source gives none."""

    age: CodedNumber
    two_sd: CodedNumber | None

    @classmethod
    def of(cls, key: str, found: UltrasoundAge | NotAssessed) -> Self | None:
        if isinstance(found, NotAssessed):
            return None
        citation = Citation(EQUATION, age_citation(key))
        spread = found.two_sd_days
        return cls(
            CodedNumber(GESTATIONAL_AGE, str(whole_days(found.days)), DAYS, citation=citation),
            None if spread is None else CodedNumber(TWO_SD, f"{spread:.0f}", DAYS),
        )


@dataclass(frozen=True, slots=True)
class CodedSizes:
    """The head's lengths in mm, each outer to outer, and its cephalic index in per cent."""

    hc: CodedNumber
    bpd: CodedNumber
    ofd: CodedNumber
    cephalic_index: CodedNumber

    @classmethod
    def of(cls, exam: Examination) -> Self | None:
        """Return them; None without an outline or a calibration: there is no code for pixels."""
        measured = exam.measurement
        if measured is None:
            return None
        return cls(
            _length(HC, measured.hc_mm),
            _length(BPD, measured.bpd_mm),
            _length(OFD, measured.ofd_mm),
            CodedNumber(
                CEPHALIC_INDEX, f"{measured.cephalic_index:.1f}", PER_CENT, derivation=CALCULATED
            ),
        )


def _length(concept: Code, mm: float) -> CodedNumber:
    return CodedNumber(concept, f"{mm:.1f}", MILLIMETRES, derivation=CALCULATED)


def _z_digits(z: float) -> str:
    digits = f"{z:.2f}"
    # What rounds to nought has no sign, here as on the page.
    return digits if float(digits) else digits.removeprefix("-")
