"""The tables of a reader study: every read, every picture, every comparison."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fhc_desktop.domain.reader_study.agreement import Agreement
from fhc_desktop.domain.reader_study.estimate import Estimate, NotReckoned
from fhc_desktop.domain.reader_study.read import Read
from fhc_desktop.domain.reader_study.reliability import Reliability
from fhc_desktop.domain.reader_study.repeatability import Repeatability
from fhc_desktop.domain.reader_study.results import ByPicture, Comparison, Kind, Results
from fhc_desktop.domain.spreadsheet import guarded

Row = dict[str, Any]
SHOWN_PROPOSAL = "The model's outline was shown to the reader: the two are not independent."


@dataclass(frozen=True, slots=True)
class PlacedRead:
    """A read with what its place in the list is: the first or second time of its picture.

    ``file`` is where the picture came from, empty where the key was not at hand.
    """

    read: Read
    occasion: int
    is_in_force: bool
    file: str = ""


def reads_table(placed: Iterable[PlacedRead]) -> str:
    """Return every read as CSV, those that a later one of the same place corrects among them."""
    return _table([_read_row(one) for one in placed])


def pictures_table(
    files: Mapping[str, str],
    by_model: Mapping[str, Mapping[str, Any]],
    occasions: Mapping[str, tuple[ByPicture, ByPicture]],
) -> str:
    """Return a row for each picture: what the model says of it, and what each reader read in mm."""
    rows = []
    for code, file in files.items():
        row: Row = {"picture": code, "file": file, **by_model.get(code, {})}
        for reader, (first, second) in occasions.items():
            row[f"{reader}_first_hc_mm"] = first.get(code)
            row[f"{reader}_second_hc_mm"] = second.get(code)
        rows.append(row)
    return _table(rows)


def statistics_table(found: Results, *, is_proposal_shown: bool) -> str:
    """Return a row for each comparison and unit, and one for all readers together.

    Each estimate has its 95 % interval in the two columns behind it. The last column says what is
    not reckoned, and why.
    """
    rows = []
    for one in found.comparisons:
        note = SHOWN_PROPOSAL if one.compared.kind is Kind.MODEL and is_proposal_shown else ""
        rows.append(_comparison_row(one, "mm", one.agreement_mm, note))
        rows.append(_comparison_row(one, "%", one.agreement_percent, note))
    if found.of_all is not None:
        rows.append(_row("inter-observer", "all readers", "mm", (found.of_all,)))
    return _table(rows)


def _comparison_row(one: Comparison, unit: str, agreed: Agreement | NotReckoned, note: str) -> Row:
    # A coefficient has no unit, and a difference in per cent no analysis of its own.
    own = (one.reliability, one.repeatability_mm) if unit == "mm" else ()
    return _row(one.compared.kind.value, one.compared.name, unit, (agreed, *own), note)


def _row(kind: str, name: str, unit: str, parts: Sequence[Any], note: str = "") -> Row:
    row: Row = {"kind": kind, "comparison": name, "unit": unit, "pictures": None}
    row |= dict.fromkeys(_ESTIMATES)
    notes = [note] if note else []
    for part in parts:
        match part:
            case Agreement():
                row |= {"pictures": part.pairs, "sd": part.sd}
                row |= _estimate("bias", part.bias)
                row |= _estimate("lower_limit", part.lower_limit)
                row |= _estimate("upper_limit", part.upper_limit)
            case Reliability():
                row["pictures"] = part.pictures
                row |= _estimate("icc_2_1", part.absolute)
                row |= _estimate("icc_3_1", part.consistency)
            case Repeatability():
                row |= _estimate("within_subject_sd", part.within_subject_sd)
                row |= _estimate("repeatability_coefficient", part.coefficient)
            case NotReckoned():
                notes.append(part.reason)
    row["note"] = " ".join(dict.fromkeys(notes))
    return row


def _estimate(name: str, found: Estimate) -> Row:
    return {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}


_ESTIMATES = (
    *_estimate("bias", Estimate(0)),
    "sd",
    *_estimate("lower_limit", Estimate(0)),
    *_estimate("upper_limit", Estimate(0)),
    *_estimate("icc_2_1", Estimate(0)),
    *_estimate("icc_3_1", Estimate(0)),
    *_estimate("within_subject_sd", Estimate(0)),
    *_estimate("repeatability_coefficient", Estimate(0)),
)


def _read_row(placed: PlacedRead) -> Row:
    read = placed.read
    outline_px, scale, measured = read.outline_px, read.calibration, read.measurement
    return {
        "reader": read.reader,
        "place": read.place,
        "occasion": placed.occasion,
        "is_in_force": placed.is_in_force,
        "picture": read.picture,
        "file": placed.file,
        "sha256": read.picture_sha256,
        "read_at": read.read_at.isoformat(),
        "seconds": read.seconds,
        "is_measurable": outline_px is not None,
        "hc_mm": None if measured is None else measured.hc_mm,
        "bpd_mm": None if measured is None else measured.bpd_mm,
        "ofd_mm": None if measured is None else measured.ofd_mm,
        "hc_px": None if outline_px is None else outline_px.perimeter,
        "center_x_px": None if outline_px is None else outline_px.center_x,
        "center_y_px": None if outline_px is None else outline_px.center_y,
        "semi_axis_a_px": None if outline_px is None else outline_px.semi_axis_a,
        "semi_axis_b_px": None if outline_px is None else outline_px.semi_axis_b,
        "angle_rad": None if outline_px is None else outline_px.angle,
        "mm_per_column": None if scale is None else scale.mm_per_column,
        "mm_per_row": None if scale is None else scale.mm_per_row,
        "scale_source": None if scale is None else scale.source.value,
        "is_proposal_shown": read.is_proposal_shown,
        "is_as_proposed": read.said is not None and read.said == outline_px,
        "are_numbers_hidden": not read.are_numbers_shown,
        "list_sha256": read.list_sha256,
        "software_version": read.software_version,
    }


def _table(rows: Sequence[Row]) -> str:
    """Return RFC 4180 text with dot decimals; no cell can act as a formula in a spreadsheet."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return written.getvalue()


def _cell(value: Any) -> Any:
    return guarded(value) if isinstance(value, str) else value
