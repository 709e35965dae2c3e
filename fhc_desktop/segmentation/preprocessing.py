"""The one way from a picture to the network and back, for training and serving alike."""

import math
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import Gray

_LARGEST_SIDE = 8192
_DIMMEST = 40.0


@dataclass(frozen=True, slots=True)
class PreprocessingSpec:
    """What a network expects to see; it travels in the bundle's header.

    The picture is brought into ``width`` x ``height`` without distortion (a pixel of the network
    is physically square even where the image's is not), padded with black; grey values become
    ``(value / 255 - mean) / deviation``. A whole picture is fitted into the frame and centred; a
    close-up shows the surroundings of an outline, turned so that its longer axis is level and
    scaled so that its longer semi-axis has ``head`` times half the frame's width.
    ``bright_percentile``, where it is not 0, is the percentile of the frame's grey values that is
    brought to 255 first, so that a picture's gain matters less.
    """

    width: int = 288
    height: int = 192
    mean: float = 0.2
    deviation: float = 0.2
    head: float = 0.7
    bright_percentile: float = 0.0

    def __post_init__(self) -> None:
        if min(self.width, self.height) < 1 or min(self.deviation, self.head) <= 0:
            raise ValueError(f"not a preprocessing: {self}")

    def facing(self, shape: tuple[int, ...], pixel_aspect: float) -> "PreprocessingSpec":
        """Return the specification whose frame stands upright where the picture does."""
        is_upright = shape[0] * pixel_aspect > shape[1]
        if is_upright == (self.height > self.width):
            return self
        return replace(self, width=self.height, height=self.width)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a picture lies in the network's frame.

    Corners are counted from the outer corner of the first pixel: a point of the image there, (u,
    v), is stretched by the two factors, turned by ``turn`` (from x towards y), and moved by
    ``left`` and ``top``. Pixel centres lie half a pixel inside. ``width`` and ``height`` are the
    stretched picture's sides.
    """

    x_factor: float
    y_factor: float
    left: float
    top: float
    width: int
    height: int
    turn: float = 0.0

    def to_network(self, outline_px: Ellipse) -> Ellipse:
        """Return an outline of the image in the network's frame."""
        stretched = outline_px.moved(0.5, 0.5).scaled(self.x_factor, self.y_factor)
        return stretched.turned(self.turn).moved(self.left - 0.5, self.top - 0.5)

    def to_image(self, outline: Ellipse) -> Ellipse:
        """Return an outline of the network's frame in the image's pixels."""
        stretched = outline.moved(0.5 - self.left, 0.5 - self.top).turned(-self.turn)
        return stretched.scaled(1 / self.x_factor, 1 / self.y_factor).moved(-0.5, -0.5)

    def is_inside(self, points: NDArray[np.float64], *, margin: float) -> NDArray[np.bool_]:
        """Return which points, shape (n, 2), lie at least ``margin`` inside the picture."""
        return self.shows(points[:, 0], points[:, 1], margin=margin)

    def shows(self, x: NDArray[Any], y: NDArray[Any], *, margin: float = 0.0) -> NDArray[np.bool_]:
        """Return where the picture is, for places whose ``x`` and ``y`` broadcast."""
        across, down = x + 0.5 - self.left, y + 0.5 - self.top
        cosine, sine = math.cos(self.turn), math.sin(self.turn)
        u, v = cosine * across + sine * down, cosine * down - sine * across
        shown: NDArray[np.bool_] = (
            (u >= margin) & (v >= margin) & (u <= self.width - margin) & (v <= self.height - margin)
        )
        return shown


def whole_picture(
    shape: tuple[int, ...], pixel_aspect: float, spec: PreprocessingSpec
) -> Placement:
    """Return the placement that shows all of a picture of (rows, columns), centred.

    ``pixel_aspect`` is the height of an image pixel divided by its width.
    """
    rows, columns = shape[:2]
    factor = min(spec.width / columns, spec.height / (rows * pixel_aspect))
    width = min(max(round(columns * factor), 1), spec.width)
    height = min(max(round(rows * pixel_aspect * factor), 1), spec.height)
    return Placement(
        x_factor=width / columns,
        y_factor=height / rows,
        left=(spec.width - width) // 2,
        top=(spec.height - height) // 2,
        width=width,
        height=height,
    )


