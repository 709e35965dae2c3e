"""The arc at the lower end of a convex scan, which is a circle unless the picture was stretched."""

import math
from dataclasses import dataclass

# Of 101 pictures of fetal heads in their own shape whose arc is found, 95 are within 1.5 % of it
# and the farthest is 5.2 % off; copies that were stretched are so by 10 % and more.
_ARC_AGREES_WITHIN = 0.08


@dataclass(frozen=True, slots=True)
class ScanArc:
    """The lower arc of a scan whose two sides meet in one point.

    ``pixel_aspect`` is the height of a pixel divided by its width at which the arc is a circle
    round that point, as every convex probe draws it.
    """

    pixel_aspect: float

    def stretch_remarks(self, *, pixel_aspect: float) -> tuple[str, ...]:
        """Return a sentence where the arc is no circle in pixels of an aspect.

        ``pixel_aspect`` is the height of a pixel divided by its width as lengths are measured.
        """
        stretched = self.pixel_aspect / pixel_aspect
        if abs(math.log(stretched)) <= math.log1p(_ARC_AGREES_WITHIN):
            return ()
        sentence = (
            f"The picture looks stretched: the arc at the end of the scan is a circle where pixels "
            f"are {self.pixel_aspect:.2f} times as high as wide, and they count as "
            f"{pixel_aspect:.2f} times. "
            "“Type size” in the window takes both sides of a pixel."
        )
        return (sentence,)
