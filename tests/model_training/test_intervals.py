import numpy as np
import pytest

from fhc_desktop.domain.image.geometry import Ellipse
from model_training.calibration import FLOORS
from model_training.intervals import COVERAGE, conformal_quantile, fit_interval
from model_training.out_of_fold import OutOfFold
from model_training.scores import HeadScore

CIRCLE = Ellipse(0.0, 0.0, 50.0, 50.0, 0.0)
EXPECTED = 0.01


def names(count):
    return np.array([f"{number:03d}" for number in range(count)])


def rows(scores, *, hc_mm):
    """Heads as they were measured, off by so many times what was expected."""
    return [
        OutOfFold(
            0,
            HeadScore(f"{number:03d}_HC", hc_mm * (1 - EXPECTED * score), hc_mm, 0.98, 1.0),
            CIRCLE,
            CIRCLE,
            FLOORS,
        )
        for number, score in enumerate(scores)
    ]


def fitted(heads):
    return fit_interval(heads, np.full(len(heads), EXPECTED))


@pytest.mark.parametrize("subjects", [30, 119])
def test_that_a_new_subject_is_covered_as_often_as_promised(subjects):
    rng = np.random.default_rng(subjects)
    scores = rng.exponential(size=(1000, subjects))
    reached = [conformal_quantile(row, names(subjects)) for row in scores]
    covered = np.mean(rng.exponential(size=1000) <= reached)

    assert COVERAGE - 0.01 < covered < COVERAGE + 2 / subjects + 0.01


def test_that_frames_of_one_subject_count_once():
    rng = np.random.default_rng(5)
    frames, subjects = 8, 12
    scores = np.repeat(rng.exponential(size=(1000, subjects)), frames, axis=1)
    reached = [conformal_quantile(row, np.repeat(names(subjects), frames)) for row in scores]

    assert np.mean(rng.exponential(size=1000) <= reached) > COVERAGE - 0.01


def test_that_an_error_is_counted_against_the_head_as_measured():
    heads = rows([1.0] * 40, hc_mm=200.0)
    rule = fitted(heads)

    assert rule.half_width_mm(200.0, EXPECTED) == pytest.approx(
        abs(heads[0].score.difference_mm), rel=1e-6
    )


def test_that_a_size_with_few_heads_leans_on_all():
    few, many = rows([1.0] * 20, hc_mm=300.0), rows([2.0] * 700, hc_mm=150.0)
    rule = fitted([*few, *many])

    small, large = rule.multiples
    assert small == pytest.approx(2.0)
    assert 1.8 < large < 2.0


def test_that_a_size_with_many_heads_goes_its_own_way():
    rule = fitted([*rows([1.0] * 900, hc_mm=300.0), *rows([2.0] * 900, hc_mm=150.0)])

    assert rule.multiples[1] == pytest.approx(1.0, abs=0.15)


def test_that_a_size_without_heads_has_no_knot():
    rule = fitted(rows([1.0] * 30, hc_mm=150.0))

    assert rule.knots_mm == (150.0,)
    assert rule.heads == 30
