"""What decides the result of a training run, read from a TOML file."""

import dataclasses
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fhc_desktop.segmentation.preprocessing import PreprocessingSpec
from fhc_desktop.segmentation.unet import UNetConfig


@dataclass(frozen=True, slots=True)
class AugmentationConfig:
    """How far a picture may be changed; probabilities are per picture, 0 to 1.

    ``rotation_degrees``, ``scale``, ``gamma`` and ``gain`` are half widths of ranges round the
    unchanged picture; ``shift`` is a share of the picture's sides.
    """

    flip_horizontally: float = 0.5
    flip_vertically: float = 0.5
    rotation_degrees: float = 25.0
    scale: float = 0.25
    shift: float = 0.08
    gamma: float = 0.5
    gain: float = 0.3
    depth_gain: float = 0.4
    speckle: float = 0.5
    blur: float = 0.3
    shadow: float = 0.3
    headless: float = 0.04


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """A whole run.

    ``seed`` starts weights and augmentation, ``fold_seed`` deals the folds, so that runs with
    other seeds hold out the same subjects. ``hold_out`` is the fold kept for validation; None
    trains on every subject. ``clip_gradient`` is the largest norm of all gradients together.
    ``data`` is a folder in the challenge's layout; ``output`` receives checkpoints, log, curves
    and the bundle. Relative folders count from the working directory.
    """

    name: str
    version: str
    data: Path
    output: Path
    seed: int = 1
    fold_seed: int = 1
    folds: int = 5
    hold_out: int | None = 0
    epochs: int = 50
    batch_size: int = 8
    peak_learning_rate: float = 2e-3
    weight_decay: float = 1e-2
    warm_up: float = 0.1
    ema_decay: float = 0.998
    clip_gradient: float = 1.0
    validate_every: int = 5
    network: UNetConfig = field(default_factory=UNetConfig)
    preprocessing: PreprocessingSpec = field(default_factory=PreprocessingSpec)
    augmentation: AugmentationConfig = field(default_factory=AugmentationConfig)


def read_config(path: Path) -> TrainConfig:
    """Return the run described by a TOML file.

    Raises:
        ValueError: a key is unknown or missing, or a value is out of its range.
        OSError: the file cannot be read.
    """
    return config_from(tomllib.loads(path.read_text(encoding="utf-8")), str(path))


def config_from(table: dict[str, Any], origin: str) -> TrainConfig:
    """Return the run described by a table; ``origin`` names it in messages."""
    values = dict(table)
    parts = {
        "network": UNetConfig,
        "preprocessing": PreprocessingSpec,
        "augmentation": AugmentationConfig,
    }
    try:
        for key, kind in parts.items():
            values[key] = kind(**values.get(key, {}))
        for key in ("data", "output"):
            values[key] = Path(values[key])
        config = TrainConfig(**values)
    except (TypeError, KeyError) as cause:
        raise ValueError(f"{origin} is not a training configuration: {cause}") from cause
    spec, stride = config.preprocessing, config.network.stride
    if spec.width % stride or spec.height % stride:
        raise ValueError(f"{origin}: width and height must be divisible by {stride}")
    return config


def config_table(config: TrainConfig) -> dict[str, Any]:
    """Return the run as plain values, for the bundle's header."""
    table = dataclasses.asdict(config)
    return {key: str(value) if isinstance(value, Path) else value for key, value in table.items()}
