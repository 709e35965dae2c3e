"""The network: a plain U-Net behind a stem that halves the picture."""

from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional

_Module = TypeVar("_Module", bound=nn.Module)


@dataclass(frozen=True, slots=True)
class UNetConfig:
    """The shape of the network; it travels in the bundle's header.

    ``width`` is the number of channels of the first level, doubled at each of the ``levels``.
    """

    width: int = 16
    levels: int = 5

    @property
    def stride(self) -> int:
        """What the sides of the input must be divisible by."""
        return 1 << self.levels

    def __post_init__(self) -> None:
        if self.width < 1 or not 1 <= self.levels <= 7:  # noqa: PLR2004
            raise ValueError(f"not a network: {self}")


class UNet(nn.Module):
    """Logits of the head, shape (batch, 1, height, width), from pictures of the same shape."""

    def __init__(self, config: UNetConfig) -> None:
        super().__init__()
        self.config = config
        widths = [config.width * 2**level for level in range(config.levels)]
        self.stem = _convolution(1, widths[0], stride=2)
        self.encoders = nn.ModuleList(
            _block(before, after)
            for before, after in zip([widths[0], *widths[:-1]], widths, strict=True)
        )
        self.reducers = nn.ModuleList(
            nn.Conv2d(below, above, 1) for above, below in pairwise(widths)
        )
        self.decoders = nn.ModuleList(_block(2 * width, width) for width in widths[:-1])
        self.head = nn.Sequential(
            _convolution(widths[0], widths[0], stride=1), nn.Conv2d(widths[0], 1, 1)
        )

    def forward(self, pictures: Tensor) -> Tensor:
        """Return logits; the sides of ``pictures`` must be divisible by ``config.stride``."""
        features = self.stem(pictures)
        skipped = []
        for level, encoder in enumerate(self.encoders):
            features = encoder(features if level == 0 else functional.max_pool2d(features, 2))
            skipped.append(features)
        skipped.pop()
        for reducer, decoder in zip(reversed(self.reducers), reversed(self.decoders), strict=True):
            features = torch.cat([_doubled(reducer(features)), skipped.pop()], dim=1)
            features = decoder(features)
        logits: Tensor = self.head(_doubled(features))
        return logits


def channels_last(network: _Module) -> _Module:
    """Return the network with its weights laid out as convolutions on a CPU like them best."""
    for weights in network.parameters():
        if weights.ndim == 4:  # noqa: PLR2004 - a convolution's
            weights.data = weights.data.contiguous(memory_format=torch.channels_last)
    return network


def _block(before: int, after: int) -> nn.Sequential:
    return nn.Sequential(
        _convolution(before, after, stride=1), _convolution(after, after, stride=1)
    )


def _convolution(before: int, after: int, *, stride: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, 3, stride=stride, padding=1, bias=False),
        nn.BatchNorm2d(after),
        nn.ReLU(inplace=True),
    )


def _doubled(features: Tensor) -> Tensor:
    return functional.interpolate(features, scale_factor=2.0, mode="bilinear", align_corners=False)
