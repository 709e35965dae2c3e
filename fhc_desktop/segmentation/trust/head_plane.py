"""Whether a close look shows a plane in which a head is measured: a word of the network's own.

An abdomen is as fine an ellipse as a head, and nothing in its outline tells them apart. What the
close-up's networks make of the picture on their way down does: coarser and coarser features, each
taken as its mean inside the outline, along its rim and round about, and by how much it varies
along the rim. One linear form of all of them gives the log odds of a head's plane.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.segmentation import Levels

# Parts of the surroundings as shares of the outline's axes: deep inside, beneath the bone, along
# the rim, round about.
BANDS = ((0.0, 0.55), (0.55, 0.85), (0.88, 1.06), (1.06, 1.35))
RIM = 2
SECTORS = 8
SECTORS_FROM = len(BANDS)
# A pixel of the fourth level is an eighth of an outline: too coarse for a part of its rim.
LEVELS_WITH_SECTORS = 3

Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class HeadPlaneSpec:
    """The linear form's constant, and what its log odds say; it travels in the bundle's header.

    The weights are a tensor beside it. Below ``not_measurable_below`` nothing is measured, below
    ``look_again_below`` the plane is doubted. What was sought in a part of the picture counts from
    ``sought_from``: who looks more often finds more that only seems a head.

    Raises:
        ValueError: the bounds do not rise.
    """

    constant: float
    not_measurable_below: float
    look_again_below: float
    sought_from: float

    def __post_init__(self) -> None:
        if not self.not_measurable_below <= self.look_again_below <= self.sought_from:
            raise ValueError(f"not bounds of a head's plane: {self}")


def plane_features(levels: Levels, outline: Ellipse, shape: tuple[int, int]) -> Vector:
    """Return what a close look's levels say of an outline's parts, shape (features,).

    ``levels`` have shape (channels, height, width) each, the finest first; ``outline`` lies in the
    frame of ``shape`` (height, width) that they were made of. For each level come the means of
    every channel in ``BANDS``; for all but the last then the standard deviation over the rim's
    ``SECTORS`` and the second smallest of them: a skull is bright all round but for a shadow.
    """
    parts = _parts(outline, shape)
    found: list[Vector] = []
    for number, level in enumerate(levels):
        pixels = _pixels_of(parts, level.shape[1:])
        bands = np.vstack(
            [pixels[:RIM], pixels[SECTORS_FROM:].sum(axis=0), pixels[RIM + 1 : SECTORS_FROM]]
        )
        found.extend(_means(level, bands))
        if number < LEVELS_WITH_SECTORS:
            sectors = _means(level, pixels[SECTORS_FROM:])
            found += [sectors.std(axis=0), np.sort(sectors, axis=0)[1]]
    return np.concatenate(found)


def log_odds(features: Vector, weights: Vector, spec: HeadPlaneSpec) -> float:
    """Return the log odds of a head's plane.

    Raises:
        ValueError: there is not one weight for each feature.
    """
    return spec.constant + float(features.astype(np.float64) @ weights.astype(np.float64))


def _parts(outline: Ellipse, shape: tuple[int, int]) -> NDArray[np.intp]:
    """Return the part that each pixel of a frame lies in: a band, or a sector of the rim.

    The rim has none but its sectors; what lies in no band is in the part after the last.
    """
    y, x = np.ogrid[0 : shape[0], 0 : shape[1]]
    along, across = outline.shares_of_axes(x, y)
    share = np.hypot(along, across)
    parts = np.full(shape, SECTORS_FROM + SECTORS, np.intp)
    for number, (low, high) in enumerate(BANDS):
        parts[(share >= low) & (share < high)] = number
    rim = parts == RIM
    turns = (np.arctan2(across[rim], along[rim]) + np.pi) / (2 * np.pi)
    parts[rim] = SECTORS_FROM + (turns * SECTORS).astype(np.intp) % SECTORS
    return parts


def _pixels_of(parts: NDArray[np.intp], shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Return how many of a frame's pixels of each part lie in each of a level's, (parts, pixels).

    A level's pixel is a square of the frame's, whose sides the networks need divisible.
    """
    (rows, columns), count = shape, SECTORS_FROM + SECTORS + 1
    row = np.arange(parts.shape[0])[:, None] * rows // parts.shape[0]
    column = np.arange(parts.shape[1]) * columns // parts.shape[1]
    places = (parts * rows + row) * columns + column
    pixels = np.bincount(places.ravel(), minlength=count * rows * columns)
    return pixels.reshape(count, -1)[:-1].astype(np.float32)


def _means(level: NDArray[np.float32], pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return each channel's mean in each part, shape (parts, channels)."""
    sums = pixels @ level.reshape(len(level), -1).T
    found: NDArray[np.float32] = sums / np.maximum(pixels.sum(axis=1, keepdims=True), 1)
    return found
