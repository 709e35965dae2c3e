"""The report's second page: this head on every standard, its ultrasound ages, and remarks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from fhc_desktop.domain.ultrasound_age import NEVER_REDATES
from fhc_desktop.reporting.growth_content import (
    AGE_TITLE,
    BPD_IS_OUTER,
    AgeLine,
    GrowthContent,
    StandardLine,
)
from fhc_desktop.reporting.lettering import Face, printable, wrapped
from fhc_desktop.reporting.page_frame import (
    FOOTER_LINE,
    LABEL,
    LEADING,
    LEFT,
    NOTE,
    NOTE_LEADING,
    RIGHT,
    ROW_GAP,
    STRONG,
    VALUE,
    heading,
)
from fhc_desktop.reporting.sheet import Box, Sheet

_TOP, _BOTTOM = 84.0, FOOTER_LINE - 12
_WIDTH = RIGHT - LEFT
_SECTION_GAP = 14.0
_INDENT = 12.0
_HEAD = 16.0
# Columns of the standards, from the left margin: name, percentile, interval, z, BPD, OFD.
_PERCENTILE, _INTERVAL, _Z, _BPD, _OFD = 180.0, 244.0, 314.0, 356.0, 440.0
# Columns of the ages: method, age, spread, interval, note.
_AGE, _SPREAD, _AGE_INTERVAL, _AGE_NOTE = 150.0, 192.0, 236.0, 310.0


@dataclass(frozen=True, slots=True)
class Block:
    """What stays together on a page; ``draw`` takes the baseline of its first line."""

    height: float
    draw: Callable[[Sheet, float], None]


@dataclass(frozen=True, slots=True)
class _Cell:
    """Lines that begin at ``x`` from the left margin."""

    x: float
    face: Face
    lines: tuple[str, ...]
    leading: float = LEADING

    def draw(self, sheet: Sheet, y: float) -> None:
        for row, words in enumerate(self.lines):
            sheet.text(LEFT + self.x, y + row * self.leading, words, self.face)


def growth_pages(content: GrowthContent) -> list[tuple[Block, ...]]:
    """Return the blocks of each page; none where nothing was measured in millimetres."""
    if not content.ages:
        return []
    blocks = [
        *_standard_blocks(content),
        *_age_blocks(content),
        *_remark_blocks(content.sentences),
    ]
    pages: list[list[Block]] = [[]]
    left = _BOTTOM - _TOP
    for block in blocks:
        if block.height > left and pages[-1]:
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


def _standard_blocks(content: GrowthContent) -> list[Block]:
    lines = [_standard_block(line) for line in content.lines]
    missing = wrapped(content.missing, VALUE, _WIDTH, lines=2)
    height = 18 + _HEAD + len(missing) * _HEAD
    head = Block(height, partial(_draw_standard_head, content=content, missing=missing))
    has_diameters = any(line.bpd or line.ofd for line in content.lines)
    # A table's head never stands alone at the foot of a page.
    return [
        _joined(head, lines[0]),
        *lines[1:],
        _note_block([BPD_IS_OUTER] if has_diameters else []),
    ]


def _draw_standard_head(
    sheet: Sheet, y: float, *, content: GrowthContent, missing: tuple[str, ...]
) -> None:
    y = heading(sheet, Box(LEFT, y, _WIDTH, 0), "Growth standards side by side")
    _Cell(0.0, VALUE, missing, _HEAD).draw(sheet, y)
    y += len(missing) * _HEAD
    interval = f"{content.coverage} interval" if content.coverage else ""
    for x, words in (
        (0.0, "Standard"),
        (_PERCENTILE, "HC percentile"),
        (_INTERVAL, interval),
        (_Z, "z"),
        (_BPD, "BPD percentile"),
        (_OFD, "OFD percentile"),
    ):
        sheet.text(LEFT + x, y, words, LABEL)


def _standard_block(line: StandardLine) -> Block:
    standard = line.standard
    face = STRONG if line.is_in_force else VALUE
    cells = [
        _Cell(_INDENT, face, wrapped(printable(_name(line)), face, _PERCENTILE - 20, lines=4)),
        _Cell(_PERCENTILE, VALUE, wrapped(line.reason, VALUE, _BPD - _PERCENTILE - 8, lines=4)),
        *(
            _Cell(x, face, (words,))
            for x, words in (
                (_PERCENTILE, line.percentile),
                (_INTERVAL, line.interval),
                (_Z, line.z),
            )
        ),
        _Cell(_BPD, VALUE, wrapped(line.bpd or "–", VALUE, _OFD - _BPD - 8, lines=2)),
        _Cell(_OFD, VALUE, wrapped(line.ofd or "–", VALUE, _WIDTH - _OFD, lines=2)),
    ]
    source = wrapped(
        printable(f"{standard.range_text}. {standard.population}. {standard.citation}."),
        NOTE,
        _WIDTH - _INDENT,
        lines=3,
    )
    rows = max(len(cell.lines) for cell in cells)
    height = rows * LEADING + len(source) * NOTE_LEADING + 2 * ROW_GAP

    def draw(sheet: Sheet, y: float) -> None:
        if line.is_in_force:
            sheet.disc((LEFT + 3, y - 3), 2.0, colour=STRONG.colour)
        for cell in cells:
            cell.draw(sheet, y)
        y += (rows - 1) * LEADING + NOTE_LEADING + 1
        _Cell(_INDENT, NOTE, source, NOTE_LEADING).draw(sheet, y)

    return Block(height, draw)


def _name(line: StandardLine) -> str:
    return f"{line.standard.name} – in force" if line.is_in_force else line.standard.name


def _age_blocks(content: GrowthContent) -> list[Block]:
    lines = [_age_block(age) for age in content.ages]
    head = Block(_SECTION_GAP + 18 + _HEAD, partial(_draw_age_head, content=content))
    return [_joined(head, lines[0]), *lines[1:], _note_block([NEVER_REDATES])]


def _draw_age_head(sheet: Sheet, y: float, *, content: GrowthContent) -> None:
    y = heading(sheet, Box(LEFT, y + _SECTION_GAP, _WIDTH, 0), AGE_TITLE)
    interval = f"{content.coverage} interval" if content.coverage else ""
    for x, words in ((0.0, "By"), (_AGE, "Age"), (_SPREAD, "2 SD"), (_AGE_INTERVAL, interval)):
        sheet.text(LEFT + x, y, words, LABEL)


def _age_block(age: AgeLine) -> Block:
    x = _AGE_NOTE if age.age else _AGE
    note = _Cell(x, VALUE, wrapped(age.note, VALUE, _WIDTH - x, lines=3))
    columns = (
        (0.0, age.label),
        (_AGE, age.age),
        (_SPREAD, age.spread),
        (_AGE_INTERVAL, age.interval),
    )

    def draw(sheet: Sheet, y: float) -> None:
        for x, words in columns:
            sheet.text(LEFT + x, y, words, VALUE)
        note.draw(sheet, y)

    return Block(max(len(note.lines), 1) * LEADING + ROW_GAP, draw)


def _remark_blocks(sentences: Sequence[str]) -> list[Block]:
    lines = [_remark_block(sentence) for sentence in sentences]
    if not lines:
        return []
    head = Block(_SECTION_GAP + 18, _draw_remark_head)
    return [_joined(head, lines[0]), *lines[1:]]


def _draw_remark_head(sheet: Sheet, y: float) -> None:
    heading(sheet, Box(LEFT, y + _SECTION_GAP, _WIDTH, 0), "Remarks")


def _remark_block(sentence: str) -> Block:
    said = wrapped(printable(sentence), VALUE, _WIDTH - _INDENT, lines=6)

    def draw(sheet: Sheet, y: float) -> None:
        sheet.text(LEFT, y, "–", VALUE)
        _Cell(_INDENT, VALUE, said).draw(sheet, y)

    return Block(len(said) * LEADING + ROW_GAP, draw)


def _note_block(notes: Sequence[str]) -> Block:
    lines = tuple(line for note in notes for line in wrapped(note, NOTE, _WIDTH, lines=3))
    return Block(len(lines) * NOTE_LEADING, _Cell(0.0, NOTE, lines, NOTE_LEADING).draw)


def _joined(first: Block, second: Block) -> Block:
    def draw(sheet: Sheet, y: float) -> None:
        first.draw(sheet, y)
        second.draw(sheet, y + first.height)

    return Block(first.height + second.height, draw)
