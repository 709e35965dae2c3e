"""The course of a pregnancy as rows and columns of words."""

from collections.abc import Callable, Sequence

from fhc_desktop.domain.dating.gestation import NoAge
from fhc_desktop.domain.growth.assessment import (
    BeyondPercentiles,
    GrowthAssessment,
    NotAssessed,
    short_beyond,
    short_percentile,
)
from fhc_desktop.domain.pregnancy.course import Change
from fhc_desktop.gui.course.row import CourseRow
from fhc_desktop.gui.course.words import (
    closer_look,
    hc_words,
    long_then,
    outcome_text,
    outline_text,
    short_then,
)
from fhc_desktop.gui.widgets.column_table import RIGHT, Column, ColumnModel
from fhc_desktop.reporting.content.numbers import MISSING, format_z, signed

_SINCE = "Since the examination before of the same fetus"
_ON_CHART = f"{_SINCE}, on the standard of the chart"


class CourseModel(ColumnModel[CourseRow]):
    """Examinations of one pregnancy, in the order of their days."""

    def show_rows(self, rows: Sequence[CourseRow]) -> None:
        self.show(COLUMNS, rows)


def _age_text(row: CourseRow) -> str:
    age = row.point.age
    return MISSING if isinstance(age, NoAge) else f"{age}"


def _age_tip(row: CourseRow) -> str:
    age = row.point.age
    if isinstance(age, NoAge):
        return age.reason
    then = row.point.age_then
    if then == age:
        return "By the dating in force, as it was then"
    said = "none" if isinstance(then, NoAge) else f"{then}"
    return f"By the dating in force now; by the one of then: {said}"


def _fetus_text(row: CourseRow) -> str:
    if not row.is_fetus_known:
        return "not named"
    return row.point.recorded.facts.fetus.text.removeprefix("Fetus ") or MISSING


def _fetus_tip(row: CourseRow) -> str:
    if not row.is_fetus_known:
        return "The pregnancy has several fetuses and this examination names none."
    return row.point.recorded.facts.fetus.text or "One fetus"


def _hc_text(row: CourseRow) -> str:
    return MISSING if row.point.hc_mm is None else f"{row.point.hc_mm:.1f}"


def _interval_text(row: CourseRow) -> str:
    interval = row.point.recorded.hc_interval_mm
    return MISSING if interval is None else interval.text


def _interval_tip(row: CourseRow) -> str:
    if row.point.recorded.hc_interval_mm is not None:
        return hc_words(row.point)
    if not row.point.recorded.origin.is_models_own:
        return "An outline that is not the model’s own has no interval."
    return "No interval was given."


def _percentile_text(row: CourseRow) -> str:
    match row.point.now:
        case GrowthAssessment(percentile=percentile):
            return short_percentile(percentile)
        case BeyondPercentiles(beyond=beyond):
            return short_beyond(beyond)
        case _:
            return MISSING


def _z_text(row: CourseRow) -> str:
    now = row.point.now
    return format_z(now.z) if isinstance(now, GrowthAssessment) else MISSING


def _now_tip(row: CourseRow) -> str:
    return outcome_text(row.point.now)


def _change_tip(row: CourseRow) -> str:
    match row.change:
        case None if not row.is_fetus_known:
            return "It is not known which fetus this was: nothing to compare with."
        case None:
            return "The first examination of this fetus: the next one will show the change."
        case NotAssessed(reason=reason):
            return reason
        case Change() as found:
            return " ".join((f"In {found.days} days.", *found.remarks))


def _of_change(name: str, decimals: int) -> Callable[[CourseRow], str]:
    """Return how a column tells one number of the change."""

    def text(row: CourseRow) -> str:
        number = getattr(row.change, name) if isinstance(row.change, Change) else None
        return MISSING if number is None else signed(number, decimals)

    return text


def _expected_text(row: CourseRow) -> str:
    expected = row.change.expected_mm if isinstance(row.change, Change) else None
    return MISSING if expected is None else f"{expected:.1f}"


def _remark_text(row: CourseRow) -> str:
    match row.change:
        case Change() as found:
            return " ".join(found.remarks) or MISSING
        case NotAssessed(reason=reason):
            return reason
        case _:
            return MISSING


COLUMNS: tuple[Column[CourseRow], ...] = (
    Column("Date", lambda r: r.name, lambda r: " · ".join(closer_look(r))),
    Column("Age", _age_text, _age_tip, title_tip="By the dating in force now"),
    Column("Fetus", _fetus_text, _fetus_tip),
    Column("HC, mm", _hc_text, lambda r: hc_words(r.point), RIGHT),
    Column("Interval, mm", _interval_text, _interval_tip, RIGHT),
    Column(
        "Percentile",
        _percentile_text,
        _now_tip,
        RIGHT,
        title_tip="Computed anew by the dating in force, on the standard named then",
    ),
    Column("z", _z_text, _now_tip, RIGHT, title_tip="On the standard named then"),
    Column("Standard", lambda r: r.standard_name, _now_tip, title_tip="The one named then"),
    Column(
        "Said then",
        lambda r: short_then(r.point),
        long_then,
        title_tip="What stands in the log, where it differs from what is computed now",
    ),
    Column("Outline", lambda r: outline_text(r.point.recorded), _interval_tip),
    Column("Δ mm", _of_change("mm", 1), _change_tip, RIGHT, title_tip=_SINCE),
    Column("mm/week", _of_change("mm_per_week", 1), _change_tip, RIGHT, title_tip=_SINCE),
    Column("Δz", _of_change("z_change", 2), _change_tip, RIGHT, title_tip=_ON_CHART),
    Column(
        "Same z, mm",
        _expected_text,
        _change_tip,
        RIGHT,
        title_tip=f"The HC expected at the z-score of before. {_ON_CHART}",
    ),
    Column(
        "Operator",
        lambda r: r.point.recorded.operator or MISSING,
        lambda r: r.point.recorded.operator,
    ),
    Column("Remark", _remark_text, _change_tip, title_tip=_ON_CHART),
)
FETUS_COLUMN = next(place for place, column in enumerate(COLUMNS) if column.title == "Fetus")
