import math

import pytest

from fhc_desktop.domain.image.geometry import Ellipse
from model_training.scores import dice, hausdorff, score_outline, summaries, summary

CIRCLE = Ellipse(0, 0, 50, 50, 0)


def test_that_scores_know_their_answers():
    wider = Ellipse(0, 0, 52, 52, 0)
    score = score_outline("a", wider, reference_mm=CIRCLE, reference_hc_mm=CIRCLE.perimeter)

    assert score.difference_mm == pytest.approx(4 * math.pi)
    assert score.hausdorff_mm == pytest.approx(2, abs=1e-3)
    assert dice(CIRCLE, wider) == pytest.approx(2 * 50**2 / (50**2 + 52**2), abs=2e-3)
    assert hausdorff(CIRCLE, CIRCLE) == 0


def test_that_a_miss_counts_with_all_of_its_hc():
    missed = score_outline("a", None, reference_mm=CIRCLE, reference_hc_mm=300.0)

    assert summary([missed])["all"]["mae_mm"] == 300
    assert summary([missed])["all"]["misses"] == 1


def test_that_each_data_set_has_a_summary_of_its_own():
    rows = [
        score_outline(
            name, CIRCLE, reference_mm=CIRCLE, reference_hc_mm=CIRCLE.perimeter, data_set=name
        )
        for name in ("HC18", "OTHER")
    ]
    found = summaries([*rows, rows[1]])

    assert {name: each["all"]["images"] for name, each in found.items()} == {"HC18": 1, "OTHER": 2}
