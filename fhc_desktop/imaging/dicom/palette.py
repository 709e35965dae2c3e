"""A frame of palette indices becomes colours (PS3.3 C.7.6.3.1.5, C.7.9.2)."""

from typing import Any

import numpy as np
from pydicom.pixels.processing import apply_color_lut

from fhc_desktop.imaging.dicom.display import ShownFrame, own_range
from fhc_desktop.imaging.dicom.element import optional
from fhc_desktop.imaging.dicom.lookup_table import LookupTable
from fhc_desktop.imaging.dicom.stored_values import StoredValues
from fhc_desktop.imaging.pixels.display_settings import keeps_picture, lost_levels
from fhc_desktop.imaging.pixels.grayscale import Pixels, to_8_bits_from, to_gray8

_MOST_ENTRIES = 2**16
_8_BITS, _16_BITS = 255, 65535


def shown_palette(values: StoredValues, dataset: Any, *, is_big_endian: bool) -> ShownFrame:
    """Return the colours of indices, (rows, columns, 3); of an unusable palette, its indices."""
    table = optional(lambda: _table(dataset, is_big_endian=is_big_endian))
    if table is None:
        return _indices(values, "its palette is empty or damaged")
    colors = _to_8_bits(table.applied(values.pixels))
    gray = to_gray8(colors)
    if not keeps_picture(gray, values.pixels):
        return _indices(values, lost_levels("its palette", gray, values.pixels))
    return ShownFrame(colors, values.faults)


def _table(dataset: Any, *, is_big_endian: bool) -> LookupTable:
    """Return the palette, whose entries have three colours.

    pydicom applies it to all the indices that it has, and not to the pixels: with entries of
    8 bits it would begin anew at index 256.
    """
    count, first, bits = (int(number) for number in dataset.RedPaletteColorLookupTableDescriptor)
    indices = np.arange(first, first + (count or _MOST_ENTRIES))
    colors = apply_color_lut(indices, dataset)[..., :3]
    if is_big_endian and colors.dtype != np.uint8:
        colors = colors.byteswap()  # pydicom reads the palette's words as little endian
    return LookupTable(first, colors, bits)


def _to_8_bits(colors: Pixels) -> Pixels:
    if colors.dtype == np.uint8:
        return colors
    # Some writers keep 8-bit entries in 16-bit words.
    highest = _16_BITS if int(colors.max()) > _8_BITS else _8_BITS
    return to_8_bits_from(colors, lowest=0, highest=highest)


def _indices(values: StoredValues, fault: str) -> ShownFrame:
    found = own_range(values, (*values.faults, fault))
    # As colours: a copy's frames are all of one kind, whatever the palette makes of each.
    colors = np.repeat(found.pixels[..., np.newaxis], 3, axis=2)
    return ShownFrame(colors, found.faults, is_stored_shown=True)
