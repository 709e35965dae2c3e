"""On the report's further pages: this head on every standard, its ultrasound ages, remarks."""

from collections.abc import Sequence
from functools import partial

from fhc_desktop.domain.growth.ultrasound_age import NEVER_REDATES
from fhc_desktop.reporting.content.growth_content import (
    AGE_TITLE,
    BPD_IS_OUTER,
    AgeLine,
    GrowthContent,
    StandardLine,
)
from fhc_desktop.reporting.pdf.blocks import (
    SECTION_GAP,
    WIDTH,
    Block,
    Cell,
    joined,
    sentence_blocks,
)
from fhc_desktop.reporting.pdf.lettering import printable, wrapped
from fhc_desktop.reporting.pdf.page_frame import (
    LABEL,
    LEADING,
    LEFT,
    NOTE,
    NOTE_LEADING,
    ROW_GAP,
    STRONG,
    VALUE,
    heading,
)
from fhc_desktop.reporting.pdf.sheet import Box, Sheet

_INDENT = 12.0
_HEAD = 16.0
# Columns of the standards, from the left margin: name, percentile, interval, z, BPD, OFD.
_PERCENTILE, _INTERVAL, _Z, _BPD, _OFD = 180.0, 244.0, 314.0, 356.0, 440.0
# Columns of the ages: method, age, spread, interval, note.
_AGE, _SPREAD, _AGE_INTERVAL, _AGE_NOTE = 150.0, 192.0, 236.0, 310.0


def growth_blocks(content: GrowthContent) -> list[Block]:
    """Return what growth has to say; nothing where nothing was measured in millimetres."""
    if not content.ages:
        return []
    return [
        *_standard_blocks(content),
        *_age_blocks(content),
        *sentence_blocks("Remarks", content.sentences),
    ]


def _standard_blocks(content: GrowthContent) -> list[Block]:
    lines = [_standard_block(line) for line in content.lines]
    missing = wrapped(content.missing, VALUE, WIDTH, lines=2)
    height = 18 + _HEAD + len(missing) * _HEAD
    head = Block(height, partial(_draw_standard_head, content=content, missing=missing))
    has_diameters = any(line.bpd or line.ofd for line in content.lines)
    # A table's head never stands alone at the foot of a page.
    return [
        joined(head, lines[0]),
        *lines[1:],
        _note_block([BPD_IS_OUTER] if has_diameters else []),
    ]


def _draw_standard_head(
    sheet: Sheet, y: float, *, content: GrowthContent, missing: tuple[str, ...]
) -> None:
    y = heading(sheet, Box(LEFT, y, WIDTH, 0), "Growth standards side by side")
    Cell(0.0, VALUE, missing, _HEAD).draw(sheet, y)
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
        Cell(_INDENT, face, wrapped(printable(_name(line)), face, _PERCENTILE - 20, lines=4)),
        Cell(_PERCENTILE, VALUE, wrapped(line.reason, VALUE, _BPD - _PERCENTILE - 8, lines=4)),
        *(
            Cell(x, face, (words,))
            for x, words in (
                (_PERCENTILE, line.percentile),
                (_INTERVAL, line.interval),
                (_Z, line.z),
            )
        ),
        Cell(_BPD, VALUE, wrapped(line.bpd or "–", VALUE, _OFD - _BPD - 8, lines=2)),
        Cell(_OFD, VALUE, wrapped(line.ofd or "–", VALUE, WIDTH - _OFD, lines=2)),
    ]
    source = wrapped(
        printable(f"{standard.range_text}. {standard.population}. {standard.citation}."),
        NOTE,
        WIDTH - _INDENT,
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
        Cell(_INDENT, NOTE, source, NOTE_LEADING).draw(sheet, y)

    return Block(height, draw)


def _name(line: StandardLine) -> str:
    return f"{line.standard.name} – in force" if line.is_in_force else line.standard.name


def _age_blocks(content: GrowthContent) -> list[Block]:
    lines = [_age_block(age) for age in content.ages]
    head = Block(SECTION_GAP + 18 + _HEAD, partial(_draw_age_head, content=content))
    return [joined(head, lines[0]), *lines[1:], _note_block([NEVER_REDATES])]


def _draw_age_head(sheet: Sheet, y: float, *, content: GrowthContent) -> None:
    y = heading(sheet, Box(LEFT, y + SECTION_GAP, WIDTH, 0), AGE_TITLE)
    interval = f"{content.coverage} interval" if content.coverage else ""
    for x, words in ((0.0, "By"), (_AGE, "Age"), (_SPREAD, "2 SD"), (_AGE_INTERVAL, interval)):
        sheet.text(LEFT + x, y, words, LABEL)


def _age_block(age: AgeLine) -> Block:
    x = _AGE_NOTE if age.age else _AGE
    note = Cell(x, VALUE, wrapped(age.note, VALUE, WIDTH - x, lines=3))
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


def _note_block(notes: Sequence[str]) -> Block:
    lines = tuple(line for note in notes for line in wrapped(note, NOTE, WIDTH, lines=3))
    return Block(len(lines) * NOTE_LEADING, Cell(0.0, NOTE, lines, NOTE_LEADING).draw)
