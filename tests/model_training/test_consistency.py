"""The same head in another picture keeps its HC: real scans through the shipped model.

A sample is enough here; every fourth held-out image is in docs/evaluation.md.
"""

import pytest

from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import load_bundle
from model_training.consistency import (
    CHANGE_LIMIT,
    CHANGES,
    OVERLAY_LIMIT,
    OVERLAYS,
    Consistency,
    measure_consistency,
    read_consistency,
    within,
    write_consistency,
)
from model_training.dataset import load_heads
from model_training.evaluate import segmenter_of
from model_training.hc18 import read_samples

# 95 % of all heads keep within the limits; of a sample of 21 chance lets up to three stray.
MOST_STRAYS = 3


@pytest.fixture(scope="module")
def rows(some_of_hc18):
    segmenter = segmenter_of(load_bundle(resource("model/head_unet.safetensors")), "cpu")
    return measure_consistency(segmenter, load_heads(read_samples(some_of_hc18)[::2]))


@pytest.mark.model
@pytest.mark.parametrize("change", CHANGES)
def test_that_a_changed_picture_keeps_its_hc(rows, change):
    limit = OVERLAY_LIMIT if change in OVERLAYS else CHANGE_LIMIT
    changed = [row for row in rows if row.change == change]

    assert all(row.relative_hc is not None for row in changed)
    assert len(changed) > 20
    assert sum(row.difference >= limit for row in changed) <= MOST_STRAYS


def test_that_a_miss_is_never_consistent():
    assert within([Consistency("a", "mirrored", None), Consistency("b", "mirrored", 1.0)], 1) == 0.5


def test_that_results_read_back(tmp_path):
    rows = [Consistency("a", "mirrored", 1.25), Consistency("b", "gamma 0.7", None)]
    write_consistency(tmp_path / "rows.csv", rows)

    assert read_consistency(tmp_path / "rows.csv") == rows
