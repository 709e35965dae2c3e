"""The course of a pregnancy: each examination on the chart, and the change from one to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fhc_desktop.domain.dating.gestation import DAYS_OF_A_WEEK, GestationalAge, NoAge
from fhc_desktop.domain.growth.assessment import (
    GrowthAssessment,
    GrowthOutcome,
    GrowthStandard,
    NotAssessed,
    assess_growth,
)
from fhc_desktop.domain.growth.standards import standard_name
from fhc_desktop.domain.pregnancy.pregnancy import Pregnancy
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination

# Two measurements of one head by one observer differ by no more in 95 of 100 cases (Sarris 2012).
SAME_OBSERVER_Z = 0.67
SHORTEST_INTERVAL_DAYS = 14
_CAUTION_BELOW_DAYS = 21
_SAME_Z = 0.005


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """One examination in its pregnancy.

    ``age`` is by the dating in force now, ``age_then`` by the one it was accepted with.
    ``now`` is computed anew from outline, scale and the dating in force, on the standard named
    then; ``charted`` the same on the standard of the chart. What was said then stays in
    ``recorded``.
    """

    recorded: RecordedExamination
    hc_mm: float | None
    age: GestationalAge | NoAge
    age_then: GestationalAge | NoAge
    now: GrowthOutcome
    charted: GrowthOutcome

    @property
    def has_moved(self) -> bool:
        """Whether age or z-score is another one now than was said then."""
        z_now = self.now.z if isinstance(self.now, GrowthAssessment) else None
        z_then = self.recorded.said.z
        if self.age != self.age_then or (z_now is None) != (z_then is None):
            return True
        return z_now is not None and z_then is not None and abs(z_now - z_then) > _SAME_Z


def course(
    pregnancy: Pregnancy, standard: GrowthStandard, known: Mapping[str, GrowthStandard]
) -> tuple[CoursePoint, ...]:
    """Return the pregnancy's examinations in the order of their days.

    ``standard`` is that of the chart; ``known`` are all standards by their keys, for those named
    then.
    """
    return tuple(_point(one, pregnancy, standard, known) for one in pregnancy.examinations)


@dataclass(frozen=True, slots=True)
class Change:
    """From one examination of a fetus to a later one.

    Lengths in mm. ``mm_per_week`` is None below 14 days, ``z_change`` and ``expected_mm`` (HC at
    the later age with the earlier z-score) where either has no z-score on the standard.
    """

    days: int
    mm: float
    mm_per_week: float | None
    z_change: float | None
    expected_mm: float | None
    remarks: tuple[str, ...]


def change(
    earlier: CoursePoint, later: CoursePoint, standard: GrowthStandard
) -> Change | NotAssessed:
    """Return the change between two examinations on the standard of the chart.

    Raises:
        ValueError: they are of different fetuses.
    """
    if earlier.recorded.facts.fetus.label != later.recorded.facts.fetus.label:
        raise ValueError("a change is of one fetus")
    if earlier.hc_mm is None or later.hc_mm is None:
        return NotAssessed("No calibration in one of them: no millimetres, no change.")
    days = _days_between(earlier, later)
    if days is None:
        return NotAssessed("No examination date in one of them.")
    mm = later.hc_mm - earlier.hc_mm
    z_change, expected_mm = _by_z(earlier, later, standard)
    is_long_enough = days >= SHORTEST_INTERVAL_DAYS
    return Change(
        days=days,
        mm=mm,
        mm_per_week=mm / days * DAYS_OF_A_WEEK if is_long_enough else None,
        z_change=z_change,
        expected_mm=expected_mm,
        remarks=(*_interval_remarks(days), *_error_remarks(z_change, earlier, later)),
    )


def changes(
    points: Sequence[CoursePoint], standard: GrowthStandard
) -> dict[str, Change | NotAssessed]:
    """Return the change since the examination before of the same fetus, by the later's entry."""
    return {
        point.recorded.entry_id: change(before, point, standard)
        for point in points
        if (before := examination_before(point, points)) is not None
    }


