from dataclasses import replace

import numpy as np
import pytest
import torch

from fhc_desktop.segmentation.bundle import load_bundle
from fhc_desktop.segmentation.networks.pytorch.unet import UNet, UNetConfig
from model_training.config import LossConfig, read_config
from model_training.losses import region_loss
from model_training.supervision import (
    FAR,
    Answers,
    learned,
    learner,
    signed_distances,
    total_loss,
)
from model_training.train import train
from tests.model_training.drawn_sets import write_config, write_hc18

ASKED = LossConfig(coarser=0.5, distance=0.5)
TINY = UNetConfig(width=4, levels=3)


def disc(radius, side=64):
    y, x = np.mgrid[:side, :side] + 0.5
    return torch.tensor(np.hypot(x - side / 2, y - side / 2) < radius)[None, None].float()


def perfect(masks):
    halved = torch.nn.functional.interpolate(masks, scale_factor=0.5, mode="area")
    return Answers(40 * masks - 20, [40 * halved - 20], signed_distances(masks))


def test_that_distances_are_pixels_from_the_outline_positive_inside_and_bounded():
    mask = disc(20)
    found = FAR * signed_distances(mask)[0, 0]
    y, x = np.mgrid[:64, :64] + 0.5
    exact = np.clip(20 - np.hypot(x - 32, y - 32), -FAR, FAR)

    assert np.abs(found.numpy() - exact).max() < 1.0
    assert np.abs(found.numpy() - exact).mean() < 0.2


def test_that_without_a_head_everything_is_far_outside():
    assert (signed_distances(torch.zeros(2, 1, 16, 16)) == -1).all()


def test_that_nothing_more_is_asked_where_the_weights_are_0():
    unet = UNet(TINY)

    assert learner(unet, LossConfig(rim=4.0)) is unet
    assert learned(learner(unet, ASKED)) is unet


def test_that_the_head_is_asked_for_as_the_serving_network_answers():
    network = learner(UNet(TINY), ASKED).eval()
    pictures = torch.rand(2, 1, 32, 48)
    answers = network(pictures)

    assert torch.equal(answers.logits, learned(network)(pictures))
    assert [tuple(logits.shape[2:]) for logits in answers.coarser] == [(16, 24), (8, 12)]
    assert answers.distances.shape == pictures.shape


@pytest.mark.parametrize(
    "fault",
    [
        lambda answers: answers._replace(coarser=[-answers.coarser[0]]),
        lambda answers: answers._replace(distances=-answers.distances),
    ],
)
def test_that_a_wrong_answer_costs_at_each_level_and_in_distance(fault):
    masks = disc(20)
    sound = total_loss(perfect(masks), masks, ASKED)

    assert total_loss(fault(perfect(masks)), masks, ASKED) > sound + 0.3


def test_that_a_plain_networks_loss_is_the_regions():
    masks = disc(20)
    logits = 3 * masks - 1

    assert total_loss(logits, masks, ASKED) == region_loss(logits, masks, ASKED)


def test_that_what_was_asked_more_is_not_in_the_bundle(tmp_path):
    write_hc18(tmp_path / "hc18")
    config = read_config(
        write_config(
            tmp_path / "run.toml",
            data=tmp_path / "hc18",
            output=tmp_path / "asked",
            epochs=1,
            loss={"coarser": 0.5, "distance": 0.5},
        )
    )
    train(config)
    train(replace(config, output=tmp_path / "plain", loss=LossConfig()))
    asked, plain = (
        load_bundle(tmp_path / run / "bundle.safetensors") for run in ("asked", "plain")
    )

    assert asked.tensors.keys() == plain.tensors.keys()
    assert any((asked.tensors[name] != plain.tensors[name]).any() for name in plain.tensors)
