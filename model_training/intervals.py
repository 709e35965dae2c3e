"""The interval round a head's HC: cross-conformal, by size of head, counted by subject.

A head's score is its |error| in units of what it was expected to be, by a rule that was fitted
without its subject (Vovk 2015, cross-conformal predictors). One multiple of the expected error
that covers nine scores of ten holds for each size of head (Romano et al. 2020).
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.confidence import IntervalRule
from model_training import hc18
from model_training.out_of_fold import OutOfFold
from model_training.scores import SIZE_CLASSES

COVERAGE = 0.9
# The logarithm of the 90 % quantile of n exponential scores is off by 1.3 / sqrt(n), and sizes of
# head are taken to differ by a tenth in truth: as much as 170 heads can tell.
PRIOR_HEADS = 170

Vector = NDArray[np.float64]


def fit_interval(rows: Sequence[OutOfFold], expected: Vector) -> IntervalRule:
    """Return the rule; ``expected`` has each head's expected error, fitted without its subject.

    A size of head of which there are few leans on what all heads say.
    """
    sizes = np.array([row.score.hc_mm for row in rows])
    # The half width is a share of HC as measured, so that is what an error is a share of.
    errors = np.array([abs(row.score.difference_mm) for row in rows]) / sizes
    scores = errors / expected
    subjects = np.array([hc18.subject_of(row.score.name) for row in rows])
    of_all = math.log(conformal_quantile(scores, subjects))
    knots, multiples = [], []
    for _, low, high in SIZE_CLASSES:
        members = (sizes >= low) & (sizes < high)
        if members.any():
            own = math.log(conformal_quantile(scores[members], subjects[members]))
            weight = members.sum() / (members.sum() + PRIOR_HEADS)
            knots.append(float(np.median(sizes[members])))
            multiples.append(math.exp(weight * own + (1 - weight) * of_all))
    return IntervalRule(
        coverage=COVERAGE,
        knots_mm=tuple(knots),
        multiples=tuple(multiples),
        base_mm=0.0,
        hc_share=0.0,
        spread_share=1.0,
        heads=len(rows),
    )


def conformal_quantile(scores: Vector, subjects: NDArray[np.str_]) -> float:
    """Return the score that a new subject's stays below with the wanted probability.

    Frames of one subject are alike, so it is subjects that are counted, and the new one is one
    more of them.
    """
    level = min(1.0, COVERAGE * (1 + 1 / len(set(subjects.tolist()))))
    return float(np.quantile(scores, level, method="higher"))
