"""How far two readings of the same pictures lie apart: Bland and Altman's limits of agreement.

Bland and Altman, Lancet 1986;1:307-310, with the standard error of the limits from their
Stat Methods Med Res 1999;8:135-160, section 2.2: the limits are 1.96 standard deviations from the
bias. There is one pair for each picture, so that the pairs are independent of each other; nothing
here is made for several pairs of one picture.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fhc_desktop.domain.reader_study.estimate import (
    FEWEST_PICTURES,
    NORMAL_95,
    TOO_FEW,
    UPPER_SHARE,
    Estimate,
    NotReckoned,
    Quantiles,
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Bias, standard deviation and limits of agreement of ``pairs`` differences, in their unit."""

    pairs: int
    bias: Estimate
    sd: float
    lower_limit: Estimate
    upper_limit: Estimate


def agreement(differences: Sequence[float], quantiles: Quantiles) -> Agreement | NotReckoned:
    """Return how differences, one for each picture, lie round their mean."""
    count = len(differences)
    if count < FEWEST_PICTURES:
        return TOO_FEW
    bias, sd = float(np.mean(differences)), float(np.std(differences, ddof=1))
    t = quantiles.t(UPPER_SHARE, count - 1)
    of_bias = t * sd / math.sqrt(count)
    of_limit = t * sd * math.sqrt(1 / count + NORMAL_95**2 / (2 * (count - 1)))
    return Agreement(
        pairs=count,
        bias=_within(bias, of_bias),
        sd=sd,
        lower_limit=_within(bias - NORMAL_95 * sd, of_limit),
        upper_limit=_within(bias + NORMAL_95 * sd, of_limit),
    )


def _within(value: float, half_width: float) -> Estimate:
    return Estimate(value, value - half_width, value + half_width)
