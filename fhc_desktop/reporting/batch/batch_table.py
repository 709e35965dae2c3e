"""The command line's table: aligned columns for a terminal."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fhc_desktop.domain.growth.assessment import (
    BeyondPercentiles,
    GrowthAssessment,
    percentile_words,
)
from fhc_desktop.domain.growth.ultrasound_age import HADLOCK_KEY, UltrasoundAge
from fhc_desktop.reporting.batch.batch import BatchRow, FailedFile, MeasuredFrame, path_text
from fhc_desktop.reporting.batch.told_objects import told_line


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    cell: Callable[[MeasuredFrame], str]
    is_number: bool = True


def as_table(rows: Sequence[BatchRow]) -> str:
    """Return aligned columns; what to look at again stands below its row.

    The columns of interval and grade are there only where the model speaks of its confidence.
    """
    columns = _columns(rows)
    titles = [column.title for column in columns]
    cells = [titles, *(_cells(row, columns) for row in rows)]
    widths = [max(_terminal_width(row[at]) for row in cells) for at in range(len(columns))]
    lines = [_line(titles, widths, columns)]
    for row, shown in zip(rows, cells[1:], strict=True):
        lines.append(_line(shown, widths, columns))
        lines.extend(f"  ! {_plain(note)}" for note in _notes(row))
        lines.extend(f"  · {_plain(said)}" for said in _flags(row))
    return "\n".join(lines) + "\n"


def _columns(rows: Sequence[BatchRow]) -> list[_Column]:
    frames = [row for row in rows if isinstance(row, MeasuredFrame)]
    found = [_Column("File", _name_cell, is_number=False), _Column("HC", _hc_cell)]
    intervals = [row.hc_interval_mm for row in frames if row.hc_interval_mm is not None]
    if intervals:
        found.append(_Column(f"{intervals[0].coverage_text} interval", _interval_cell))
    if any(row.confidence is not None for row in frames):
        found.append(_Column("Grade", _grade_cell, is_number=False))
    return [
        *found,
        _Column("BPD oo", lambda row: _mm(row, "bpd_mm")),
        _Column("OFD oo", lambda row: _mm(row, "ofd_mm")),
        _Column("CI", _index_cell),
        _Column("GA by HC", _age_cell),
        _Column("Percentile", _percentile_cell, is_number=False),
    ]


def _cells(row: BatchRow, columns: Sequence[_Column]) -> list[str]:
    if isinstance(row, FailedFile):
        return [_plain(path_text(row.path)), "failed", *("" for _ in columns[2:])]
    return [column.cell(row) for column in columns]


def _notes(row: BatchRow) -> tuple[str, ...]:
    if isinstance(row, FailedFile):
        return (row.sentence,)
    # Where nothing was measured, a warning says the reasons already.
    if row.confidence is None or not row.confidence.reasons or not row.is_measured:
        return row.warnings
    grade = row.confidence.grade.value.capitalize()
    return (f"{grade}: {row.confidence.reasons_text}.", *row.warnings)


def _flags(row: BatchRow) -> tuple[str, ...]:
    if isinstance(row, FailedFile):
        return ()
    comment = (f"Comment: {' '.join(row.comment.split())}",) if row.comment else ()
    return (*map(str, row.review.flags), *map(told_line, row.told), *comment)


def _name_cell(row: MeasuredFrame) -> str:
    name = _plain(path_text(row.path))
    return f"{name} [{row.frame}]" if row.frame > 1 else name


def _hc_cell(row: MeasuredFrame) -> str:
    if row.measurement is not None:
        return f"{row.measurement.hc_mm:.1f} mm"
    if row.hc_px is not None:
        return f"{row.hc_px:.1f} px"
    return "no head" if row.outline_px is None else "none"


def _interval_cell(row: MeasuredFrame) -> str:
    return "" if row.hc_interval_mm is None else f"{row.hc_interval_mm.text} mm"


def _grade_cell(row: MeasuredFrame) -> str:
    return "" if row.grade is None else row.grade.value


def _mm(row: MeasuredFrame, name: str) -> str:
    return "" if row.measurement is None else f"{getattr(row.measurement, name):.1f} mm"


def _index_cell(row: MeasuredFrame) -> str:
    return "" if row.measurement is None else f"{row.measurement.cephalic_index:.1f}"


def _age_cell(row: MeasuredFrame) -> str:
    if row.measurement is None:
        return ""
    found = row.review.ages[HADLOCK_KEY]
    return str(found) if isinstance(found, UltrasoundAge) else "none"


def _percentile_cell(row: MeasuredFrame) -> str:
    if row.measurement is None:
        return ""
    match row.review.outcomes[row.standard_key]:
        case GrowthAssessment(percentile=percentile, standard=standard):
            interval = row.review.percentile_intervals.get(row.standard_key)
            return f"{percentile_words(percentile, interval)}, {standard.name}"
        case BeyondPercentiles(words=words, standard=standard):
            return f"{words}, {standard.name}"
        case _:
            return "not assessed"


def _line(cells: Sequence[str], widths: Sequence[int], columns: Sequence[_Column]) -> str:
    """Return one line: text from the left, the columns of numbers from the right."""
    padded = []
    for cell, width, column in zip(cells, widths, columns, strict=True):
        room = " " * (width - _terminal_width(cell))
        padded.append(f"{room}{cell}" if column.is_number else f"{cell}{room}")
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
