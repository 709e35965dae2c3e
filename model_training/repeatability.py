"""Two frames of one head: how far the reference repeats itself, and how far the program does.

Frames of one examination that look alike show the head in nearly the same plane. What their
references differ by more than their proposals do is the reference's own noise, and below that
noise no error against it can fall.
"""

import csv
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from functools import partial
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from fhc_desktop.imaging.loader import Loader
from fhc_desktop.imaging.readers import Readers
from model_training.dataset import load_head
from model_training.out_of_fold import OutOfFold
from model_training.samples import HeadSample

# Above this two frames are one, and so is their reference.
SAME_FRAME = 0.99
ALIKE = (0.5, 0.6, 0.7)
RESAMPLES = 2000
_STEP = 2
_SMOOTH = 2.0
_MARGIN_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class FramePair:
    """Two images of one subject; ``likeness`` is their correlation where they fit best, to 1."""

    first: str
    second: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Repeatability:
    """How far HC of the same head moves from frame to frame, in mm.

    The first two are standard deviations of one frame's value within its pair. The variances are
    Grubbs' estimates (J Am Stat Assoc 1948, 43:243) of what each moves by alone; what both share
    is the head's own change between the frames. Chance can take a small variance below 0.
    ``floor`` is the root mean square error of a program without an error of its own, as a share
    of what is measured.
    """

    pairs: int
    reference_mm: float
    proposal_mm: float
    reference_variance: float
    proposal_variance: float
    error_variance: float
    floor: float


def frame_pairs(samples: Sequence[HeadSample]) -> list[FramePair]:
    """Return every two images of one subject that have millimetres."""
    by_subject: dict[str, list[HeadSample]] = {}
    for sample in samples:
        if sample.hc_mm is not None:
            by_subject.setdefault(sample.subject, []).append(sample)
    pairs = [
        pair
        for members in by_subject.values()
        for pair in combinations(sorted(members, key=lambda sample: sample.name), 2)
    ]
    with Readers() as readers:
        small = partial(_small, loader=readers.images)
        return [
            FramePair(first.name, second.name, _likeness(small(first), small(second)))
            for first, second in pairs
        ]


def write_pairs(path: Path, pairs: Sequence[FramePair]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(FramePair))
        writer.writerows((pair.first, pair.second, f"{pair.likeness:.4f}") for pair in pairs)


def read_pairs(path: Path) -> list[FramePair]:
    with path.open(newline="") as file:
        return [
            FramePair(row["first"], row["second"], float(row["likeness"]))
            for row in csv.DictReader(file)
        ]


def repeated(
    pairs: Sequence[FramePair], rows: Sequence[OutOfFold], *, alike: float
) -> NDArray[np.float64]:
    """Return reference and proposed HC in mm, shape (pairs, 2 frames, 2), of the pairs so alike."""
    scores = {row.score.name: row.score for row in rows if row.outline_px is not None}
    found = [
        [(scores[name].reference_hc_mm, scores[name].hc_mm) for name in (pair.first, pair.second)]
        for pair in pairs
        if alike <= pair.likeness < SAME_FRAME and {pair.first, pair.second} <= scores.keys()
    ]
    return np.array(found, np.float64).reshape(-1, 2, 2)


def repeatability(measured: NDArray[np.float64]) -> Repeatability:
    """Return what ``repeated`` frames tell; at least one pair.

    Raises:
        ValueError: there is no pair.
    """
    if not len(measured):
        raise ValueError("no two frames of one head are alike")
    reference, proposal = (measured[:, 0] - measured[:, 1]).T
    # Halved, since a difference has the noise of both its frames.
    own, other, shared = (
        float(np.mean(product)) / 2 for product in (reference**2, proposal**2, reference * proposal)
    )
    errors = measured[:, :, 1] - measured[:, :, 0]
    error_variance = float(np.mean(errors**2))
    return Repeatability(
        pairs=len(measured),
        reference_mm=own**0.5,
        proposal_mm=other**0.5,
        reference_variance=own - shared,
        proposal_variance=other - shared,
        error_variance=error_variance,
        floor=(max(own - shared, 0.0) / error_variance) ** 0.5,
    )


def spread(measured: NDArray[np.float64], *, seed: int = 1) -> Repeatability:
    """Return half the width of the middle 90 % of each number, the pairs drawn again and again."""
    rng = np.random.default_rng(seed)
    draws = rng.integers(0, len(measured), (RESAMPLES, len(measured)))
    found = np.array([astuple(repeatability(measured[draw])) for draw in draws])
    low, high = np.percentile(found, [5, 95], axis=0)
    return Repeatability(len(measured), *((high - low) / 2)[1:])


def _small(sample: HeadSample, loader: Loader) -> NDArray[np.float32]:
    """Return the picture without its speckle, every other pixel of it."""
    gray = load_head(sample, loader).gray
    smooth = cv2.GaussianBlur(gray.astype(np.float32), (0, 0), _SMOOTH)
    return np.ascontiguousarray(smooth[::_STEP, ::_STEP], np.float32)


def _likeness(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    """Return the largest correlation of the first's middle with any part of the second."""
    rows, columns = (round(_MARGIN_SHARE * side) for side in first.shape)
    middle = first[rows:-rows, columns:-columns]
    if middle.shape[0] > second.shape[0] or middle.shape[1] > second.shape[1]:
        return 0.0
    return float(cv2.matchTemplate(second, middle, cv2.TM_CCOEFF_NORMED).max())
