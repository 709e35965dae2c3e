"""The object of a row laid flat: one cell a name, for tables of any kind."""

from collections.abc import Mapping, Sequence
from typing import Any

FAILED_COLUMNS = ("path", "error")
# The columns that each part of the JSON object spreads into, there or not.
_PARTS = {
    "calibration": ("mm_per_column", "mm_per_row", "source"),
    "depth_marks": ("mm_per_pixel", "ticks", "spacing_mm"),
    "ellipse": ("center_x_px", "center_y_px", "semi_axis_a_px", "semi_axis_b_px", "angle_rad"),
    "gestational_age": ("days", "method", "reason"),
    "model": ("name", "version", "sha256"),
}
_OUTCOMES = {
    "ga_by_hc": ("days", "two_sd_days", "interval_days", "reason"),
    "growth": ("z", "percentile", "percentile_interval", "reason"),
}
# An interval's two columns, by the name of its list; units stay at the end.
_INTERVALS = {
    "hc_interval_mm": ("hc_interval_low_mm", "hc_interval_high_mm"),
    "interval_days": ("interval_low_days", "interval_high_days"),
    "percentile_interval": ("percentile_low", "percentile_high"),
}


def columns_of(told: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the columns of a table by the object of any frame that was looked at in it."""
    return (*flat_cells(told), "error")


def is_failure(told: Mapping[str, Any]) -> bool:
    """Say whether an object is of a file that could not be looked at at all."""
    return "error" in told


def flat_cells(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cells of one object; which there are does not depend on the values."""
    cells: dict[str, Any] = {}
    for name, value in told.items():
        if name in _PARTS:
            cells |= _spread(name, value or {}, _PARTS[name])
        elif name in _OUTCOMES:
            for key, outcome in value.items():
                cells |= _spread(f"{name}_{key}", outcome, _OUTCOMES[name])
        elif name in _INTERVALS:
            cells |= _ends(name, value)
        else:
            cells[name] = _joined(name, value)
    return cells


def _spread(prefix: str, found: Mapping[str, Any], columns: Sequence[str]) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for column in columns:
        is_interval = column in _INTERVALS
        cells |= _ends(column, found.get(column)) if is_interval else {column: found.get(column)}
    return {f"{prefix}_{column}": value for column, value in cells.items()}


def _ends(name: str, interval: Sequence[float] | None) -> dict[str, Any]:
    return dict(zip(_INTERVALS[name], interval or (None, None), strict=True))


def _joined(name: str, value: Any) -> Any:
    if not isinstance(value, list):
        return value
    if name == "study_reports":
        return "; ".join(told["words"] for told in value)
    # Reasons may be phrases, which need a mark between them; warnings are sentences.
    return ("; " if name == "grade_reasons" else " ").join(value)
