"""What the growth chart shows of an examination, without drawing it."""

from dataclasses import dataclass

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.outline_state import OutlineState, outline_state
from fhc_desktop.domain.growth.assessment import (
    BeyondPercentiles,
    GrowthAssessment,
    GrowthStandard,
    NotAssessed,
    percentile_text,
)
from fhc_desktop.reporting.content.numbers import format_mm


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """The head on the chart; ``interval_mm`` is None where its HC has none."""

    weeks: float
    hc_mm: float
    state: OutlineState
    words: str
    interval_mm: Interval | None = None

    @property
    def heights_mm(self) -> tuple[float, ...]:
        """All that must be on the chart: the point, and both ends of its interval."""
        if self.interval_mm is None:
            return (self.hc_mm,)
        return (self.interval_mm.low, self.hc_mm, self.interval_mm.high)


@dataclass(frozen=True, slots=True)
class ChartContent:
    """What the chart shows: the standard's curves and the head, or why there is no head."""

    standard: GrowthStandard
    head: ChartPoint | NotAssessed


def chart_content(exam: Examination) -> ChartContent:
    """Return what the chart says of an examination; a head without a percentile has no point."""
    outcome, found_age, measured = exam.assessment, exam.age, exam.measurement
    if isinstance(outcome, NotAssessed):
        return ChartContent(exam.standard, outcome)
    if measured is None or not isinstance(found_age, GestationalAge):  # pragma: no cover
        return ChartContent(exam.standard, NotAssessed("No measurement."))
    interval = exam.hc_interval
    words = _in_words(outcome, measured.hc_mm, found_age)
    if interval is not None:
        words = f"{words}; {interval.coverage_text} interval {interval.text} mm"
    point = ChartPoint(found_age.weeks, measured.hc_mm, outline_state(exam), words, interval)
    return ChartContent(exam.standard, point)


def _in_words(
    outcome: GrowthAssessment | BeyondPercentiles, hc_mm: float, at: GestationalAge
) -> str:
    if isinstance(outcome, BeyondPercentiles):
        place = outcome.words
    else:
        place = percentile_text(outcome.percentile)
    return f"HC {format_mm(hc_mm)} at {at}: {place}, {outcome.standard.name}"