def examination_before(point: CoursePoint, points: Sequence[CoursePoint]) -> CoursePoint | None:
    """Return the examination of the same fetus that an examination is compared with.

    It is the last one before that has a day and millimetres; ``points`` are in the order of
    their days.
    """
    label = point.recorded.facts.fetus.label
    earlier = points[: points.index(point)]
    same = [
        one
        for one in earlier
        if one.recorded.facts.fetus.label == label
        and one.hc_mm is not None
        and one.recorded.facts.exam_date is not None
    ]
    return same[-1] if same and is_fetus_known(point, points) else None


def is_fetus_known(point: CoursePoint, points: Sequence[CoursePoint]) -> bool:
    """Return whether it can be told which fetus of the pregnancy was measured.

    An examination that names none is of the only one, unless another examination names one.
    """
    return bool(point.recorded.facts.fetus.label) or not any(
        other.recorded.facts.fetus.label for other in points
    )


def _point(
    one: RecordedExamination,
    pregnancy: Pregnancy,
    standard: GrowthStandard,
    known: Mapping[str, GrowthStandard],
) -> CoursePoint:
    # Where no dating places the pregnancy in time, an age typed for this day is all there is.
    age = one.age_then if pregnancy.dating is None else pregnancy.age_on(one.facts.exam_date)
    measured, key = one.measurement, one.facts.standard_key
    hc_mm = None if measured is None else measured.hc_mm
    return CoursePoint(
        recorded=one,
        hc_mm=hc_mm,
        age=age,
        age_then=one.age_then,
        now=_outcome(hc_mm, age, known.get(key), key),
        charted=_outcome(hc_mm, age, standard, standard.key),
    )


def _outcome(
    hc_mm: float | None, age: GestationalAge | NoAge, standard: GrowthStandard | None, key: str
) -> GrowthOutcome:
    if hc_mm is None:
        return NotAssessed("No calibration: no millimetres, no percentile.")
    if isinstance(age, NoAge):
        return NotAssessed(age.reason)
    if standard is None:
        return NotAssessed(f"The standard of then, {standard_name(key)}, is not at hand.")
    return assess_growth(hc_mm, age, standard)


def _days_between(earlier: CoursePoint, later: CoursePoint) -> int | None:
    first, second = earlier.recorded.facts.exam_date, later.recorded.facts.exam_date
    return None if first is None or second is None else (second - first).days


def _by_z(
    earlier: CoursePoint, later: CoursePoint, standard: GrowthStandard
) -> tuple[float | None, float | None]:
    first, second = earlier.charted, later.charted
    if not isinstance(first, GrowthAssessment) or isinstance(later.age, NoAge):
        return None, None
    expected_mm = standard.hc_at(first.z, later.age)
    z_change = second.z - first.z if isinstance(second, GrowthAssessment) else None
    return z_change, expected_mm


def _interval_remarks(days: int) -> tuple[str, ...]:
    if days < SHORTEST_INTERVAL_DAYS:
        return (f"Less than {SHORTEST_INTERVAL_DAYS} days apart: no growth per week.",)
    if days < _CAUTION_BELOW_DAYS:
        return ("Less than three weeks apart: the error of measurement weighs heavily.",)
    return ()


def _error_remarks(
    z_change: float | None, earlier: CoursePoint, later: CoursePoint
) -> tuple[str, ...]:
    if z_change is None:
        return ()
    first, second = earlier.recorded.operator.strip(), later.recorded.operator.strip()
    limit = f"±{SAME_OBSERVER_Z} z of one observer (Sarris 2012)"
    if abs(z_change) <= SAME_OBSERVER_Z:
        return (f"Within measurement variability, {limit}.",)
    if first and first == second:
        return (f"Beyond measurement variability, {limit}.",)
    return (f"Beyond {limit}; two observers differ by more than one does with herself.",)
