"""The rows of many files as the HC18 challenge's submission."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from fhc_desktop.reporting.batch.batch import BatchRow, FailedFile, path_text

HC18_COLUMNS = (
    "filename",
    "center_x_mm",
    "center_y_mm",
    "semi_axes_a_mm",
    "semi_axes_b_mm",
    "angle_rad",
)


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
