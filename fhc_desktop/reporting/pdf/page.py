"""The report's first page: where each fact stands. All measures are points on a grid of four."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.reporting import colours
from fhc_desktop.reporting.content.report_content import Headline, ReportContent
from fhc_desktop.reporting.content.rows import Row
from fhc_desktop.reporting.pdf.chart import draw_growth_chart
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
_MARK = Face(BOLD, 8, _ALERT)
_HEADLINE = Face(BOLD, 32, INK)
_UNIT = Face(REGULAR, 14, INK)
_LARGE = Face(REGULAR, 10, INK)

_GUTTER = 20.0
_COLUMN = (RIGHT - LEFT - _GUTTER) / 2
_PICTURE = Box(LEFT, 132, 312, 212)
_SIDE = Box(_PICTURE.right + _GUTTER, 132, RIGHT - _PICTURE.right - _GUTTER, 212)
_COLUMNS_TOP = 380.0
_CHART_HEIGHT = 160.0
_SIGNATURE_LINE = 760.0
_WARNING_HEIGHT = 26.0
WARNINGS_TITLE, REMARKS_TITLE = "Look at again", "Remarks"
_BULLET, _SIGN = 12.0, "!"
_LAST_LINE = _SIGNATURE_LINE - 36

# Darker than on the scan, because the paper is white.
_STATE_COLOURS = {
    OutlineState.NONE: colours.PROPOSAL,
    OutlineState.PROPOSED: colours.PROPOSAL,
    OutlineState.EDITED: colours.EDITED,
    OutlineState.ACCEPTED: colours.ACCEPTED_ON_WHITE,
    OutlineState.NOT_LOGGED: colours.WARNING_ON_WHITE,
}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where warnings and remarks stand that have no room here: “on page 2”; empty for here."""

    warnings: str = ""
    remarks: str = ""


def draw_page(sheet: Sheet, content: ReportContent, elsewhere: Elsewhere) -> None:
    """Draw the first page of an examination."""
    _draw_patient(sheet, content)
    caption = draw_scan(sheet, content.picture, _PICTURE)
    for number, line in enumerate(caption, start=1):
        below = _PICTURE.bottom + 3 + number * NOTE_LEADING
        sheet.text_in(_PICTURE.width, (LEFT, below), line, NOTE)
    _draw_numbers(sheet, content)
    draw_facts(sheet, content, elsewhere)


def draw_facts(sheet: Sheet, content: ReportContent, elsewhere: Elsewhere) -> bool:
    """Draw what stands below the picture; return whether there is room for all of it."""
    left = _draw_left_column(sheet, content, elsewhere)
    right = _draw_right_column(sheet, content)
    below = max(left, right) + 8
    # However much there is above, one line of warnings stands clear of the signature.
    below = min(below, _SIGNATURE_LINE - _WARNING_HEIGHT)
    end = _draw_warnings(sheet, content, below, elsewhere)
    if content.side_by_side.sentences and not elsewhere.remarks:
        end = _draw_remarks(sheet, content.side_by_side.sentences, end)
    _draw_signature(sheet)
    return end <= _LAST_LINE


def _draw_patient(sheet: Sheet, content: ReportContent) -> None:
    name, *others = content.patient
    y = _row(sheet, Box(LEFT, 76, _COLUMN, 0), name, label_width=60, face=_NAME)
    _rows(sheet, Box(LEFT, y, _COLUMN, 0), tuple(others), label_width=60)
    column = Box(LEFT + _COLUMN + _GUTTER, 76, _COLUMN, 0)
    _rows(sheet, column, content.pregnancy, label_width=92)


def _draw_numbers(sheet: Sheet, content: ReportContent) -> None:
    y = _draw_headline(sheet, content.headline, _SIDE.y + 8)
    if content.sizes:
        rule(sheet, y, left=_SIDE.x)
        column = Box(_SIDE.x, y + 16, _SIDE.width, 0)
        _rows(sheet, column, content.sizes, label_width=100, decimals_aligned=True)


def _draw_headline(sheet: Sheet, headline: Headline, baseline: float) -> float:
    sheet.text_in(_SIDE.width, (_SIDE.x, baseline), headline.label, LABEL)
    number = baseline + 36
    sheet.text(_SIDE.x, number, headline.value, _HEADLINE)
    sheet.text(_SIDE.x + _HEADLINE.width(headline.value) + 6, number, headline.unit, _UNIT)
    y = number + 20
    if headline.interval:
        sheet.text_in(_SIDE.width, (_SIDE.x, y), headline.interval, _LARGE)
        y += 16
    for note in headline.notes:
        face = _LARGE if note == headline.notes[0] else LABEL
        for line in wrapped(note, face, _SIDE.width, lines=3):
            sheet.text(_SIDE.x, y, line, face)
            y += 12
        y += 2
    return y


