"""Which annotated heads a run learns from, and which it never sees."""

from collections.abc import Sequence

from model_training import fetal_planes, hc18
from model_training.config import TrainConfig
from model_training.samples import HeadSample, subject_folds


def configured_samples(config: TrainConfig) -> list[HeadSample]:
    """Return the samples of the configured folders.

    Raises:
        FileNotFoundError: a table, an image or an annotation is missing.
    """
    samples = hc18.read_samples(config.data)
    if config.planes is None:
        return samples
    return samples + fetal_planes.read_samples(config.planes, outer_border=config.outer_border)


def held_out_numbers(config: TrainConfig, samples: Sequence[HeadSample]) -> set[int]:
    """Return the numbers of the held-out fold's samples, none where the run holds out no fold."""
    if config.hold_out is None:
        return set()
    return set(subject_folds(samples, config.folds, seed=config.fold_seed)[config.hold_out])
