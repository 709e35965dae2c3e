"""Whether a picture is scanned all round, as by a probe that turns inside a vessel or a bowel.

A head is scanned through the mother's belly or from below: a sector or a rectangle. A full circle
round the probe shows a wall about a hollow, which is as fine an oval as a skull.
"""

import math

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.tissue import Tissue

# What of the circle about a scan its hull fills. Of 990 heads none has more than 0.81, of other
# pictures without a head none more than 0.76; a drawn full circle has 0.98.
FILLS_CIRCLE = 0.95
# A head that fills the circle is itself what is round, on a black ground.
MOST_OF_CIRCLE = 0.9


def is_scanned_all_round(tissue: Tissue, outline_px: Ellipse) -> bool:
    """Return whether an outline lies in a scan that is a full circle, and well within it."""
    if not len(tissue.sizes):
        return False
    hull = _hull(tissue.labels == 1 + tissue.sizes.argmax())
    _, radius = cv2.minEnclosingCircle(hull)
    fills = cv2.contourArea(hull) / (math.pi * radius**2)
    reach = outline_px.semi_major * tissue.factor
    return fills >= FILLS_CIRCLE and reach < MOST_OF_CIRCLE * radius


def _hull(inside: NDArray[np.bool_]) -> MatLike:
    """Return the convex hull of an area: that of the first and the last pixel in each row."""
    rows = np.flatnonzero(inside.any(axis=1))
    first = inside[rows].argmax(axis=1)
    last = inside.shape[1] - 1 - inside[rows, ::-1].argmax(axis=1)
    ends = np.column_stack([np.concatenate([first, last]), np.concatenate([rows, rows])])
    return cv2.convexHull(ends.astype(np.int32))
