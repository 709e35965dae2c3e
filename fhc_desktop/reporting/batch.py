"""What the command line says about many files: rows, and the forms they can take."""

import csv
import io
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fhc_desktop.domain.calibration import Calibration, Uncalibrated
from fhc_desktop.domain.examination import (
    Examination,
    ModelIdentity,
    assessment,
    calibration,
    measurement,
    ultrasound_age,
    warnings,
)
from fhc_desktop.domain.geometry import Ellipse
from fhc_desktop.domain.growth import (
    GrowthAssessment,
    NotAssessed,
    UltrasoundAge,
    percentile_text,
)
from fhc_desktop.domain.measurement import HeadMeasurement

NO_HEAD = "No head was found in this image."
HC18_COLUMNS = (
    "filename",
    "center_x_mm",
    "center_y_mm",
    "semi_axes_a_mm",
    "semi_axes_b_mm",
    "angle_rad",
)
_HADLOCK_KEY = "hadlock1984"
# What a spreadsheet takes for the start of a formula, and their full-width forms.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class MeasuredFrame:
    """One frame that the program looked at, with or without a head in it.

    ``growth`` has one outcome for each growth standard, by its key.
    """

    path: Path
    sha256: str
    frame: int
    calibration: Calibration | None
    outline_px: Ellipse | None
    measurement: HeadMeasurement | None
    ultrasound_age: UltrasoundAge | NotAssessed
    growth: Mapping[str, GrowthAssessment | NotAssessed]
    model: ModelIdentity | None
    warnings: tuple[str, ...]

    @classmethod
    def of(cls, exam: Examination) -> "MeasuredFrame":
        scale = calibration(exam)
        source = exam.image.source
        return cls(
            path=source.path,
            sha256=source.sha256,
            frame=source.frame,
            calibration=scale if isinstance(scale, Calibration) else None,
            outline_px=None if exam.outline_px is None else exam.outline_px.canonical(),
            measurement=measurement(exam),
            ultrasound_age=ultrasound_age(exam),
            growth={exam.standard.key: assessment(exam)},
            model=None if exam.proposal is None else exam.proposal.model,
            warnings=_all_warnings(exam, scale),
        )

    @property
    def hc_px(self) -> float | None:
        return None if self.outline_px is None else self.outline_px.perimeter

    @property
    def is_measured(self) -> bool:
        """Whether there are millimetres; a batch with a frame that has none did not succeed."""
        return self.measurement is not None


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that could not be looked at at all."""

    path: Path
    error: str
    remedy: str = ""

    @property
    def is_measured(self) -> bool:
        return False

    @property
    def sentence(self) -> str:
        return f"{self.error} {self.remedy}".strip()


BatchRow = MeasuredFrame | FailedFile


def as_json(rows: Sequence[BatchRow]) -> str:
    """Return a list with one object for each row, in plain ASCII so that any path survives."""
    return json.dumps([_json_object(row) for row in rows], indent=2, allow_nan=False) + "\n"


def as_csv(rows: Sequence[BatchRow]) -> str:
    """Return RFC 4180 text with dot decimals; no cell can act as a formula in a spreadsheet."""
    cells = [_csv_cells(row) for row in rows]
    named = dict.fromkeys(["path", *(column for row in cells for column in row)])
    columns = [*(column for column in named if column != "error"), "error"]
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(cells)
    return written.getvalue()


def as_hc18(rows: Sequence[BatchRow]) -> str:
    """Return the HC18 challenge's submission: millimetres from the centre of the first pixel.

    Each image has its row, with empty cells where there is no head or no scale. Names are
    exact, since they are what the scoring matches.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(HC18_COLUMNS)
    for row in rows:
        writer.writerow([_path_text(Path(row.path.name)), *_hc18_numbers(row)])
    return written.getvalue()


def as_table(rows: Sequence[BatchRow]) -> str:
    """Return aligned columns for a terminal; what to look at again stands below its row."""
    header = ("File", "HC", "BPD oo", "OFD oo", "CI", "GA by HC", "Percentile")
    cells = [header, *(_table_cells(row) for row in rows)]
    widths = [max(_terminal_width(row[column]) for row in cells) for column in range(len(header))]
    lines = [_table_line(header, widths)]
    for row, shown in zip(rows, cells[1:], strict=True):
        lines.append(_table_line(shown, widths))
        notes = (row.sentence,) if isinstance(row, FailedFile) else row.warnings
        lines.extend(f"  ! {_plain(note)}" for note in notes)
    return "\n".join(lines) + "\n"


def _all_warnings(exam: Examination, scale: Calibration | Uncalibrated) -> tuple[str, ...]:
    found = list(warnings(exam))
    if exam.outline_px is None:
        if not found:
            found.append(NO_HEAD)
    elif isinstance(scale, Uncalibrated):
        found.append(f"No millimetres, so this frame counts as failed: {scale.reason}")
    return tuple(found)


def _json_object(row: BatchRow) -> dict[str, Any]:
    if isinstance(row, FailedFile):
        return {"path": _path_text(row.path), "error": row.sentence}
    measured, scale, model = row.measurement, row.calibration, row.model
    return {
        "path": _path_text(row.path),
        "sha256": row.sha256,
        "frame": row.frame,
        "calibration": None if scale is None else _calibration_object(scale),
        "ellipse": None if row.outline_px is None else _ellipse_object(row.outline_px),
        "hc_px": row.hc_px,
        "hc_mm": None if measured is None else measured.hc_mm,
        "bpd_mm": None if measured is None else measured.bpd_mm,
        "ofd_mm": None if measured is None else measured.ofd_mm,
        "cephalic_index": None if measured is None else measured.cephalic_index,
        "ga_by_hc": {_HADLOCK_KEY: _age_object(row.ultrasound_age)},
        "growth": {key: _growth_object(outcome) for key, outcome in row.growth.items()},
        "model": None if model is None else _model_object(model),
        "warnings": list(row.warnings),
    }


