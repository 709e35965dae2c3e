from dataclasses import replace

import numpy as np
import pytest

from fhc_desktop.segmentation.preprocessing import PreprocessingSpec
from model_training.evaluate import segmenter_of
from model_training.export import ensemble
from tests.heads import small_phantom
from tests.segmentation.networks.pytorch.small_network import LOOK, small_bundle


def one(seed):
    return small_bundle(seed, "survey", "close_up")


def test_that_joined_networks_each_make_one_view():
    image, outline = small_phantom().image, small_phantom().outline_px
    joined = ensemble([one(1), one(2), one(3)], [])
    views = segmenter_of(joined, "cpu").look_closer(image, outline).views
    alone = [segmenter_of(one(seed), "cpu").look_closer(image, outline).views for seed in (1, 2)]

    assert joined.header.inference.views == 3
    assert views.shape[0] == 3
    # Weights are kept in half the bits.
    assert np.allclose(views[0], alone[0][0], atol=2e-3)
    assert np.allclose(views[1], alone[1][1], atol=2e-3)


def test_that_networks_that_look_another_way_cannot_be_joined():
    other = one(2)
    look = replace(LOOK, preprocessing=PreprocessingSpec(96, 64, head=0.5))
    odd = replace(other, header=replace(other.header, close_up=look))
    with pytest.raises(ValueError, match="same way"):
        ensemble([one(1), odd], [])
