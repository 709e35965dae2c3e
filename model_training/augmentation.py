"""Other pictures of the same heads.

Where a picture lies in the frame is changed through the shared placement, so that training and
serving differ in nothing but its numbers; grey values are changed in the frame itself.
"""

import math
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.preprocessing import (
    Placement,
    PreprocessingSpec,
    close_up,
    turned,
    whole_picture,
)
from model_training.config import AugmentationConfig

Frame = NDArray[np.float32]


def shaken_whole_picture(
    shape: tuple[int, ...],
    pixel_aspect: float,
    spec: PreprocessingSpec,
    *,
    rng: np.random.Generator,
    config: AugmentationConfig,
) -> Placement:
    """Return a placement of the whole picture, turned, scaled, stretched and moved at random."""
    fitted = whole_picture(shape, pixel_aspect * _stretch(rng, config), spec)
    scale = math.exp(rng.uniform(-1, 1) * math.log1p(config.scale))
    width, height = round(fitted.width * scale), round(fitted.height * scale)
    turn = math.radians(rng.uniform(-config.rotation_degrees, config.rotation_degrees))
    shift_x = rng.uniform(-1, 1) * config.shift * spec.width
    shift_y = rng.uniform(-1, 1) * config.shift * spec.height
    level = Placement(
        x_factor=width / shape[1],
        y_factor=height / shape[0],
        left=(spec.width - width) / 2 + shift_x,
        top=(spec.height - height) / 2 + shift_y,
        width=width,
        height=height,
    )
    return turned(level, turn)


def shaken_close_up(
    shape: tuple[int, ...],
    pixel_aspect: float,
    outline_px: Ellipse,
    spec: PreprocessingSpec,
    *,
    rng: np.random.Generator,
    config: AugmentationConfig,
) -> Placement:
    """Return a close-up round an outline that is off as the survey's may be, now and then far."""
    strength = config.miss_strength if rng.random() < config.miss else 1.0
    size = outline_px.semi_major
    turn = math.radians(config.tilt_degrees) * strength * rng.standard_normal()
    if outline_px.semi_minor > config.round_from * outline_px.semi_major:
        # The longer axis of a round head points anywhere.
        turn += rng.uniform(-1, 1) * math.pi / 4
    around = replace(
        outline_px,
        center_x=outline_px.center_x + config.offset * strength * size * rng.standard_normal(),
        center_y=outline_px.center_y + config.offset * strength * size * rng.standard_normal(),
        semi_axis_a=outline_px.semi_axis_a * _factor(rng, config.size * strength),
        semi_axis_b=outline_px.semi_axis_b * _factor(rng, config.size * strength),
        angle=outline_px.angle + turn,
    )
    return close_up(shape, pixel_aspect * _stretch(rng, config), around, spec)


def without_head(placement: Placement, outline_px: Ellipse, spec: PreprocessingSpec) -> Placement:
    """Return the placement moved aside until the head lies beyond the frame's nearest side."""
    left, top, right, bottom = placement.to_network(outline_px).extent
    ways = {
        spec.width - left: (spec.width - left, 0.0),
        right: (-right, 0.0),
        spec.height - top: (0.0, spec.height - top),
        bottom: (0.0, -bottom),
    }
    dx, dy = ways[min(ways)]
    return replace(placement, left=placement.left + dx, top=placement.top + dy)


def somewhere(shape: tuple[int, ...], rng: np.random.Generator) -> Ellipse:
    """Return an outline as a head might have, at any place of a picture, in its pixels."""
    rows, columns = shape[:2]
    longer = rng.uniform(0.1, 0.42) * columns
    return Ellipse(
        rng.uniform(0.2, 0.8) * columns,
        rng.uniform(0.2, 0.8) * rows,
        longer,
        longer * rng.uniform(0.66, 0.95),
        rng.uniform(0, math.pi),
    )


def headless_frame(frame: Frame, rng: np.random.Generator) -> Frame:
    """Return a frame that shows no head: black, noise, shapes, or the given one shuffled."""
    kind = rng.integers(5)
    if kind == 0:
        return np.full_like(frame, rng.integers(0, 12))
    if kind == 1:
        blank = np.full(frame.shape, rng.uniform(20, 160), np.float32)
        return speckled(speckled(blank, rng), rng)
    if kind == 2:
        return _texture(frame.shape, rng)
    if kind == 3:
        return _shapes(frame.shape, rng)
    return _shuffled(frame, rng)


