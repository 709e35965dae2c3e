"""Lines of a scanner's text in a picture, with the few characters that can be told apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from PIL import Image

from fhc_desktop.domain.image.ultrasound_image import Gray
from fhc_desktop.imaging.depth_marks.glyphs import UNKNOWN, read_glyph

WIDE_SPACE = "  "
# Strokes are narrower than this, and stand out from what is behind by one of these contrasts.
_STROKE_PX = 11
_CONTRASTS = (60, 120)
# Figures up to 26 px high stand less than 15 px apart: no line loses its first.
_JOINED_PX, _SHORTEST_PX, _TALLEST_PX = 15, 7, 26
_LEAST_WIDTH, _GREATEST_WIDTH = 2.0, 40.0
# More is no text; and what is looked at must end.
_MOST_LINES = 300
_ENLARGED = 4
# A character ends where it has this share of the line's brightness: which share parts the
# characters depends on the font.
_EDGES = (0.4, 0.55, 0.7)
_BRIGHTEST_PERCENT = 98
_LEAST_AREA_PX = 2
_FEWEST_TALL, _TALL_SHARE = 3, 0.6
# Shares of a figure's height.
_POINT, _LEVEL = 0.35, 0.15
_SPACE, _WIDE = 0.6, 1.2
# What follows a slash stands close to it: a wider gap may have been a narrow figure.
_SPACE_AFTER_SLASH = 0.35
_SMALL_LETTERS = frozenset("cmz")
_SMALL, _TALL = (0.6, 0.88), (0.88, 1.4)


@dataclass(frozen=True, slots=True)
class Box:
    """Whole pixels; ``right`` and ``bottom`` are the first ones outside."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    def cut(self, pixels: Gray) -> Gray:
        return pixels[self.top : self.bottom, self.left : self.right]


@dataclass(frozen=True, slots=True)
class TextLine:
    """What may be a line of text: each reading is what one threshold makes of it."""

    box: Box
    readings: frozenset[str]


def text_lines(gray: Gray) -> Iterator[tuple[TextLine, ...]]:
    """Yield the lines of bright text, once for each contrast to what is behind them."""
    if min(gray.shape) < _STROKE_PX:
        return
    wider = np.ones((_STROKE_PX, _STROKE_PX), np.uint8)
    strokes = np.asarray(cv2.morphologyEx(gray, cv2.MORPH_TOPHAT, wider), dtype=np.uint8)
    for contrast in _CONTRASTS:
        yield tuple(TextLine(box, _readings(box.cut(strokes))) for box in _boxes(strokes, contrast))


def _boxes(strokes: Gray, contrast: int) -> list[Box]:
    mask = (strokes >= contrast).astype(np.uint8)
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((1, _JOINED_PX), np.uint8))
    boxes = [
        box
        for box, _ in _components(np.asarray(joined, dtype=np.uint8))
        if _SHORTEST_PX <= box.height <= _TALLEST_PX
        and _LEAST_WIDTH * box.height <= box.width <= _GREATEST_WIDTH * box.height
    ]
    return boxes if len(boxes) <= _MOST_LINES else []


def _components(mask: Gray) -> list[tuple[Box, int]]:
    """Return each connected part's box and area."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [(Box(*sides), area) for *sides, area in stats[1:].tolist()]


def _readings(line: Gray) -> frozenset[str]:
    bordered = np.pad(line, 1)
    rows, columns = bordered.shape
    size = (columns * _ENLARGED, rows * _ENLARGED)
    large = np.asarray(Image.fromarray(bordered).resize(size, Image.Resampling.BICUBIC))
    brightest = float(np.percentile(line, _BRIGHTEST_PERCENT))
    return frozenset(_text(large, brightest * edge) for edge in _EDGES)


def _text(line: Gray, edge: float) -> str:
    """Return a line's characters from the left, with what is not understood as ``?``."""
    parts = _components((line >= edge).astype(np.uint8))
    least_area = _LEAST_AREA_PX * _ENLARGED**2
    boxes = sorted((box for box, area in parts if area >= least_area), key=lambda box: box.left)
    tall = [box for box in boxes if box.height >= _TALL_SHARE * line.shape[0]]
    if len(tall) < _FEWEST_TALL:
        return ""
    height = float(np.median([box.height for box in tall]))
    base = float(np.median([box.bottom for box in tall]))
    text = _character(line, boxes[0], height, base)
    for before, box in pairwise(boxes):
        gap = (box.left - before.right) / height
        space = _SPACE_AFTER_SLASH if text.endswith("/") else _SPACE
        text += WIDE_SPACE if gap > _WIDE else " " if gap > space else ""
        text += _character(line, box, height, base)
    return text


def _character(line: Gray, box: Box, height: float, base: float) -> str:
    """Return what stands in a box, if its size and place in the line fit as well."""
    is_level = abs(box.bottom - base) <= _LEVEL * height
    if box.height <= _POINT * height:
        return "." if is_level and box.width <= _POINT * height else UNKNOWN
    character = read_glyph(box.cut(line))
    least, most = _SMALL if character in _SMALL_LETTERS else _TALL
    fits = least <= box.height / height <= most and (is_level or character == "/")
    return character if fits else UNKNOWN
