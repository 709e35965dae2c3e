"""One examination in the table of a pregnancy's course."""

from collections.abc import Sequence
from dataclasses import dataclass

from fhc_desktop.domain.growth.assessment import GrowthStandard, NotAssessed
from fhc_desktop.domain.growth.standards import standard_name
from fhc_desktop.domain.pregnancy.course import (
    Change,
    CoursePoint,
    changes,
    course,
    is_fetus_known,
)
from fhc_desktop.gui.course.shown_course import ShownPregnancy


@dataclass(frozen=True, slots=True)
class CourseRow:
    """An examination, what the standard named then is called, and the change since the last.

    ``change`` is None for the first examination of a fetus, and where it is not known which
    fetus was measured. ``name`` is what it is called: its day or its number.
    """

    point: CoursePoint
    standard_name: str
    change: Change | NotAssessed | None
    is_fetus_known: bool
    name: str

    @property
    def entry_id(self) -> str:
        return self.point.recorded.entry_id

    @property
    def fetus_label(self) -> str:
        return self.point.recorded.facts.fetus.label


def course_rows(
    shown: ShownPregnancy, standard: GrowthStandard, known: Sequence[GrowthStandard]
) -> tuple[CourseRow, ...]:
    """Return a pregnancy's examinations in the order of their days.

    ``standard`` is that of the chart; ``known`` are all standards, for those named then.
    """
    by_key = {one.key: one for one in known}
    points = course(shown.pregnancy, standard, by_key)
    since = changes(points, standard)
    keys = [point.recorded.facts.standard_key for point in points]
    return tuple(
        CourseRow(
            point,
            standard_name(key, known),
            since.get(point.recorded.entry_id),
            is_fetus_known(point, points),
            name,
        )
        for point, key, name in zip(points, keys, shown.names, strict=True)
    )
