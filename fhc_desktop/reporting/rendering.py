"""The scan with its outline as one picture: square pixels, sharp lines, no window needed."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.scale_bar import ScaleBar, scale_bar
from fhc_desktop.domain.image.ultrasound_image import UltrasoundImage
from fhc_desktop.reporting import colours
from fhc_desktop.resources import resource

RGB = NDArray[np.uint8]
Colour = tuple[int, int, int]

WHITE: Colour = (0xFF, 0xFF, 0xFF)
BLACK: Colour = (0, 0, 0)

# cv2 takes points as whole numbers of 1/256 pixel.
_SHIFT = 8
_FARTHEST_PX = 30_000.0
_POINTS_PER_PX = 0.5


@dataclass(frozen=True, slots=True)
class Pen:
    """How a line is drawn; widths and dashes are in pixels of the finished picture."""

    colour: Colour
    width_px: int
    dash_px: float | None = None


def pen_of(state: OutlineState, *, width_px: int = 2) -> Pen:
    """Return the pen in which an outline of this standing is drawn, here as in the window."""
    match state:
        case OutlineState.PROPOSED | OutlineState.NONE:
            return Pen(colours.rgb(colours.PROPOSAL), width_px, dash_px=6.0 * width_px)
        case OutlineState.EDITED:
            return Pen(colours.rgb(colours.EDITED), width_px)
        case OutlineState.ACCEPTED:
            return Pen(colours.rgb(colours.ACCEPTED), width_px)
        case OutlineState.NOT_LOGGED:
            return Pen(colours.rgb(colours.WARNING), width_px)


def draw_outline(
    image: UltrasoundImage,
    outline_px: Ellipse | None,
    *,
    pen: Pen,
    calipers: Pen | None = None,
    mm_per_column: float | None = None,
    magnification: float = 1.0,
) -> RGB:
    """Return the scan with its outline, shape (rows, columns, 3), each pixel a square.

    ``calipers`` is the pen of the two axes, ``mm_per_column`` what a scale bar needs: without
    them there is none. ``magnification`` is that of the side of a pixel that is not stretched
    to make pixels square.
    """
    x_factor, y_factor = square_factors(image, magnification)
    picture = _stretched(image, x_factor, y_factor)
    if outline_px is not None:
        placed = in_picture(outline_px, x_factor, y_factor)
        if calipers is not None:
            _draw_axes(picture, placed, calipers)
        _draw_ellipse(picture, placed, pen)
    if mm_per_column is not None:
        bar = scale_bar(mm_per_column / x_factor, picture.shape[1])
        if bar is not None:
            return _with_scale_bar(picture, bar)
    return picture


def square_factors(image: UltrasoundImage, magnification: float) -> tuple[float, float]:
    """Return how far columns and rows are stretched; the shorter side is, so no detail is lost."""
    aspect = image.pixel_aspect
    return magnification * max(1.0, 1 / aspect), magnification * max(1.0, aspect)


def in_picture(outline_px: Ellipse, x_factor: float, y_factor: float) -> Ellipse:
    """Return an outline of the scan in pixels of the stretched picture.

    Both count from the centre of their top left pixel, and it is the corners that coincide.
    """
    return outline_px.moved(0.5, 0.5).scaled(x_factor, y_factor).moved(-0.5, -0.5)


def _stretched(image: UltrasoundImage, x_factor: float, y_factor: float) -> RGB:
    pixels = (
        image.color if image.color is not None else cv2.cvtColor(image.gray, cv2.COLOR_GRAY2RGB)
    )
    smallest = min(x_factor, y_factor)
    if smallest < 1:
        # Averaged before thinned out; otherwise speckle turns into a pattern that is not there.
        pixels = cv2.GaussianBlur(pixels, (0, 0), sigmaX=0.5 / x_factor, sigmaY=0.5 / y_factor)
    size = (
        max(1, round(image.columns * x_factor)),
        max(1, round(image.rows * y_factor)),
    )
    placement = np.array(
        [[x_factor, 0, (x_factor - 1) / 2], [0, y_factor, (y_factor - 1) / 2]], dtype=np.float64
    )
    stretched = cv2.warpAffine(
        pixels, placement, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.ascontiguousarray(stretched, dtype=np.uint8)


def _draw_ellipse(picture: RGB, outline: Ellipse, pen: Pen) -> None:
    count = int(min(max(outline.perimeter * _POINTS_PER_PX, 90), 7200))
    ring = outline.points(count)
    ring = np.vstack([ring, ring[:1]])
    for stroke in _strokes(ring, pen.dash_px):
        _draw_line(picture, stroke, pen)


def _draw_axes(picture: RGB, outline: Ellipse, pen: Pen) -> None:
    quarter = outline.points(4)
    for start, end in ((quarter[0], quarter[2]), (quarter[1], quarter[3])):
        _draw_line(picture, np.stack([start, end]), pen)


def _strokes(ring: NDArray[np.float64], dash_px: float | None) -> list[NDArray[np.float64]]:
    """Return a closed line whole, or as dashes with gaps of the same length that meet evenly."""
    if dash_px is None:
        return [ring]
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(ring, axis=0).T))])
    dashes = max(2, round(along[-1] / (2 * dash_px)))
    period = along[-1] / dashes
    strokes = []
    for number in range(dashes):
        places = np.linspace(number * period, (number + 0.5) * period, 9)
        strokes.append(
            np.stack([np.interp(places, along, ring[:, axis]) for axis in (0, 1)], axis=1)
        )
    return strokes


def _draw_line(picture: RGB, points: NDArray[np.float64], pen: Pen) -> None:
    # An outline may lie far outside; cv2 counts in 32 bits.
    near = np.clip(points, -_FARTHEST_PX, _FARTHEST_PX)
    fixed = np.round(near * (1 << _SHIFT)).astype(np.int32)
    cv2.polylines(
        picture,
        [fixed],
        isClosed=False,
        color=pen.colour,
        thickness=pen.width_px,
        lineType=cv2.LINE_AA,
        shift=_SHIFT,
    )


def _with_scale_bar(picture: RGB, bar: ScaleBar) -> RGB:
    rows, columns = picture.shape[:2]
    unit = max(2, columns // 320)
    left, bottom = 5 * unit, rows - 5 * unit
    right = left + round(bar.length_px)
    drawn = Image.fromarray(picture)
    pencil = ImageDraw.Draw(drawn)
    # Black first and wider: the bar is read on any ground.
    for colour, rim in ((BLACK, max(1, unit // 2)), (WHITE, 0)):
        for box in (
            (left, bottom - unit, right, bottom - 1),
            (left, bottom - 3 * unit, left + unit - 1, bottom - 1),
            (right - unit + 1, bottom - 3 * unit, right, bottom - 1),
        ):
            x0, y0, x1, y1 = box
            pencil.rectangle((x0 - rim, y0 - rim, x1 + rim, y1 + rim), fill=colour)
    pencil.text(
        ((left + right) / 2, bottom - 3 * unit),
        bar.text,
        font=ImageFont.truetype(str(resource("fonts/DejaVuSans.ttf")), 8 * unit),
        fill=WHITE,
        stroke_fill=BLACK,
        stroke_width=max(1, unit // 2),
        anchor="mb",
    )
    return np.array(drawn, dtype=np.uint8)
