"""The rows of many files as JSON objects; their keys are part of the interface."""

import json
from collections.abc import Iterable, Iterator
from textwrap import indent
from typing import Any

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.dating.gestation import NoAge
from fhc_desktop.domain.growth.assessment import GrowthOutcome, NotAssessed
from fhc_desktop.domain.growth.ultrasound_age import UltrasoundAge
from fhc_desktop.reporting.batch.batch import BatchRow, FailedFile, MeasuredFrame, path_text
from fhc_desktop.reporting.batch.growth_objects import age_object, growth_object, interval_list
from fhc_desktop.reporting.batch.picture_objects import (
    calibration_object,
    depth_marks_object,
    ellipse_object,
    model_object,
)
from fhc_desktop.reporting.batch.told_objects import told_object


def as_json(rows: Iterable[BatchRow]) -> str:
    """Return a list with one object for each row, in plain ASCII so that any path survives."""
    return "".join(json_pieces(rows))


def json_pieces(rows: Iterable[BatchRow]) -> Iterator[str]:
    """Yield the same text piece by piece, as the rows come."""
    before = "[\n"
    for row in rows:
        text = json.dumps(row_object(row), indent=2, allow_nan=False)
        yield f"{before}{indent(text, '  ')}"
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def row_object(row: BatchRow) -> dict[str, Any]:
    """Return one row as its object; which keys there are does not depend on the values."""
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
        # Only where one was given, which is so for all the files of one call.
        **({"comment": row.comment} if row.comment else {}),
        # Only where reports were asked for, which is so for all the files of one call.
        **({} if row.report is None else {"report": row.report}),
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
