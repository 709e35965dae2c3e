"""The few characters of a scanner's depth text, told apart by their shapes.

There are no letters here but those of "cm" and "Hz": a name cannot be read with it.
"""

from contextlib import suppress
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from fhc_desktop.domain.image.ultrasound_image import Gray
from fhc_desktop.resources import resource

UNKNOWN = "?"
_CHARACTERS = "0123456789cmHz/"
_FONTS = ("fonts/DejaVuSans.ttf", "fonts/DejaVuSans-Bold.ttf")
_DRAWN_PX = 64
_COLUMNS, _ROWS = 12, 16
# A shape is a character that it correlates with this well, and by so much better than any other.
_LEAST_LIKENESS = 0.75
_LEAST_LEAD = 0.05
# A character is not wider or narrower than the fonts have it by more than this factor.
_WIDTH_WITHIN = 1.45

Field = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Shapes:
    """One character in one font per row: its pixels, of mean 0 and length 1, and its width."""

    characters: NDArray[np.str_]
    pixels: Field
    width_by_height: Field


def read_glyph(pixels: Gray) -> str:
    """Return the character whose shape fills ``pixels`` (bright on dark, cut to its edges)."""
    shapes = _shapes()
    shape = _shape(pixels)
    if shape is None:
        return UNKNOWN
    width = pixels.shape[1] / pixels.shape[0]
    likeness = shapes.pixels @ shape
    likeness[np.abs(np.log(shapes.width_by_height / width)) > np.log(_WIDTH_WITHIN)] = 0
    best = int(likeness.argmax())
    others = shapes.characters != shapes.characters[best]
    if likeness[best] < max(_LEAST_LIKENESS, likeness[others].max() + _LEAST_LEAD):
        return UNKNOWN
    return str(shapes.characters[best])


@cache
def _shapes() -> _Shapes:
    drawn = [_drawn(character, font) for font in _fonts() for character in _CHARACTERS]
    shapes = [_shape(pixels) for pixels in drawn]
    return _Shapes(
        np.array([*_CHARACTERS] * (len(drawn) // len(_CHARACTERS))),
        np.array(shapes),
        np.array([pixels.shape[1] / pixels.shape[0] for pixels in drawn]),
    )


def _fonts() -> list[ImageFont.FreeTypeFont | ImageFont.ImageFont]:
    """Return the fonts at hand, Pillow's own among them, in which a 1 has no foot."""
    fonts = [ImageFont.load_default(_DRAWN_PX)]
    for name in _FONTS:
        # Reports, which need these fonts, say so where they are missing.
        with suppress(OSError):
            fonts.append(ImageFont.truetype(resource(name), _DRAWN_PX))
    return fonts


def _drawn(character: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont) -> Gray:
    canvas = Image.new("L", (2 * _DRAWN_PX, 2 * _DRAWN_PX))
    ImageDraw.Draw(canvas).text((_DRAWN_PX // 2, _DRAWN_PX // 4), character, fill=255, font=font)
    return np.asarray(canvas.crop(canvas.getbbox()), dtype=np.uint8)


def _shape(pixels: Gray) -> Field | None:
    small = Image.fromarray(pixels).resize((_COLUMNS, _ROWS), Image.Resampling.BOX)
    shape = np.asarray(small, dtype=np.float64).ravel()
    shape -= shape.mean()
    length = float(np.linalg.norm(shape))
    return shape / length if length > 0 else None
