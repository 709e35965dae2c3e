"""The depth marks beside an ultrasound picture, and the scale that they propose."""

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from fhc_desktop.domain.image.calibration import (
    Calibration,
    CalibrationSource,
    Uncalibrated,
    typed_calibration,
)

# Beyond this the marks and a file's own scale contradict each other.
MARKS_AGREE_WITHIN = 0.02
# Marks end where the depth ends; the text is rounded, on some scanners to a centimetre.
_BEYOND_THE_DEPTH = 1.1
_MARKS_SHORT_OF_THE_DEPTH = 1.5
# The reading to rule out: scanners mark every 5 or every 10 mm.
_LONGER_SPACING_MM = 10.0


class MarkPattern(StrEnum):
    """Which marks are longer; the pattern tells how far apart they stand."""

    EVERY_SECOND_AND_TENTH = "every 2nd and every 10th longer"
    EVERY_FIFTH = "every 5th longer"
    EVERY_TENTH = "every 10th longer"


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: a short level line from ``left_px`` to ``right_px`` at height ``y_px``.

    Pixel centres are whole numbers, so a mark that fills row 7 alone has ``y_px`` 7.
    """

    y_px: float
    left_px: int
    right_px: int


@dataclass(frozen=True, slots=True)
class DepthMarks:
    """A column of marks at equal distances, from the top down.

    ``px_per_mark`` is the distance between neighbours by least squares, ``deviation_px`` the root
    mean square of what is left; ``spacing_mm`` the distance that ``pattern`` tells.
    ``agreeing_depth_mm`` is the depth written in the picture, where it rules out the other spacing.
    ``mm_per_column`` is what marks along the upper or lower side say, where there are any.
    """

    marks: tuple[Mark, ...]
    px_per_mark: float
    deviation_px: float
    spacing_mm: float
    pattern: MarkPattern
    agreeing_depth_mm: float | None = None
    mm_per_column: float | None = None

    @property
    def mm_per_row(self) -> float:
        return self.spacing_mm / self.px_per_mark

    @property
    def regularity(self) -> float:
        """1 where every mark stands exactly in its place, less by its usual share of a step."""
        return 1 - self.deviation_px / self.px_per_mark

    @property
    def reach_mm(self) -> float:
        """From the first mark to the last."""
        return (self.marks[-1].y_px - self.marks[0].y_px) * self.mm_per_row

    @property
    def sentence(self) -> str:
        depth_mm = self.agreeing_depth_mm
        agrees = "" if depth_mm is None else f"; depth text {depth_mm / 10:.1f} cm agrees"
        return (
            f"{len(self.marks)} marks, {self.spacing_mm:g} mm apart ({self.pattern}): "
            f"{self.mm_per_row:.4f} mm/px{agrees}"
        )

    def checked_against(self, depth_mm: float) -> "DepthMarks | None":
        """Return the marks after a look at the depth that is written in the picture.

        A picture shows its depth or, enlarged, a part of it. So marks that reach beyond it are
        None: they were read too far apart. Marks 5 mm apart agree where 10 mm would reach beyond;
        marks 10 mm apart where they end with the depth, and 5 mm would end halfway. Elsewhere the
        text cannot tell, and nothing changes.
        """
        if self.reach_mm > _BEYOND_THE_DEPTH * depth_mm:
            return None
        if self.spacing_mm < _LONGER_SPACING_MM:
            with_longer_mm = self.reach_mm * _LONGER_SPACING_MM / self.spacing_mm
            agrees = with_longer_mm > _BEYOND_THE_DEPTH * depth_mm
        else:
            agrees = depth_mm - self.reach_mm < _MARKS_SHORT_OF_THE_DEPTH * self.spacing_mm
        return replace(self, agreeing_depth_mm=depth_mm) if agrees else self

    def calibration(self, *, pixel_aspect: float) -> Calibration | Uncalibrated:
        """Return the scale as one that the user has confirmed, or why it cannot be one.

        Marks measure a pixel's height alone; its width follows from ``pixel_aspect``, height
        divided by width.
        """
        return typed_calibration(
            self.mm_per_row / pixel_aspect,
            self.mm_per_row,
            source=CalibrationSource.DEPTH_MARKS,
            detail=f"{len(self.marks)} marks, {self.spacing_mm:g} mm apart",
        )

    def stretch_remarks(self, *, pixel_aspect: float) -> tuple[str, ...]:
        """Return a sentence where marks along both sides show that the picture was stretched.

        ``pixel_aspect`` is the height of a pixel divided by its width as lengths are measured.
        """
        if self.mm_per_column is None:
            return ()
        seen = self.mm_per_row / self.mm_per_column
        if abs(math.log(seen / pixel_aspect)) <= math.log1p(MARKS_AGREE_WITHIN):
            return ()
        sentence = (
            f"The picture looks stretched: its marks say {self.mm_per_row:.4f} mm/px down and "
            f"{self.mm_per_column:.4f} mm/px across, where pixels count as "
            f"{pixel_aspect:.3f} times as high as wide. "
            "“Type size” in the window takes both sides of a pixel."
        )
        return (sentence,)

    def objections(self, calibration: Calibration) -> tuple[str, ...]:
        """Return a sentence where a scale differs by more than 2 %: far beyond the marks' error."""
        ratio = calibration.mm_per_row / self.mm_per_row
        if abs(math.log(ratio)) <= math.log1p(MARKS_AGREE_WITHIN):
            return ()
        sentence = (
            f"The depth marks in the picture ({len(self.marks)} marks, {self.spacing_mm:g} mm "
            f"apart) say {self.mm_per_row:.4f} mm/px, the calibration says "
            f"{calibration.mm_per_row:.4f}: check the calibration."
        )
        return (sentence,)
