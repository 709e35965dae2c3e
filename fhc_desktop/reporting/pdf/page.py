"""The report's first page: where each fact stands. All measures are points on a grid of four."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import zip_longest

from fhc_desktop.reporting.content.report_content import Headline, ReportContent
from fhc_desktop.reporting.content.rows import Row
from fhc_desktop.reporting.pdf.chart import draw_growth_chart
from fhc_desktop.reporting.pdf.letterhead import draw_letterhead
from fhc_desktop.reporting.pdf.lettering import BOLD, REGULAR, Face, printable, wrapped
from fhc_desktop.reporting.pdf.page_frame import (
    GREY,
    INK,
    LABEL,
    LEADING,
    LEFT,
    NOTE,
    NOTE_LEADING,
    RIGHT,
    ROW_GAP,
    VALUE,
    heading,
    rule,
)
from fhc_desktop.reporting.pdf.scan import draw_scan
from fhc_desktop.reporting.pdf.sheet import Box, Sheet

_ALERT = "#A83C00"
_NAME = Face(BOLD, 11, INK)
_HEADLINE = Face(BOLD, 32, INK)
_UNIT = Face(REGULAR, 14, INK)
_LARGE = Face(REGULAR, 10, INK)
_MARK = Face(BOLD, 8, _ALERT)

_GUTTER = 20.0
_COLUMN = (RIGHT - LEFT - _GUTTER) / 2
_HEAD_TOP = 76.0
_PICTURE_WIDTH, _PICTURE_TOP, _PICTURE_BOTTOM, _LEAST_PICTURE = 312.0, 132.0, 344.0, 160.0
_SIDE_LEFT = LEFT + _PICTURE_WIDTH + _GUTTER
_COLUMNS_TOP = 380.0
_SIGNATURE_LINE = 760.0
_LAST_LINE = _SIGNATURE_LINE - 28
_BULLET, _SIGN = 12.0, "!"
_PATIENT_LABELS, _PREGNANCY_LABELS, _LABELS, _SIZE_LABELS = 60.0, 92.0, 76.0, 100.0
WARNINGS_TITLE, REMARKS_TITLE, RECORD_TITLE = "Look at again", "Remarks", "Record"
COMMENT_TITLE = "Comment"


class Part(Enum):
    """What may stand on the page after the first one."""

    WARNINGS = auto()
    REMARKS = auto()
    COMMENT = auto()
    RECORD = auto()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What stands ``later`` than on the first page, and which page that is.

    Of a value and a note the first page has so many lines; what is longer stands whole later.
    """

    later: frozenset[Part] = frozenset()
    value_lines: int = 3
    note_lines: int = 4
    chart_height: float = 160.0
    next_page: int = 99

    @property
    def where(self) -> str:
        return f"on page {self.next_page}"


def draw_page(sheet: Sheet, content: ReportContent, arrangement: Arrangement) -> bool:
    """Draw the first page of an examination; return whether there is room for all of it."""
    top = _draw_head(sheet, content, arrangement)
    bottom = max(_PICTURE_BOTTOM, top + _LEAST_PICTURE)
    room = Box(LEFT, top, _PICTURE_WIDTH, bottom - top)
    below = bottom + 3
    for line in draw_scan(sheet, content.picture, room):
        below += NOTE_LEADING
        sheet.text_in(_PICTURE_WIDTH, (LEFT, below), line, NOTE)
    beside = _draw_numbers(sheet, content, top)
    columns = max(_COLUMNS_TOP, below + 15, beside + 8)
    return _draw_facts(sheet, content, arrangement, columns)


def cut_rows(content: ReportContent, arrangement: Arrangement) -> tuple[Row, ...]:
    """Return the facts that have no room for all of their words on the first page."""
    groups = (
        (content.patient[:1], _NAME, _COLUMN - _PATIENT_LABELS),
        (content.patient[1:], VALUE, _COLUMN - _PATIENT_LABELS),
        (content.pregnancy, VALUE, _COLUMN - _PREGNANCY_LABELS),
        (content.growth, VALUE, _COLUMN - _LABELS),
        (content.calibration, VALUE, _COLUMN - _LABELS),
        (content.outline, VALUE, _COLUMN - _LABELS),
        (() if Part.RECORD in arrangement.later else content.record, VALUE, _COLUMN - _LABELS),
    )
    return tuple(
        row
        for rows, face, width in groups
        for row in rows
        if len(wrapped(printable(row.value), face, width)) > arrangement.value_lines
        or len(wrapped(printable(row.note), NOTE, width)) > arrangement.note_lines
    )


