"""How long a pixel is, who says so, and when nobody can be believed."""

import math
from dataclasses import dataclass, replace
from enum import StrEnum

from fhc_desktop.domain.image.geometry import Ellipse, Point

# Limits of a believable pixel side: below is finer than any scanner's, above is a unit error.
SMALLEST_MM_PER_PIXEL = 0.02
LARGEST_MM_PER_PIXEL = 1.5
# Scanners' boxes are inclusive or exclusive by turns, and an outline is not exact to a pixel.
REGION_TOLERANCE_PX = 2.0
SPACINGS_AGREE_WITHIN = 0.01


PictureSize = tuple[int, int]  # rows, columns


class CalibrationSource(StrEnum):
    """Where a scale came from."""

    PIXEL_SIZE_TABLE = "pixel_size_table"
    ULTRASOUND_REGION = "ultrasound_region"
    PIXEL_SPACING = "pixel_spacing"
    TYPED = "typed"
    RULER = "ruler"
    DEPTH_MARKS = "depth_marks"
    CHOSEN_REGION = "chosen_region"
    CHOSEN_SPACING = "chosen_spacing"

    @property
    def is_users(self) -> bool:
        """Whether it holds by a user's word and not by the file's alone."""
        return self in _USERS_SOURCES


_USERS_SOURCES = (
    CalibrationSource.TYPED,
    CalibrationSource.RULER,
    CalibrationSource.DEPTH_MARKS,
    CalibrationSource.CHOSEN_REGION,
    CalibrationSource.CHOSEN_SPACING,
)
_CHOSEN = {
    CalibrationSource.ULTRASOUND_REGION: CalibrationSource.CHOSEN_REGION,
    CalibrationSource.PIXEL_SPACING: CalibrationSource.CHOSEN_SPACING,
}
# The elements of SequenceOfUltrasoundRegions and PixelSpacing.
_SOURCE_TAGS = {
    CalibrationSource.ULTRASOUND_REGION: "(0018,6011)",
    CalibrationSource.CHOSEN_REGION: "(0018,6011)",
    CalibrationSource.PIXEL_SPACING: "(0028,0030)",
    CalibrationSource.CHOSEN_SPACING: "(0028,0030)",
}
_SOURCE_WORDS = {
    CalibrationSource.PIXEL_SIZE_TABLE: "from the pixel-size table",
    CalibrationSource.ULTRASOUND_REGION: "from the scanner's ultrasound region",
    CalibrationSource.PIXEL_SPACING: "from PixelSpacing, unverified",
    CalibrationSource.TYPED: "typed by the user",
    CalibrationSource.RULER: "from the user's ruler",
    CalibrationSource.CHOSEN_REGION: "from the scanner's ultrasound region, chosen by the user",
    CalibrationSource.CHOSEN_SPACING: "from PixelSpacing, chosen by the user",
    CalibrationSource.DEPTH_MARKS: "from the depth marks, confirmed by the user",
}


@dataclass(frozen=True, slots=True)
class Calibration:
    """The sides of one pixel in millimetres and their source.

    ``detail`` names the place within the source: a file, a region's number, a ruler's length.
    ``confirmed_by`` is the user by whose word it holds, empty where it is the file's alone.

    Raises:
        ValueError: a side is not finite or not within 0.02 to 1.5 mm.
    """

    mm_per_column: float
    mm_per_row: float
    source: CalibrationSource
    detail: str = ""
    confirmed_by: str = ""

    def __post_init__(self) -> None:
        for side in (self.mm_per_column, self.mm_per_row):
            if not is_plausible_pixel_side(side):
                raise ValueError(f"implausible pixel size: {self}")

    @property
    def is_verified(self) -> bool:
        """False where the file gives a spacing without saying what it was measured on."""
        return self.source is not CalibrationSource.PIXEL_SPACING

    @property
    def tag(self) -> str:
        """The DICOM element that it was read from, empty where it was read from none."""
        return _SOURCE_TAGS.get(self.source, "")

    @property
    def scale_text(self) -> str:
        if math.isclose(self.mm_per_column, self.mm_per_row, rel_tol=1e-6):
            return f"{self.mm_per_column:.4f} mm/px"
        return f"{self.mm_per_column:.4f} × {self.mm_per_row:.4f} mm/px"

    @property
    def source_text(self) -> str:
        words = _SOURCE_WORDS[self.source]
        return f"{words} ({self.detail})" if self.detail else words


@dataclass(frozen=True, slots=True)
class Uncalibrated:
    """Why there is no millimetre, and what would give one.

    ``names_file``: the words hold what a file or folder is called, which may be the patient's name.
    """

    reason: str
    remedy: str = "Draw the ruler over a known distance, or type the pixel size."
    names_file: bool = False


