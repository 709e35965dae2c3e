"""What the growth chart shows of an examination, without drawing it."""

from collections.abc import Sequence
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
from fhc_desktop.domain.pregnancy.course import CoursePoint, course
from fhc_desktop.domain.pregnancy.pregnancy import Pregnancy, pregnancy_of
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
class OtherPoint:
    """Another examination of the pregnancy; ``fetus`` is its letter, empty where there is one."""

    weeks: float
    hc_mm: float
    fetus: str = ""


@dataclass(frozen=True, slots=True)
class ChartContent:
    """What the chart shows: the standard's curves and the head, or why there is no head.

    ``others`` are the pregnancy's examinations on other days, as the log has them.
    """

    standard: GrowthStandard
    head: ChartPoint | NotAssessed
    others: tuple[OtherPoint, ...] = ()

    @property
    def words(self) -> str:
        """All of it as a sentence, for whoever hears it."""
        said = self.head.reason if isinstance(self.head, NotAssessed) else self.head.words
        if not self.others:
            return said
        count = len(self.others)
        return f"{said}; {count} other examination{'' if count == 1 else 's'} of this pregnancy"


def chart_content(exam: Examination, known: Sequence[Pregnancy] = ()) -> ChartContent:
    """Return what the chart says of an examination among those of its pregnancy.

    A head without a percentile has no point. ``known`` are the patient's pregnancies in the log.
    """
    return ChartContent(exam.standard, _head(exam), _others(exam, known))


def _head(exam: Examination) -> ChartPoint | NotAssessed:
    outcome, found_age, measured = exam.assessment, exam.age, exam.measurement
    if isinstance(outcome, NotAssessed):
        return outcome
    if measured is None or not isinstance(found_age, GestationalAge):  # pragma: no cover
        return NotAssessed("No measurement.")
    interval = exam.hc_interval
    words = _in_words(outcome, measured.hc_mm, found_age)
    if interval is not None:
        words = f"{words}; {interval.coverage_text} interval {interval.text} mm"
    return ChartPoint(found_age.weeks, measured.hc_mm, outline_state(exam), words, interval)


def _others(exam: Examination, known: Sequence[Pregnancy]) -> tuple[OtherPoint, ...]:
    """Return the pregnancy's other days.

    What was measured of this fetus on the same day would stand under the head, and tell whoever
    measures it afresh what was found before.
    """
    pregnancy = pregnancy_of(exam, known)
    if pregnancy is None:
        return ()
    points = course(pregnancy, exam.standard, {})
    return tuple(
        OtherPoint(point.age.weeks, point.hc_mm, point.recorded.facts.fetus.label)
        for point in points
        if isinstance(point.age, GestationalAge)
        and point.hc_mm is not None
        and not _is_same_day(point, exam)
    )


def _is_same_day(point: CoursePoint, exam: Examination) -> bool:
    facts, accepted = point.recorded.facts, exam.acceptance
    if accepted is not None and accepted.entry_id == point.recorded.entry_id:
        return True  # its own row, of which the day may be another one by now
    letters = {facts.fetus.label, exam.fetus.label} - {""}
    return facts.exam_date == exam.exam_date and len(letters) <= 1


def _in_words(
    outcome: GrowthAssessment | BeyondPercentiles, hc_mm: float, at: GestationalAge
) -> str:
    if isinstance(outcome, BeyondPercentiles):
        place = outcome.words
    else:
        place = percentile_text(outcome.percentile)
    return f"HC {format_mm(hc_mm)} at {at}: {place}, {outcome.standard.name}"
