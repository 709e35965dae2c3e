"""BarePicture: a decoded picture as bytes, to be looked at before numpy has been imported."""

import math
from dataclasses import dataclass
from typing import Any

from fhc_desktop.imaging.unreadable import LARGEST_SIDE_PX, SMALLEST_SIDE_PX

_CHANNELS = 3


@dataclass(frozen=True, slots=True, eq=False)
class BarePicture:
    """Eight bits of grey, row by row, and RGB where the picture has colours.

    ``pixel_aspect`` is the height of a pixel divided by its width.
    """

    rows: int
    columns: int
    pixel_aspect: float
    gray: bytearray
    color: bytearray | None = None

    @classmethod
    def announced(cls, message: dict[str, Any]) -> "BarePicture":
        """Return the picture that a message announces, its planes still empty.

        Raises:
            LookupError, TypeError, ValueError: no image is like that.
        """
        rows, columns = message["rows"], message["columns"]
        for side in (rows, columns):
            if type(side) is not int or not SMALLEST_SIDE_PX <= side <= LARGEST_SIDE_PX:
                raise ValueError(side)
        pixel_aspect = float(message["pixel_aspect"])
        if not 0 < pixel_aspect < math.inf:
            raise ValueError(pixel_aspect)
        color = bytearray(_CHANNELS * rows * columns) if message["has_color"] else None
        return cls(rows, columns, pixel_aspect, bytearray(rows * columns), color)

    @property
    def planes(self) -> tuple[bytearray, ...]:
        """Grey and colours, in the order in which they are told."""
        return (self.gray,) if self.color is None else (self.gray, self.color)
