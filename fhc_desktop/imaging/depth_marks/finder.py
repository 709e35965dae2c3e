"""find_depth_marks(): the scale that a picture itself shows at its side, or nothing."""

from dataclasses import replace

import numpy as np

from fhc_desktop.domain.image.calibration import is_plausible_pixel_side
from fhc_desktop.domain.image.depth_marks import DepthMarks, Mark, MarkPattern
from fhc_desktop.domain.image.ultrasound_image import Gray
from fhc_desktop.imaging.depth_marks.candidates import bright_marks, dark_marks
from fhc_desktop.imaging.depth_marks.comb import MarkComb, regular_combs
from fhc_desktop.imaging.depth_marks.levels import mark_pattern

# Heights of a picture of a fetal head that can be believed, in millimetres.
_LEAST_HEIGHT_MM = 40.0
_GREATEST_HEIGHT_MM = 400.0
# What each pattern means, and what it would mean on a finer scale, in millimetres per mark.
_SPACING_MM = {
    MarkPattern.EVERY_SECOND_AND_TENTH: 5.0,
    MarkPattern.EVERY_FIFTH: 10.0,
    MarkPattern.EVERY_TENTH: 5.0,
}
_OTHER_SPACINGS_MM = {
    MarkPattern.EVERY_SECOND_AND_TENTH: (1.0,),
    MarkPattern.EVERY_FIFTH: (1.0, 2.0),
    MarkPattern.EVERY_TENTH: (1.0,),
}
_AGREE_WITHIN = 0.005


def find_depth_marks(gray: Gray) -> DepthMarks | None:
    """Return the depth marks beside a picture; None wherever anything about them is in doubt.

    ``gray`` has shape (rows, columns). Only marks whose pattern of long and short ones tells
    their distance count, and only where all that are found agree, with each other and with
    the depth that is written in the picture, if it can be read.
    """
    marks = _agreed(gray)
    if marks is None:
        return None
    # Few pictures have marks, and what reads letters takes long to import.
    from fhc_desktop.imaging.depth_marks.depth_text import read_depth_text  # noqa: PLC0415

    depth_mm = read_depth_text(gray)
    checked = marks if depth_mm is None else marks.checked_against(depth_mm)
    if checked is None:
        return None
    # Marks along the other side look the same once the picture lies on it.
    across = _agreed(np.ascontiguousarray(gray.T))
    return checked if across is None else replace(checked, mm_per_column=across.mm_per_row)


def _agreed(gray: Gray) -> DepthMarks | None:
    """Return the marks at the left and right side, if all that are found agree."""
    found = [
        marks
        for candidates in (bright_marks(gray), dark_marks(gray))
        for comb in regular_combs(candidates)
        if (marks := _depth_marks(comb, gray.shape[0])) is not None
    ]
    if not found:
        return None
    best = max(found, key=lambda marks: len(marks.marks))
    if any(abs(m.mm_per_row / best.mm_per_row - 1) > _AGREE_WITHIN for m in found):
        return None
    return best


def _depth_marks(comb: MarkComb, rows: int) -> DepthMarks | None:
    pattern = mark_pattern(comb.places, comb.marks.length)
    if pattern is None:
        return None
    spacing_mm = _SPACING_MM[pattern]
    if not _is_believable(spacing_mm / comb.step_px, rows):
        return None
    if any(_is_believable(mm / comb.step_px, rows) for mm in _OTHER_SPACINGS_MM[pattern]):
        return None
    return DepthMarks(_drawn(comb), comb.step_px, comb.deviation_px, spacing_mm, pattern)


def _is_believable(mm_per_row: float, rows: int) -> bool:
    return (
        is_plausible_pixel_side(mm_per_row)
        and _LEAST_HEIGHT_MM <= mm_per_row * rows <= _GREATEST_HEIGHT_MM
    )


def _drawn(comb: MarkComb) -> tuple[Mark, ...]:
    marks = comb.marks
    return tuple(
        Mark(float(y), int(left), int(right))
        for y, left, right in zip(marks.y, marks.left, marks.right, strict=True)
    )
