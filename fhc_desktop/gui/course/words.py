"""What the course of a pregnancy says in words."""

from collections.abc import Sequence

from fhc_desktop.domain.dating.dating_record import author_of
from fhc_desktop.domain.dating.gestation import NoAge
from fhc_desktop.domain.growth.assessment import (
    BeyondPercentiles,
    GrowthAssessment,
    GrowthOutcome,
    GrowthStandard,
    NotAssessed,
    percentile_text,
    short_percentile,
)
from fhc_desktop.domain.pregnancy.course import Change, CoursePoint, change, examination_before
from fhc_desktop.domain.pregnancy.recorded import RecordedExamination
from fhc_desktop.gui.course.row import CourseRow
from fhc_desktop.gui.widgets import style
from fhc_desktop.reporting.content.numbers import MISSING, format_mm, format_z, signed

FIRST_ONE = "This is the first examination: the next one will show the change."
CHOOSE_TWO = "Choose two rows (Ctrl+click) to see the change between exactly these two."
_TWO = 2


def outcome_text(outcome: GrowthOutcome) -> str:
    """Return a place on a standard, or why there is none: 43rd percentile, z −0.18, WHO 2017."""
    if isinstance(outcome, GrowthAssessment):
        place = f"{percentile_text(outcome.percentile)}, z {format_z(outcome.z)}"
        return f"{place}, {outcome.standard.name}"
    if isinstance(outcome, BeyondPercentiles):
        return f"{outcome.words}, {outcome.standard.name}"
    return outcome.reason


def short_then(point: CoursePoint) -> str:
    """Return what was said then, where it is another word than today: then 43rd at 20w3d."""
    if not point.has_moved:
        return MISSING
    percentile = point.recorded.said.percentile
    place = "no percentile" if percentile is None else short_percentile(percentile)
    if isinstance(point.age_then, NoAge):
        return f"then {place}, no age"
    return f"then {place} at {point.age_then}"


def long_then(row: CourseRow) -> str:
    """Return what was said then, with z-score and standard."""
    said, age = row.point.recorded.said, row.point.age_then
    at = "without an age" if isinstance(age, NoAge) else f"at {age}"
    if said.percentile is None or said.z is None:
        return f"Said then: no percentile, {at}"
    place = f"{percentile_text(said.percentile)}, z {format_z(said.z)}"
    return f"Said then: {place} {at}, {row.standard_name}"


def outline_text(recorded: RecordedExamination) -> str:
    origin = recorded.origin
    return origin.value if origin.is_models_own else f"{style.EDITED_SIGN} {origin.value}"


def closer_look(row: CourseRow) -> tuple[str, ...]:
    """Return all that is known of one examination, line by line."""
    point, recorded = row.point, row.point.recorded
    age = point.age.reason if isinstance(point.age, NoAge) else f"{point.age}"
    parts = (row.name, age, recorded.facts.fetus.text)
    lines = [" · ".join(part for part in parts if part), hc_words(point), outcome_text(point.now)]
    charted = outcome_text(point.charted)
    if charted != lines[-1]:
        lines.append(f"On this chart: {charted}")
    if point.has_moved:
        lines.append(long_then(row))
    return (*lines, f"{outline_text(recorded)} · {author_of(recorded.operator)}")


def hc_words(point: CoursePoint) -> str:
    if point.hc_mm is None:
        return "No calibration: no millimetres"
    words = f"HC {format_mm(point.hc_mm)}"
    interval = point.recorded.hc_interval_mm
    if interval is None:
        return words
    return f"{words}, {interval.coverage_text} interval {interval.text} mm"


def chosen_words(
    chosen: Sequence[CourseRow], rows: Sequence[CourseRow], standard: GrowthStandard
) -> str:
    """Return the change between two rows, or up to one; else what to do to see one.

    Both are in the order of the days.
    """
    if len(rows) == 1:
        return FIRST_ONE
    if len(chosen) == 1:
        before = _before(chosen[0], rows)
        since = "" if before is None else _between(before, chosen[0], standard)
        return f"{since} {CHOOSE_TWO}".strip()
    if len(chosen) != _TWO:
        return CHOOSE_TWO
    return _between(chosen[0], chosen[1], standard)


def _before(row: CourseRow, rows: Sequence[CourseRow]) -> CourseRow | None:
    """Return the examination before of the same fetus."""
    before = examination_before(row.point, [one.point for one in rows])
    return next((one for one in rows if one.point is before), None)


def _between(earlier: CourseRow, later: CourseRow, standard: GrowthStandard) -> str:
    if not (earlier.is_fetus_known and later.is_fetus_known):
        return "One of them names no fetus in a pregnancy with several: it is compared with none."
    if earlier.fetus_label != later.fetus_label:
        names = f"Fetus {earlier.fetus_label} and fetus {later.fetus_label}"
        return f"{names} are never compared: choose two examinations of one fetus."
    found = change(earlier.point, later.point, standard)
    between = f"From {_place(earlier)} to {_place(later)}"
    if isinstance(found, NotAssessed):
        return f"{between}: {found.reason}"
    return f"{between}: {_change_words(found, earlier, later)} {' '.join(found.remarks)}".rstrip()


def _place(row: CourseRow) -> str:
    age = row.point.age
    shown = "no age" if isinstance(age, NoAge) else f"{age}"
    fetus = f", fetus {row.fetus_label}" if row.fetus_label else ""
    return f"{row.name} ({shown}{fetus})"


def _change_words(found: Change, earlier: CourseRow, later: CourseRow) -> str:
    days = "1 day" if found.days == 1 else f"{found.days} days"
    parts = [f"HC {signed(found.mm, 1)} mm in {days}"]
    if found.mm_per_week is not None:
        parts.append(f"{signed(found.mm_per_week, 1)} mm/week")
    first, second = earlier.point.charted, later.point.charted
    if found.z_change is not None and isinstance(first, GrowthAssessment):
        parts.append(_z_words(found.z_change, first, second))
    if found.expected_mm is not None:
        parts.append(f"expected at the same z {format_mm(found.expected_mm)}")
    return f"{', '.join(parts)}."


def _z_words(z_change: float, first: GrowthAssessment, second: GrowthOutcome) -> str:
    ends = format_z(first.z)
    if isinstance(second, GrowthAssessment):
        ends = f"{ends} → {format_z(second.z)}"
    return f"z {ends}, Δz {format_z(z_change)} on {first.standard.name}"
