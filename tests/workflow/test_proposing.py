"""Whoever says where a head lies."""

import pytest

from fhc_desktop.segmentation.bundle import UnusableModel
from fhc_desktop.workflow.proposing import LazySegmenter
from tests.heads import small_phantom
from tests.segmentation.networks.small_bundle import SMALL_BUNDLE, read_small_bundle


def test_that_a_missing_bundle_is_said_at_first_use(tmp_path):
    proposer = LazySegmenter(tmp_path / "none.safetensors")

    assert proposer.identity is None
    with pytest.raises(UnusableModel, match="missing"):
        proposer.propose(small_phantom().image)


def test_that_warming_up_says_nothing_and_leaves_the_fault_to_the_first_use(tmp_path):
    proposer = LazySegmenter(tmp_path / "none.safetensors")
    proposer.warm_up()

    with pytest.raises(UnusableModel, match="missing"):
        proposer.load()


def test_that_what_was_warmed_up_is_what_proposes():
    proposer = LazySegmenter(SMALL_BUNDLE, "cpu")
    proposer.warm_up()

    assert proposer.identity == read_small_bundle().identity
    assert proposer.load() is proposer.load()
