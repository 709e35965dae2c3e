"""find_scan_arc(): whether a picture was stretched, by the shape of its own scan, or nothing.

A convex probe draws a sector: two straight sides that meet in a point above the picture, and an arc
round that point where the depth ends. With ``(x0, y0)`` for the point and q for the height of a
pixel divided by its width the arc is ``(x - x0)² + q² (y - y0)² = r²``: a straight line in the
squares, whose slope tells q.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.image.scan_arc import ScanArc
from fhc_desktop.domain.image.ultrasound_image import Gray

Points = NDArray[np.float64]

_BACKGROUND = 10  # grey values of what a scanner or a lossy copy leaves black
_SPECKLE_PX, _GAP_PX = 5, 11
_OFF_THE_LINE_PX = 1.5
# A side or an arc that the picture's edge cuts off is none.
_FROM_THE_EDGE_PX = 4
_LEAST_SIDE_PX, _LEAST_ARC_PX = 80, 200
# Columns a row, downwards, of a side; steeper ones are those of a linear probe or of a crop.
_LEAST_SLANT = 0.15
# How much of the squared radius the arc must run through: less is too flat to tell.
_LEAST_BEND = 0.12
_MOST_STRETCH = 2.0
# All pairs of so many points are tried, and the best line is fitted so many times.
_TRIED_POINTS, _FITS = 16, 4


@dataclass(frozen=True, slots=True)
class _Line:
    """``y = slope * x + start``, and which of the points lie on it."""

    slope: float
    start: float
    holds: NDArray[np.bool_]


def find_scan_arc(gray: Gray) -> ScanArc | None:
    """Return the arc at the lower end of a scan; None wherever sides or arc are not plain to see.

    ``gray`` has shape (rows, columns).
    """
    scan = _scan(gray)
    if scan is None:
        return None
    apex = _apex(scan)
    return None if apex is None else _arc(scan, *apex)


def _scan(gray: Gray) -> NDArray[np.bool_] | None:
    """Return where the largest piece of the picture is that is not background."""
    lit = (cv2.blur(gray, (3, 3)) > _BACKGROUND).astype(np.uint8)
    clean = cv2.morphologyEx(lit, cv2.MORPH_OPEN, np.ones((_SPECKLE_PX, _SPECKLE_PX), np.uint8))
    whole = cv2.morphologyEx(clean, cv2.MORPH_CLOSE, np.ones((_GAP_PX, _GAP_PX), np.uint8))
    count, pieces, sizes, _ = cv2.connectedComponentsWithStats(whole)
    if count == 1:
        return None
    largest = 1 + int(np.argmax(sizes[1:, cv2.CC_STAT_AREA]))
    return np.asarray(pieces == largest)


def _apex(scan: NDArray[np.bool_]) -> tuple[float, float] | None:
    """Return the point (x, y) where the left and the right side of a scan meet."""
    columns = scan.shape[1]
    rows = np.flatnonzero(scan.any(axis=1))
    left = scan[rows].argmax(axis=1)
    right = columns - 1 - scan[rows][:, ::-1].argmax(axis=1)
    left_side = _side(rows, left, left >= _FROM_THE_EDGE_PX)
    right_side = _side(rows, right, right < columns - _FROM_THE_EDGE_PX)
    if left_side is None or right_side is None:
        return None
    if left_side.slope > -_LEAST_SLANT or right_side.slope < _LEAST_SLANT:
        return None
    y = (right_side.start - left_side.start) / (left_side.slope - right_side.slope)
    return left_side.slope * y + left_side.start, y


def _side(
    rows: NDArray[np.int64], ends: NDArray[np.int64], is_inside: NDArray[np.bool_]
) -> _Line | None:
    return _straight(
        rows[is_inside].astype(float),
        ends[is_inside].astype(float),
        within=np.full(int(is_inside.sum()), _OFF_THE_LINE_PX),
        least=_LEAST_SIDE_PX,
    )


def _arc(scan: NDArray[np.bool_], x0: float, y0: float) -> ScanArc | None:
    """Return the arc round ``(x0, y0)`` that the lower end of a scan runs along."""
    columns = np.flatnonzero(scan.any(axis=0))
    ends = scan.shape[0] - 1 - scan[::-1, columns].argmax(axis=0)
    is_inside = (ends < scan.shape[0] - _FROM_THE_EDGE_PX) & (ends > y0)
    across = (columns[is_inside] - x0) ** 2
    down = ends[is_inside] - y0
    arc = _straight(across, down**2, within=2 * _OFF_THE_LINE_PX * down, least=_LEAST_ARC_PX)
    if arc is None or not _MOST_STRETCH**-2 <= -arc.slope <= _MOST_STRETCH**2:
        return None
    pixel_aspect = (-arc.slope) ** -0.5
    squared_radius = arc.start * pixel_aspect**2
    if np.ptp(across[arc.holds]) < _LEAST_BEND * squared_radius:
        return None
    return ScanArc(pixel_aspect)


def _straight(x: Points, y: Points, *, within: Points, least: int) -> _Line | None:
    """Return the straight line with the most points ``within`` their distance from it.

    None where these are fewer than ``least``. By pairs of points, as RANSAC does (Fischler and
    Bolles 1981) but evenly along the line and so the same ones each time, then by least squares
    over the points that hold.
    """
    if len(x) < least:
        return None
    tried = np.linspace(0, len(x) - 1, _TRIED_POINTS).astype(int)
    one, other = np.triu_indices(_TRIED_POINTS, 1)
    first, second = tried[one], tried[other]
    apart = x[second] != x[first]
    first, second = first[apart], second[apart]
    slopes = (y[second] - y[first]) / (x[second] - x[first])
    starts = y[first] - slopes * x[first]
    holds = np.abs(y - slopes[:, None] * x - starts[:, None]) <= within
    if not len(holds):
        return None
    line = _Line(0.0, 0.0, holds[int(holds.sum(axis=1).argmax())])
    for _ in range(_FITS):
        if line.holds.sum() < least:
            return None
        slope, start = (float(one) for one in np.polyfit(x[line.holds], y[line.holds], 1))
        line = _Line(slope, start, np.abs(y - slope * x - start) <= within)
    return line if line.holds.sum() >= least else None
