"""What flows over a report's further pages: tables of any length that go on on the next page.

Platypus parts them between rows and repeats their heads. Its paragraphs would read markup and set
Arabic from the left, so that the words in its cells are set as everywhere else in the report.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, Frame, Table

from fhc_desktop.reporting.pdf.lettering import Face, printable, scratch_canvas, wrapped
from fhc_desktop.reporting.pdf.page_frame import (
    FOOTER_LINE,
    HEADING,
    LABEL,
    LEADING,
    LEFT,
    NOTE,
    NOTE_LEADING,
    RIGHT,
    ROW_GAP,
    RULE,
    VALUE,
    heading,
)
from fhc_desktop.reporting.pdf.sheet import HEIGHT, Box, Sheet

WIDTH = RIGHT - LEFT
_TOP, _BOTTOM = 72.0, FOOTER_LINE - 8
_SECTION_GAP = 12.0
_ASCENT = 0.8
_BULLET = 12.0
_COLUMN_GAP = 8.0
# A row is never higher than a page: longer text goes on in rows of its own.
_LINES_OF_A_ROW = 20


@dataclass(frozen=True, slots=True)
class Cell:
    """Text in a table, over one column or more."""

    text: str
    face: Face = VALUE
    span: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table; ``below`` stands under it in small letters, from a column to the end."""

    cells: tuple[Cell, ...]
    below: str = ""
    below_from: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column and what stands over it, where anything does."""

    width: float
    head: str = ""


class _Words(Flowable):  # type: ignore[misc]
    """Lines of text as they are."""

    def __init__(self, lines: Sequence[str], face: Face) -> None:
        super().__init__()
        self._lines, self._face = lines, face
        self._leading = NOTE_LEADING if face.size <= NOTE.size else LEADING

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, len(self._lines) * self._leading
        return self.width, self.height

    def draw(self) -> None:
        sheet = Sheet(self.canv, self.height)
        for number, line in enumerate(self._lines):
            sheet.text(0, (number + _ASCENT) * self._leading, line, self._face)


def section(
    title: str, columns: Sequence[Column], lines: Sequence[Line], *, before: str = ""
) -> Flowable:
    """Return a table under its title, which stands over each of its parts and never alone.

    ``before`` is a sentence between the title and the heads of the columns.
    """
    widths = [column.width for column in columns]
    heads = [Line((Cell(title, HEADING, len(columns)),))]
    if before:
        heads.append(Line((Cell(before, VALUE, len(columns)),)))
    if any(column.head for column in columns):
        heads.append(Line(tuple(Cell(column.head, LABEL) for column in columns)))
    # No head has more lines than a row.
    top = [row for line in heads for row in _rows(line, widths)]
    made, kept = list(top), []
    for line in lines:
        found = list(_rows(line, widths))
        # The first two of a line's rows keep together: the words and the note below them.
        kept += [(len(made), len(made) + 1)] if len(found) > 1 else []
        made += found
    return Table(
        [row.cells for row in made],
        colWidths=widths,
        repeatRows=len(top),
        spaceBefore=_SECTION_GAP,
        hAlign="LEFT",
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), ROW_GAP),
            ("LINEBELOW", (0, 0), (-1, 0), 0.5, HexColor(RULE)),
            *(("BOTTOMPADDING", (0, at), (-1, at), 0) for at, row in enumerate(made) if row.is_on),
            *(("NOSPLIT", (0, first), (0, last)) for first, last in kept),
            *(
                ("SPAN", (first, at), (last, at))
                for at, row in enumerate(made)
                for first, last in row.spans
            ),
        ],
    )


class Figure(Flowable):  # type: ignore[misc]
    """What is drawn as one piece, under its title; ``draw_in`` takes the box that it has."""

    def __init__(self, title: str, height: float, draw_in: Callable[[Sheet, Box], None]) -> None:
        super().__init__()
        self._title, self._figure, self._draw_in = title, height, draw_in

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, self._figure + LEADING + _SECTION_GAP
        return self.width, self.height

    def draw(self) -> None:
        sheet, top = Sheet(self.canv, self.height), LEADING + _SECTION_GAP
        heading(sheet, Box(0, top - 6, self.width, 0), self._title)
        self._draw_in(sheet, Box(0, top, self.width, self._figure))


def sentences(title: str, said: Sequence[str], *, sign: str = "–") -> list[Flowable]:
    """Return sentences below each other under their title; nothing where there are none."""
    lines = [Line((Cell(sign), Cell(one))) for one in said]
    return [section(title, (Column(_BULLET), Column(WIDTH - _BULLET)), lines)] if lines else []


def fill(canvas: Any, story: Sequence[Flowable]) -> list[Flowable]:
    """Draw what a page has room for; return what goes on on the next one."""
    frame = Frame(
        LEFT,
        HEIGHT - _BOTTOM,
        WIDTH,
        _BOTTOM - _TOP,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    rest, is_empty = list(story), True
    while rest and frame.add(rest[0], canvas, trySplit=1):
        del rest[0]
        is_empty = False
    parts = frame.split(rest[0], canvas) if rest else []
    if parts:
        rest[:1] = parts
        frame.add(rest.pop(0), canvas, trySplit=1)
    elif rest and is_empty:
        raise ValueError("a row is higher than a page")
    return rest


def pages_of(story: Sequence[Flowable]) -> int:
    """Return on how many pages a story has room; it is laid out in vain, and no more of use."""
    canvas, rest, count = scratch_canvas(), list(story), 0
    while rest:
        rest, count = fill(canvas, rest), count + 1
    return count


@dataclass(frozen=True, slots=True)
class _Row:
    """Cells as platypus has them; ``is_on``: the next row goes on with it."""

    cells: tuple[Any, ...]
    spans: tuple[tuple[int, int], ...]
    is_on: bool


def _rows(line: Line, widths: Sequence[float]) -> Iterator[_Row]:
    """Give the rows of a line: as many as its longest text needs, and those of what is below."""
    last = len(widths)
    below = [(line.below_from, last, Cell(line.below, NOTE))] if line.below else []
    groups = [group for group in (list(_placed(line.cells)), below) if group]
    made = [row for group in groups for row in _group_rows(group, widths)]
    for number, (cells, spans) in enumerate(made, start=1):
        yield _Row(cells, spans, is_on=number < len(made))


_Placed = tuple[int, int, Cell]


def _placed(cells: Sequence[Cell]) -> Iterator[_Placed]:
    """Give each cell with its first column and the one behind its last."""
    starts = [0]
    for cell in cells:
        starts.append(starts[-1] + cell.span)
    for cell, (first, end) in zip(cells, pairwise(starts), strict=True):
        yield first, end, cell


def _group_rows(
    group: Sequence[_Placed], widths: Sequence[float]
) -> Iterator[tuple[tuple[Any, ...], tuple[tuple[int, int], ...]]]:
    lines = {
        first: wrapped(printable(cell.text), cell.face, _room(first, end, widths))
        for first, end, cell in group
    }
    count = max(map(len, lines.values()), default=0)
    spans = tuple((first, end - 1) for first, end, _ in group if end - first > 1)
    for start in range(0, max(count, 1), _LINES_OF_A_ROW):
        row: list[Any] = [""] * len(widths)
        for first, _, cell in group:
            part = lines[first][start : start + _LINES_OF_A_ROW]
            row[first] = _Words(part, cell.face) if part else ""
        yield tuple(row), spans


def _room(first: int, end: int, widths: Sequence[float]) -> float:
    is_last = end == len(widths)
    return sum(widths[first:end]) - (0.0 if is_last else _COLUMN_GAP)