def photometric(frame: Frame, rng: np.random.Generator, config: AugmentationConfig) -> Frame:
    """Return the frame as another scanner, gain or depth compensation would show it."""
    if rng.random() < config.shadow:
        frame = _shadowed(frame, rng)
    if rng.random() < config.speckle:
        frame = speckled(frame, rng)
    if rng.random() < config.blur:
        frame = _blurred(frame, rng.uniform(0.3, 1.2))
    ramp = np.linspace(-1, 1, frame.shape[0], dtype=np.float32)[:, None]
    gain = 1 + rng.uniform(-1, 1) * config.gain + rng.uniform(-1, 1) * config.depth_gain * ramp
    gamma = math.exp(rng.uniform(-1, 1) * math.log1p(config.gamma))
    lit: Frame = np.clip(frame * (gain / 255), 0, 1, dtype=np.float32)
    shown: Frame = cv2.pow(lit, gamma).astype(np.float32, copy=False)
    return shown * np.float32(255)


def speckled(frame: Frame, rng: np.random.Generator) -> Frame:
    noise = rng.standard_normal(frame.shape, dtype=np.float32)
    grain = rng.uniform(0.4, 1.2)
    noise = _blurred(noise, grain) * np.float32(grain * 3.5)
    strength = np.float32(rng.uniform(0.05, 0.35))
    shown: Frame = np.clip(frame * (1 + strength * noise), 0, 255).astype(np.float32)
    return shown


def _shadowed(frame: Frame, rng: np.random.Generator) -> Frame:
    """Darken a wedge below a point above the picture, as bone does."""
    rows, columns = frame.shape
    apex_x, apex_y = rng.uniform(0.2, 0.8) * columns, -rng.uniform(0.1, 0.6) * rows
    y, x = np.ogrid[0:rows, 0:columns]
    bearing = np.arctan2(x - apex_x, y - apex_y).astype(np.float32)
    middle, half = rng.uniform(-0.5, 0.5), rng.uniform(0.03, 0.12)
    depth = rng.uniform(0.4, 0.95)
    darkening = 1 - depth * np.exp(-(((bearing - middle) / half) ** 4))
    shadowed: Frame = (frame * darkening).astype(np.float32)
    return shadowed


def _texture(shape: tuple[int, ...], rng: np.random.Generator) -> Frame:
    """Return clouds of several scales, as grass, cloth or tissue may look."""
    total = np.zeros(shape, np.float32)
    for grain in rng.uniform(0.5, 20, size=rng.integers(1, 4)):
        cloud = _blurred(rng.standard_normal(shape, dtype=np.float32), grain)
        total += rng.uniform(0.2, 1) * cloud / max(float(cloud.std()), 1e-6)
    scaled: Frame = np.clip(rng.uniform(20, 140) + rng.uniform(10, 60) * total, 0, 255)
    return scaled.astype(np.float32)


def _shapes(shape: tuple[int, ...], rng: np.random.Generator) -> Frame:
    """Return filled polygons and lines on a plain ground, as a drawing or a photograph has."""
    frame = np.full(shape, rng.uniform(0, 255), np.float32)
    for _ in range(rng.integers(2, 14)):
        corners = rng.uniform(-0.2, 1.2, (rng.integers(3, 7), 2)) * (shape[1], shape[0])
        points = [corners.astype(np.int32)]
        shade = rng.uniform(0, 255)
        if rng.random() < 0.6:
            cv2.fillPoly(frame, points, shade)
        else:
            cv2.polylines(frame, points, bool(rng.random() < 0.5), shade, int(rng.integers(1, 4)))
    return _blurred(frame, rng.uniform(0.3, 2.0))


def _shuffled(frame: Frame, rng: np.random.Generator) -> Frame:
    """Return the frame's tiles in another order: its grain without its anatomy."""
    rows, columns = int(rng.integers(3, 6)), int(rng.integers(3, 7))
    height, width = frame.shape[0] // rows, frame.shape[1] // columns
    shuffled = np.zeros_like(frame)
    for place, tile in enumerate(rng.permutation(rows * columns)):
        (y, x), (v, u) = divmod(place, columns), divmod(int(tile), columns)
        source = frame[v * height : (v + 1) * height, u * width : (u + 1) * width]
        shuffled[y * height : (y + 1) * height, x * width : (x + 1) * width] = source
    return shuffled


def _blurred(frame: Frame, sigma: float) -> Frame:
    return cv2.GaussianBlur(frame, (0, 0), sigma).astype(np.float32, copy=False)


def _stretch(rng: np.random.Generator, config: AugmentationConfig) -> float:
    return math.exp(rng.uniform(-1, 1) * math.log1p(config.stretch))


def _factor(rng: np.random.Generator, spread: float) -> float:
    return math.exp(spread * min(max(rng.standard_normal(), -3.0), 3.0))
