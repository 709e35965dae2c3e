"""What was drawn over a picture, as far as it can be taken out before a network looks at it."""

import cv2
import numpy as np
from cv2.typing import MatLike

from fhc_desktop.domain.image.ultrasound_image import Gray

# A caliper's dot is smaller than a sixtieth of the picture's shorter side: 9 of 540 pixels.
DOTS_IN_SHORTER_SIDE = 60
SMALLEST_DOT_SIDE_PX = 5
# How much brighter than all round it, of 255. Between the first, where a speck begins to go, and
# the last, from which it goes whole, no hair's breadth decides.
DOT_CONTRASTS = (60, 70, 80, 90, 100)
# The largest share of its box that is full.
FULLEST_SHARE = 0.55


def without_dots(gray: Gray, pixel_aspect: float = 1.0) -> Gray:
    """Return a picture without the small bright dots that stand alone in it, shape as given.

    A measuring ellipse that a scanner has burnt in consists of such dots, and a network follows
    it. Bone is longer than a dot; specks that go with the dots are none that an outline needs.
    ``pixel_aspect`` is the height of a pixel divided by its width.
    """
    rows, columns = gray.shape
    box = (
        _odd_side(min(columns, rows * pixel_aspect) / DOTS_IN_SHORTER_SIDE),
        _odd_side(min(columns / pixel_aspect, rows) / DOTS_IN_SHORTER_SIDE),
    )
    ground = cv2.morphologyEx(
        gray, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, box)
    )
    contrast = cv2.subtract(gray, ground)
    found = np.zeros(gray.shape, np.uint8)
    for least in DOT_CONTRASTS:
        found += _dots(contrast, least, box).astype(np.uint8, copy=False)
    # A dot's edge is blurred; its neighbours go with it.
    neighbours = (1 + 2 * round(max(1 / pixel_aspect, 1)), 1 + 2 * round(max(pixel_aspect, 1)))
    found = cv2.dilate(found, np.ones(neighbours, np.uint8)).astype(np.uint8, copy=False)
    # Of truth values numpy knows the places ten times sooner than of numbers.
    plain, dotted = gray.flatten(), np.flatnonzero(found > 0)
    excess = cv2.subtract(gray, cv2.medianBlur(ground, 5)).ravel()[dotted]
    share = found.ravel()[dotted] / len(DOT_CONTRASTS)
    plain[dotted] -= np.rint(excess * share).astype(np.uint8)
    return plain.reshape(gray.shape)


def _dots(contrast: MatLike, least: int, box: tuple[int, int]) -> MatLike:
    """Return 1 where an area of more contrast is no larger than a dot's box, 0 elsewhere."""
    bright = cv2.threshold(contrast, least, 1, cv2.THRESH_BINARY)[1]
    # So little of a picture is bright that its contours are far quicker than labelling all of it.
    contours, family = cv2.findContours(bright, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return bright
    holes: dict[int, float] = {}
    for contour, (*_, outside) in zip(contours, family[0], strict=True):
        if outside >= 0:
            holes[outside] = holes.get(outside, 0.0) + _pixels(contour, rim=-1)
    dots = [
        contour
        for number, (contour, (*_, outside)) in enumerate(zip(contours, family[0], strict=True))
        if outside < 0 and _is_dot(contour, holes.get(number, 0.0), box)
    ]
    filled = cv2.drawContours(np.zeros_like(bright), dots, -1, 1, cv2.FILLED)
    return cv2.bitwise_and(filled, bright)


def _is_dot(contour: MatLike, hole_px: float, box: tuple[int, int]) -> bool:
    width, height = box
    _, _, columns, rows = cv2.boundingRect(contour)
    if columns > width or rows > height:
        return False
    return _pixels(contour, rim=1) - hole_px <= FULLEST_SHARE * width * height


def _pixels(contour: MatLike, *, rim: int) -> float:
    """Return the pixels inside a closed chain of pixels, with it (1) or without (-1).

    Pick's theorem.
    """
    return cv2.contourArea(contour) + rim * len(contour) / 2 + 1


def _odd_side(side_px: float) -> int:
    return max(int(side_px), SMALLEST_DOT_SIDE_PX) | 1
