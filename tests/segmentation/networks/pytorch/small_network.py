"""The smallest networks that a bundle can hold, made of random numbers."""

from dataclasses import asdict, replace

import torch

from fhc_desktop.segmentation.bundle import LOOK_WITH_LEVELS, Look, graph_name
from fhc_desktop.segmentation.networks.pytorch.unet import UNet, UNetConfig
from fhc_desktop.segmentation.preprocessing import PreprocessingSpec
from model_training.graph import network_graph
from tests.segmentation.drawn_networks import drawn_bundle

SMALL = UNetConfig(width=2, levels=3)
LOOK = Look(asdict(SMALL), PreprocessingSpec(96, 64))


def small_bundle(seed=3, *looks):
    """A bundle whose networks are random; of one look unless others are named."""
    names = looks or ("survey",)
    torch.manual_seed(seed)
    tensors = {
        f"{look}.0.{name}": value.numpy()
        for look in names
        for name, value in UNet(SMALL).state_dict().items()
    }
    tensors |= {
        graph_name(look): network_graph(UNet(SMALL), with_levels=look == LOOK_WITH_LEVELS)
        for look in names
    }
    close_up = LOOK if "close_up" in names else None
    return replace(drawn_bundle(survey=LOOK, close_up=close_up), tensors=tensors)
