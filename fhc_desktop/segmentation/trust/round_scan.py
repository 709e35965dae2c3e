"""Whether a picture is scanned all round, as by a probe that turns inside a vessel or a bowel.

A head is scanned through the mother's belly or from below: a sector or a rectangle. A full circle
round the probe shows a wall about a hollow, which is as fine an oval as a skull.
"""

import math

import cv2
import numpy as np

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import Gray
from fhc_desktop.segmentation.preprocessing import shrunk
from fhc_desktop.segmentation.scan_box import LONGER_SIDE, tissue

# What of the circle about a scan its hull fills. Of 990 heads none has more than 0.81, of other
# pictures without a head none more than 0.76; a drawn full circle has 0.98.
FILLS_CIRCLE = 0.95
# A head that fills the circle is itself what is round, on a black ground.
MOST_OF_CIRCLE = 0.9


def is_scanned_all_round(gray: Gray, outline_px: Ellipse) -> bool:
    """Return whether an outline lies in a scan that is a full circle, and well within it."""
    small, factor = shrunk(gray, LONGER_SIDE)
    count, labels, sizes, _ = cv2.connectedComponentsWithStats(tissue(small), connectivity=4)
    if count == 1:
        return False
    largest = 1 + int(sizes[1:, cv2.CC_STAT_AREA].argmax())
    hull = cv2.convexHull(cv2.findNonZero((labels == largest).astype(np.uint8)))
    _, radius = cv2.minEnclosingCircle(hull)
    fills = cv2.contourArea(hull) / (math.pi * radius**2)
    return fills >= FILLS_CIRCLE and outline_px.semi_major * factor < MOST_OF_CIRCLE * radius
