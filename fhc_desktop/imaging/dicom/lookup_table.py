"""A lookup table of a DICOM file: its descriptor and its entries (PS3.3 C.11.1.1, C.11.2.1.1)."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from fhc_desktop.imaging.pixels.grayscale import Pixels

_MOST_ENTRIES = 2**16  # written as 0, since it does not fit in 16 bits
_BITS = range(8, 17)


class NoTable(ValueError):  # noqa: N818 - what the file has instead of a table
    """What is wrong with a table, in words that go on after "its ... table"."""


@dataclass(frozen=True, slots=True, eq=False)
class LookupTable:
    """``entries`` has one value of ``bits`` bits for each input value from ``first`` on.

    pydicom 3.0.2 counts entries in the width of the pixels or of an entry: a table of 4,096
    entries fails on 8-bit pixels, and one with entries of 8 bits begins anew at input 256.
    """

    first: int
    entries: Pixels
    bits: int

    def applied(self, values: Pixels) -> Pixels:
        """Return the entry of each value; those below and above have the first and the last."""
        index = values.astype(np.int64) - self.first
        return np.asarray(self.entries[np.clip(index, 0, len(self.entries) - 1)])


def read_lookup_table(item: Any, *, is_big_endian: bool) -> LookupTable:
    """Return the table in an item of a Modality or VOI LUT Sequence.

    Raises:
        NoTable: there is none, or its entries are not what its descriptor says.
    """
    descriptor, data = item.get("LUTDescriptor"), item.get("LUTData")
    if not descriptor or data is None or (isinstance(data, bytes | list) and not data):
        raise NoTable("is empty")
    count, first, bits = (int(number) for number in descriptor)
    if bits not in _BITS:
        raise NoTable(f"announces entries of {bits} bits")
    entries = _entries(_words(data, is_big_endian=is_big_endian), count or _MOST_ENTRIES, bits)
    if int(entries.max()) >= 2**bits:
        raise NoTable("holds larger numbers than it announces")
    return LookupTable(first, entries, bits)


def _words(data: Any, *, is_big_endian: bool) -> Pixels:
    if isinstance(data, bytes):
        order = ">" if is_big_endian else "<"
        return np.frombuffer(data + bytes(len(data) % 2), f"{order}u2").astype(np.uint16)
    return np.atleast_1d(np.asarray(data, dtype=np.uint16))


def _entries(words: Pixels, count: int, bits: int) -> Pixels:
    """Return as many entries as announced: one in each word, or two where they have 8 bits."""
    if len(words) < count and bits == 8:  # noqa: PLR2004
        words = words.astype("<u2").view(np.uint8)
    if len(words) < count:
        raise NoTable(f"holds {len(words)} of the {count} entries that it announces")
    return words[:count]
