"""Whoever says where a head lies."""

import pytest

from fhc_desktop.segmentation.bundle import UnusableModel
from fhc_desktop.workflow.proposing import LazySegmenter
from tests.heads import small_phantom


def test_that_a_missing_bundle_is_said_at_first_use(tmp_path):
    proposer = LazySegmenter(tmp_path / "none.safetensors")

    assert proposer.identity is None
    with pytest.raises(UnusableModel, match="missing"):
        proposer.propose(small_phantom().image)
