import pytest
import torch

from fhc_desktop.segmentation.networks.pytorch.encoders import (
    LITE_LEVELS,
    LiteEncoder,
    PlainEncoder,
)


@pytest.mark.parametrize("encoder", [PlainEncoder([3, 5, 7]), LiteEncoder()])
def test_that_each_level_halves_the_picture_and_has_the_channels_it_names(encoder):
    found = encoder(torch.randn(2, 1, 64, 96))
    sides = [(64 >> level, 96 >> level) for level in range(1, len(encoder.channels) + 1)]

    assert [tuple(features.shape[2:]) for features in found] == sides
    assert tuple(features.shape[1] for features in found) == encoder.channels


def test_that_the_lite_encoder_has_as_many_levels_as_it_says():
    assert len(LiteEncoder().channels) == LITE_LEVELS
