"""An outline as DICOM draws it: from the corner of the picture, and never beyond its edges.

PS3.3 C.18.6 and C.10.5: coordinates are columns and rows from the top left corner of the top left
pixel, whose centre is half a pixel away, in single precision, and inside the picture.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.image.geometry import Ellipse

Points = NDArray[np.float64]
_HALF_PIXEL = 0.5
_RIM_POINTS = 720


@dataclass(frozen=True, slots=True)
class OutlineGraphic:
    """An ELLIPSE by the ends of its major axis, then those of its minor one; or POLYLINEs.

    ``lines`` are the parts of the rim that lie in the picture, where not all of it does; each has
    shape (n, 2), column before row. ``ends`` has shape (4, 2) and is None where there are lines.
    """

    ends: Points | None
    lines: tuple[Points, ...] = ()

    @classmethod
    def of(cls, outline_px: Ellipse, *, rows: int, columns: int) -> "OutlineGraphic":
        """Return an outline that counts from the centre of the top left pixel."""
        placed = from_corner(outline_px.canonical())
        left, top, right, bottom = placed.extent
        if left >= 0 and top >= 0 and right <= columns and bottom <= rows:
            return cls(axis_ends(placed))
        return cls(None, _inside(placed.points(_RIM_POINTS), rows, columns))


def from_corner(outline_px: Ellipse) -> Ellipse:
    """Return an outline counted from the corner of the top left pixel, not from its centre."""
    return outline_px.moved(_HALF_PIXEL, _HALF_PIXEL)


def from_centre(outline: Ellipse) -> Ellipse:
    """Return an outline counted from the centre of the top left pixel again."""
    return outline.moved(-_HALF_PIXEL, -_HALF_PIXEL)


def axis_ends(ellipse: Ellipse) -> Points:
    """Return both ends of the first axis, then of the second, shape (4, 2)."""
    return ellipse.points(4)[[2, 0, 3, 1]]


def ellipse_through(ends: Points) -> Ellipse:
    """Return the ellipse whose axes have these ends, shape (4, 2).

    Raises:
        ValueError: they are the ends of no axes.
    """
    (first, second), (third, fourth) = ends[:2], ends[2:]
    along, across = (second - first) / 2, (fourth - third) / 2
    center = (first + second) / 2
    return Ellipse(
        center_x=float(center[0]),
        center_y=float(center[1]),
        semi_axis_a=float(np.hypot(*along)),
        semi_axis_b=float(np.hypot(*across)),
        angle=float(np.arctan2(along[1], along[0])),
    ).canonical()


def inside(ends: Points, *, rows: int, columns: int) -> Points | None:
    """Return the ends of a line, shape (2, 2); None where the picture does not hold it whole."""
    is_inside = bool(np.all(ends >= 0) and np.all(ends <= (columns, rows)))
    return ends if is_inside else None


def _inside(rim: Points, rows: int, columns: int) -> tuple[Points, ...]:
    """Return the runs of points that lie in the picture, along the rim."""
    is_in = np.all((rim >= 0) & (rim <= (columns, rows)), axis=1)
    if not is_in.any():
        return ()
    if is_in.all():
        return (np.vstack([rim, rim[:1]]),)
    # Begun outside, so that no run is cut in two by where the points begin.
    first = int(np.argmin(is_in))
    rim, is_in = np.roll(rim, -first, axis=0), np.roll(is_in, -first)
    changes = np.flatnonzero(np.diff(is_in.astype(np.int8))) + 1
    runs = np.split(rim, changes)
    return tuple(run for run in runs[1::2] if len(run) > 1)
