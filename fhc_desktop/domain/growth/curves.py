"""How a length of the head is distributed at an age: the forms in which growth charts come."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from statistics import NormalDist
from typing import Protocol

import numpy as np

from fhc_desktop.domain.dating.gestation import GestationalAge

NORMAL = NormalDist()
# How far, as a share of its length, a head on the outermost curve may seem to lie beyond it.
_ROUNDING = 1e-12


class Side(Enum):
    """On which side of a chart's outermost percentile a length lies."""

    BELOW = "below"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Beyond:
    """A length outside the outermost percentile that a chart has; ``percentile`` is 0 to 100."""

    side: Side
    percentile: float


class Curves(Protocol):
    """The distribution of a length at each age of a chart; asked only within the chart's ages."""

    def z_of(self, length_mm: float, age: GestationalAge) -> float | Beyond:
        """Return the z-score of a length, or that it is beyond the chart's percentiles."""
        ...

    def length_mm(self, z: float, age: GestationalAge) -> float | None:
        """Return the length at a z-score; None beyond the chart's percentiles."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class NormalCurves:
    """Normally distributed at each age; mean and standard deviation in mm by decimal weeks."""

    mean_mm: Callable[[float], float]
    sd_mm: Callable[[float], float]

    def z_of(self, length_mm: float, age: GestationalAge) -> float | Beyond:
        return (length_mm - self.mean_mm(age.weeks)) / self.sd_mm(age.weeks)

    def length_mm(self, z: float, age: GestationalAge) -> float | None:
        return self.mean_mm(age.weeks) + z * self.sd_mm(age.weeks)


@dataclass(frozen=True, slots=True, eq=False)
class LogNormalCurves:
    """Log-normal at each age; ``by_day`` gives the median in mm and the SD of its logarithm."""

    by_day: Callable[[], Mapping[int, tuple[float, float]]]

    def z_of(self, length_mm: float, age: GestationalAge) -> float | Beyond:
        median_mm, log_sd = self.by_day()[age.days]
        return math.log(length_mm / median_mm) / log_sd

    def length_mm(self, z: float, age: GestationalAge) -> float | None:
        median_mm, log_sd = self.by_day()[age.days]
        return median_mm * math.exp(z * log_sd)


@dataclass(frozen=True, slots=True)
class Axis:
    """What is interpolated in: a quantity itself, or something that runs straighter."""

    forward: Callable[[float], float]
    back: Callable[[float], float]


AS_IT_IS = Axis(forward=float, back=float)
LOGARITHM = Axis(forward=math.log, back=math.exp)
Z_SCORE = Axis(forward=NORMAL.inv_cdf, back=NORMAL.cdf)


@dataclass(frozen=True, slots=True, eq=False)
class QuantileCurves:
    """A few percentiles at each age, and between them straight lines; nothing beyond them.

    ``lengths_mm`` gives one length for each of the ascending ``probabilities``. The straight
    lines run in ``across`` (made of the probability) and ``along`` (made of the length).
    """

    probabilities: tuple[float, ...]
    lengths_mm: Callable[[GestationalAge], Sequence[float]]
    across: Axis
    along: Axis

    def z_of(self, length_mm: float, age: GestationalAge) -> float | Beyond:
        lengths = self.lengths_mm(age)
        if length_mm < lengths[0] * (1 - _ROUNDING):
            return Beyond(Side.BELOW, 100 * self.probabilities[0])
        if length_mm > lengths[-1] * (1 + _ROUNDING):
            return Beyond(Side.ABOVE, 100 * self.probabilities[-1])
        place = np.interp(
            self.along.forward(length_mm),
            [self.along.forward(mm) for mm in lengths],
            [self.across.forward(p) for p in self.probabilities],
        )
        return NORMAL.inv_cdf(self.across.back(float(place)))

    def length_mm(self, z: float, age: GestationalAge) -> float | None:
        probability = NORMAL.cdf(z)
        first, last = self.probabilities[0], self.probabilities[-1]
        if not first * (1 - _ROUNDING) <= probability <= last * (1 + _ROUNDING):
            return None
        height = np.interp(
            self.across.forward(probability),
            [self.across.forward(p) for p in self.probabilities],
            [self.along.forward(mm) for mm in self.lengths_mm(age)],
        )
        return self.along.back(float(height))
