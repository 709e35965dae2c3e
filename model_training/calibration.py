"""Grade and interval, fitted on heads that the networks never saw.

The expected error is a scale s = exp(w . log signals) under which the relative errors r are
Laplace distributed: w minimises the mean of log s + r / s, which is convex in w. Heads are told
from other pictures by logistic regression on the same logarithms.
"""

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.segmentation.trust.quality import QualitySpec, Weights, judged
from fhc_desktop.segmentation.trust.signals import SIGNAL_NAMES, Signals
from model_training import hc18
from model_training.intervals import fit_interval
from model_training.out_of_fold import OutOfFold, signal_matrix

# The interval's scores are found in so many turns, each without a share of the subjects.
TURNS = 5
# Beyond this an error says that something else was measured, not how far the outline is off.
LARGEST_ERROR = 0.15
# Of sound outlines (within this share of HC) this share may be sent back for a second look.
SOUND_WITHIN = 0.03
FALSE_ALARMS = 0.075
# Of true heads this share may be refused.
REFUSED_HEADS = 0.005
UNUSUAL_QUANTILE = 0.95
RIDGE = 2.0
NEWTON_STEPS = 60
TINY = 1e-9
# Below these a signal's logarithm would measure noise.
FLOORS = Signals(
    misfit=0.004,
    spread=0.0015,
    shift=0.004,
    softness=0.01,
    cut=0.01,
    hidden=0.05,
    second=0.02,
    doubt=0.01,
    plain=0.05,
    small=0.05,
)

# The head's size in its picture is no doubt by itself.
_FREE = frozenset({SIGNAL_NAMES.index("small")})

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """One head with what a rule that was not fitted on it says: the test of the rule."""

    row: OutOfFold
    expected: float
    half_width_mm: float
    grade: Grade

    @property
    def is_good(self) -> bool:
        return self.grade is Grade.GOOD

    @property
    def is_covered(self) -> bool:
        return abs(self.row.score.difference_mm) <= self.half_width_mm


def fit_quality(rows: Sequence[OutOfFold], others: Sequence[Signals]) -> QualitySpec:
    """Return the specification learned from measured heads with millimetres and from others.

    ``others`` are the signals of pictures that show no head.
    """
    found = [row for row in rows if row.signals is not None]
    logs = _logs([row.signals for row in found if row.signals is not None])
    errors = np.minimum([row.relative_error for row in found], LARGEST_ERROR)
    error = fit_scale(logs, errors)
    apart = _expected_apart(logs, errors, _turns(found))
    expected = np.exp(_values(error, logs))
    sound = errors <= SOUND_WITHIN
    head, head_above = fit_heads(logs, _logs(others))
    matrix = signal_matrix(row.signals for row in found if row.signals is not None)
    return QualitySpec(
        floors=_tuple(np.asarray(FLOORS)),
        unusual=_tuple(np.quantile(matrix[sound], UNUSUAL_QUANTILE, axis=0)),
        error=error,
        look_again_above=float(np.quantile(expected[sound], 1 - FALSE_ALARMS)),
        head=head,
        head_above=head_above,
        interval=fit_interval(found, apart),
    )


def fit_scale(logs: Matrix, errors: Vector) -> Weights:
    """Return the weights of the expected error: mean(log s + r / s) is least, none below 0.

    Each signal is one of doubt, so that a negative weight would only balance another's.
    """

    def slope(features: Matrix, weights: Vector) -> tuple[Vector, Vector]:
        ratio = errors * np.exp(-features @ weights)
        return 1 - ratio, ratio

    start = math.log(max(float(errors.mean()), 1e-4))
    return _fitted(logs, slope, start=start, sign=1, free=_FREE)


def fit_heads(heads: Matrix, others: Matrix) -> tuple[Weights, float]:
    """Return the log odds of a head by logistic regression, and the least that is taken for one.

    No weight is above 0; the head's size, which says nothing of this, has none.
    """
    if not len(others):
        return Weights(0.0, (0.0,) * heads.shape[1]), -1.0
    labels = np.concatenate([np.ones(len(heads)), np.zeros(len(others))])
    # Both kinds weigh the same, however many there are.
    sizes = np.where(labels > 0, len(labels) / 2 / len(heads), len(labels) / 2 / len(others))

    def slope(features: Matrix, weights: Vector) -> tuple[Vector, Vector]:
        odds = 1 / (1 + np.exp(-features @ weights))
        return sizes * (odds - labels), sizes * odds * (1 - odds)

    head = _fitted(np.vstack([heads, others]), slope, start=0.0, sign=-1, left_out=_FREE)
    return head, float(np.quantile(_values(head, heads), REFUSED_HEADS))


