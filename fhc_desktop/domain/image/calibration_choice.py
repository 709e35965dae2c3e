"""Which of the scales that a file offers holds for an outline."""

import math

from fhc_desktop.domain.image.calibration import (
    Calibration,
    FileCalibration,
    PictureSize,
    Uncalibrated,
)
from fhc_desktop.domain.image.geometry import Ellipse

REGIONS_AGREE_WITHIN = 0.005


def choose_calibration(
    found: FileCalibration, outline_px: Ellipse | None, *, picture: PictureSize | None = None
) -> Calibration | Uncalibrated:
    """Return the one scale that holds for the whole outline, or why there is none.

    Regions are calibrated apart from each other, so a scale counts only where its region holds
    the whole outline; several that do must agree within 0.5 %. Without an outline a scale is
    named only when no other could apply. What of the outline lies beyond the ``picture`` needs no
    region.
    """
    if found.objection is not None:
        return found.objection
    if not found.candidates:
        return Uncalibrated("The file says nothing about the size of its pixels.")
    if outline_px is None:
        return _agreed([candidate.calibration for candidate in found.candidates])
    covering = [c.calibration for c in found.candidates if c.covers(outline_px, picture)]
    if not covering:
        return Uncalibrated("The outline does not lie inside one calibrated region of the image.")
    return _agreed(covering)


def _agreed(calibrations: list[Calibration]) -> Calibration | Uncalibrated:
    first = calibrations[0]
    for other in calibrations[1:]:
        if not (
            math.isclose(first.mm_per_column, other.mm_per_column, rel_tol=REGIONS_AGREE_WITHIN)
            and math.isclose(first.mm_per_row, other.mm_per_row, rel_tol=REGIONS_AGREE_WITHIN)
        ):
            return Uncalibrated("The image has regions of different scale.")
    return first
