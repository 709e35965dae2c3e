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
from fhc_desktop.domain.pregnancy.pregnancy import Pregnancy
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination
from fhc_desktop.gui.widgets import style


@dataclass(frozen=True, slots=True)
class CourseRow:
    """An examination, what the standard named then is called, and the change since the last.

    ``change`` is None for the first examination of a fetus, and where it is not known which
    fetus was measured. ``name`` is its day or, where days are hidden, its number.
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
        return self.point.recorded.fetus.label


def course_rows(
    pregnancy: Pregnancy,
    standard: GrowthStandard,
    known: Sequence[GrowthStandard],
    *,
    hides_days: bool = False,
) -> tuple[CourseRow, ...]:
    """Return a pregnancy's examinations in the order of their days.

    ``standard`` is that of the chart; ``known`` are all standards, for those named then.
    ``hides_days``: call each examination by its number.
    """
    by_key = {one.key: one for one in known}
    points = course(pregnancy, standard, by_key)
    since = changes(points, standard)
    return tuple(
        CourseRow(
            point,
            standard_name(point.recorded.standard_key, known),
            since.get(point.recorded.entry_id),
            is_fetus_known(point, points),
            f"Examination {number}" if hides_days else day_text(point.recorded),
        )
        for number, point in enumerate(points, start=1)
    )


def day_text(recorded: RecordedExamination) -> str:
    return style.MISSING if recorded.exam_date is None else f"{recorded.exam_date}"
