"""Other pictures of the same heads: acts on the raw picture and the ellipse.

The shared preprocessing comes after, so that training and serving differ in nothing but this.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.geometry import Ellipse
from fhc_desktop.domain.image import Gray
from model_training.config import AugmentationConfig

Picture = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Similarity:
    """A turn, a stretch equal in all directions, a shift, and perhaps a mirror image.

    A point p goes to ``scale * R(turn) * M * (p - center) + center + shift``, M mirroring x.
    """

    center: tuple[float, float]
    turn: float = 0.0
    scale: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)
    mirrored: bool = False

    @property
    def matrix(self) -> NDArray[np.float64]:
        """The 2 x 3 matrix of the map, as cv2 takes it."""
        cosine, sine = self.scale * math.cos(self.turn), self.scale * math.sin(self.turn)
        sign = -1.0 if self.mirrored else 1.0
        linear = np.array([[sign * cosine, -sine], [sign * sine, cosine]])
        center = np.array(self.center)
        offset = center + np.array(self.shift) - linear @ center
        return np.column_stack([linear, offset])

    def of_ellipse(self, ellipse: Ellipse) -> Ellipse:
        x, y = self.matrix @ np.array([ellipse.center_x, ellipse.center_y, 1.0])
        angle = math.pi - ellipse.angle if self.mirrored else ellipse.angle
        return Ellipse(
            float(x),
            float(y),
            ellipse.semi_axis_a * self.scale,
            ellipse.semi_axis_b * self.scale,
            angle + self.turn,
        )


def augmented(
    gray: Gray, outline_px: Ellipse, *, rng: np.random.Generator, config: AugmentationConfig
) -> tuple[Gray, Ellipse | None]:
    """Return a changed picture and its outline, None where the picture now shows no head."""
    if rng.random() < config.headless:
        return _headless(gray, outline_px, rng), None
    similarity = _random_similarity(gray.shape, rng, config)
    rows, columns = gray.shape
    warped = cv2.warpAffine(gray, similarity.matrix, (columns, rows), flags=cv2.INTER_LINEAR)
    changed = _photometric(warped.astype(np.float32), rng, config)
    return _to_gray(changed), similarity.of_ellipse(outline_px)


def _random_similarity(
    shape: tuple[int, ...], rng: np.random.Generator, config: AugmentationConfig
) -> Similarity:
    rows, columns = shape
    turn = math.radians(rng.uniform(-config.rotation_degrees, config.rotation_degrees))
    # A mirror image top to bottom is one left to right, turned by half a turn.
    upside_down = rng.random() < config.flip_vertically
    sideways = rng.random() < config.flip_horizontally
    return Similarity(
        center=((columns - 1) / 2, (rows - 1) / 2),
        turn=turn + (math.pi if upside_down else 0.0),
        scale=math.exp(rng.uniform(-1, 1) * math.log1p(config.scale)),
        shift=(
            rng.uniform(-1, 1) * config.shift * columns,
            rng.uniform(-1, 1) * config.shift * rows,
        ),
        mirrored=sideways != upside_down,
    )


def _photometric(picture: Picture, rng: np.random.Generator, config: AugmentationConfig) -> Picture:
    if rng.random() < config.shadow:
        picture = _shadowed(picture, rng)
    if rng.random() < config.speckle:
        picture = _speckled(picture, rng)
    if rng.random() < config.blur:
        picture = _blurred(picture, rng.uniform(0.6, 2.5))
    ramp = np.linspace(-1, 1, picture.shape[0], dtype=np.float32)[:, None]
    gain = 1 + rng.uniform(-1, 1) * config.gain + rng.uniform(-1, 1) * config.depth_gain * ramp
    gamma = math.exp(rng.uniform(-1, 1) * math.log1p(config.gamma))
    lit: Picture = np.clip(picture * (gain / 255), 0, 1, dtype=np.float32)
    shown: Picture = cv2.pow(lit, gamma).astype(np.float32, copy=False)
    return shown * np.float32(255)


def _shadowed(picture: Picture, rng: np.random.Generator) -> Picture:
    """Darken a wedge below a point above the picture, as bone does."""
    rows, columns = picture.shape
    apex_x, apex_y = rng.uniform(0.2, 0.8) * columns, -rng.uniform(0.1, 0.6) * rows
    y, x = np.ogrid[0:rows, 0:columns]
    bearing = np.arctan2(x - apex_x, y - apex_y).astype(np.float32)
    middle, half = rng.uniform(-0.5, 0.5), rng.uniform(0.03, 0.12)
    depth = rng.uniform(0.4, 0.95)
    darkening = 1 - depth * np.exp(-(((bearing - middle) / half) ** 4))
    shadowed: Picture = (picture * darkening).astype(np.float32)
    return shadowed


def _speckled(picture: Picture, rng: np.random.Generator) -> Picture:
    noise = rng.standard_normal(picture.shape, dtype=np.float32)
    grain = rng.uniform(0.5, 2.0)
    noise = _blurred(noise, grain) * np.float32(grain * 3.5)
    strength = np.float32(rng.uniform(0.05, 0.35))
    speckled: Picture = np.clip(picture * (1 + strength * noise), 0, 255).astype(np.float32)
    return speckled


def _headless(gray: Gray, outline_px: Ellipse, rng: np.random.Generator) -> Gray:
    """Return a picture without a head: black, noise, or the same one with its head pushed out."""
    kind = rng.integers(4)
    if kind == 0:
        return np.full_like(gray, rng.integers(0, 12))
    if kind == 1:
        level = rng.uniform(20, 160)
        blank = np.full(gray.shape, level, np.float32)
        return _to_gray(_speckled(_speckled(blank, rng), rng))
    rows, columns = gray.shape
    left, top, right, bottom = outline_px.extent
    dx = columns - left if rng.random() < 0.5 else -right
    dy = rows - top if rng.random() < 0.5 else -bottom
    matrix = np.array([[1.0, 0.0, dx if kind == 2 else 0.0], [0.0, 1.0, 0.0 if kind == 2 else dy]])
    return cv2.warpAffine(gray, matrix, (columns, rows)).astype(np.uint8, copy=False)


def _blurred(picture: Picture, sigma: float) -> Picture:
    return cv2.GaussianBlur(picture, (0, 0), sigma).astype(np.float32, copy=False)


def _to_gray(picture: Picture) -> Gray:
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)
