"""On the report's further pages: how the dating came about, and what the study's reports tell."""

from collections.abc import Sequence

from fhc_desktop.reporting.content.rows import Row
from fhc_desktop.reporting.pdf.blocks import WIDTH, Block, Cell, joined, section_head
from fhc_desktop.reporting.pdf.lettering import printable, wrapped
from fhc_desktop.reporting.pdf.page_frame import LABEL, NOTE, NOTE_LEADING, ROW_GAP, VALUE

_VALUES = 76.0


def dating_blocks(history: Sequence[Row]) -> list[Block]:
    """Return a line for each fact of the dating's history; nothing where it has none."""
    return _section("Dating of this pregnancy", history)


def beside_blocks(told: Sequence[Row]) -> list[Block]:
    """Return a line for each length that the study's reports tell; nothing where there is none."""
    return _section("In reports of this study, not measured here", told)


def _section(title: str, rows: Sequence[Row]) -> list[Block]:
    lines = [_row_block(row) for row in rows]
    if not lines:
        return []
    return [joined(section_head(title), lines[0]), *lines[1:]]


def _row_block(row: Row) -> Block:
    width = WIDTH - _VALUES
    label = Block(0.0, Cell(0.0, LABEL, (row.label,)).draw)
    value = _lines(Cell(_VALUES, VALUE, wrapped(printable(row.value), VALUE, width, lines=3)))
    note = _lines(
        Cell(_VALUES, NOTE, wrapped(printable(row.note), NOTE, width, lines=12), NOTE_LEADING)
    )
    return joined(label, joined(value, joined(note, Block(ROW_GAP, Cell(0.0, NOTE, ()).draw))))


def _lines(cell: Cell) -> Block:
    return Block(len(cell.lines) * cell.leading, cell.draw)