Slope = Callable[[Matrix, Vector], tuple[Vector, Vector]]


def _fitted(
    logs: Matrix,
    slope: Slope,
    *,
    start: float,
    sign: int,
    free: Collection[int] = (),
    left_out: Collection[int] = (),
) -> Weights:
    """Return weights by Newton's method with a ridge, all of one sign but the ``free`` ones.

    ``slope`` gives each row's first and second derivative by its linear form. Signals whose
    weight comes out with the other sign are left out, the worst first.
    """
    kept = [column for column in range(logs.shape[1]) if column not in left_out]
    while True:
        features, center, spread = _standardised(logs[:, kept])
        weights = np.zeros(len(kept) + 1)
        weights[0] = start
        ridge = np.diag([0.0, *[RIDGE] * len(kept)])
        for _ in range(NEWTON_STEPS):
            first, second = slope(features, weights)
            gradient = features.T @ first + ridge @ weights
            curvature = (features * second[:, None]).T @ features + ridge
            weights -= _bounded(np.linalg.solve(curvature + TINY * np.eye(len(weights)), gradient))
        wrong = [
            (sign * weight, column)
            for column, weight in zip(kept, weights[1:], strict=True)
            if sign * weight < 0 and column not in free
        ]
        if not wrong:
            return _unstandardised(weights, center, spread, kept=kept, count=logs.shape[1])
        kept.remove(min(wrong)[1])


def cross_judged(
    rows: Sequence[OutOfFold],
    others: Sequence[Signals],
    *,
    taught_by: Sequence[OutOfFold] | None = None,
) -> list[Judged]:
    """Return each found head judged by a rule that was fitted on the other folds.

    The rule's own interval is fitted on subjects left out in turn, so that these heads are left
    out twice. ``taught_by`` are the heads that teach, where it is not these.
    """
    found = []
    for fold in sorted({row.fold for row in rows}):
        teaching = [row for row in (taught_by or rows) if row.fold != fold]
        spec = fit_quality(teaching, others)
        found += [_judged(row, spec) for row in rows if row.fold == fold and row.signals]
    return found


def _judged(row: OutOfFold, spec: QualitySpec) -> Judged:
    if row.signals is None:
        raise ValueError("only a head that was found can be judged")
    expected = spec.expected_error(row.signals)
    return Judged(
        row=row,
        expected=expected,
        half_width_mm=spec.interval.half_width_mm(row.score.hc_mm, expected),
        grade=judged(row.signals, spec).grade,
    )


def _expected_apart(logs: Matrix, errors: Vector, turns: NDArray[np.int64]) -> Vector:
    """Return each head's expected error by weights that were fitted without its turn's heads."""
    expected = np.empty(len(errors))
    for turn in np.unique(turns):
        left_out = turns == turn
        error = fit_scale(logs[~left_out], errors[~left_out])
        expected[left_out] = np.exp(_values(error, logs[left_out]))
    return expected


def _turns(rows: Sequence[OutOfFold]) -> NDArray[np.int64]:
    """Return the turn that each head is left out in, a subject's heads in the same."""
    subjects = [hc18.subject_of(row.score.name) for row in rows]
    return np.unique(subjects, return_inverse=True)[1] % TURNS


def _logs(signals: Sequence[Signals]) -> Matrix:
    matrix: Matrix = np.log(signal_matrix(signals) + np.asarray(FLOORS))
    return matrix


def _values(weights: Weights, logs: Matrix) -> Vector:
    values: Vector = weights.constant + logs @ np.array(weights.weights)
    return values


def _standardised(logs: Matrix) -> tuple[Matrix, Vector, Vector]:
    center, spread = logs.mean(axis=0), np.maximum(logs.std(axis=0), 1e-6)
    features = np.column_stack([np.ones(len(logs)), (logs - center) / spread])
    return features, center, spread


def _unstandardised(
    weights: Vector, center: Vector, spread: Vector, *, kept: Sequence[int], count: int
) -> Weights:
    slopes = np.zeros(count)
    slopes[list(kept)] = weights[1:] / spread
    constant = float(weights[0] - slopes[list(kept)] @ center)
    return Weights(constant, _tuple(slopes))


def _bounded(step: NDArray[np.floating[Any]]) -> Vector:
    """Return a Newton step no longer than 1, so that a far start does not run away."""
    return np.asarray(step / max(1.0, float(np.linalg.norm(step))), np.float64)


def _tuple(values: Vector) -> tuple[float, ...]:
    return tuple(round(float(value), 9) for value in values)