def _draw_head(sheet: Sheet, content: ReportContent, arrangement: Arrangement) -> float:
    """Draw whose report it is, and of whom; return where the picture may begin."""
    top = draw_letterhead(sheet, content.institution, _HEAD_TOP)
    name, *others = content.patient
    left = Box(LEFT, top, _COLUMN, 0)
    y = _rows(sheet, left, [name], arrangement, label_width=_PATIENT_LABELS, face=_NAME)
    left = Box(LEFT, y, _COLUMN, 0)
    y = _rows(sheet, left, others, arrangement, label_width=_PATIENT_LABELS)
    column = Box(LEFT + _COLUMN + _GUTTER, top, _COLUMN, 0)
    beside = _rows(sheet, column, content.pregnancy, arrangement, label_width=_PREGNANCY_LABELS)
    return max(_PICTURE_TOP, y - 4, beside - 4)


def _draw_numbers(sheet: Sheet, content: ReportContent, top: float) -> float:
    y = _draw_headline(sheet, content.headline, top + 8)
    if content.sizes:
        rule(sheet, y, left=_SIDE_LEFT)
        column = Box(_SIDE_LEFT, y + 16, RIGHT - _SIDE_LEFT, 0)
        y = _rows(
            sheet,
            column,
            content.sizes,
            Arrangement(),
            label_width=_SIZE_LABELS,
            decimals_aligned=True,
        )
    return y


def _draw_headline(sheet: Sheet, headline: Headline, baseline: float) -> float:
    width = RIGHT - _SIDE_LEFT
    sheet.text_in(width, (_SIDE_LEFT, baseline), headline.label, LABEL)
    number = baseline + 36
    sheet.text(_SIDE_LEFT, number, headline.value, _HEADLINE)
    unit = _SIDE_LEFT + _HEADLINE.width(headline.value) + 6
    sheet.text(unit, number, headline.unit, _UNIT)
    y = number + 20
    if headline.interval:
        sheet.text_in(width, (_SIDE_LEFT, y), headline.interval, _LARGE)
        y += 16
    for note in headline.notes:
        face = _LARGE if note == headline.notes[0] else LABEL
        for line in wrapped(note, face, width):
            sheet.text(_SIDE_LEFT, y, line, face)
            y += 12
        y += 2
    return y


def _draw_facts(sheet: Sheet, content: ReportContent, arrangement: Arrangement, top: float) -> bool:
    """Draw what stands below the picture; return whether there is room for all of it."""
    left = _draw_left_column(sheet, content, arrangement, top)
    right = _draw_right_column(sheet, content, arrangement, top)
    end = max(left, right) - LEADING
    if content.warnings:
        end = _draw_warnings(sheet, content, end + LEADING + 8, arrangement)
    if content.side_by_side.sentences and Part.REMARKS not in arrangement.later:
        end = _draw_remarks(sheet, content.side_by_side.sentences, end + LEADING + 8)
    _draw_signature(sheet)
    return end <= _LAST_LINE


def _draw_left_column(
    sheet: Sheet, content: ReportContent, arrangement: Arrangement, top: float
) -> float:
    y = heading(sheet, Box(LEFT, top, _COLUMN, 0), "Growth")
    if content.chart is not None:
        height = arrangement.chart_height
        draw_growth_chart(sheet, Box(LEFT, y - 12, _COLUMN, height), content.chart)
        y += height
    growth = (*content.growth, *_told_later(content, arrangement))
    y = _rows(sheet, Box(LEFT, y, _COLUMN, 0), growth, arrangement)
    y = heading(sheet, Box(LEFT, y + 8, _COLUMN, 0), "Calibration")
    return _rows(sheet, Box(LEFT, y, _COLUMN, 0), content.calibration, arrangement)


def _told_later(content: ReportContent, arrangement: Arrangement) -> Iterator[Row]:
    """Give where remarks and comment stand, as far as that is not here."""
    if content.side_by_side.sentences and Part.REMARKS in arrangement.later:
        said = f"{len(content.side_by_side.sentences)}, {arrangement.where}"
        yield Row(REMARKS_TITLE, said)
    if content.comment and Part.COMMENT in arrangement.later:
        yield Row(COMMENT_TITLE, arrangement.where)


