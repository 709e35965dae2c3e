"""The network: a U-Net whose finest features have half the picture's resolution."""

from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_eval

from fhc_desktop.segmentation.networks.pytorch.encoders import (
    LITE,
    LITE_LEVELS,
    LiteEncoder,
    PlainEncoder,
    convolution,
    double_convolution,
)

PLAIN = "plain"

_Module = TypeVar("_Module", bound=nn.Module)


@dataclass(frozen=True, slots=True)
class UNetConfig:
    """The shape of the network; it travels in the bundle's header.

    ``width`` is the number of channels of the finest level, doubled at each of the ``levels``;
    ``encoder`` is "plain" or "efficientnet-lite0", whose own channels replace the doubled ones
    on the way down.
    """

    width: int = 16
    levels: int = 5
    encoder: str = PLAIN

    @property
    def stride(self) -> int:
        """What the sides of the input must be divisible by."""
        return 1 << self.levels

    @property
    def widths(self) -> list[int]:
        return [self.width * 2**level for level in range(self.levels)]

    def __post_init__(self) -> None:
        is_lite = self.encoder == LITE and self.levels == LITE_LEVELS
        is_plain = self.encoder == PLAIN and 1 <= self.levels <= 7  # noqa: PLR2004
        if self.width < 1 or not (is_lite or is_plain):
            raise ValueError(f"not a network: {self}")


class UNet(nn.Module):
    """Logits of the head, shape (batch, 1, height, width), from pictures of the same shape."""

    def __init__(self, config: UNetConfig) -> None:
        super().__init__()
        self.config = config
        encoder = LiteEncoder() if config.encoder == LITE else PlainEncoder(config.widths)
        self.encoder = encoder
        *widths, _ = config.widths
        deeper = [*widths[1:], encoder.channels[-1]]
        self.reducers = nn.ModuleList(
            nn.Conv2d(below, width, 1) for below, width in zip(deeper, widths, strict=True)
        )
        self.decoders = nn.ModuleList(
            double_convolution(width + skipped, width)
            for width, skipped in zip(widths, encoder.channels[:-1], strict=True)
        )
        self.head = nn.Sequential(
            convolution(config.width, config.width, stride=1), nn.Conv2d(config.width, 1, 1)
        )

    def forward(self, pictures: Tensor) -> Tensor:
        """Return logits; the sides of ``pictures`` must be divisible by ``config.stride``."""
        logits, _ = self.answered(pictures)
        return logits

    def answered(self, pictures: Tensor) -> tuple[Tensor, list[Tensor]]:
        """Return logits, and the features of each level on the way down, the finest first."""
        levels: list[Tensor] = self.encoder(pictures)
        return self.head(doubled(self._risen(levels)[0])), levels

    def decoded(self, pictures: Tensor) -> list[Tensor]:
        """Return the features of each level on the way up, the finest first."""
        return self._risen(self.encoder(pictures))

    def _risen(self, levels: list[Tensor]) -> list[Tensor]:
        *skipped, features = levels
        found: list[Tensor] = []
        for reducer, decoder in zip(reversed(self.reducers), reversed(self.decoders), strict=True):
            features = torch.cat([doubled(reducer(features)), skipped.pop()], dim=1)
            features = decoder(features)
            found.insert(0, features)
        return found


def channels_last(network: _Module) -> _Module:
    """Return the network with its weights laid out as convolutions on a CPU like them best."""
    for weights in network.parameters():
        if weights.ndim == 4:  # noqa: PLR2004 - a convolution's
            weights.data = weights.data.contiguous(memory_format=torch.channels_last)
    return network


def fused(network: _Module) -> _Module:
    """Return a network that only serves, each normalisation drawn into the convolution before it.

    It computes the same but for rounding, a quarter faster where most convolutions are small.
    """
    for part in network.eval().modules():
        if isinstance(part, nn.Sequential):
            _fuse_within(part)
    return network


def _fuse_within(layers: nn.Sequential) -> None:
    for number in range(len(layers) - 1):
        first, second = layers[number], layers[number + 1]
        if isinstance(first, nn.Conv2d) and isinstance(second, nn.BatchNorm2d):
            layers[number] = fuse_conv_bn_eval(first, second)
            layers[number + 1] = nn.Identity()


def doubled(features: Tensor) -> Tensor:
    """Return a map of twice the height and width, values between its pixels interpolated."""
    return functional.interpolate(features, scale_factor=2.0, mode="bilinear", align_corners=False)
