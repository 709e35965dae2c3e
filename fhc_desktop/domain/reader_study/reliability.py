"""How much of what differs is the pictures' and not the readers': intraclass correlation.

ICC(2,1), absolute agreement, and ICC(3,1), consistency, of single readings after Shrout and Fleiss,
Psychol Bull 1979;86:420-428, with the F-based intervals of McGraw and Wong, Psychol Methods
1996;1:30-46 (there ICC(A,1) and ICC(C,1), two-way).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.reader_study.estimate import (
    FEWEST_PICTURES,
    TOO_FEW,
    UPPER_SHARE,
    Estimate,
    NotReckoned,
    Quantiles,
)

# What is left of sums of squares by rounding, as a share of the whole.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """A two-way analysis of variance without replication: pictures are rows, readers columns."""

    pictures: int
    readers: int
    of_pictures: float
    of_readers: float
    of_error: float

    @classmethod
    def of(cls, values: NDArray[np.float64]) -> "MeanSquares":
        """Return those of readings of shape (pictures, readers), two of each at least."""
        pictures, readers = values.shape
        mean = values.mean()
        by_picture, by_reader = values.mean(axis=1), values.mean(axis=0)
        rest = values - by_picture[:, np.newaxis] - by_reader + mean
        squares = (
            readers * float(((by_picture - mean) ** 2).sum()) / (pictures - 1),
            pictures * float(((by_reader - mean) ** 2).sum()) / (readers - 1),
            float((rest**2).sum()) / ((pictures - 1) * (readers - 1)),
        )
        least = _ROUNDING * max(*squares, _ROUNDING * float(mean) ** 2)
        kept = (square if square > least else 0.0 for square in squares)
        return cls(pictures, readers, *kept)


@dataclass(frozen=True, slots=True)
class Reliability:
    """Both coefficients of so many pictures, each read by so many readers."""

    pictures: int
    readers: int
    absolute: Estimate
    """ICC(2,1)"""
    consistency: Estimate
    """ICC(3,1)"""


def reliability(values: NDArray[Any], quantiles: Quantiles) -> Reliability | NotReckoned:
    """Return the coefficients of readings of shape (pictures, readers), without gaps."""
    pictures, readers = values.shape
    if pictures < FEWEST_PICTURES or readers < 2:  # noqa: PLR2004 - nobody to agree with
        return TOO_FEW
    squares = MeanSquares.of(values.astype(np.float64))
    if squares.of_pictures == squares.of_error == 0:
        return NotReckoned("No picture differs from another.")
    return Reliability(
        pictures,
        readers,
        absolute=_absolute(squares, quantiles),
        consistency=_consistency(squares, quantiles),
    )


def _consistency(squares: MeanSquares, quantiles: Quantiles) -> Estimate:
    n, k = squares.pictures, squares.readers
    value = (squares.of_pictures - squares.of_error) / (
        squares.of_pictures + (k - 1) * squares.of_error
    )
    if squares.of_error == 0:
        return Estimate(value)
    ratio, above, below = squares.of_pictures / squares.of_error, n - 1, (n - 1) * (k - 1)
    low = ratio / quantiles.f(UPPER_SHARE, above, below)
    high = ratio * quantiles.f(UPPER_SHARE, below, above)
    return Estimate(value, (low - 1) / (low + k - 1), (high - 1) / (high + k - 1))


def _absolute(squares: MeanSquares, quantiles: Quantiles) -> Estimate:
    n, k = squares.pictures, squares.readers
    rows, columns, error = squares.of_pictures, squares.of_readers, squares.of_error
    value = (rows - error) / (rows + (k - 1) * error + k * (columns - error) / n)
    if value == 1 or error == 0:
        return Estimate(value)
    # Satterthwaite's degrees of freedom of the denominator.
    a = k * value / (n * (1 - value))
    b = 1 + k * value * (n - 1) / (n * (1 - value))
    mixed = (a * columns) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1))
    freedom = (a * columns + b * error) ** 2 / mixed if mixed else 0.0
    # Less than one only where both terms cancel out, with readers who agree worse than by chance.
    if freedom < 1:
        return Estimate(value)
    rest = k * columns + (k * n - k - n) * error
    lower = quantiles.f(UPPER_SHARE, n - 1, freedom)
    upper = quantiles.f(UPPER_SHARE, freedom, n - 1)
    return Estimate(
        value,
        n * (rows - lower * error) / (lower * rest + n * rows),
        n * (upper * rows - error) / (rest + n * upper * rows),
    )
