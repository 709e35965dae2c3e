"""What a U-Net's descending side can be: ever coarser features of a picture."""

from itertools import pairwise
from typing import NamedTuple

from torch import Tensor, nn
from torch.nn import functional

LITE = "efficientnet-lite0"
LITE_LEVELS = 5


class PlainEncoder(nn.Module):
    """Two convolutions at each level, behind a stem that halves the picture."""

    def __init__(self, widths: list[int]) -> None:
        super().__init__()
        self.channels = tuple(widths)
        self.stem = convolution(1, widths[0], stride=2)
        self.levels = nn.ModuleList(
            double_convolution(before, after) for before, after in pairwise([widths[0], *widths])
        )

    def forward(self, pictures: Tensor) -> list[Tensor]:
        """Return the features of each level, the finest first, each half as large as the last."""
        features: Tensor = self.stem(pictures)
        found = []
        for number, level in enumerate(self.levels):
            features = level(features if number == 0 else functional.max_pool2d(features, 2))
            found.append(features)
        return found


class _Stage(NamedTuple):
    expansion: int
    channels: int
    blocks: int
    stride: int
    kernel: int


# EfficientNet-Lite0: table 1 of Tan and Le 2019 (arXiv:1905.11946) without squeeze and excitation
# and with ReLU6, as in the TensorFlow authors' Lite variants.
_LITE_STAGES = (
    _Stage(1, 16, 1, 1, 3),
    _Stage(6, 24, 2, 2, 3),
    _Stage(6, 40, 2, 2, 5),
    _Stage(6, 80, 3, 2, 3),
    _Stage(6, 112, 3, 1, 5),
    _Stage(6, 192, 4, 2, 5),
    _Stage(6, 320, 1, 1, 3),
)
_LITE_STEM = 32
# The stages after which the picture is about to be halved again, and the last one.
_LITE_TAPS = (0, 1, 2, 4, 6)


class LiteEncoder(nn.Module):
    """EfficientNet-Lite0 without its classifier, for pictures of one channel."""

    def __init__(self) -> None:
        super().__init__()
        self.channels = tuple(_LITE_STAGES[tap].channels for tap in _LITE_TAPS)
        self.stem = nn.Sequential(
            nn.Conv2d(1, _LITE_STEM, 3, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(_LITE_STEM),
            nn.ReLU6(inplace=True),
        )
        entering = (_LITE_STEM, *(stage.channels for stage in _LITE_STAGES))
        self.stages = nn.ModuleList(
            _stage(before, stage) for before, stage in zip(entering, _LITE_STAGES, strict=False)
        )

    def forward(self, pictures: Tensor) -> list[Tensor]:
        """Return the features of each level, the finest first, each half as large as the last."""
        features: Tensor = self.stem(pictures)
        found = []
        for number, stage in enumerate(self.stages):
            features = stage(features)
            if number in _LITE_TAPS:
                found.append(features)
        return found


class InvertedResidual(nn.Module):
    """Widen, filter each channel by itself, narrow; added to the input where shapes allow."""

    def __init__(self, before: int, stage: _Stage, *, stride: int) -> None:
        super().__init__()
        inner = before * stage.expansion
        widened = [] if inner == before else _normalised(nn.Conv2d(before, inner, 1, bias=False))
        padding = stage.kernel // 2
        depthwise = nn.Conv2d(
            inner, inner, stage.kernel, stride, padding=padding, groups=inner, bias=False
        )
        narrowed = [
            nn.Conv2d(inner, stage.channels, 1, bias=False),
            nn.BatchNorm2d(stage.channels),
        ]
        self.body = nn.Sequential(*widened, *_normalised(depthwise), *narrowed)
        self.is_residual = stride == 1 and before == stage.channels

    def forward(self, features: Tensor) -> Tensor:
        changed: Tensor = self.body(features)
        return features + changed if self.is_residual else changed


def convolution(before: int, after: int, *, stride: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, 3, stride=stride, padding=1, bias=False),
        nn.BatchNorm2d(after),
        nn.ReLU(inplace=True),
    )


def double_convolution(before: int, after: int) -> nn.Sequential:
    return nn.Sequential(convolution(before, after, stride=1), convolution(after, after, stride=1))


def _stage(before: int, stage: _Stage) -> nn.Sequential:
    first = InvertedResidual(before, stage, stride=stage.stride)
    others = (InvertedResidual(stage.channels, stage, stride=1) for _ in range(1, stage.blocks))
    return nn.Sequential(first, *others)


def _normalised(convolution: nn.Conv2d) -> list[nn.Module]:
    return [convolution, nn.BatchNorm2d(convolution.out_channels), nn.ReLU6(inplace=True)]
