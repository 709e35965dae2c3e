"""Whoever says where a head lies."""

from dataclasses import replace

import pytest

from fhc_desktop.segmentation.bundle import UnusableModel
from fhc_desktop.workflow.proposing import LazySegmenter, RememberedProposals
from tests.fakes import FakeSegmenter
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


def test_that_a_picture_is_looked_at_once_and_another_frame_anew():
    asked = []

    class Counting(FakeSegmenter):
        def propose(self, image):
            asked.append(image.source.frame)
            return super().propose(image)

    image = small_phantom().image
    other = replace(image, source=replace(image.source, frame=2))
    remembered = RememberedProposals(Counting(small_phantom().outline_px))

    first = [remembered.propose(one) for one in (image, other, image)]

    assert asked == [1, 2]
    assert first[2] is first[0]


def test_that_what_could_not_be_said_is_asked_again():
    class Failing:
        def propose(self, _image):
            raise UnusableModel("There is no model.", "Install it.")

    remembered = RememberedProposals(Failing())
    for _ in range(2):
        with pytest.raises(UnusableModel):
            remembered.propose(small_phantom().image)