@dataclass(frozen=True, slots=True)
class RegionBox:
    """A part of the picture in pixels, all four bounds inside it."""

    left: int
    top: int
    right: int
    bottom: int

    def holds(self, outline_px: Ellipse, picture: PictureSize | None = None) -> bool:
        """Return whether an outline lies in the region, as far as it lies in the ``picture``.

        A head that the picture cuts off is extrapolated beyond it, where no other region can be.
        """
        left, top, right, bottom = outline_px.extent
        if picture is not None:
            rows, columns = picture
            left, top = max(left, 0), max(top, 0)
            right, bottom = min(right, columns - 1), min(bottom, rows - 1)
        return (
            left <= right
            and top <= bottom
            and left >= self.left - REGION_TOLERANCE_PX
            and top >= self.top - REGION_TOLERANCE_PX
            and right <= self.right + REGION_TOLERANCE_PX
            and bottom <= self.bottom + REGION_TOLERANCE_PX
        )


@dataclass(frozen=True, slots=True)
class CalibrationCandidate:
    """A scale that a file offers, and the part of the picture it holds for (None: all of it)."""

    calibration: Calibration
    box: RegionBox | None = None

    def covers(self, outline_px: Ellipse | None, picture: PictureSize | None = None) -> bool:
        if self.box is None:
            return True
        return outline_px is not None and self.box.holds(outline_px, picture)

    def chosen_by(self, user: str) -> "CalibrationCandidate":
        """Return the scale as the one that a user took for right, for the same part as before."""
        scale = self.calibration
        source = _CHOSEN.get(scale.source, scale.source)
        return replace(self, calibration=replace(scale, source=source, confirmed_by=user))


@dataclass(frozen=True, slots=True)
class FileCalibration:
    """All that a file says about scale: the scales it offers, and why it has none to offer.

    ``alternatives`` are the scales of a file that contradicts itself, or of which something says
    that they belong to another picture: only a user can say whether one of them is right.
    """

    candidates: tuple[CalibrationCandidate, ...] = ()
    objection: Uncalibrated | None = None
    alternatives: tuple[CalibrationCandidate, ...] = ()

    @property
    def has_scale(self) -> bool:
        """Whether it offers any, doubtful ones among them."""
        return bool(self.candidates or self.alternatives)

    @property
    def pixel_aspect(self) -> float:
        """Height of a pixel divided by its width, by the first scale; 1 without one."""
        offered = self.candidates or self.alternatives
        if not offered:
            return 1.0
        first = offered[0].calibration
        return first.mm_per_row / first.mm_per_column

    def with_height_by(self, pixel_aspect: float) -> "FileCalibration":
        """Return the same where one size was given, a pixel's width: its height follows from this.

        ``pixel_aspect`` is height divided by width. A height that no pixel has is an objection.
        """
        if pixel_aspect == 1:
            return self
        shaped: list[CalibrationCandidate] = []
        for candidate in self.candidates:
            side, given = candidate.calibration.mm_per_column, candidate.calibration
            found = typed_calibration(
                side, side * pixel_aspect, source=given.source, detail=given.detail
            )
            if isinstance(found, Uncalibrated):
                return FileCalibration(objection=found)
            shaped.append(replace(candidate, calibration=found))
        return replace(self, candidates=tuple(shaped))


def is_plausible_pixel_side(mm: float) -> bool:
    return math.isfinite(mm) and SMALLEST_MM_PER_PIXEL <= mm <= LARGEST_MM_PER_PIXEL


def calibration_from_ruler(
    start: Point, end: Point, *, length_mm: float, pixel_aspect: float = 1.0
) -> Calibration | Uncalibrated:
    """Return the scale at which two points in pixels lie ``length_mm`` apart.

    One length cannot tell two pixel sides apart: their ratio is taken from ``pixel_aspect``,
    height divided by width.
    """
    distance = math.hypot(end[0] - start[0], (end[1] - start[1]) * pixel_aspect)
    if distance < 1 or not math.isfinite(length_mm) or length_mm <= 0:
        return Uncalibrated(
            "The ruler has no length.", "Draw it between two marks that lie well apart."
        )
    mm_per_column = length_mm / distance
    return typed_calibration(
        mm_per_column,
        mm_per_column * pixel_aspect,
        source=CalibrationSource.RULER,
        detail=f"{length_mm:g} mm over {distance:.1f} px",
    )


def typed_calibration(
    mm_per_column: float,
    mm_per_row: float,
    *,
    source: CalibrationSource = CalibrationSource.TYPED,
    detail: str = "",
) -> Calibration | Uncalibrated:
    """Return a scale given by hand, or why it cannot be one."""
    if not (is_plausible_pixel_side(mm_per_column) and is_plausible_pixel_side(mm_per_row)):
        return Uncalibrated(
            f"A pixel of {mm_per_column:.3g} × {mm_per_row:.3g} mm is not one of an ultrasound "
            f"image ({SMALLEST_MM_PER_PIXEL} to {LARGEST_MM_PER_PIXEL} mm).",
            "Check the length and its unit.",
        )
    return Calibration(mm_per_column, mm_per_row, source, detail)
