"""Where a scale that the user gave contradicts what the file, or the picture itself, says."""

import math
import re
from collections.abc import Iterable
from dataclasses import replace

from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationSource,
    FileCalibration,
    PictureSize,
)
from fhc_desktop.domain.image.depth_marks import DepthMarks
from fhc_desktop.domain.image.geometry import Ellipse

# As for depth marks: far beyond what rounding or a hand's error over a ruler makes.
SCALES_AGREE_WITHIN = 0.02

_SOURCE_WORDS = {
    CalibrationSource.PIXEL_SIZE_TABLE: "file’s pixel-size table",
    CalibrationSource.ULTRASOUND_REGION: "file’s ultrasound {detail}",
    CalibrationSource.PIXEL_SPACING: "file’s PixelSpacing",
}
_FILE_SAYS, _MARKS_SAY = "the file says", "the depth marks say"
_NOTE = re.compile(rf"(?:^|; )(?:{_FILE_SAYS}|{_MARKS_SAY}) .*$")


def contradicting_scales(
    given: Calibration,
    found: FileCalibration,
    outline_px: Ellipse | None,
    *,
    picture: PictureSize | None = None,
) -> tuple[Calibration, ...]:
    """Return the file's scales, for where the outline lies, that differ by more than 2 %.

    Where no region of the file holds the outline, a scale that is none of theirs contradicts all.
    """
    offered = found.alternatives or found.candidates
    covering = [c.calibration for c in offered if c.covers(outline_px, picture)]
    if covering or outline_px is None:
        return tuple(scale for scale in covering if not _agree(given, scale))
    others = tuple(candidate.calibration for candidate in offered)
    return () if any(_agree(given, scale) for scale in others) else others


def contradiction_sentences(
    given: Calibration, contradicting: Iterable[Calibration]
) -> tuple[str, ...]:
    """Return a sentence for each scale of the file that a given one contradicts."""
    return tuple(
        f"The {_SOURCE_WORDS[said.source].format(detail=said.detail)} says {said.scale_text}, "
        f"the calibration says {given.scale_text}: check the calibration."
        for said in contradicting
    )


def noted(
    given: Calibration, contradicting: Iterable[Calibration], marks: DepthMarks | None
) -> Calibration:
    """Return a given scale with a note of what it contradicts, by which the log keeps it.

    A scale out of the log has its note already: what it was accepted against.
    """
    if _NOTE.search(given.detail):
        return given
    notes = [f"{_FILE_SAYS} {said.scale_text}" for said in contradicting]
    if marks is not None and marks.objections(given):
        notes.append(f"{_MARKS_SAY} {marks.mm_per_row:.4f} mm/px")
    own = [given.detail] if given.detail else []
    return replace(given, detail="; ".join([*own, *notes]))


def without_note(detail: str) -> str:
    """Return the detail of a scale without what it contradicts, which holds for one picture."""
    return _NOTE.sub("", detail)


def _agree(given: Calibration, said: Calibration) -> bool:
    within = math.log1p(SCALES_AGREE_WITHIN)
    return (
        abs(math.log(given.mm_per_column / said.mm_per_column)) <= within
        and abs(math.log(given.mm_per_row / said.mm_per_row)) <= within
    )
