"""What the command line says about many files: rows, and the forms they can take."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import indent
from typing import Any

from fhc_desktop.domain.confidence import Confidence, Grade, Interval
from fhc_desktop.domain.dating.gestation import DatingMethod, GestationalAge, NoAge
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.growth_review import GrowthReview, review_growth
from fhc_desktop.domain.examination.proposal import ModelIdentity
from fhc_desktop.domain.examination.structured_report import ReportsBeside
from fhc_desktop.domain.examination.told_length import (
    ToldLength,
    beside_objections,
    told_lengths,
)
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.assessment import (
    GrowthOutcome,
    GrowthStandard,
    NotAssessed,
)
from fhc_desktop.domain.growth.standards import STANDARDS
from fhc_desktop.domain.growth.ultrasound_age import UltrasoundAge
from fhc_desktop.domain.image.calibration import Calibration, Uncalibrated
from fhc_desktop.domain.image.depth_marks import DepthMarks
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.measurement import HeadMeasurement
from fhc_desktop.domain.spreadsheet import guarded
from fhc_desktop.reporting.batch.growth_objects import age_object, growth_object, interval_list
from fhc_desktop.reporting.batch.picture_objects import (
    calibration_object,
    depth_marks_object,
    ellipse_object,
    model_object,
)
from fhc_desktop.reporting.batch.told_objects import told_object

NO_HEAD = "No head was found in this image."
NOT_MEASURABLE = "Not measurable, so this frame counts as failed"
DRAW_IT = "Open the image in the window and draw the outline by hand, or take another image."
CHOOSE_HEAD = "Measure one of them with --head 1 or --head 2, counted from the left."
_NOT_MEASURED = NotAssessed("Not measurable: no millimetres.")
HC18_COLUMNS = (
    "filename",
    "center_x_mm",
    "center_y_mm",
    "semi_axes_a_mm",
    "semi_axes_b_mm",
    "angle_rad",
)


@dataclass(frozen=True, slots=True)
class MeasuredFrame:
    """One frame that the program looked at, with or without a head in it.

    ``outline_px`` is also there where the model calls what it found not measurable; numbers are
    not, and ``hc_px`` is one of them. ``age`` is that of the pregnancy on the day of the
    examination, by ``dated_by``; ``is_age_withheld`` where there would be one if the file gave one
    day. ``review`` has one outcome for each growth standard, and
    ``standard_key`` names the one that was chosen. ``told`` are the lengths that reports of the
    study beside the image tell.
    """

    path: Path
    sha256: str
    frame: int
    fetus: Fetus
    calibration: Calibration | None
    depth_marks: DepthMarks | None
    outline_px: Ellipse | None
    hc_px: float | None
    measurement: HeadMeasurement | None
    hc_interval_mm: Interval | None
    confidence: Confidence | None
    age: GestationalAge | NoAge
    is_age_withheld: bool
    dated_by: DatingMethod | None
    standard_key: str
    review: GrowthReview
    model: ModelIdentity | None
    warnings: tuple[str, ...]
    told: tuple[ToldLength, ...] = ()

    @classmethod
    def of(
        cls,
        exam: Examination,
        standards: Sequence[GrowthStandard] = STANDARDS,
        beside: ReportsBeside = ReportsBeside(),
    ) -> "MeasuredFrame":
        said, source = exam.said, exam.image.source
        found_px = exam.outline_px
        if found_px is None and said is not None:
            found_px = said.outline_px
        # The scale of where the head lies, also where the head itself is not measured.
        where = exam.with_outline(found_px)
        scale = where.offered_calibration
        is_refused = exam.outline_px is None and found_px is not None
        review = review_growth(exam, standards)
        return cls(
            path=source.path,
            sha256=source.sha256,
            frame=source.frame,
            fetus=exam.fetus,
            calibration=scale if isinstance(scale, Calibration) else None,
            depth_marks=exam.depth_marks,
            outline_px=None if found_px is None else found_px.canonical(),
            hc_px=None if exam.outline_px is None else exam.outline_px.perimeter,
            measurement=exam.measurement,
            hc_interval_mm=exam.hc_interval,
            confidence=None if said is None else said.confidence,
            age=exam.age,
            is_age_withheld=exam.withheld_age is not None,
            dated_by=None if exam.dating is None else exam.dating.method,
            standard_key=exam.standard.key,
            review=_without_numbers(review) if is_refused else review,
            model=None if said is None else said.model,
            warnings=(*_all_warnings(exam, where.calibration), *beside_objections(exam, beside)),
            told=told_lengths(exam, beside),
        )

    @property
    def grade(self) -> Grade | None:
        return None if self.confidence is None else self.confidence.grade

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


def as_json(rows: Iterable[BatchRow]) -> str:
    """Return a list with one object for each row, in plain ASCII so that any path survives."""
    return "".join(json_pieces(rows))


def json_pieces(rows: Iterable[BatchRow]) -> Iterator[str]:
    """Yield the same text piece by piece, as the rows come."""
    before = "[\n"
    for row in rows:
        text = json.dumps(_json_object(row), indent=2, allow_nan=False)
        yield f"{before}{indent(text, '  ')}"
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def as_csv(rows: Iterable[BatchRow]) -> str:
    """Return RFC 4180 text with dot decimals; no cell can act as a formula in a spreadsheet."""
    return "".join(csv_pieces(rows))


def csv_pieces(rows: Iterable[BatchRow]) -> Iterator[str]:
    """Yield the same text piece by piece, as the rows come.

    Which columns there are the first measured row tells; what failed before it waits for that.
    """
    columns: list[str] = []
    waiting: list[dict[str, Any]] = []
    for row in rows:
        waiting.append(_csv_cells(row))
        if columns:
            yield _csv_lines(columns, waiting)
        elif isinstance(row, MeasuredFrame):
            columns = [*waiting[-1], "error"]
            yield _csv_lines(columns, [dict(zip(columns, columns, strict=True)), *waiting])
        else:
            continue
        waiting.clear()
    if not columns:
        columns = ["path", "error"]
        yield _csv_lines(columns, [dict(zip(columns, columns, strict=True)), *waiting])


def _csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    written = io.StringIO()
    csv.DictWriter(written, columns, restval="", lineterminator="\r\n").writerows(rows)
    return written.getvalue()


def as_hc18(rows: Iterable[BatchRow]) -> str:
    """Return the HC18 challenge's submission: millimetres from the centre of the first pixel.

    Each image has its row, with empty cells where there is no head or no scale. Names are
    exact, since they are what the scoring matches.
    """
    return "".join(hc18_pieces(rows))


def hc18_pieces(rows: Iterable[BatchRow]) -> Iterator[str]:
    """Yield the same text piece by piece, as the rows come."""
    yield _hc18_line(HC18_COLUMNS)
    for row in rows:
        yield _hc18_line([path_text(Path(row.path.name)), *_hc18_numbers(row)])


def _hc18_line(cells: Sequence[float | str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(cells)
    return written.getvalue()


def _all_warnings(exam: Examination, scale: Calibration | Uncalibrated) -> tuple[str, ...]:
    found, said = list(exam.warnings), exam.said
    confidence = None if said is None else said.confidence
    if exam.outline_px is None:
        if said is not None and said.heads:
            found.append(f"{said.heads_words}, so this frame counts as failed. {CHOOSE_HEAD}")
        elif said is not None and confidence is not None and not confidence.is_measurable:
            why = confidence.reasons_text or "the model named no reason"
            found.append(f"{NOT_MEASURABLE}: {why}. {DRAW_IT}")
        elif said is None or not said.notices:
            found.append(NO_HEAD)
    elif isinstance(scale, Uncalibrated):
        found.append(f"No millimetres, so this frame counts as failed: {scale.reason}")
    return tuple(found)


def _without_numbers(review: GrowthReview) -> GrowthReview:
    """Return the review of a frame that is not measurable: that, wherever a number would be."""
    return replace(
        review,
        outcomes=dict.fromkeys(review.outcomes, _NOT_MEASURED),
        ages=dict.fromkeys(review.ages, _NOT_MEASURED),
    )


def _json_object(row: BatchRow) -> dict[str, Any]:
    if isinstance(row, FailedFile):
        return {"path": path_text(row.path), "error": row.sentence}
    measured, scale, model = row.measurement, row.calibration, row.model
    said, review = row.confidence, row.review
    return {
        "path": path_text(row.path),
        "sha256": row.sha256,
        "frame": row.frame,
        # Only where one was named: it is the same for all the files of one call.
        **({"fetus": row.fetus.label} if row.fetus.label else {}),
        "calibration": None if scale is None else calibration_object(scale),
        "depth_marks": None if row.depth_marks is None else depth_marks_object(row.depth_marks),
        "ellipse": None if row.outline_px is None else ellipse_object(row.outline_px),
        "hc_px": row.hc_px,
        "hc_mm": None if measured is None else measured.hc_mm,
        "hc_interval_mm": interval_list(row.hc_interval_mm),
        "grade": None if said is None else said.grade.value,
        "grade_reasons": [] if said is None else list(said.reasons),
        "bpd_mm": None if measured is None else measured.bpd_mm,
        "ofd_mm": None if measured is None else measured.ofd_mm,
        "cephalic_index": None if measured is None else measured.cephalic_index,
        "gestational_age": _gestational_age_object(row),
        "ga_by_hc": {
            key: age_object(outcome) | _interval_of(outcome, review.age_intervals_days.get(key))
            for key, outcome in review.ages.items()
        },
        "growth_standard": row.standard_key,
        "growth": {
            key: growth_object(outcome) | _range_of(outcome, review.percentile_intervals.get(key))
            for key, outcome in review.outcomes.items()
        },
        "flags": [str(flag) for flag in review.flags],
        "remarks": list(review.remarks),
        "model": None if model is None else model_object(model),
        "warnings": list(row.warnings),
        "study_reports": [told_object(one) for one in row.told],
    }


def _gestational_age_object(row: MeasuredFrame) -> dict[str, Any]:
    """Return the age that percentiles go by, never one by HC; or why there is none."""
    if isinstance(row.age, NoAge):
        return {"reason": row.age.reason}
    return {"days": row.age.days, "method": row.dated_by}


def _interval_of(
    outcome: UltrasoundAge | NotAssessed, interval_days: Interval | None
) -> dict[str, Any]:
    if isinstance(outcome, NotAssessed):
        return {}
    return {"interval_days": interval_list(interval_days)}


def _range_of(outcome: GrowthOutcome, percentiles: Interval | None) -> dict[str, Any]:
    if isinstance(outcome, NotAssessed):
        return {}
    return {"percentile_interval": interval_list(percentiles)}


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


def _csv_cells(row: BatchRow) -> dict[str, Any]:
    """Return the JSON object flattened; which columns there are does not depend on the values."""
    cells: dict[str, Any] = {}
    for name, value in _json_object(row).items():
        if name in _PARTS:
            cells |= _spread(name, value or {}, _PARTS[name])
        elif name in _OUTCOMES:
            for key, outcome in value.items():
                cells |= _spread(f"{name}_{key}", outcome, _OUTCOMES[name])
        elif name in _INTERVALS:
            cells |= _ends(name, value)
        else:
            cells[name] = _joined(name, value)
    return {
        name: guarded(value) if isinstance(value, str) else value for name, value in cells.items()
    }


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


def path_text(path: Path) -> str:
    """Return a path that can be encoded: bytes that are no UTF-8 show as escapes."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")
