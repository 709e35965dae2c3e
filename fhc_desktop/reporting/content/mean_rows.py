"""How a report tells of a mean that its measurement is part of."""

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.reporting.content.rows import Row

# As many as stand in one line with their rows of the log.
_PARTS_A_LINE = 4
_FEWEST_PARTS = 2


def mean_rows(exam: Examination, mean: MeanHc | None) -> tuple[Row, ...]:
    """Return mean, spread and number; nothing where this measurement is not one of several."""
    if mean is None or not _is_told(exam, mean):
        return ()
    spread = f"SD {mean.sd_mm:.1f} mm; its parts stand under “Record”"
    return (Row(f"Mean HC of {len(mean.parts)}", f"{mean.hc_mm:.1f} mm", spread),)


def mean_part_rows(exam: Examination, mean: MeanHc | None) -> tuple[Row, ...]:
    """Return each part with its row of the log, all of them however many there are."""
    if mean is None or not _is_told(exam, mean):
        return ()
    firsts = range(0, len(mean.parts), _PARTS_A_LINE)
    lines = [MeanHc(mean.parts[first : first + _PARTS_A_LINE]) for first in firsts]
    return tuple(
        Row("Parts of the mean" if not place else "", one.parts_text, f"log {one.entries_text}")
        for place, one in enumerate(lines)
    )


def _is_told(exam: Examination, mean: MeanHc) -> bool:
    is_part = exam.acceptance is not None and mean.has(exam.acceptance.entry_id)
    return is_part and len(mean.parts) >= _FEWEST_PARTS
