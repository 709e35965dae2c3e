"""What was drawn over a picture, as far as it can be taken out before a network looks at it."""

import cv2
import numpy as np

from fhc_desktop.domain.image import Gray

# A caliper's dot is smaller than a sixtieth of the picture's shorter side: 9 of 540 pixels.
DOTS_IN_SHORTER_SIDE = 60
SMALLEST_DOT_SIDE_PX = 5
# How much brighter than all round it, of 255, and the largest share of its box that is full.
DOT_CONTRAST = 80
FULLEST_SHARE = 0.55


def without_dots(gray: Gray, pixel_aspect: float = 1.0) -> Gray:
    """Return a picture without the small bright dots that stand alone in it, shape as given.

    A measuring ellipse that a scanner has burnt in consists of such dots, and a network follows
    it. Bone is longer than a dot; specks that go with the dots are none that an outline needs.
    ``pixel_aspect`` is the height of a pixel divided by its width.
    """
    rows, columns = gray.shape
    width = _odd_side(min(columns, rows * pixel_aspect) / DOTS_IN_SHORTER_SIDE)
    height = _odd_side(min(columns / pixel_aspect, rows) / DOTS_IN_SHORTER_SIDE)
    around = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, height))
    ground = cv2.morphologyEx(gray, cv2.MORPH_OPEN, around)
    bright = (cv2.subtract(gray, ground) > DOT_CONTRAST).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(bright, connectivity=8)
    is_dot = (
        (stats[:, cv2.CC_STAT_WIDTH] <= width)
        & (stats[:, cv2.CC_STAT_HEIGHT] <= height)
        & (stats[:, cv2.CC_STAT_AREA] <= FULLEST_SHARE * width * height)
    )
    is_dot[0] = False  # the ground itself
    # A dot's edge is blurred; its neighbours go with it.
    neighbours = (1 + 2 * round(max(1 / pixel_aspect, 1)), 1 + 2 * round(max(pixel_aspect, 1)))
    dots = cv2.dilate(is_dot[labels].astype(np.uint8), np.ones(neighbours, np.uint8))
    plain: Gray = np.where(dots > 0, np.minimum(gray, cv2.medianBlur(ground, 5)), gray)
    return plain


def _odd_side(side_px: float) -> int:
    return max(int(side_px), SMALLEST_DOT_SIDE_PX) | 1
