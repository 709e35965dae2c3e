"""The report's first page: where each fact stands. All measures are points on a grid of four."""

import re
from collections.abc import Sequence

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.domain.image.scale_bar import scale_bar
from fhc_desktop.reporting import colours
from fhc_desktop.reporting.content.report_content import (
    Headline,
    Picture,
    ReportContent,
)
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
from fhc_desktop.reporting.pdf.sheet import Box, Sheet
from fhc_desktop.reporting.rendering import (
    WHITE,
    Pen,
    draw_outline,
    pen_of,
    square_factors,
)

_ALERT = "#A83C00"
_NAME = Face(BOLD, 11, INK)
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
_PRINT_DPI = 300
_WARNING_HEIGHT = 26.0
WARNINGS_TITLE = "Look at again"

# Darker than on the scan, because the paper is white.
_STATE_COLOURS = {
    OutlineState.NONE: colours.PROPOSAL,
    OutlineState.PROPOSED: colours.PROPOSAL,
    OutlineState.EDITED: colours.EDITED,
    OutlineState.ACCEPTED: colours.ACCEPTED_ON_WHITE,
    OutlineState.NOT_LOGGED: colours.WARNING_ON_WHITE,
}


def draw_page(sheet: Sheet, content: ReportContent, *, remarks_on: str) -> bool:
    """Draw what fits on one page; return whether all warnings do.

    ``remarks_on`` says where the remarks stand, if there are any.
    """
    _draw_patient(sheet, content)
    _draw_picture(sheet, content.picture)
    _draw_numbers(sheet, content)
    left = _draw_left_column(sheet, content, remarks_on)
    right = _draw_right_column(sheet, content)
    below = max(left, right) + 8
    # However much there is above, one line of warnings stands clear of the signature.
    is_all = _draw_warnings(sheet, content, min(below, _SIGNATURE_LINE - _WARNING_HEIGHT))
    _draw_signature(sheet)
    return is_all


def _draw_patient(sheet: Sheet, content: ReportContent) -> None:
    name, *others = content.patient
    y = _row(sheet, Box(LEFT, 76, _COLUMN, 0), name, label_width=60, face=_NAME)
    _rows(sheet, Box(LEFT, y, _COLUMN, 0), tuple(others), label_width=60)
    column = Box(LEFT + _COLUMN + _GUTTER, 76, _COLUMN, 0)
    _rows(sheet, column, content.pregnancy, label_width=92)


def _draw_picture(sheet: Sheet, picture: Picture) -> None:
    image = picture.image
    x_square, y_square = square_factors(image, 1.0)
    columns, rows = image.columns * x_square, image.rows * y_square
    shrink = min(_PICTURE.width / columns, _PICTURE.height / rows)
    width, height = columns * shrink, rows * shrink
    box = Box(
        _PICTURE.x + (_PICTURE.width - width) / 2,
        _PICTURE.y + (_PICTURE.height - height) / 2,
        width,
        height,
    )
    magnification = shrink * _PRINT_DPI / 72
    drawn = draw_outline(
        image,
        picture.outline_px,
        pen=pen_of(picture.state, width_px=5),
        calipers=Pen(WHITE, 1, dash_px=None),
        mm_per_column=picture.mm_per_column,
        magnification=magnification,
    )
    sheet.picture(drawn, box)
    caption = _caption(picture, x_square * magnification, drawn.shape[1])
    sheet.text_in(_PICTURE.width, (LEFT, _PICTURE.bottom + 12), caption, NOTE)
    below = (LEFT, _PICTURE.bottom + 12 + NOTE_LEADING)
    sheet.text_in(_PICTURE.width, below, picture.shown_otherwise, NOTE)


def _caption(picture: Picture, x_factor: float, drawn_columns: int) -> str:
    if picture.outline_px is None:
        return "No outline."
    words = [f"Outline: {picture.state.value}", "thin lines: both axes"]
    if picture.mm_per_column is not None:
        bar = scale_bar(picture.mm_per_column / x_factor, drawn_columns)
        if bar is not None:
            direction = " across" if picture.is_across_only else ""
            words.append(f"scale bar: {bar.text}{direction}")
    return "  ·  ".join(words)


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


def _draw_left_column(sheet: Sheet, content: ReportContent, remarks_on: str) -> float:
    y = heading(sheet, Box(LEFT, _COLUMNS_TOP, _COLUMN, 0), "Growth")
    if content.chart_point is not None:
        draw_growth_chart(
            sheet,
            Box(LEFT, y - 12, _COLUMN, _CHART_HEIGHT),
            point=content.chart_point,
            colour=_STATE_COLOURS[content.picture.state],
        )
        y += _CHART_HEIGHT
    remarks = (Row("Remarks", remarks_on),) if remarks_on else ()
    y = _rows(sheet, Box(LEFT, y, _COLUMN, 0), (*content.growth, *remarks))
    y = heading(sheet, Box(LEFT, y + 8, _COLUMN, 0), "Calibration")
    return _rows(sheet, Box(LEFT, y, _COLUMN, 0), content.calibration)


def _draw_right_column(sheet: Sheet, content: ReportContent) -> float:
    left = LEFT + _COLUMN + _GUTTER
    y = heading(sheet, Box(left, _COLUMNS_TOP, _COLUMN, 0), "Outline")
    y = _rows(sheet, Box(left, y, _COLUMN, 0), content.outline)
    y = heading(sheet, Box(left, y + 8, _COLUMN, 0), "Record")
    return _rows(sheet, Box(left, y, _COLUMN, 0), content.record)


def _draw_warnings(sheet: Sheet, content: ReportContent, y: float) -> bool:
    """List the warnings in the room that is left, and say where they stand whole if they do not."""
    if not content.warnings:
        return True
    y = heading(sheet, Box(LEFT, y, RIGHT - LEFT, 0), WARNINGS_TITLE)
    room = max(1, int((_SIGNATURE_LINE - 40 - y) // LEADING) + 1)
    lines = [
        (number, line)
        for number, warning in enumerate(content.warnings)
        for line in wrapped(printable(warning), VALUE, RIGHT - LEFT - 12, lines=6)
    ]
    is_all = len(lines) <= room
    shown = lines if is_all else lines[: room - 1]
    for index, (number, line) in enumerate(shown):
        if index == 0 or shown[index - 1][0] != number:
            sheet.text(LEFT, y, "!", Face(BOLD, 8, _ALERT))
        sheet.text(LEFT + 12, y, line, VALUE)
        y += LEADING
    if not is_all:
        count = len(content.warnings)
        said = "The warning stands" if count == 1 else f"All {count} warnings stand"
        sheet.text(LEFT, y, "!", Face(BOLD, 8, _ALERT))
        sheet.text(LEFT + 12, y, f"{said} on page 2.", VALUE)
    return is_all


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
