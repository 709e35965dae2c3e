"""What scanners and sonographers draw over a picture: calipers, dotted ellipses, text, marks."""

import math

import cv2
import numpy as np

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import Gray

_FONTS = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_PLAIN, cv2.FONT_HERSHEY_DUPLEX)
_LETTERS = "ABCDEFGHIKLMNOPRSTUVWXYZ0123456789.:+- "


def overlaid(gray: Gray, outline_px: Ellipse, rng: np.random.Generator) -> Gray:
    """Return a copy with one to four things drawn over it, some near the outline, some not."""
    picture = gray.copy()
    for kind in rng.choice(5, size=rng.integers(1, 5), replace=False):
        _DRAWN[kind](picture, outline_px, rng)
    return picture


def burnt_in_ellipse(gray: Gray, outline_px: Ellipse, rng: np.random.Generator) -> Gray:
    """Return a copy with a dotted ellipse up to an eighth of the head's size off its outline."""
    picture = gray.copy()
    _dotted_ellipse(picture, outline_px, rng)
    return picture


def burnt_in_calipers(gray: Gray, outline_px: Ellipse, rng: np.random.Generator) -> Gray:
    """Return a copy with a pair of calipers and some text."""
    picture = gray.copy()
    _calipers(picture, outline_px, rng)
    _text(picture, outline_px, rng)
    return picture


def _near(outline_px: Ellipse, rng: np.random.Generator) -> Ellipse:
    """Return an ellipse that somebody might have drawn: right, or somewhat off."""
    off = rng.uniform(0, 0.12) * outline_px.semi_major
    bearing = rng.uniform(0, 2 * math.pi)
    moved = outline_px.moved(off * math.cos(bearing), off * math.sin(bearing))
    return moved.grown(rng.uniform(-0.12, 0.12) * outline_px.semi_minor)


def _dotted_ellipse(picture: Gray, outline_px: Ellipse, rng: np.random.Generator) -> None:
    shade, radius = int(rng.integers(150, 256)), int(rng.integers(1, 3))
    for x, y in _near(outline_px, rng).points(int(rng.integers(24, 140))):
        cv2.circle(picture, (round(x), round(y)), radius, shade, -1, cv2.LINE_AA)


def _line_ellipse(picture: Gray, outline_px: Ellipse, rng: np.random.Generator) -> None:
    points = (_near(outline_px, rng).points(360) * 16).round().astype(np.int32)
    shade = int(rng.integers(150, 256))
    thickness = int(rng.integers(1, 3))
    cv2.polylines(
        picture,
        [points],
        isClosed=True,
        color=shade,
        thickness=thickness,
        lineType=cv2.LINE_AA,
        shift=4,
    )


def _calipers(picture: Gray, outline_px: Ellipse, rng: np.random.Generator) -> None:
    """Draw a pair of crosses with a dotted line between, across the head or anywhere."""
    if rng.random() < 0.7:
        rim = _near(outline_px, rng).points(360)
        start = int(rng.integers(360))
        ends = rim[[start, (start + 180) % 360]]
    else:
        ends = rng.uniform(0, 1, (2, 2)) * (picture.shape[1], picture.shape[0])
    shade, arm = int(rng.integers(170, 256)), int(rng.integers(4, 12))
    for x, y in ends:
        place = (round(x), round(y))
        cv2.drawMarker(picture, place, shade, int(rng.integers(2)), 2 * arm, 1, cv2.LINE_AA)
    for share in np.linspace(0, 1, int(rng.integers(10, 60))):
        x, y = ends[0] + share * (ends[1] - ends[0])
        cv2.circle(picture, (round(x), round(y)), 1, shade, -1)


def _text(picture: Gray, _outline_px: Ellipse, rng: np.random.Generator) -> None:
    for _ in range(rng.integers(1, 8)):
        words = "".join(rng.choice(list(_LETTERS), size=rng.integers(3, 16)))
        place = (
            int(rng.uniform(0, 0.9) * picture.shape[1]),
            int(rng.uniform(0, 1) * picture.shape[0]),
        )
        shade, size = int(rng.integers(120, 256)), rng.uniform(0.4, 1.0)
        cv2.putText(picture, words, place, int(rng.choice(_FONTS)), size, shade, 1, cv2.LINE_AA)


def _depth_marks(picture: Gray, _outline_px: Ellipse, rng: np.random.Generator) -> None:
    rows, columns = picture.shape
    x = int(rng.choice([rng.uniform(0, 0.08), rng.uniform(0.92, 1)]) * columns)
    step, shade = rng.uniform(0.03, 0.12) * rows, int(rng.integers(120, 256))
    for number in range(int(rows / step) + 1):
        length = 8 if number % 5 == 0 else 3
        y = round(number * step)
        cv2.line(picture, (x, y), (x + length, y), shade, 1)


_DRAWN = (_dotted_ellipse, _line_ellipse, _calipers, _text, _depth_marks)
