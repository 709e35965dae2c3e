"""What the chart of a pregnancy's course shows, without drawing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from fhc_desktop.domain.dating.gestation import GestationalAge, NoAge
from fhc_desktop.domain.examination.outline_origin import OutlineOrigin
from fhc_desktop.domain.growth.assessment import (
    BeyondPercentiles,
    GrowthAssessment,
    GrowthStandard,
    assess_growth,
)
from fhc_desktop.domain.growth.chart_curves import chart_ends_mm
from fhc_desktop.domain.pregnancy.course import CoursePoint
from fhc_desktop.gui.charts.axes import Extent, heights_with_room
from fhc_desktop.gui.course.row import CourseRow
from fhc_desktop.gui.course.words import closer_look

Z_LINES = (-3, -2, 0, 2, 3)
_ROOM_WEEKS = 0.5
_ROOM_Z = 0.5


class CourseView(Enum):
    """What the chart shows against gestational age; the value stands beside the axis."""

    HC = "HC (mm)"
    Z = "z-score"


@dataclass(frozen=True, slots=True)
class Place:
    """A height in the unit of a view, with both ends of its interval where it has one."""

    height: float
    low: float | None = None
    high: float | None = None

    @property
    def heights(self) -> tuple[float, ...]:
        return tuple(one for one in (self.low, self.height, self.high) if one is not None)


@dataclass(frozen=True, slots=True)
class CourseDot:
    """One examination on the chart.

    ``z`` is None where it has no z-score on the chart's standard. ``weeks_then`` is its age by
    the dating of then, where that was another; ``z_then`` what was said then, where it was on
    the chart's standard. ``coverage_text`` is that of its interval, or empty.
    """

    entry_id: str
    fetus_label: str
    is_joined: bool
    weeks: float
    hc_mm: Place
    z: Place | None
    origin: OutlineOrigin
    weeks_then: float | None
    z_then: float | None
    coverage_text: str
    words: tuple[str, ...]

    def place(self, view: CourseView) -> Place | None:
        return self.hc_mm if view is CourseView.HC else self.z

    def height_then(self, view: CourseView) -> float | None:
        """Return where it lay by what was said then; None where that is not known."""
        return self.hc_mm.height if view is CourseView.HC else self.z_then


@dataclass(frozen=True, slots=True)
class CourseContent:
    """The curves' standard, the examinations on the chart, and in words what is not on it.

    ``notes_on_z`` are of those that have a place among the millimetres, but no z-score.
    """

    standard: GrowthStandard
    dots: tuple[CourseDot, ...]
    notes: tuple[str, ...]
    notes_on_z: tuple[str, ...]

    @property
    def fetus_labels(self) -> tuple[str, ...]:
        return tuple(sorted({dot.fetus_label for dot in self.dots}))

    def in_words(self, view: CourseView) -> tuple[str, ...]:
        """Return what the chart cannot show, or shows without a percentile."""
        return self.notes if view is CourseView.HC else (*self.notes, *self.notes_on_z)

    def extent(self, view: CourseView) -> Extent:
        """Return what must be seen: all curves, and each examination wherever it is."""
        weeks = [self.standard.first_day / 7, self.standard.last_day / 7]
        weeks += [week for dot in self.dots for week in (dot.weeks, dot.weeks_then) if week]
        heights = [
            height
            for dot in self.dots
            if (place := dot.place(view)) is not None
            for height in place.heights
        ]
        left, right = min(weeks) - _ROOM_WEEKS, max(weeks)
        if view is CourseView.HC:
            return Extent(
                left, right, *heights_with_room((*heights, *chart_ends_mm(self.standard)))
            )
        then = [dot.z_then for dot in self.dots if dot.z_then is not None]
        heights += [*then, *Z_LINES]
        return Extent(left, right, min(heights) - _ROOM_Z, max(heights) + _ROOM_Z)


def course_content(rows: Sequence[CourseRow], standard: GrowthStandard) -> CourseContent:
    """Return what the chart of a standard says of examinations, in the order of their days."""
    dots: list[CourseDot] = []
    notes: list[str] = []
    notes_on_z: list[str] = []
    for row in rows:
        dot = _dot(row, standard)
        charted = row.point.charted
        if dot is not None:
            dots.append(dot)
        if isinstance(charted, GrowthAssessment):
            continue
        # Beyond the outermost percentile it has a place among the curves, and only no z-score.
        if isinstance(charted, BeyondPercentiles):
            notes_on_z.append(_note(row, charted.words))
        else:
            notes.append(_note(row, charted.reason))
    return CourseContent(standard, tuple(dots), tuple(notes), tuple(notes_on_z))


def _dot(row: CourseRow, standard: GrowthStandard) -> CourseDot | None:
    point = row.point
    if point.hc_mm is None or isinstance(point.age, NoAge):
        return None
    interval, then = point.recorded.hc_interval_mm, point.age_then
    has_moved = isinstance(then, GestationalAge) and then != point.age
    was_on_chart = point.recorded.facts.standard_key == standard.key
    return CourseDot(
        entry_id=row.entry_id,
        fetus_label=row.fetus_label,
        is_joined=row.is_fetus_known,
        weeks=point.age.weeks,
        hc_mm=Place(point.hc_mm)
        if interval is None
        else Place(point.hc_mm, interval.low, interval.high),
        z=_z_place(point, point.age, standard),
        origin=point.recorded.origin,
        weeks_then=then.weeks if isinstance(then, GestationalAge) and has_moved else None,
        z_then=point.recorded.said.z if has_moved and was_on_chart else None,
        coverage_text="" if interval is None else interval.coverage_text,
        words=closer_look(row),
    )


def _z_place(point: CoursePoint, age: GestationalAge, standard: GrowthStandard) -> Place | None:
    if not isinstance(point.charted, GrowthAssessment):
        return None
    interval = point.recorded.hc_interval_mm
    if interval is None:
        return Place(point.charted.z)
    ends = (assess_growth(end, age, standard) for end in (interval.low, interval.high))
    low, high = (end.z if isinstance(end, GrowthAssessment) else None for end in ends)
    return Place(point.charted.z, low, high)


def _note(row: CourseRow, why: str) -> str:
    point = row.point
    hc = "" if point.hc_mm is None else f", HC {point.hc_mm:.1f} mm"
    label = point.recorded.facts.fetus.label
    fetus = f", fetus {label}" if label else ""
    return f"{row.name}{fetus}{hc}: {why}"
