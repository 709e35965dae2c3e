"""The one place where colours and deep pixels become eight bits of grey."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.image.ultrasound_image import Gray

Pixels = NDArray[Any]

BIT_DEPTHS = (8, 10, 12, 14, 16)
_BAND_ROWS = 256
# ITU-R BT.601 in thousandths: whole numbers, so that equal channels give exactly their value.
_LUMA = np.array([299, 587, 114], dtype=np.uint32)


def to_gray8(pixels: Pixels) -> Gray:
    """Return pixels as 8-bit grey.

    Takes (rows, columns) or (rows, columns, 3) in RGB, unsigned, 8 or 16 bits. Colours become
    BT.601 luma. Deep pixels are scaled by their bit depth: see ``to_8_bits``.
    """
    shallow = to_8_bits(pixels)
    if shallow.ndim == 2:  # noqa: PLR2004
        return np.ascontiguousarray(shallow)
    rows_columns = shallow.shape[:2]
    gray = np.empty(rows_columns, dtype=np.uint8)
    for rows in _bands(len(gray)):
        luma = shallow[rows].astype(np.uint32) @ _LUMA
        gray[rows] = (luma + 500) // 1000
    return gray


def to_rgb8(pixels: Pixels) -> Gray | None:
    """Return 8-bit RGB where the picture really has colours; None where it is grey throughout."""
    if pixels.ndim == 2:  # noqa: PLR2004
        return None
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    if np.array_equal(red, green) and np.array_equal(green, blue):
        return None
    return np.ascontiguousarray(to_8_bits(pixels))


def to_8_bits(pixels: Pixels) -> Gray:
    """Return unsigned pixels as 8 bits, scaled by the picture's bit depth.

    The depth is the least of 8, 10, 12, 14 and 16 that holds the brightest pixel: scanners store
    10 or 12 bits in words of 16, and nothing in the file need say so.
    """
    if pixels.dtype == np.uint8:
        return pixels
    brightest = int(pixels.max())
    depth = next(bits for bits in BIT_DEPTHS if brightest < 2**bits)
    return to_8_bits_from(pixels, lowest=0, highest=2**depth - 1)


def to_8_bits_from(pixels: Pixels, *, lowest: float, highest: float) -> Gray:
    """Return pixels as 8 bits with ``lowest`` black and ``highest`` white, clipped outside."""
    if highest <= lowest:
        return np.zeros(pixels.shape, dtype=np.uint8)
    if pixels.dtype == np.uint8 and (lowest, highest) == (0, 255):
        return pixels
    shallow = np.empty(pixels.shape, dtype=np.uint8)
    for rows in _bands(pixels.shape[0]):
        scaled = (pixels[rows].astype(np.float64) - lowest) * (255 / (highest - lowest))
        shallow[rows] = np.rint(np.clip(scaled, 0, 255))
    return shallow


def over_black(rgba: Pixels) -> Gray:
    """Return 8-bit RGBA (or grey with alpha) composited on black, without its alpha."""
    alpha = rgba[..., -1:].astype(np.uint32)
    visible = (rgba[..., :-1].astype(np.uint32) * alpha + 127) // 255
    colors = visible.astype(np.uint8)
    return colors[..., 0] if colors.shape[-1] == 1 else colors


def _bands(rows: int) -> list[slice]:
    """Cut a picture's rows into pieces: its intermediate numbers are eight times its size."""
    return [slice(top, top + _BAND_ROWS) for top in range(0, rows, _BAND_ROWS)]
