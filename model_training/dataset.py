"""Frames and masks as a network takes them: augmentation round the shared preprocessing."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from fhc_desktop.domain.image.ultrasound_image import Gray
from fhc_desktop.imaging.loader import Loader
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.segmentation.preprocessing import normalised, placed, to_network_mask
from model_training import no_head
from model_training.augmentation import (
    headless_frame,
    photometric,
    shaken_close_up,
    shaken_whole_picture,
    somewhere,
    without_head,
)
from model_training.config import TrainConfig, View
from model_training.distributed import ALONE, Processes
from model_training.folds import configured_samples, held_out_numbers
from model_training.overlays import overlaid
from model_training.samples import HeadSample


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A picture with its reference outline, kept in memory."""

    sample: HeadSample
    gray: Gray
    pixel_aspect: float


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """The heads a run learns from and those it never sees."""

    training: list[Head]
    held_out: list[Head]
    without_head: list[Gray]


def load_split(config: TrainConfig, *, quiet: bool = False) -> Split:
    """Return the configured folders' heads, a subject's images always on one side."""
    samples = configured_samples(config)
    held_out = held_out_numbers(config, samples)
    bar = tqdm(samples, desc="reading", disable=True if quiet else None)
    heads = list(load_heads(bar))
    return Split(
        training=[head for number, head in enumerate(heads) if number not in held_out],
        held_out=[head for number, head in enumerate(heads) if number in held_out],
        without_head=list(load_without_head(config)),
    )


def load_without_head(config: TrainConfig) -> Iterator[Gray]:
    """Yield the configured pictures that may teach what is no head."""
    if config.no_head is None:
        return
    with Readers() as readers:
        for picture in no_head.read_no_head(config.no_head):
            if picture.use == no_head.TEACHING:
                yield readers.images.load(picture.image).image.gray


def load_heads(samples: Iterable[HeadSample]) -> Iterator[Head]:
    """Yield the samples' heads, each when its turn comes; one decoder reads all of them."""
    with Readers() as readers:
        for sample in samples:
            yield load_head(sample, readers.images)


def load_head(sample: HeadSample, loader: Loader) -> Head:
    image = loader.load(sample.image).image
    return Head(sample, image.gray, image.pixel_aspect)


def shown(heads: Sequence[Head], config: TrainConfig) -> list[Head]:
    """Return the heads of one epoch, those of small HC twice: there are few of them."""
    small = [head for head in heads if (head.sample.hc_mm or math.inf) < config.twice_below_mm]
    return [*heads, *small]


def training_pair(
    head: Head, config: TrainConfig, rng: np.random.Generator, others: Sequence[Gray] = ()
) -> tuple[Tensor, Tensor]:
    """Return one changed input and its mask, each of shape (1, height, width).

    Now and then one of ``others``, pictures without a head, stands in for the head's picture.
    """
    changes, spec = config.augmentation, config.preprocessing
    outline, gray = head.sample.outline_px, head.gray
    is_other = bool(others) and rng.random() < changes.other_anatomy
    if is_other:
        gray = others[int(rng.integers(len(others)))]
        outline = somewhere(gray.shape, rng)
    if rng.random() < changes.overlay:
        gray = overlaid(gray, outline, rng)
    if config.view is View.CLOSE_UP:
        placement = shaken_close_up(
            gray.shape, head.pixel_aspect, outline, spec, rng=rng, config=changes
        )
    else:
        placement = shaken_whole_picture(
            gray.shape, head.pixel_aspect, spec, rng=rng, config=changes
        )
    shows_head = not is_other and rng.random() >= changes.headless
    if shows_head or is_other:
        frame = placed(gray, placement, spec)
    elif rng.random() < 0.3:
        frame = placed(gray, without_head(placement, outline, spec), spec)
    else:
        frame = headless_frame(placed(gray, placement, spec), rng)
    mask = to_network_mask(outline if shows_head else None, placement, spec)
    frame = normalised(photometric(frame, rng, changes), spec)
    if rng.random() < changes.flip_horizontally:
        frame, mask = frame[:, ::-1], mask[:, ::-1]
    if rng.random() < changes.flip_vertically:
        frame, mask = frame[::-1], mask[::-1]
    return _tensor(frame), _tensor(mask)


def batches(
    heads: Sequence[Head],
    config: TrainConfig,
    *,
    epoch: int,
    group: Processes = ALONE,
    others: Sequence[Gray] = (),
) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield this process's share of one epoch's shuffled, augmented batches.

    A last incomplete batch is left out. The order is the same in all processes, the changes are
    each one's own; both depend on nothing but seed, epoch and rank, so that a run can go on.
    """
    rng = np.random.default_rng([config.seed, epoch])
    order, size = rng.permutation(len(heads)), config.batch_size
    if group.rank > 0:
        rng = np.random.default_rng([config.seed, epoch, group.rank])
    for start in range(0, len(heads) - size + 1, size):
        share = order[start : start + size][group.rank :: group.count]
        pairs = [training_pair(heads[n], config, rng, others) for n in share]
        yield torch.stack([p for p, _ in pairs]), torch.stack([m for _, m in pairs])


def _tensor(values: np.ndarray) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(values))[None]
