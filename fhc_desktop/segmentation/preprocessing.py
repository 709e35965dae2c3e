"""The one way from a picture to the network and back, for training and serving alike."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.geometry import Ellipse
from fhc_desktop.domain.image import Gray


@dataclass(frozen=True, slots=True)
class PreprocessingSpec:
    """What the network expects to see; it travels in the bundle's header.

    The picture is fitted into ``width`` x ``height`` without distortion (a pixel of the network
    is physically square even where the image's is not), centred, padded with black; grey values
    become ``(value / 255 - mean) / deviation``.
    """

    width: int = 288
    height: int = 192
    mean: float = 0.2
    deviation: float = 0.2

    def __post_init__(self) -> None:
        if min(self.width, self.height) < 1 or self.deviation <= 0:
            raise ValueError(f"not a preprocessing: {self}")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a picture lies in the network's frame.

    A point (x, y) of the image, in pixels from the centre of the top-left one, lies at
    ``(x + 0.5) * x_factor - 0.5 + left`` and likewise for y. ``width`` and ``height`` are the
    fitted picture's sides in the network's frame.
    """

    x_factor: float
    y_factor: float
    left: int
    top: int
    width: int
    height: int

    def to_network(self, outline_px: Ellipse) -> Ellipse:
        """Return an outline of the image in the network's frame."""
        return (
            outline_px.moved(0.5, 0.5)
            .scaled(self.x_factor, self.y_factor)
            .moved(self.left - 0.5, self.top - 0.5)
        )

    def to_image(self, outline: Ellipse) -> Ellipse:
        """Return an outline of the network's frame in the image's pixels."""
        return (
            outline.moved(0.5 - self.left, 0.5 - self.top)
            .scaled(1 / self.x_factor, 1 / self.y_factor)
            .moved(-0.5, -0.5)
        )

    def is_inside(self, points: NDArray[np.float64], *, margin: float) -> NDArray[np.bool_]:
        """Return which points, shape (n, 2), lie at least ``margin`` inside the picture."""
        x, y = points[:, 0] - self.left, points[:, 1] - self.top
        inside: NDArray[np.bool_] = (
            (x >= margin - 0.5)
            & (y >= margin - 0.5)
            & (x <= self.width - 0.5 - margin)
            & (y <= self.height - 0.5 - margin)
        )
        return inside


def to_network_input(
    gray: Gray, pixel_aspect: float, spec: PreprocessingSpec
) -> tuple[NDArray[np.float32], Placement]:
    """Return what the network sees of a picture, shape (height, width), and where it lies.

    ``pixel_aspect`` is the height of an image pixel divided by its width.
    """
    placement = _placement(gray.shape[0], gray.shape[1], pixel_aspect=pixel_aspect, spec=spec)
    shrinks = placement.x_factor < 1 and placement.y_factor < 1
    fitted = cv2.resize(
        gray,
        (placement.width, placement.height),
        interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR,
    )
    frame = np.zeros((spec.height, spec.width), np.float32)
    rows = slice(placement.top, placement.top + placement.height)
    columns = slice(placement.left, placement.left + placement.width)
    frame[rows, columns] = fitted
    frame /= 255
    return (frame - np.float32(spec.mean)) / np.float32(spec.deviation), placement


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
    cosine, sine = math.cos(outline.angle), math.sin(outline.angle)
    dx, dy = x - np.float32(outline.center_x), y - np.float32(outline.center_y)
    along = (cosine * dx + sine * dy) / outline.semi_axis_a
    across = (cosine * dy - sine * dx) / outline.semi_axis_b
    level = np.hypot(along, across)
    slope = np.hypot(along / outline.semi_axis_a, across / outline.semi_axis_b)
    # At the very centre the slope vanishes; anything deep inside is simply inside.
    distance = np.where(slope > 0, (level - 1) * level / np.maximum(slope, 1e-9), -1.0)
    distance = np.where(level < 0.5, -1.0, distance)  # noqa: PLR2004
    covered: NDArray[np.float32] = np.clip(0.5 - distance, 0, 1).astype(np.float32)
    return covered


def _placement(
    rows: int, columns: int, *, pixel_aspect: float, spec: PreprocessingSpec
) -> Placement:
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
