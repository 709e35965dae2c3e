"""What the frames of a clip agree on: a median by quality, which half of them may be wrong for.

Page 0054 says how it was found and what it was tried on.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.examination.frame_reading import FrameReading

FEWEST_FRAMES = 3
# Of the variance of a frame's error, the share that all frames of its clip have in common: the 27
# most alike pairs of real images of one head have 0.41, and frames of a clip are more alike.
COMMON_SHARE = 0.5
# Frames farther from the others than this many standard deviations are of something else.
_FARTHEST = 3.0
# The half of a normal distribution that lies closest together reaches so far from its middle, in
# standard deviations; and nine tenths of it so far.
_HALF_REACH, _NINE_TENTHS_REACH = 0.6745, 1.645
# A median's variance is that of a mean times this.
_MEDIAN_LOSS = math.pi / 2


@dataclass(frozen=True, slots=True)
class Consensus:
    """HC in mm by ``frames`` of a clip (they count from 1); ``differing`` were left out.

    ``spread_mm`` is the standard deviation of one frame round it, by the median of distances.
    ``interval_mm`` is None where no frame has one.
    """

    hc_mm: float
    spread_mm: float
    interval_mm: Interval | None
    frames: tuple[int, ...]
    differing: tuple[int, ...]


def consensus(readings: Sequence[FrameReading]) -> Consensus | None:
    """Return what most of the frames agree on, those in pixels apart; None of fewer than three.

    A frame weighs the less, the wider its interval. One without an interval, as where its outline
    was edited, weighs as the others do on average.
    """
    measured = [one for one in readings if one.hc_mm is not None]
    if len(measured) < FEWEST_FRAMES:
        return None
    hc_mm = np.array([one.hc_mm for one in measured], dtype=np.float64)
    shares = _half_widths(measured)
    usual = 0.0 if shares is None else float(np.median(shares))
    weights = np.ones(len(hc_mm)) if shares is None else (usual / shares) ** 2
    middle, reach = _closest_half(hc_mm, weights)
    sigma = max(reach / _HALF_REACH, usual * middle / _NINE_TENTHS_REACH)
    is_kept = np.abs(hc_mm - middle) <= _FARTHEST * sigma
    kept, its_weights = hc_mm[is_kept], weights[is_kept]
    value = _median(kept, its_weights)
    spread = _median(np.abs(kept - value), its_weights) / _HALF_REACH
    return Consensus(
        hc_mm=value,
        spread_mm=spread,
        interval_mm=_interval(measured, value, usual * value, spread, its_weights),
        frames=tuple(one.frame for one, keep in zip(measured, is_kept, strict=True) if keep),
        differing=tuple(one.frame for one, keep in zip(measured, is_kept, strict=True) if not keep),
    )


def _half_widths(measured: Sequence[FrameReading]) -> NDArray[np.float64] | None:
    """Return half the width of each interval as a share of its HC; None where there is none.

    In mm a smaller plane of the head would have the narrower interval, and weigh more.
    """
    found = np.array([_half_width(one) for one in measured], dtype=np.float64)
    is_known = np.isfinite(found) & (found > 0)
    if not is_known.any():
        return None
    return np.where(is_known, found, np.median(found[is_known]))


def _half_width(reading: FrameReading) -> float:
    interval, hc_mm = reading.interval_mm, reading.hc_mm
    return math.nan if interval is None or not hc_mm else (interval.high - interval.low) / 2 / hc_mm


def _closest_half(values: NDArray[np.float64], weights: NDArray[np.float64]) -> tuple[float, float]:
    """Return the middle of the shortest range that holds half of the weight, and half its length.

    Half of the frames may lie anywhere else.
    """
    order = np.argsort(values, kind="stable")
    ordered, up_to = values[order], np.cumsum(weights[order])
    before = up_to - weights[order]
    # Rounded down by a hair: of two halves neither must need one frame of the other.
    half = up_to[-1] / 2 * (1 - 1e-9)
    ends = np.searchsorted(up_to, before + half)
    is_whole = ends < len(ordered)
    starts, ends = np.flatnonzero(is_whole), ends[is_whole]
    lengths = ordered[ends] - ordered[starts]
    best = int(np.argmin(lengths))
    inside = slice(int(starts[best]), int(ends[best]) + 1)
    return _median(ordered[inside], weights[order][inside]), float(lengths[best]) / 2


def _median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    """Return the value with half of the weight on either side, between two where it falls there."""
    order = np.argsort(values, kind="stable")
    ordered, its_weights = values[order], weights[order]
    places = np.cumsum(its_weights) - its_weights / 2
    return float(np.interp(its_weights.sum() / 2, places, ordered))


def _interval(
    measured: Sequence[FrameReading],
    hc_mm: float,
    usual_mm: float,
    spread_mm: float,
    weights: NDArray[np.float64],
) -> Interval | None:
    """Return the interval: what is common to all frames stays, the rest shrinks as they get more.

    Where the frames lie farther apart than their own intervals say, their distance counts.
    """
    coverage = next((one.interval_mm.coverage for one in measured if one.interval_mm), None)
    if coverage is None:
        return None
    single_mm = max(math.sqrt(1 - COMMON_SHARE) * usual_mm, _NINE_TENTHS_REACH * spread_mm)
    count = float(weights.sum() ** 2 / (weights**2).sum())
    # A median of few is no worse than one of them.
    shrunk = min(1.0, _MEDIAN_LOSS / count)
    half_mm = math.sqrt(COMMON_SHARE * usual_mm**2 + shrunk * single_mm**2)
    return Interval(max(0.0, hc_mm - half_mm), hc_mm + half_mm, coverage)