def _draw_right_column(
    sheet: Sheet, content: ReportContent, arrangement: Arrangement, top: float
) -> float:
    left = LEFT + _COLUMN + _GUTTER
    y = heading(sheet, Box(left, top, _COLUMN, 0), "Outline")
    y = _rows(sheet, Box(left, y, _COLUMN, 0), content.outline, arrangement)
    y = heading(sheet, Box(left, y + 8, _COLUMN, 0), RECORD_TITLE)
    record = content.record
    if Part.RECORD in arrangement.later:
        record = (Row("All of it", arrangement.where),)
    y = _rows(sheet, Box(left, y, _COLUMN, 0), record, arrangement)
    if content.comment and Part.COMMENT not in arrangement.later:
        y = _draw_comment(sheet, content.comment, Box(left, y + 8, _COLUMN, 0))
    return y


def _draw_warnings(
    sheet: Sheet, content: ReportContent, y: float, arrangement: Arrangement
) -> float:
    """List the warnings, of those that stand elsewhere as many as there is room for.

    Return the baseline of the last line.
    """
    y = heading(sheet, Box(LEFT, y, RIGHT - LEFT, 0), WARNINGS_TITLE)
    lines = [line for warning in content.warnings for line in _marked_lines(warning, _SIGN)]
    if Part.WARNINGS in arrangement.later:
        room = max(1, int((_LAST_LINE - y) // LEADING) + 1)
        count = len(content.warnings)
        said = "The warning stands" if count == 1 else f"All {count} warnings stand"
        lines = [*lines[: room - 1], (_SIGN, f"{said} {arrangement.where}.")]
    return _draw_lines(sheet, lines, y)


def _draw_remarks(sheet: Sheet, remarks: Sequence[str], y: float) -> float:
    y = heading(sheet, Box(LEFT, y, RIGHT - LEFT, 0), REMARKS_TITLE)
    return _draw_lines(sheet, [line for one in remarks for line in _marked_lines(one, "–")], y)


def _draw_comment(sheet: Sheet, comment: Sequence[str], box: Box) -> float:
    """Draw a comment with its lines as they were typed; return the next row's baseline."""
    y = heading(sheet, box, COMMENT_TITLE)
    for typed in comment:
        for line in wrapped(printable(typed), VALUE, box.width):
            sheet.text(box.x, y, line, VALUE)
            y += LEADING
        y += ROW_GAP
    return y


def _marked_lines(sentence: str, sign: str) -> Iterator[tuple[str, str]]:
    """Give the lines of a sentence, the first one with its sign."""
    lines = wrapped(printable(sentence), VALUE, RIGHT - LEFT - _BULLET)
    yield from zip_longest([sign], lines, fillvalue="")


def _draw_lines(sheet: Sheet, lines: Sequence[tuple[str, str]], y: float) -> float:
    """Draw lines with their signs; return the baseline of the last one."""
    for number, (sign, line) in enumerate(lines):
        sheet.text(LEFT, y + number * LEADING, sign, _MARK if sign == _SIGN else VALUE)
        sheet.text(LEFT + _BULLET, y + number * LEADING, line, VALUE)
    return y + (len(lines) - 1) * LEADING


def _draw_signature(sheet: Sheet) -> None:
    for left, right, label in (
        (LEFT, LEFT + _COLUMN, "Signature"),
        (LEFT + _COLUMN + _GUTTER, RIGHT, "Name and date"),
    ):
        sheet.line([(left, _SIGNATURE_LINE), (right, _SIGNATURE_LINE)], colour=GREY)
        sheet.text(left, _SIGNATURE_LINE + 10, label, NOTE)


def _rows(
    sheet: Sheet,
    box: Box,
    rows: Sequence[Row],
    arrangement: Arrangement,
    *,
    label_width: float = _LABELS,
    face: Face = VALUE,
    decimals_aligned: bool = False,
) -> float:
    """Draw labels and beside each its value and note; return the next row's baseline."""
    x, width, y = box.x + label_width, box.width - label_width, box.y
    leading = LEADING * face.size / VALUE.size
    for row in rows:
        sheet.text(box.x, y, row.label, LABEL)
        indent = _indent(row.value) if decimals_aligned else 0.0
        value = printable(row.value)
        for line in wrapped(value, face, width - indent, lines=arrangement.value_lines):
            sheet.text(x + indent, y, line, face)
            y += leading
        for line in wrapped(printable(row.note), NOTE, width, lines=arrangement.note_lines):
            sheet.text(x, y - 1, line, NOTE)
            y += NOTE_LEADING
        y += ROW_GAP
    return y


def _indent(value: str) -> float:
    """Return how far a number moves so that decimal points stand below each other."""
    found = re.match(r"\d{1,3}(?=\.)", value)
    return 0.0 if found is None else VALUE.width("0") * (3 - len(found.group()))
