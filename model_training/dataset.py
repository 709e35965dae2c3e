"""Pictures and masks as the network takes them: augmentation, then the shared preprocessing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from fhc_desktop.domain.geometry import Ellipse
from fhc_desktop.domain.image import Gray
from fhc_desktop.imaging.loader import load_image
from fhc_desktop.segmentation.preprocessing import (
    PreprocessingSpec,
    to_network_input,
    to_network_mask,
)
from model_training.augmentation import augmented
from model_training.config import AugmentationConfig
from model_training.hc18 import HeadSample, annotated_outline


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A picture with its reference outline in pixels, kept in memory."""

    sample: HeadSample
    gray: Gray
    pixel_aspect: float
    outline_px: Ellipse


def load_head(sample: HeadSample) -> Head:
    image = load_image(sample.image).image
    return Head(sample, image.gray, image.pixel_aspect, annotated_outline(sample.annotation))


def network_pair(
    gray: Gray, outline_px: Ellipse | None, *, pixel_aspect: float, spec: PreprocessingSpec
) -> tuple[Tensor, Tensor]:
    """Return one input and its mask, each of shape (1, height, width)."""
    picture, placement = to_network_input(gray, pixel_aspect, spec)
    mask = to_network_mask(outline_px, placement, spec)
    return torch.from_numpy(picture)[None], torch.from_numpy(mask)[None]


def batches(
    heads: Sequence[Head],
    *,
    batch_size: int,
    spec: PreprocessingSpec,
    augmentation: AugmentationConfig,
    rng: np.random.Generator,
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield one epoch of shuffled, augmented batches; a last incomplete one is left out."""
    order = rng.permutation(len(heads))
    for start in range(0, len(heads) - batch_size + 1, batch_size):
        pairs = []
        for number in order[start : start + batch_size]:
            head = heads[number]
            gray, outline = augmented(head.gray, head.outline_px, rng=rng, config=augmentation)
            pairs.append(network_pair(gray, outline, pixel_aspect=head.pixel_aspect, spec=spec))
        yield torch.stack([p for p, _ in pairs]), torch.stack([m for _, m in pairs])
