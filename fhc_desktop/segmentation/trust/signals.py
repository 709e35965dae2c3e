"""What can be measured on a proposal and its picture that tells how far to trust it."""

import math
from dataclasses import astuple, dataclass, fields

import cv2
import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.outline import (
    FittedOutline,
    find_outline,
    second_area_share,
)
from fhc_desktop.segmentation.segmentation import Segmentation

# A view in which no outline is found disagrees as much as any.
LARGEST_SPREAD = 0.2
RIM_ANGLES = 120
# Bands across the rim as shares of the shorter semi-axis, outwards positive. HC runs along the
# outer border, so bone lies on the rim and inside it, brain farther in.
BONE_BAND = (-0.09, 0.03)
BRAIN_BAND = (-0.22, -0.12)
BAND_SAMPLES = 7
# How much brighter than brain bone must be, as a share of the frame's bright grey.
BONE_CONTRAST = 0.12
BRIGHT_PERCENTILE = 97
# Of 102 heads 95 % have more grain inside than this share of the frame's bright grey; a drawn
# disc has next to none.
GRAIN = 0.016
GRAIN_BLUR = 1.5
INSIDE = 0.8


@dataclass(frozen=True, slots=True)
class Signals:
    """Signals of doubt, 0 where there is none; all but the last are shares from 0 to 1.

    ``misfit``: what map and ellipse do not share. ``spread``: standard deviation of HC over the
    mirrored views, relative to HC. ``shift``: difference of HC between survey and close-up.
    ``softness``: width of the map's edge as a share of the mean semi-axis. ``cut``: share of the
    outline outside the picture. ``hidden``: share of the outline without a visible skull.
    ``second``: second largest area of the survey relative to the largest. ``doubt``: how far
    below certainty the maps are inside the outline. ``plain``: how far the inside lacks the grain
    that tissue has. ``small``: how small the head is in its
    picture, as the negative logarithm of its share of the picture's diagonal.
    """

    misfit: float
    spread: float
    shift: float
    softness: float
    cut: float
    hidden: float
    second: float
    doubt: float
    plain: float
    small: float

    def __array__(self, dtype: None = None, copy: None = None) -> NDArray[np.float64]:
        return np.array(astuple(self), np.float64)


SIGNAL_NAMES = tuple(field.name for field in fields(Signals))


def measure_signals(
    survey: Segmentation,
    surveyed: FittedOutline,
    closer: Segmentation,
    found: FittedOutline,
    *,
    pixel_aspect: float = 1.0,
) -> Signals:
    """Return the signals of an outline found by a survey and, once more, close up.

    ``pixel_aspect`` is the height of an image pixel divided by its width.
    """
    placement = survey.placement
    # Lengths count in the width of a pixel, in a picture whose pixels are as high as wide.
    hc = closer.placement.to_image(found.ellipse).scaled(1.0, pixel_aspect).perimeter
    first_hc = placement.to_image(surveyed.ellipse).scaled(1.0, pixel_aspect).perimeter
    columns, rows = placement.width / placement.x_factor, placement.height / placement.y_factor
    diagonal = math.hypot(columns, rows * pixel_aspect)
    return Signals(
        misfit=1 - found.agreement,
        spread=_spread(closer),
        shift=min(abs(math.log(first_hc / hc)), 1.0),
        softness=_softness(closer.probability, found.ellipse),
        cut=1 - found.visible_share,
        hidden=1 - visible_skull_share(closer.frame, found.ellipse),
        second=second_area_share(survey.probability),
        doubt=1 - min(_certainty(survey, surveyed.ellipse), _certainty(closer, found.ellipse)),
        plain=plainness(closer.frame, found.ellipse),
        small=-math.log(hc / math.pi / diagonal),
    )


def visible_skull_share(frame: NDArray[np.float32], outline: Ellipse) -> float:
    """Return the share of an outline along which bone stands out from the brain within.

    ``frame`` has shape (height, width) and grey values of 0 to 255; ``outline`` lies in it. This
    is read off the picture itself: the network's map fills in what a shadow hides.
    """
    bright = float(np.percentile(frame, BRIGHT_PERCENTILE))
    if bright <= 0:
        return 0.0
    smooth = np.asarray(cv2.GaussianBlur(frame, (0, 0), 1.0), np.float32)
    bone = _band(smooth, outline, BONE_BAND).max(axis=1)
    brain = _band(smooth, outline, BRAIN_BAND).mean(axis=1)
    return float((bone - brain > BONE_CONTRAST * bright).mean())


def plainness(frame: NDArray[np.float32], outline: Ellipse) -> float:
    """Return how far the inside of an outline lacks grain, 0 for tissue to 1 for a plain area.

    ``frame`` has shape (height, width) and grey values of 0 to 255; ``outline`` lies in it.
    """
    bright = float(np.percentile(frame, BRIGHT_PERCENTILE))
    if bright <= 0:
        return 1.0
    y, x = np.ogrid[0 : frame.shape[0], 0 : frame.shape[1]]
    inside = outline.covers(x, y, share=INSIDE)
    if not inside.any():
        return 1.0
    detail = np.abs(frame - cv2.GaussianBlur(frame, (0, 0), GRAIN_BLUR))
    return float(np.clip(1 - detail[inside].mean() / bright / GRAIN, 0, 1))


def _band(
    smooth: NDArray[np.float32], outline: Ellipse, band: tuple[float, float]
) -> NDArray[np.float32]:
    """Return grey values across the rim, shape (angles, samples)."""
    offsets = np.linspace(*band, BAND_SAMPLES) * outline.semi_minor
    rims = [outline.grown(float(offset)).points(RIM_ANGLES) for offset in offsets]
    points = np.stack(rims, axis=1).astype(np.float32)
    sampled = cv2.remap(smooth, points[..., 0], points[..., 1], cv2.INTER_LINEAR)
    return np.asarray(sampled, np.float32)


def _spread(closer: Segmentation) -> float:
    outlines = [find_outline(view, closer.placement) for view in closer.views]
    sizes = [outline.ellipse.perimeter for outline in outlines if outline is not None]
    if len(sizes) < len(outlines) or len(sizes) < 2:  # noqa: PLR2004
        return LARGEST_SPREAD
    return min(float(np.std(sizes) / np.mean(sizes)), LARGEST_SPREAD)


def _softness(probability: NDArray[np.float32], outline: Ellipse) -> float:
    """Return the area of uncertain pixels, spread along the rim, relative to the mean semi-axis."""
    uncertain = float((4 * probability * (1 - probability)).sum())
    mean_axis = (outline.semi_major + outline.semi_minor) / 2
    return min(uncertain / outline.perimeter / mean_axis, 1.0)


def _certainty(look: Segmentation, outline: Ellipse) -> float:
    points = [outline.grown(-share * outline.semi_minor).points(24) for share in (0.3, 0.6, 0.9)]
    inside = np.concatenate(points).astype(np.float32)
    sampled = cv2.remap(look.probability, inside[:, 0], inside[:, 1], cv2.INTER_LINEAR)
    within = look.placement.is_inside(inside.astype(np.float64), margin=0.5)
    return float(sampled.ravel()[within].mean()) if within.any() else 0.0
