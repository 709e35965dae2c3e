"""From a probability map to an ellipse. The conventions of cv2 end here."""

import math
from dataclasses import dataclass

import contourpy
import cv2
import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.preprocessing import Placement

Probability = NDArray[np.float32]
Contour = NDArray[np.float64]

# A head fills at least a thirtieth of the frames we know; a tenth of that is none.
SMALLEST_AREA_SHARE = 0.003
FEWEST_POINTS = 24
# Points this close to the picture's edge show where the picture ends, not where the skull does.
FRAME_MARGIN = 1.5
# Of true heads 99 % agree with their ellipse better than 0.95; below 0.85 it is something else.
WORST_AGREEMENT = 0.85
# Heads are at least two thirds as wide as long; what is less than half is a bone or a shadow.
FLATTEST_RATIO = 0.45
# What is cut off an area below this share of the rest is a spur, not a second thing beside it.
SMALLEST_PART = 0.25
# Wider than this share of what lies on either side of it, a narrow place is no waist.
WIDEST_WAIST = 0.7


@dataclass(frozen=True, slots=True)
class FittedOutline:
    """An ellipse in the network's frame and how well the map bears it out.

    ``agreement`` is the Dice coefficient of ellipse and map inside the picture, 0 to 1;
    ``visible_share`` the share of the ellipse that lies inside the picture, 0 to 1.
    """

    ellipse: Ellipse
    agreement: float
    visible_share: float


def find_outline(
    probability: Probability, placement: Placement, *, level: float = 0.5
) -> FittedOutline | None:
    """Return the ellipse through a level of the largest head-like area; None without one.

    ``probability`` has the shape of the network's frame. The level is traced between the pixels'
    centres, so no half pixel is lost; points at the picture's edge are left out of the fit.
    """
    area = _largest_area(probability, level)
    if area is None:
        return None
    contour = head_contour(probability, area, level=level)
    contour = contour[placement.is_inside(contour, margin=FRAME_MARGIN)]
    ellipse = fit_ellipse(contour)
    if ellipse is None or ellipse.semi_minor < FLATTEST_RATIO * ellipse.semi_major:
        return None
    agreement = _agreement(area, ellipse, placement)
    if agreement < WORST_AGREEMENT:
        return None
    rim = ellipse.points(360)
    visible = float(placement.is_inside(rim, margin=0.0).mean())
    return FittedOutline(ellipse=ellipse, agreement=agreement, visible_share=visible)


def without_largest_area(probability: Probability, *, level: float = 0.5) -> Probability:
    """Return the map without its largest area above a level, shape as given."""
    area = _largest_area(probability, level)
    return probability if area is None else np.where(area, np.float32(0), probability)


def parted(probability: Probability, *, level: float = 0.5) -> Probability:
    """Return the map with its largest area cut in two at its waist, if it has one.

    A head and a body that touch in the map are one area and no ellipse. The smaller part has at
    least ``SMALLEST_PART`` of the larger one's pixels, and the waist at most ``WIDEST_WAIST`` of
    its width.
    """
    area = _largest_area(probability, level)
    if area is None:
        return probability
    # The frame's sides are an edge too; an area that fills it would have no other.
    framed = np.pad(area.astype(np.uint8), 1)
    depth = cv2.distanceTransform(framed, cv2.DIST_L2, cv2.DIST_MASK_5)[1:-1, 1:-1]
    for waist in np.arange(1.0, WIDEST_WAIST * float(depth.max())):
        parts = _parts(depth > waist)
        # Parts are counted from 1, so there are always two sizes, the second perhaps 0.
        sizes = np.bincount(parts[area])
        *_, second, first = np.argsort(sizes)
        is_large = sizes[second] >= SMALLEST_PART * sizes[first]
        if is_large and waist <= WIDEST_WAIST * depth[parts == second].max():
            return np.where(area & _is_border(parts), np.float32(0), probability)
    return probability


def second_area_share(probability: Probability, *, level: float = 0.5) -> float:
    """Return the second largest area above a level relative to the largest, 0 to 1."""
    _, areas = _areas(probability, level)
    if len(areas) < 2:  # noqa: PLR2004
        return 0.0
    second, first = np.sort(areas)[-2:]
    return float(second / first)


