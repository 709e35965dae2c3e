"""The shape of a pixel by the density that a picture file tells: how many lie on a length."""

import math
from typing import Any

from PIL import Image

# What one field of NTSC video has, 720 x 240 on a screen of 4:3, is 2.25; beyond it is a mistake.
_LARGEST_ASPECT = 2.5
# Densities are whole numbers in most files: rounded ones that are nearly alike tell of squares.
_SQUARE_WITHIN = 0.005
# The tags of TIFF, which EXIF has too.
_X_RESOLUTION, _Y_RESOLUTION = 282, 283
# EXIF orientations that turn a picture by a quarter.
_ORIENTATION, _QUARTER_TURNS = 274, (5, 6, 7, 8)

Density = tuple[float, float]  # pixels along a length across and along the same length down


def read_pixel_aspect(image: Image.Image) -> float:
    """Return the height of a pixel divided by its width, in the picture as EXIF turns it.

    The density of JFIF (X and Y density, of any unit or none), PNG (pHYs), TIFF (XResolution and
    YResolution) and BMP (pixels per metre) is that of a print: it says nothing of millimetres in
    the patient, but where it differs between the directions, pixels are not square. What no
    picture can have says nothing, and its pixels are square.
    """
    density = _density(image)
    if density is None:
        return 1.0
    aspect = _believable(density)
    is_turned = image.getexif().get(_ORIENTATION) in _QUARTER_TURNS
    return 1 / aspect if is_turned else aspect


def _believable(density: Density) -> float:
    across, down = density
    if not (math.isfinite(across) and math.isfinite(down) and across > 0 and down > 0):
        return 1.0
    aspect = across / down
    is_square = math.isclose(aspect, 1.0, rel_tol=_SQUARE_WITHIN)
    if is_square or not 1 / _LARGEST_ASPECT <= aspect <= _LARGEST_ASPECT:
        return 1.0
    return aspect


def _density(image: Image.Image) -> Density | None:
    """Return what the container itself says; EXIF's counts only in a JPEG without JFIF."""
    said = image.info
    if "jfif_density" in said:
        return _pair(said["jfif_density"])
    if image.format in {"PNG", "BMP"}:
        return _pair(said.get("aspect") or said.get("dpi"))  # pHYs without and with a unit
    tags = image.getexif()
    return _pair((tags.get(_X_RESOLUTION), tags.get(_Y_RESOLUTION)))


def _pair(said: Any) -> Density | None:
    try:
        across, down = said
        return float(across), float(down)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
