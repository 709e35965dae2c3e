"""What the headings of a table say: in which column a pixel's size stands, and in which unit.

A table of pixel sizes has a column that speaks of pixels and of a size or a unit. Anything else is
another table, and none of this module's business.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

_MM_PER_UNIT = {
    **dict.fromkeys(("mm", "millimeter", "millimeters", "millimetre", "millimetres"), 1.0),
    **dict.fromkeys(("cm", "centimeter", "centimeters", "centimetre", "centimetres"), 10.0),
    # The micro sign is the Greek letter after NFKC.
    **dict.fromkeys(("μm", "um", "micron", "microns", "micrometer", "micrometre"), 0.001),
}
_PIXEL = ("pixel", "pixels", "px", "pix")
# How the word begins in the languages of Europe, alone or grown together with others.
_LIKE_PIXEL = ("pixel", "píxel", "piksel")
_GROWN_TOGETHER = {"pixelsize": "pixel size", "pixelspacing": "pixel spacing", "pxsize": "px size"}
_SIZES = ("size", "spacing", "side", "length", "pitch", "scale", "resolution", "width", "height")
_WITHOUT_PIXEL = ("spacing", "scale", "resolution")
_PER = ("per", "/")
_FILLERS = ("in", "of", "a", "one", "the", "each", "image", *_PER)
_NAMES = (
    "filename", "file name", "file", "file path", "filepath", "path", "name", "image", "image name",
    "imagename", "image file", "image filename", "image file name", "image path", "img", "picture",
)  # fmt: skip
_FIRST_OF_NAMES = ("filename", "file name")
# What `measure` writes repeats a scale: read back, one that was typed would become a table's.
_OF_OUR_RESULTS = "sha256"
_LONGEST_SHOWN = 40


class Side(Enum):
    """Which side of a pixel a column gives: its width, its height, or that of a square."""

    WIDTH = "width"
    HEIGHT = "height"
    BOTH = "both"


_SIDES = {
    **dict.fromkeys(("x", "horizontal", "width"), Side.WIDTH),
    **dict.fromkeys(("y", "vertical", "height"), Side.HEIGHT),
}


@dataclass(frozen=True, slots=True)
class SizeColumn:
    """The place of a column, counted from 0, with what it gives in which unit."""

    place: int
    side: Side
    mm_per_unit: float


@dataclass(frozen=True, slots=True)
class Headings:
    """The columns that count: the images' names and a pixel's one side or two, width first.

    ``count`` is the number of headings; a row with more cells has shifted.
    """

    name: int
    sizes: tuple[SizeColumn, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why headings that speak of a pixel's size are not understood, to be put behind a colon."""

    reason: str


def read_headings(cells: Sequence[str]) -> Headings | Unclear | None:
    """Return the columns that count; None where none could give the size of a pixel.

    Read are mm, cm and µm, in brackets or not ("Pixel size [mm]", "pixel_size_um", "mm/px"), and
    two columns where one is a pixel's width (x) and one its height (y).
    """
    headings = [_words(cell) for cell in cells]
    if [_OF_OUR_RESULTS] in headings:
        return None
    places = [place for place, words in enumerate(headings) if _speaks_of_size(words)]
    if not places:
        return None
    sizes = _sizes(places, headings, cells)
    if isinstance(sizes, Unclear):
        return sizes
    name = _name_column(headings)
    if isinstance(name, Unclear):
        return name
    count = max(place for place, cell in enumerate(cells) if cell.strip()) + 1
    return Headings(name, sizes, count)


def quoted(text: str) -> str:
    """Return what a table says as it can stand in a sentence: on one line, and short."""
    shown = "".join(c if c.isprintable() else "?" for c in " ".join(text.split()))
    return f"“{shown if len(shown) <= _LONGEST_SHOWN else shown[: _LONGEST_SHOWN - 1] + '…'}”"


def _words(heading: str) -> list[str]:
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", heading))
    words = re.findall(r"[^\W_]+|/", parted.casefold())
    return " ".join(_GROWN_TOGETHER.get(word, word) for word in words).split()


def _speaks_of_size(words: list[str]) -> bool:
    """Tell "pixel size" and "mm/px" from "image size (px)" and "head circumference (mm)"."""
    has_unit = any(word in _MM_PER_UNIT for word in words)
    pixel = next((at for at, word in enumerate(words) if _is_pixel(word)), None)
    if pixel is None:
        return has_unit and any(word in _WITHOUT_PIXEL for word in words)
    return has_unit or any(word in _SIZES for word in words[pixel:])


def _is_pixel(word: str) -> bool:
    return word in _PIXEL or word.startswith(_LIKE_PIXEL)


def _sizes(
    places: list[int], headings: list[list[str]], cells: Sequence[str]
) -> tuple[SizeColumn, ...] | Unclear:
    found = [_size_column(place, headings[place]) for place in places]
    understood = [column for column in found if column is not None]
    sides = sorted((column.side for column in understood), key=list(Side).index)
    named = ", ".join(quoted(cells[place]) for place in places)
    if len(places) > 1 and not (len(found) == len(understood) and sides == list(_BOTH_SIDES)):
        return Unclear(f"more than one column could be the pixel size: {named}")
    if not understood:
        return Unclear(f"{named} does not give the size of a pixel in mm, cm or µm")
    if len(places) == 1 and sides != [Side.BOTH]:
        return Unclear(f"{named} is one side of a pixel, and the other is missing")
    return tuple(sorted(understood, key=lambda column: sides.index(column.side)))


_BOTH_SIDES = (Side.WIDTH, Side.HEIGHT)


def _size_column(place: int, words: list[str]) -> SizeColumn | None:
    """Return what a heading gives; None where one word of it is not understood."""
    units = [_MM_PER_UNIT[word] for word in words if word in _MM_PER_UNIT]
    sides = {_SIDES[word] for word in words if word in _SIDES}
    known = (*_MM_PER_UNIT, *_PIXEL, *_SIZES, *_SIDES, *_FILLERS)
    if len(units) != 1 or len(sides) > 1 or any(word not in known for word in words):
        return None
    if not any(word in _PIXEL for word in words) or _is_inverse(words):
        return None
    if not any(word in (*_SIZES, *_PER) for word in words):
        return None
    return SizeColumn(place, next(iter(sides), Side.BOTH), units[0])


def _is_inverse(words: list[str]) -> bool:
    """Pixels per mm, which may not be taken for mm per pixel."""
    return any(first in _PIXEL and second in _PER for first, second in pairwise(words))


def _name_column(headings: list[list[str]]) -> int | Unclear:
    names = {place: " ".join(words) for place, words in enumerate(headings)}
    found = [place for place, name in names.items() if name in _NAMES]
    first = [place for place in found if names[place] in _FIRST_OF_NAMES]
    if len(first or found) == 1:
        return (first or found)[0]
    if found:
        return Unclear("more than one column could be the name of the image")
    return Unclear("it has no column “filename”")