def _draw_left_column(sheet: Sheet, content: ReportContent, elsewhere: Elsewhere) -> float:
    y = heading(sheet, Box(LEFT, _COLUMNS_TOP, _COLUMN, 0), "Growth")
    if content.chart_point is not None:
        draw_growth_chart(
            sheet,
            Box(LEFT, y - 12, _COLUMN, _CHART_HEIGHT),
            point=content.chart_point,
            colour=_STATE_COLOURS[content.picture.state],
        )
        y += _CHART_HEIGHT
    remarks: tuple[Row, ...] = ()
    if content.side_by_side.sentences and elsewhere.remarks:
        said = f"{len(content.side_by_side.sentences)}, {elsewhere.remarks}"
        remarks = (Row(REMARKS_TITLE, said),)
    y = _rows(sheet, Box(LEFT, y, _COLUMN, 0), (*content.growth, *remarks))
    y = heading(sheet, Box(LEFT, y + 8, _COLUMN, 0), "Calibration")
    return _rows(sheet, Box(LEFT, y, _COLUMN, 0), content.calibration)


def _draw_right_column(sheet: Sheet, content: ReportContent) -> float:
    left = LEFT + _COLUMN + _GUTTER
    y = heading(sheet, Box(left, _COLUMNS_TOP, _COLUMN, 0), "Outline")
    y = _rows(sheet, Box(left, y, _COLUMN, 0), content.outline)
    y = heading(sheet, Box(left, y + 8, _COLUMN, 0), "Record")
    return _rows(sheet, Box(left, y, _COLUMN, 0), content.record)


def _draw_warnings(sheet: Sheet, content: ReportContent, y: float, elsewhere: Elsewhere) -> float:
    """List the warnings; of those that stand elsewhere as many as there is room for.

    Return the baseline of what may follow.
    """
    if not content.warnings:
        return y
    y = heading(sheet, Box(LEFT, y, RIGHT - LEFT, 0), WARNINGS_TITLE)
    lines = [line for warning in content.warnings for line in _marked_lines(warning, _SIGN)]
    if elsewhere.warnings:
        room = max(1, int((_LAST_LINE - y) // LEADING) + 1)
        count = len(content.warnings)
        said = "The warning stands" if count == 1 else f"All {count} warnings stand"
        lines = [*lines[: room - 1], (_SIGN, f"{said} {elsewhere.warnings}.")]
    return _draw_lines(sheet, lines, y) + 8


def _draw_remarks(sheet: Sheet, remarks: Sequence[str], y: float) -> float:
    y = heading(sheet, Box(LEFT, y, RIGHT - LEFT, 0), REMARKS_TITLE)
    return _draw_lines(sheet, [line for one in remarks for line in _marked_lines(one, "–")], y)


def _marked_lines(sentence: str, sign: str) -> list[tuple[str, str]]:
    """Return the lines of a sentence, the first one with its sign."""
    lines = wrapped(printable(sentence), VALUE, RIGHT - LEFT - _BULLET)
    return list(zip_longest([sign], lines, fillvalue=""))


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
    *,
    label_width: float = 76,
    decimals_aligned: bool = False,
) -> float:
    y = box.y
    for row in rows:
        indent = _indent(row.value) if decimals_aligned else 0.0
        y = _row(sheet, Box(box.x, y, box.width, 0), row, label_width=label_width, indent=indent)
    return y


def _row(
    sheet: Sheet,
    box: Box,
    row: Row,
    *,
    label_width: float,
    face: Face = VALUE,
    indent: float = 0.0,
) -> float:
    """Draw a label and beside it its value and note; return the next row's baseline."""
    sheet.text(box.x, box.y, row.label, LABEL)
    x, width = box.x + label_width, box.width - label_width
    y = box.y
    leading = LEADING * face.size / VALUE.size
    for line in wrapped(printable(row.value), face, width - indent, lines=3):
        sheet.text(x + indent, y, line, face)
        y += leading
    for line in wrapped(printable(row.note), NOTE, width, lines=4):
        sheet.text(x, y - 1, line, NOTE)
        y += NOTE_LEADING
    return y + ROW_GAP


def _indent(value: str) -> float:
    """Return how far a number moves so that decimal points stand below each other."""
    found = re.match(r"\d{1,3}(?=\.)", value)
    return 0.0 if found is None else VALUE.width("0") * (3 - len(found.group()))
