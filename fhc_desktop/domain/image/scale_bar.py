"""ScaleBar: a round length in millimetres for a picture, here as in the report."""

import math
from dataclasses import dataclass

_SHARE_OF_ROOM = 0.3
_SHORTEST_MM = 1.0
# Directions whose scales differ by less than a pixel over the longest bar are one.
ALIKE_SIDES = 2e-3


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A known length, and how many pixels of the shown picture it has in one direction."""

    length_mm: float
    length_px: float

    @property
    def text(self) -> str:
        return f"{self.length_mm:g} mm"


def scale_bar_mm(mm_per_px: float, room_px: float) -> float:
    """Return the longest of 1, 2, 5, 10, 20 ... mm that fits into 30 % of a picture's side."""
    room_mm = _SHARE_OF_ROOM * room_px * mm_per_px
    decade = 10.0 ** math.floor(math.log10(room_mm))
    return max(step * decade for step in (1, 2, 5) if step * decade <= room_mm or step == 1)


def scale_bar(
    mm_per_px: float, room_px: float, *, shortest_mm: float = _SHORTEST_MM
) -> ScaleBar | None:
    """Return the bar of a picture; None where the picture is too small for a readable one."""
    length_mm = scale_bar_mm(mm_per_px, room_px)
    if length_mm < shortest_mm:
        return None
    return ScaleBar(length_mm, length_mm / mm_per_px)
