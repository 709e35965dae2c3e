from dataclasses import asdict, replace

import numpy as np
import pytest
import torch

from fhc_desktop.segmentation.bundle import BundleHeader, InferenceSpec, Look, ModelBundle
from fhc_desktop.segmentation.networks.pytorch.unet import UNet, UNetConfig
from fhc_desktop.segmentation.preprocessing import PreprocessingSpec
from fhc_desktop.segmentation.segmenter import Segmenter
from model_training.export import ensemble
from tests.heads import small_phantom

SMALL = UNetConfig(width=2, levels=3)
LOOK = Look(asdict(SMALL), PreprocessingSpec(96, 64))


def one(seed):
    torch.manual_seed(seed)
    tensors = {
        f"{look}.0.{name}": value.numpy()
        for look in ("survey", "close_up")
        for name, value in UNet(SMALL).state_dict().items()
    }
    header = BundleHeader(
        name="small",
        version="0",
        survey=LOOK,
        close_up=LOOK,
        inference=InferenceSpec(views=2),
        licence="none",
    )
    return ModelBundle(header, tensors, sha256="")


def test_that_joined_networks_each_make_one_view():
    image, outline = small_phantom().image, small_phantom().outline_px
    joined = ensemble([one(1), one(2), one(3)], [])
    views = Segmenter(joined, "cpu").look_closer(image, outline).views
    alone = [Segmenter(one(seed), "cpu").look_closer(image, outline).views for seed in (1, 2)]

    assert joined.header.inference.views == 3
    assert views.shape[0] == 3
    # Weights are kept in half the bits.
    assert np.allclose(views[0], alone[0][0], atol=2e-3)
    assert np.allclose(views[1], alone[1][1], atol=2e-3)


def test_that_networks_that_look_another_way_cannot_be_joined():
    other = one(2)
    spec = PreprocessingSpec(96, 64, head=0.5)
    odd = replace(other, header=replace(other.header, close_up=Look(asdict(SMALL), spec)))
    with pytest.raises(ValueError, match="same way"):
        ensemble([one(1), odd], [])
