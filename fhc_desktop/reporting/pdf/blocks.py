"""What stands together on the report's further pages, and how it fills them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from fhc_desktop.reporting.pdf.lettering import Face, printable, wrapped
from fhc_desktop.reporting.pdf.page_frame import (
    FOOTER_LINE,
    LEADING,
    LEFT,
    RIGHT,
    ROW_GAP,
    VALUE,
    heading,
)
from fhc_desktop.reporting.pdf.sheet import Box, Sheet

WIDTH = RIGHT - LEFT
SECTION_GAP = 14.0
_TOP, _BOTTOM = 84.0, FOOTER_LINE - 12
_HEADING = 18.0
_INDENT = 12.0


@dataclass(frozen=True, slots=True)
class Block:
    """What stays together on a page; ``draw`` takes the baseline of its first line."""

    height: float
    draw: Callable[[Sheet, float], None]


@dataclass(frozen=True, slots=True)
class Cell:
    """Lines that begin at ``x`` from the left margin."""

    x: float
    face: Face
    lines: tuple[str, ...]
    leading: float = LEADING

    def draw(self, sheet: Sheet, y: float) -> None:
        for row, words in enumerate(self.lines):
            sheet.text(LEFT + self.x, y + row * self.leading, words, self.face)


def pages_of(blocks: Iterable[Block]) -> list[tuple[Block, ...]]:
    """Return the blocks of each page."""
    pages: list[list[Block]] = []
    left = 0.0
    for block in blocks:
        if not pages or block.height > left:
            pages.append([])
            left = _BOTTOM - _TOP
        pages[-1].append(block)
        left -= block.height
    return [tuple(page) for page in pages]


def draw_blocks(sheet: Sheet, blocks: Sequence[Block]) -> None:
    """Draw blocks below each other from the top of a page."""
    y = _TOP
    for block in blocks:
        block.draw(sheet, y)
        y += block.height


def section_head(title: str) -> Block:
    """Return the heading of a section that follows another one."""

    def draw(sheet: Sheet, y: float) -> None:
        heading(sheet, Box(LEFT, y + SECTION_GAP, WIDTH, 0), title)

    return Block(SECTION_GAP + _HEADING, draw)


def joined(first: Block, second: Block) -> Block:
    """Return one block of two: a head never stands alone at the foot of a page."""

    def draw(sheet: Sheet, y: float) -> None:
        first.draw(sheet, y)
        second.draw(sheet, y + first.height)

    return Block(first.height + second.height, draw)


def sentence_blocks(title: str, sentences: Sequence[str]) -> list[Block]:
    """Return sentences below each other under their heading; nothing where there are none."""
    lines = [_sentence_block(sentence) for sentence in sentences]
    return [joined(section_head(title), lines[0]), *lines[1:]] if lines else []


def _sentence_block(sentence: str) -> Block:
    said = wrapped(printable(sentence), VALUE, WIDTH - _INDENT, lines=6)

    def draw(sheet: Sheet, y: float) -> None:
        sheet.text(LEFT, y, "–", VALUE)
        Cell(_INDENT, VALUE, said).draw(sheet, y)

    return Block(len(said) * LEADING + ROW_GAP, draw)
