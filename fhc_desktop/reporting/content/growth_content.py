"""What window and report say of one head on every standard: each word decided here, once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.dating.gestation import weeks_and_days
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.growth_review import GrowthReview, review_growth
from fhc_desktop.domain.growth.assessment import (
    BeyondPercentiles,
    GrowthAssessment,
    GrowthOutcome,
    GrowthStandard,
    NotAssessed,
    percentile_ends,
    short_percentile,
)
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.growth.ultrasound_age import (
    HADLOCK_1984,
    HADLOCK_KEY,
    INTERGROWTH_2016,
    INTERGROWTH_KEY,
    UltrasoundAge,
)
from fhc_desktop.reporting.content.numbers import format_z

BPD_IS_OUTER = (
    "BPD and OFD are outer-outer; where chart or equation measure the BPD outer-inner, it is "
    "converted first (Wong 2018)."
)
AGE_TITLE = "Ultrasound age by HC"
_AGE_LABELS = {HADLOCK_KEY: HADLOCK_1984, INTERGROWTH_KEY: INTERGROWTH_2016}


@dataclass(frozen=True, slots=True)
class StandardLine:
    """One standard; either a number with its parts, or in ``reason`` why there is none.

    ``percentile`` is short (43rd), ``interval`` are the places of both ends of the interval
    round HC. ``bpd`` and ``ofd`` are empty where the standard has no such chart.
    """

    standard: GrowthStandard
    is_in_force: bool
    percentile: str = ""
    interval: str = ""
    z: str = ""
    reason: str = ""
    bpd: str = ""
    ofd: str = ""

    @property
    def words(self) -> str:
        """The line as a sentence without its end, for whoever hears it."""
        place = self.reason
        if self.percentile:
            interval = f", {self.interval}" if self.interval else ""
            place = f"{self.percentile} percentile{interval}, z {self.z}"
        also = "; ".join(
            f"{name} {place}" for name, place in (("BPD", self.bpd), ("OFD", self.ofd)) if place
        )
        words = f"{self.standard.name}: {place}" if place else self.standard.name
        return f"{words}; {also}" if also else words


@dataclass(frozen=True, slots=True)
class AgeLine:
    """The ultrasound age by one method; ``spread`` is its 2 SD between heads of one age.

    ``interval`` are the ages of both ends of the interval round HC. ``note`` is what its source
    says of it, or why there is no age.
    """

    label: str
    age: str = ""
    spread: str = ""
    interval: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class GrowthContent:
    """All of it; ``flags`` and ``remarks`` are sentences.

    ``missing`` is the one reason that all lines share. ``coverage`` is the share of heads inside
    the intervals; empty where there are none.
    """

    lines: tuple[StandardLine, ...]
    missing: str = ""
    coverage: str = ""
    ages: tuple[AgeLine, ...] = ()
    flags: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @classmethod
    def of(cls, exam: Examination, choice: StandardChoice) -> "GrowthContent":
        """Return what the standards that are shown say of an examination."""
        standards = choice.shown(exam.standard)
        review = review_growth(exam, standards, choice.opted_in)
        missing = _shared_reason(review.outcomes)
        interval = exam.hc_interval
        return cls(
            lines=tuple(
                _line(standard, exam, review, is_silent=bool(missing)) for standard in standards
            ),
            missing=missing,
            coverage="" if interval is None else interval.coverage_text,
            ages=() if exam.measurement is None else _age_lines(review),
            flags=tuple(map(str, review.flags)),
            remarks=review.remarks,
        )

    @property
    def sentences(self) -> tuple[str, ...]:
        """Flags, then remarks."""
        return (*self.flags, *self.remarks)


def _shared_reason(outcomes: Mapping[str, GrowthOutcome]) -> str:
    """Return the reason where all standards lack a place for the same one; empty otherwise."""
    reasons = {o.reason if isinstance(o, NotAssessed) else "" for o in outcomes.values()}
    return reasons.pop() if len(reasons) == 1 else ""


def _line(
    standard: GrowthStandard, exam: Examination, review: GrowthReview, *, is_silent: bool
) -> StandardLine:
    line = StandardLine(
        standard,
        is_in_force=standard.key == exam.standard.key,
        bpd=_diameter_text(review.bpd_outcomes.get(standard.key)),
        ofd=_diameter_text(review.ofd_outcomes.get(standard.key)),
    )
    match review.outcomes[standard.key]:
        case GrowthAssessment(z=z, percentile=percentile):
            interval = review.percentile_intervals.get(standard.key)
            return replace(
                line,
                percentile=short_percentile(percentile),
                interval="" if interval is None else percentile_ends(interval),
                z=format_z(z),
            )
        case BeyondPercentiles(words=words):
            return replace(line, reason=words)
        case NotAssessed(reason=reason):
            # The name stands before it already.
            said = "" if is_silent else reason.removeprefix(f"{standard.name} ")
            return replace(line, reason=said)


def _diameter_text(outcome: GrowthOutcome | None) -> str:
    match outcome:
        case GrowthAssessment(z=z, percentile=percentile):
            return f"{short_percentile(percentile)}, z {format_z(z)}"
        case BeyondPercentiles(words=words):
            return words
        case _:
            return ""


def _age_lines(review: GrowthReview) -> tuple[AgeLine, ...]:
    by_hc = [
        _age_line(_AGE_LABELS[key], found, review.age_intervals_days.get(key))
        for key, found in review.ages.items()
    ]
    return (*by_hc, _age_line(f"{HADLOCK_1984}, with BPD", review.age_by_bpd, None))


def _age_line(label: str, found: UltrasoundAge | NotAssessed, days: Interval | None) -> AgeLine:
    if isinstance(found, NotAssessed):
        return AgeLine(label, note=found.reason)
    return AgeLine(
        label,
        age=weeks_and_days(found.days),
        spread="" if found.two_sd_days is None else f"± {found.two_sd_days:.0f} d",
        interval="" if days is None else f"{weeks_and_days(days.low)}–{weeks_and_days(days.high)}",
        note=found.remark,
    )
