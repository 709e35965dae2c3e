"""How an entry lies in the table: one column for each number, one for each text."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.storage.log.entry import LogEntry

Cell = str | int | float | None

_ELLIPSES = ("proposal", "outline")
# Each ellipse column as (its ending, the attribute).
_ELLIPSE_COLUMNS = (
    ("center_x_px", "center_x"),
    ("center_y_px", "center_y"),
    ("semi_axis_a_px", "semi_axis_a"),
    ("semi_axis_b_px", "semi_axis_b"),
    ("angle_rad", "angle"),
)
_PLAIN = tuple(
    field.name for field in fields(LogEntry) if field.name not in {*_ELLIPSES, "superseded_by"}
)


def row_of(entry: LogEntry) -> dict[str, Cell]:
    """Return what the table keeps of an entry, column by column."""
    row = {name: _cell(getattr(entry, name)) for name in _PLAIN}
    for name in _ELLIPSES:
        row |= _ellipse_cells(name, getattr(entry, name))
    return row


def entry_of(row: Mapping[str, Any]) -> LogEntry:
    """Return the entry of a row that was read with ``superseded_by`` beside its own columns."""
    values = {name: row[name] for name in (*_PLAIN, "superseded_by")}
    values["created_at"] = datetime.fromisoformat(row["created_at"])
    values["image_path"] = Path(row["image_path"])
    for name in ("dating_date", "exam_date"):
        values[name] = None if row[name] is None else date.fromisoformat(row[name])
    reasons = row["proposal_reasons"]
    values["proposal_reasons"] = None if reasons is None else tuple(json.loads(reasons))
    for name in _ELLIPSES:
        values[name] = _ellipse(name, row)
    return LogEntry(**values)


def _cell(value: Any) -> Cell:
    if isinstance(value, date):  # a datetime is one, too
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    cell: Cell = value
    return cell


def _ellipse_cells(name: str, ellipse: Ellipse | None) -> dict[str, Cell]:
    return {
        f"{name}_{ending}": None if ellipse is None else getattr(ellipse, attribute)
        for ending, attribute in _ELLIPSE_COLUMNS
    }


def _ellipse(name: str, row: Mapping[str, Any]) -> Ellipse | None:
    numbers = {attribute: row[f"{name}_{ending}"] for ending, attribute in _ELLIPSE_COLUMNS}
    if numbers["center_x"] is None:
        return None
    return Ellipse(**numbers)
