"""How far one reader is from herself: within-subject standard deviation and repeatability.

Bland and Altman, BMJ 1996;313:744: of two readings of each picture by one reader; the
repeatability coefficient is the difference that 95 % of her pairs stay below.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fhc_desktop.domain.reader_study.estimate import (
    FEWEST_PICTURES,
    LOWER_SHARE,
    NORMAL_95,
    TOO_FEW,
    UPPER_SHARE,
    Estimate,
    NotReckoned,
    Quantiles,
)


@dataclass(frozen=True, slots=True)
class Repeatability:
    """Both in the unit of the differences; the intervals are those of a variance (chi squared)."""

    pairs: int
    within_subject_sd: Estimate
    coefficient: Estimate


def repeatability(
    differences: Sequence[float], quantiles: Quantiles
) -> Repeatability | NotReckoned:
    """Return what follows from the differences between two readings of each picture."""
    count = len(differences)
    if count < FEWEST_PICTURES:
        return TOO_FEW
    sd = math.sqrt(float(np.mean(np.square(differences))) / 2)
    within = Estimate(
        sd,
        sd * math.sqrt(count / quantiles.chi_squared(UPPER_SHARE, count)),
        sd * math.sqrt(count / quantiles.chi_squared(LOWER_SHARE, count)),
    )
    return Repeatability(count, within, _times(NORMAL_95 * math.sqrt(2), within))


def _times(factor: float, estimate: Estimate) -> Estimate:
    low, high = estimate.low, estimate.high
    return Estimate(
        factor * estimate.value,
        None if low is None else factor * low,
        None if high is None else factor * high,
    )