def head_contour(
    probability: Probability, area: NDArray[np.bool_], *, level: float = 0.5
) -> Contour:
    """Return the points of a level round one area, shape (n, 2), holes ignored."""
    rows, columns = box = _surroundings(area)
    area, probability = area[box], probability[box]
    filled = _filled(area)
    # A rim of the neighbouring pixels keeps the level's place between two pixel centres.
    near = cv2.dilate(filled.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
    alone = np.where(near, probability, 0.0)
    alone = np.where(filled & ~area, 1.0, alone)
    lines = contourpy.contour_generator(
        np.arange(columns.start, columns.stop), np.arange(rows.start, rows.stop), alone
    ).lines(level)
    points = [np.asarray(line, np.float64) for line in lines]
    return np.concatenate(points) if points else np.empty((0, 2))


def fit_ellipse(contour: Contour) -> Ellipse | None:
    """Return the ellipse of least squares through points (direct method); None without one.

    cv2 returns whole axes and degrees, the first axis not always the longer one.
    """
    if len(contour) < FEWEST_POINTS:
        return None
    (x, y), (first, second), degrees = cv2.fitEllipseDirect(contour.astype(np.float32))
    numbers = (x, y, first, second, degrees)
    if not all(math.isfinite(number) for number in numbers) or min(first, second) <= 0:
        return None
    return Ellipse(x, y, first / 2, second / 2, math.radians(degrees)).canonical()


def _largest_area(probability: Probability, level: float) -> NDArray[np.bool_] | None:
    labels, areas = _areas(probability, level)
    if not areas.size or areas.max() < SMALLEST_AREA_SHARE * probability.size:
        return None
    found: NDArray[np.bool_] = labels == int(np.argmax(areas)) + 1
    return found


def _areas(probability: Probability, level: float) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
    """Return for each pixel the number of its area above a level, and the pixels of each from 1.

    Counted afterwards: cv2's own statistics take three times as long as its labels.
    """
    above = (probability > level).view(np.uint8)
    _, labels = cv2.connectedComponents(above, connectivity=4)
    return np.asarray(labels, np.int32), np.bincount(labels.ravel())[1:]


def _parts(cores: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return for each pixel the number of the core nearest to it."""
    _, parts = cv2.distanceTransformWithLabels(
        (~cores).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5, labelType=cv2.DIST_LABEL_CCOMP
    )
    return np.asarray(parts, np.int32)


def _is_border(parts: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return where a pixel's neighbour to the right or below belongs to another part."""
    border = np.zeros(parts.shape, np.bool_)
    border[:, :-1] |= parts[:, :-1] != parts[:, 1:]
    border[:-1] |= parts[:-1] != parts[1:]
    return border


def _filled(area: NDArray[np.bool_]) -> NDArray[np.bool_]:
    borders, _ = cv2.findContours(area.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros(area.shape, np.uint8)
    cv2.drawContours(filled, borders, -1, color=1, thickness=cv2.FILLED)
    return filled.astype(bool)


def _agreement(area: NDArray[np.bool_], ellipse: Ellipse, placement: Placement) -> float:
    box = _surroundings(area, ellipse)
    y, x = np.ogrid[box]
    frame, area = placement.shows(x, y), area[box]
    inside = ellipse.covers(x, y) & frame
    total = int(inside.sum()) + int((area & frame).sum())
    return 2 * int((inside & area).sum()) / total if total else 0.0


def _surroundings(area: NDArray[np.bool_], ellipse: Ellipse | None = None) -> tuple[slice, slice]:
    """Return the rows and columns that hold an area and an ellipse, and two pixels round them.

    What is asked of either is the same there as in the whole map, and asked in half the time. A
    pixel beyond the area's corner may be above its level, and the level's line goes round it too.
    """
    left, top, width, height = cv2.boundingRect(area.view(np.uint8))
    ends = [float(left), float(top), float(left + width), float(top + height)]
    if ellipse is not None:
        pairs = list(zip(ends, ellipse.extent, strict=True))
        ends = [min(pair) for pair in pairs[:2]] + [max(pair) for pair in pairs[2:]]
    columns, rows = (
        slice(max(math.floor(low) - 2, 0), min(math.ceil(high) + 3, side))
        for low, high, side in zip(ends[:2], ends[2:], area.shape[::-1], strict=True)
    )
    return rows, columns
