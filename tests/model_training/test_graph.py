import numpy as np
import onnxruntime
import pytest
import torch
from torch import nn

from fhc_desktop.segmentation.bundle import LOOK_WITH_LEVELS, graph_name
from fhc_desktop.segmentation.network_graph import with_weights
from fhc_desktop.segmentation.networks.pytorch.unet import UNet
from model_training.graph import network_graph
from tests.segmentation.networks.pytorch.small_network import SMALL
from tests.segmentation.networks.pytorch.test_unet import CONFIGS, network_of
from tests.segmentation.networks.small_bundle import read_small_bundle


@pytest.mark.parametrize("config", CONFIGS)
def test_that_a_graph_computes_what_the_code_computes(config):
    network = network_of(config)
    weights = {name: tensor.numpy() for name, tensor in network.state_dict().items()}
    model = with_weights(network_graph(network).tobytes(), weights)
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    pictures = torch.randn(2, 1, 64, 96)
    (found,) = session.run(None, {"pictures": pictures.numpy()})
    with torch.inference_mode():
        expected = torch.sigmoid(network(pictures)).numpy()

    assert np.abs(found - expected).max() < 1e-4


def test_that_the_kept_bundle_has_the_graph_that_the_code_makes():
    bundle = read_small_bundle()

    for look in bundle.header.looks:
        graph = network_graph(UNet(SMALL), with_levels=look == LOOK_WITH_LEVELS)
        assert (bundle.tensors[graph_name(look)] == graph).all()


@pytest.mark.parametrize("config", CONFIGS)
def test_that_a_graph_gives_the_levels_of_the_way_down_too(config):
    network = network_of(config)
    weights = {name: tensor.numpy() for name, tensor in network.state_dict().items()}
    model = with_weights(network_graph(network, with_levels=True).tobytes(), weights)
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    pictures = torch.randn(2, 1, 64, 96)
    maps, *levels = session.run(None, {"pictures": pictures.numpy()})
    with torch.inference_mode():
        logits, expected = network.answered(pictures)

    assert np.abs(maps - torch.sigmoid(logits).numpy()).max() < 1e-4
    for found, features in zip(levels, expected[1:], strict=True):
        assert np.allclose(found, features.numpy(), atol=1e-3)


def test_that_the_same_network_has_the_same_graph():
    assert (network_graph(UNet(SMALL)) == network_graph(UNet(SMALL))).all()


@pytest.mark.parametrize("odd", [nn.Dropout(), nn.Flatten()])
def test_that_a_layer_without_a_word_is_refused(odd):
    with pytest.raises(ValueError, match="no graph of ours"):
        network_graph(nn.Sequential(nn.Conv2d(1, 1, 3), odd))


def test_that_a_step_without_a_word_is_refused():
    class Odd(nn.Module):
        def forward(self, pictures):
            return torch.tanh(pictures)

    with pytest.raises(ValueError, match="no graph of ours"):
        network_graph(Odd())
