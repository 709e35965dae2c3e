import pytest
import torch
from torch import nn

from fhc_desktop.segmentation.networks.pytorch.encoders import LITE
from fhc_desktop.segmentation.networks.pytorch.unet import UNet, UNetConfig, fused

CONFIGS = [UNetConfig(width=2, levels=3), UNetConfig(width=4, encoder=LITE)]


def network_of(config):
    """Return a network whose normalisations have seen something, as after training."""
    torch.manual_seed(3)
    network = UNet(config)
    for part in network.modules():
        if isinstance(part, nn.BatchNorm2d):
            nn.init.uniform_(part.running_mean, -0.2, 0.2)
            nn.init.uniform_(part.running_var, 0.5, 2.0)
            nn.init.uniform_(part.weight, 0.5, 1.5)
    return network.eval()


@pytest.mark.parametrize("config", CONFIGS)
def test_that_logits_have_the_shape_of_the_pictures(config):
    pictures = torch.randn(2, 1, 2 * config.stride, 3 * config.stride)

    assert network_of(config)(pictures).shape == pictures.shape


@pytest.mark.parametrize("config", CONFIGS)
@torch.inference_mode()
def test_that_a_fused_network_computes_the_same(config):
    network = network_of(config)
    pictures = torch.randn(1, 1, 64, 96)
    before = network(pictures)
    served = fused(network)

    assert not any(isinstance(part, nn.BatchNorm2d) for part in served.modules())
    assert torch.allclose(served(pictures), before, atol=1e-4)


@pytest.mark.parametrize("config", CONFIGS)
def test_that_every_weight_takes_part(config):
    network = network_of(config)
    network(torch.randn(1, 1, 64, 64)).square().sum().backward()

    assert all(weights.grad is not None for weights in network.parameters())


@pytest.mark.parametrize(
    "values", [{"encoder": "resnet"}, {"encoder": LITE, "levels": 4}, {"levels": 0}, {"width": 0}]
)
def test_that_a_network_nobody_can_build_is_refused(values):
    with pytest.raises(ValueError, match="not a network"):
        UNetConfig(**values)