def _calibration_object(scale: Calibration) -> dict[str, Any]:
    return {
        "mm_per_column": scale.mm_per_column,
        "mm_per_row": scale.mm_per_row,
        "source": scale.source.value,
    }


def _ellipse_object(outline_px: Ellipse) -> dict[str, float]:
    return {
        "center_x_px": outline_px.center_x,
        "center_y_px": outline_px.center_y,
        "semi_axis_a_px": outline_px.semi_axis_a,
        "semi_axis_b_px": outline_px.semi_axis_b,
        "angle_rad": outline_px.angle,
    }


def _model_object(model: ModelIdentity) -> dict[str, str]:
    return {"name": model.name, "version": model.version, "sha256": model.sha256}


def _age_object(outcome: UltrasoundAge | NotAssessed) -> dict[str, float | str]:
    if isinstance(outcome, NotAssessed):
        return {"reason": outcome.reason}
    return {"days": outcome.days, "two_sd_days": outcome.two_sd_days}


def _growth_object(outcome: GrowthAssessment | NotAssessed) -> dict[str, float | str]:
    if isinstance(outcome, NotAssessed):
        return {"reason": outcome.reason}
    return {"z": outcome.z, "percentile": outcome.percentile}


# The columns that each part of the JSON object spreads into, there or not.
_PARTS = {
    "calibration": ("mm_per_column", "mm_per_row", "source"),
    "ellipse": ("center_x_px", "center_y_px", "semi_axis_a_px", "semi_axis_b_px", "angle_rad"),
    "model": ("name", "version", "sha256"),
}
_OUTCOMES = {
    "ga_by_hc": ("days", "two_sd_days", "reason"),
    "growth": ("z", "percentile", "reason"),
}


def _csv_cells(row: BatchRow) -> dict[str, Any]:
    """Return the JSON object flattened; which columns there are does not depend on the values."""
    cells: dict[str, Any] = {}
    for name, value in _json_object(row).items():
        if name in _PARTS:
            cells |= _spread(name, value or {}, _PARTS[name])
        elif name in _OUTCOMES:
            for key, outcome in value.items():
                cells |= _spread(f"{name}_{key}", outcome, _OUTCOMES[name])
        else:
            cells[name] = " ".join(value) if isinstance(value, list) else value
    return {name: _safe_cell(value) for name, value in cells.items()}


def _spread(prefix: str, found: Mapping[str, Any], columns: Sequence[str]) -> dict[str, Any]:
    return {f"{prefix}_{column}": found.get(column) for column in columns}


def _safe_cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def _hc18_numbers(row: BatchRow) -> tuple[float | str, ...]:
    if isinstance(row, FailedFile) or row.outline_px is None or row.calibration is None:
        return ("",) * (len(HC18_COLUMNS) - 1)
    scale = row.calibration
    outline_mm = row.outline_px.scaled(scale.mm_per_column, scale.mm_per_row).canonical()
    return (
        outline_mm.center_x,
        outline_mm.center_y,
        outline_mm.semi_axis_a,
        outline_mm.semi_axis_b,
        outline_mm.angle,
    )


def _table_cells(row: BatchRow) -> tuple[str, ...]:
    name = _plain(_path_text(row.path))
    if isinstance(row, FailedFile):
        return (name, "failed", "", "", "", "", "")
    if row.frame > 1:
        name = f"{name} [{row.frame}]"
    measured = row.measurement
    if measured is None:
        hc = "no head" if row.hc_px is None else f"{row.hc_px:.1f} px"
        return (name, hc, "", "", "", "", "")
    by_hc = row.ultrasound_age
    return (
        name,
        f"{measured.hc_mm:.1f} mm",
        f"{measured.bpd_mm:.1f} mm",
        f"{measured.ofd_mm:.1f} mm",
        f"{measured.cephalic_index:.1f}",
        str(by_hc) if isinstance(by_hc, UltrasoundAge) else "none",
        "; ".join(_percentile_cell(outcome) for outcome in row.growth.values()),
    )


def _percentile_cell(outcome: GrowthAssessment | NotAssessed) -> str:
    if isinstance(outcome, NotAssessed):
        return "not assessed"
    return f"{percentile_text(outcome.percentile)}, {outcome.standard.name}"


def _table_line(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Return one line: text from the left, the columns of numbers from the right."""
    padded = []
    for number, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        room = " " * (width - _terminal_width(cell))
        is_number = 0 < number < len(cells) - 1
        padded.append(f"{room}{cell}" if is_number else f"{cell}{room}")
    return "  ".join(padded).rstrip()


def _terminal_width(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    marks = sum(unicodedata.combining(character) > 0 for character in text)
    return len(text) + wide - marks


def _plain(text: str) -> str:
    """Return text that cannot steer a terminal."""
    return "".join(
        "?" if unicodedata.category(character).startswith("C") else character for character in text
    )


def _path_text(path: Path) -> str:
    """Return a path that can be encoded: bytes that are no UTF-8 show as escapes."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")
