"""Letters on paper: the shipped font, what it can show, and how text is made to fit."""

import io
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from fhc_desktop.reporting.pdf.right_to_left import joined
from fhc_desktop.reporting.saving import ReportNotWritten
from fhc_desktop.resources import resource

ELLIPSIS = "…"
# Stands for a character that the font does not have, or that would act instead of being seen.
UNKNOWN = "□"
_LAST_PLAIN_CODE_POINT = 0xFFFF
# Between Arabic letters a non-joiner is seen by their forms, which they have by then.
_LETTER = "[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]"
_PARTED = re.compile(f"(?<={_LETTER})\u200c(?={_LETTER})")


@dataclass(frozen=True, slots=True)
class Face:
    """A font at a size and in a colour, ``#rrggbb``; sizes are in points."""

    font: str
    size: float
    colour: str = "#111111"

    def width(self, text: str) -> float:
        return sum(
            float(pdfmetrics.stringWidth(piece, font, self.size)) for font, piece in self.runs(text)
        )

    def runs(self, text: str) -> list[tuple[str, str]]:
        """Cut a text into pieces of one font each: East Asian letters have one of their own."""
        own = _code_points(self.font)
        return [
            (self.font if is_own else EAST_ASIAN, "".join(piece))
            for is_own, piece in groupby(text, lambda c: ord(c) in own or ord(c) not in _eastern())
        ]


REGULAR = "FHC-Sans"
BOLD = "FHC-Sans-Bold"
EAST_ASIAN = "FHC-East-Asian"
_FILES = {
    REGULAR: "fonts/DejaVuSans.ttf",
    BOLD: "fonts/DejaVuSans-Bold.ttf",
    EAST_ASIAN: "fonts/DroidSansFallback.ttf",
}


def register_fonts() -> None:
    """Make the shipped fonts known to reportlab.

    Raises:
        ReportNotWritten: a font file is missing or damaged.
    """
    for name, file in _FILES.items():
        if name in pdfmetrics.getRegisteredFontNames():
            continue
        try:
            pdfmetrics.registerFont(TTFont(name, str(resource(file))))
        except (TTFError, OSError) as cause:
            raise ReportNotWritten(
                "The report's font is missing or damaged.", "Install the program again."
            ) from cause


def scratch_canvas() -> Any:
    """Return a canvas that nobody will see, to try on what there is room for."""
    register_fonts()
    return Canvas(io.BytesIO())


@cache
def _shown_code_points() -> frozenset[int]:
    return (_code_points(REGULAR) & _code_points(BOLD)) | _eastern()


def _eastern() -> frozenset[int]:
    return _code_points(EAST_ASIAN)


@cache
def _code_points(font: str) -> frozenset[int]:
    register_fonts()
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)


def printable(text: str) -> str:
    """Return text in which each character can be seen: nothing is hidden, turned round or lost.

    Control and direction characters show as boxes, like those that the font does not have; any
    kind of white space is a space. Arabic letters are joined, or parted where a word asks for it,
    and still in the order of reading.
    """
    composed = _PARTED.sub("", joined(unicodedata.normalize("NFC", text)))
    return "".join(_seen(character) for character in composed).strip()


def _seen(character: str) -> str:
    category = unicodedata.category(character)
    if category.startswith("Z") or character in "\t\n\r\v\f":
        return " "
    code_point = ord(character)
    if category.startswith("C") or code_point > _LAST_PLAIN_CODE_POINT:
        return UNKNOWN
    return character if code_point in _shown_code_points() else UNKNOWN


def fitted(text: str, face: Face, width: float) -> str:
    """Return text that is no wider than ``width``, cut with an ellipsis where it must be."""
    if face.width(text) <= width:
        return text
    return text[: _longest_start(text, face, width - face.width(ELLIPSIS))].rstrip() + ELLIPSIS


def wrapped(text: str, face: Face, width: float, *, lines: int | None = None) -> tuple[str, ...]:
    """Return lines no wider than ``width``, as many as it takes.

    Of at most so many ``lines`` the last says if text is missing. Lines break at spaces; a word
    longer than a line breaks anywhere.
    """
    found: list[str] = []
    rest = text
    while rest and (lines is None or len(found) < lines - 1) and face.width(rest) > width:
        cut = max(1, _longest_start(rest, face, width))
        space = rest.rfind(" ", 0, cut + 1)
        if space > 0:
            cut = space
        found.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if rest:
        found.append(fitted(rest, face, width))
    return tuple(found)


def _longest_start(text: str, face: Face, width: float) -> int:
    """Return how many characters from the start fit; widths only grow, so halving finds it."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if face.width(text[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    return low
