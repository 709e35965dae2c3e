"""The scan on the page: its own pixels, and over them as lines what was measured in it."""

import math
from collections.abc import Sequence

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.scale_bar import ScaleBar, scale_bar
from fhc_desktop.reporting.content.report_picture import Picture
from fhc_desktop.reporting.pdf.lettering import REGULAR, Face
from fhc_desktop.reporting.pdf.sheet import Box, Sheet, Stroke
from fhc_desktop.reporting.rendering import Colour, pen_of, square_factors

_WHITE, _BLACK, _QUIET = "#FFFFFF", "#000000", "#D0D0D0"
_OUTLINE, _AXIS, _OTHER = 1.3, 0.6, 0.7
_DASH, _DOTS = (6.0, 6.0), (0.7, 2.0)
_END = 3.0
_LABEL = Face(REGULAR, 6, _WHITE)
# A label has room in heads of half as much again.
_SMALLEST_LABELLED = 18.0


def draw_scan(sheet: Sheet, picture: Picture, room: Box) -> tuple[str, ...]:
    """Draw the scan as large as there is room for; return what stands below it, line by line."""
    image = picture.image
    x_square, y_square = square_factors(image, 1.0)
    across, down = image.columns * x_square, image.rows * y_square
    points = min(room.width / across, room.height / down)
    box = Box(
        room.x + (room.width - across * points) / 2,
        room.y + (room.height - down * points) / 2,
        across * points,
        down * points,
    )
    sheet.picture(image.gray if image.color is None else image.color, box)

    def placed(outline_px: Ellipse) -> Ellipse:
        corner_px = outline_px.moved(0.5, 0.5)
        return corner_px.scaled(x_square * points, y_square * points).moved(box.x, box.y)

    bar = None
    if picture.mm_per_column is not None:
        bar = scale_bar(picture.mm_per_column / (x_square * points), box.width)
    with sheet.clipped(box):
        for other in picture.other_heads_px:
            sheet.ellipse(placed(other), Stroke(_QUIET, _OTHER, _DOTS))
        if picture.outline_px is not None:
            _draw_head(sheet, placed(picture.outline_px), picture)
        if bar is not None:
            _draw_bar(sheet, bar, box)
    return _caption(picture, bar)


def _draw_head(sheet: Sheet, outline: Ellipse, picture: Picture) -> None:
    """Draw the outline over its axes: the shorter is the BPD, the longer the OFD."""
    longer = outline.canonical()
    for angle, half, name in (
        (longer.angle, longer.semi_major, "OFD"),
        (longer.angle + math.pi / 2, longer.semi_minor, "BPD"),
    ):
        _draw_caliper(sheet, longer.center, angle, half=half, name=name)
    pen = pen_of(picture.state, width_px=1)
    dash = None if pen.dash_px is None else _DASH
    sheet.ellipse(outline, Stroke(_hex(pen.colour), _OUTLINE, dash))


def _draw_caliper(
    sheet: Sheet, center: tuple[float, float], angle: float, *, half: float, name: str
) -> None:
    along = (math.cos(angle), math.sin(angle))
    across = (-along[1], along[0])

    def at(far: float, aside: float = 0.0) -> tuple[float, float]:
        return (
            center[0] + far * along[0] + aside * across[0],
            center[1] + far * along[1] + aside * across[1],
        )

    sheet.line([at(-half), at(half)], colour=_WHITE, width=_AXIS)
    for end in (-half, half):
        sheet.line([at(end, -_END), at(end, _END)], colour=_WHITE, width=_AXIS)
    if half >= _SMALLEST_LABELLED:
        x, y = at(0.6 * half)
        width = _LABEL.width(name)
        sheet.panel(Box(x - width / 2 - 1, y - 3.5, width + 2, 7), colour=_BLACK)
        sheet.text(x - width / 2, y + 2.2, name, _LABEL)


def _draw_bar(sheet: Sheet, bar: ScaleBar, box: Box) -> None:
    left, bottom = box.x + 6, box.bottom - 6
    right = left + bar.length_px
    # Black first and wider: the bar is read on any ground.
    for colour, width in ((_BLACK, 2.6), (_WHITE, 1.2)):
        ends = [(left, bottom - 3), (left, bottom), (right, bottom), (right, bottom - 3)]
        sheet.line(ends, colour=colour, width=width)
    width = _LABEL.width(bar.text)
    x = (left + right) / 2
    sheet.panel(Box(x - width / 2 - 1, bottom - 11, width + 2, 7.5), colour=_BLACK)
    sheet.text(x - width / 2, bottom - 5.3, bar.text, _LABEL)


def _caption(picture: Picture, bar: ScaleBar | None) -> tuple[str, ...]:
    words = ["No outline."]
    if picture.outline_px is not None:
        words = [f"Outline: {picture.state.value}", "thin lines: both axes"]
        if bar is not None:
            direction = " across" if picture.is_across_only else ""
            words.append(f"scale bar: {bar.text}{direction}")
    found = ("  ·  ".join(words), _other_words(picture.other_heads_px), picture.shown_otherwise)
    return tuple(filter(None, found))


def _other_words(others: Sequence[Ellipse]) -> str:
    if not others:
        return ""
    heads = "another head" if len(others) == 1 else "other heads"
    return f"Dotted: {heads} in this picture, not measured here."


def _hex(colour: Colour) -> str:
    return f"#{bytes(colour).hex()}"