def turned(placement: Placement, turn: float) -> Placement:
    """Return a placement whose picture, not turned yet, is turned about its own middle."""
    cosine, sine, width, height = math.cos(turn), math.sin(turn), placement.width, placement.height
    return replace(
        placement,
        left=placement.left + (width - cosine * width + sine * height) / 2,
        top=placement.top + (height - sine * width - cosine * height) / 2,
        turn=turn,
    )


def close_up(
    shape: tuple[int, ...], pixel_aspect: float, around_px: Ellipse, spec: PreprocessingSpec
) -> Placement:
    """Return the placement that shows an outline level, centred and in its fixed size."""
    rows, columns = shape[:2]
    square = around_px.moved(0.5, 0.5).scaled(1.0, pixel_aspect).canonical()
    factor = spec.head * spec.width / 2 / square.semi_axis_a
    # A tiny outline must not ask for a huge picture.
    factor = min(factor, _LARGEST_SIDE / max(columns, rows * pixel_aspect))
    width = max(round(columns * factor), 1)
    height = max(round(rows * pixel_aspect * factor), 1)
    x_factor, y_factor = width / columns, height / rows
    center = around_px.moved(0.5, 0.5).scaled(x_factor, y_factor).canonical()
    # The longer axis is undirected: of its two ways to lie level the lesser turn is taken.
    turn = -center.angle if center.angle <= math.pi / 2 else math.pi - center.angle
    turned = center.turned(turn)
    return Placement(
        x_factor=x_factor,
        y_factor=y_factor,
        left=spec.width / 2 - turned.center_x,
        top=spec.height / 2 - turned.center_y,
        width=width,
        height=height,
        turn=turn,
    )


def placed(gray: Gray, placement: Placement, spec: PreprocessingSpec) -> NDArray[np.float32]:
    """Return the frame that a placement shows, shape (height, width), grey values 0 to 255."""
    shrinks = placement.x_factor < 1 and placement.y_factor < 1
    stretched = cv2.resize(
        gray,
        (placement.width, placement.height),
        interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR,
    )
    cosine, sine = math.cos(placement.turn), math.sin(placement.turn)
    # cv2 counts from pixel centres, the placement from corners.
    x = placement.left + 0.5 * (cosine - sine) - 0.5
    y = placement.top + 0.5 * (sine + cosine) - 0.5
    matrix = np.array([[cosine, -sine, x], [sine, cosine, y]])
    frame = cv2.warpAffine(
        stretched.astype(np.float32), matrix, (spec.width, spec.height), flags=cv2.INTER_LINEAR
    )
    return np.asarray(frame, np.float32)


def shrunk(gray: Gray, longer_side: int) -> tuple[Gray, float]:
    """Return a picture brought to so many pixels on its longer side, and the factor."""
    factor = longer_side / max(gray.shape)
    rows, columns = (max(round(side * factor), 1) for side in gray.shape)
    small = cv2.resize(gray, (columns, rows), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), factor


def normalised(frame: NDArray[np.float32], spec: PreprocessingSpec) -> NDArray[np.float32]:
    """Return grey values of 0 to 255 as the network takes them."""
    if spec.bright_percentile:
        # A frame without light is left dark: its noise is not to be mistaken for anatomy.
        bright = max(float(np.percentile(frame, spec.bright_percentile)), _DIMMEST)
        frame = frame * np.float32(255 / bright)
    return (frame / np.float32(255) - np.float32(spec.mean)) / np.float32(spec.deviation)


def to_network_mask(
    outline_px: Ellipse | None, placement: Placement, spec: PreprocessingSpec
) -> NDArray[np.float32]:
    """Return the share of each network pixel that lies inside an outline, shape (height, width).

    The edge runs over one pixel, by the first-order distance to the curve, so that the 0.5 level
    of the mask is the outline itself. Without an outline the mask is empty.
    """
    mask = np.zeros((spec.height, spec.width), np.float32)
    if outline_px is None:
        return mask
    outline = placement.to_network(outline_px)
    y, x = np.mgrid[0 : spec.height, 0 : spec.width].astype(np.float32)
    along, across = outline.shares_of_axes(x, y)
    level = np.hypot(along, across)
    slope = np.hypot(along / outline.semi_axis_a, across / outline.semi_axis_b)
    # At the very centre the slope vanishes; anything deep inside is simply inside.
    distance = np.where(slope > 0, (level - 1) * level / np.maximum(slope, 1e-9), -1.0)
    distance = np.where(level < 0.5, -1.0, distance)  # noqa: PLR2004
    covered: NDArray[np.float32] = np.clip(0.5 - distance, 0, 1).astype(np.float32)
    return covered
