import dataclasses
import math

import numpy as np
import pytest

from fhc_desktop.domain.image.geometry import Ellipse
from model_training.calibration import (
    FLOORS,
    cross_judged,
    fit_heads,
    fit_quality,
    fit_scale,
)
from model_training.intervals import COVERAGE
from model_training.out_of_fold import OutOfFold, signal_matrix
from model_training.scores import HeadScore

CIRCLE = Ellipse(0.0, 0.0, 50.0, 50.0, 0.0)


def heads(count, *, seed=1, telling=True):
    """Heads whose errors are Laplace distributed, with a scale that their spread gives away."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(count):
        hc = float(rng.uniform(60, 320))
        scale = float(np.exp(rng.normal(math.log(0.008), 0.7)))
        error = float(np.clip(rng.laplace(0, scale), -0.3, 0.3))
        signals = dataclasses.replace(
            FLOORS, spread=scale if telling else 0.01, doubt=float(rng.uniform(0, 0.05))
        )
        score = HeadScore(f"{number:03d}_HC.png", hc, hc * (1 + error), 0.98, 1.0)
        rows.append(OutOfFold(number % 3, score, CIRCLE, CIRCLE, signals))
    return rows


def strangers(count, *, seed=2):
    rng = np.random.default_rng(seed)
    return [
        dataclasses.replace(FLOORS, doubt=float(rng.uniform(0.3, 0.9)), misfit=0.1)
        for _ in range(count)
    ]


def test_that_intervals_cover_what_they_promise_on_heads_they_were_not_fitted_on():
    judged = cross_judged(heads(1500), strangers(50))

    assert np.mean([item.is_covered for item in judged]) == pytest.approx(COVERAGE, abs=0.03)


def test_that_heads_of_another_set_are_judged_by_those_that_teach():
    teaching = heads(300)
    strangers_to_it = [dataclasses.replace(row, fold=0) for row in heads(30, seed=9)]
    judged = cross_judged(strangers_to_it, [], taught_by=teaching)

    assert [item.row for item in judged] == strangers_to_it
    spec = fit_quality([row for row in teaching if row.fold != 0], [])
    assert judged[0].expected == spec.expected_error(strangers_to_it[0].signals)


def test_that_a_telling_signal_narrows_the_intervals():
    def median_width(rows):
        return np.median([item.half_width_mm for item in cross_judged(rows, strangers(50))])

    assert median_width(heads(900)) < 0.8 * median_width(heads(900, telling=False))


def test_that_the_expected_error_finds_the_scale_that_made_the_errors():
    rng = np.random.default_rng(4)
    logs = rng.normal(0, 1, (4000, 2))
    true = np.exp(-4 + 0.5 * logs[:, 0])
    found = fit_scale(logs, np.abs(rng.laplace(0, true)))

    assert found.constant == pytest.approx(-4, abs=0.1)
    assert found.weights == pytest.approx([0.5, 0.0], abs=0.06)
    assert min(found.weights) >= 0


def test_that_large_errors_are_graded_below_good_and_sound_ones_mostly_not():
    judged = cross_judged(heads(1500), strangers(50))
    large = [item for item in judged if item.row.relative_error > 0.05]
    sound = [item for item in judged if item.row.relative_error <= 0.03]

    assert np.mean([item.is_good for item in sound]) > 0.88
    assert np.mean([item.is_good for item in large]) < 0.5


def test_that_heads_are_told_from_other_pictures():
    true = np.log(signal_matrix([row.signals for row in heads(300)]) + np.asarray(FLOORS))
    other = np.log(signal_matrix(strangers(100)) + np.asarray(FLOORS))
    weights, least = fit_heads(true, other)

    assert (weights.constant + other @ weights.weights < least).mean() > 0.97
    assert (weights.constant + true @ weights.weights < least).mean() < 0.02


def test_that_without_other_pictures_every_outline_is_a_head():
    spec = fit_quality(heads(60), [])

    assert all(spec.head.of(row.signals, spec.floors) >= spec.head_above for row in heads(60))
