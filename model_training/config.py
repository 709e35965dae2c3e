"""What decides the result of a training run, read from a TOML file."""

import dataclasses
import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from fhc_desktop.segmentation.networks.pytorch.unet import PLAIN, UNetConfig
from fhc_desktop.segmentation.preprocessing import PreprocessingSpec

PATHS = ("data", "planes", "no_head", "output", "survey", "start")


class View(StrEnum):
    """Which of the two looks a network takes: at the whole picture, or close up at the head."""

    WHOLE = "whole"
    CLOSE_UP = "close-up"


@dataclass(frozen=True, slots=True)
class AugmentationConfig:
    """How far a picture may be changed; probabilities are per picture, 0 to 1.

    ``rotation_degrees``, ``scale``, ``gamma`` and ``gain`` are half widths of ranges round the
    unchanged picture; ``shift`` is a share of the frame's sides, ``stretch`` a change of the
    pixels' aspect. Of a close-up, ``offset`` (share of the semi-axis), ``size`` and
    ``tilt_degrees`` are standard deviations of the outline that it is taken round; ``miss`` of
    them are off ``miss_strength`` times as far, and heads rounder than ``round_from`` turn freely.
    """

    flip_horizontally: float = 0.5
    flip_vertically: float = 0.5
    rotation_degrees: float = 25.0
    scale: float = 0.25
    shift: float = 0.08
    stretch: float = 0.05
    offset: float = 0.03
    size: float = 0.04
    tilt_degrees: float = 5.0
    miss: float = 0.15
    miss_strength: float = 3.0
    round_from: float = 0.88
    gamma: float = 0.5
    gain: float = 0.3
    depth_gain: float = 0.4
    speckle: float = 0.3
    blur: float = 0.2
    shadow: float = 0.2
    overlay: float = 0.0
    headless: float = 0.04
    other_anatomy: float = 0.0


@dataclass(frozen=True, slots=True)
class LossConfig:
    """What is added to cross entropy and soft Dice; weights of 0 leave a term out.

    ``rim`` weighs the pixels near the outline more, ``rim_width`` pixels to either side; ``size``
    weighs the relative difference of the areas. ``coarser`` weighs the region's loss at the coarser
    levels, ``distance`` the error of the signed distance from the outline.
    """

    rim: float = 0.0
    rim_width: float = 4.0
    size: float = 0.0
    coarser: float = 0.0
    distance: float = 0.0


@dataclass(frozen=True, slots=True)
class TrainConfig:
    """A whole run.

    ``seed`` starts weights and augmentation, ``fold_seed`` deals the folds, so that runs with
    other seeds hold out the same subjects. ``hold_out`` is the fold kept for validation; None
    trains on every subject. ``clip_gradient`` is the largest norm of all gradients together.
    ``data`` is a folder in the challenge's layout, ``planes`` one of heads from other scanners
    (``outer_border`` brings its outlines to the border that HC18's follow);
    ``no_head`` is a folder of pictures in which no head is measured; those that may teach stand in
    for heads as often as ``augmentation.other_anatomy`` says.
    ``output`` receives checkpoints, log, curves and the bundle. A close-up's run names in
    ``survey`` the bundle whose network finds the head first. ``start`` is a
    bundle whose network of the same look is trained further; ``pretrained`` starts an encoder that
    there are ImageNet weights for from those. Heads whose HC is below ``twice_below_mm`` are shown
    twice in an epoch. Relative folders count from the working directory.
    """

    name: str
    version: str
    data: Path
    output: Path
    planes: Path | None = None
    no_head: Path | None = None
    outer_border: bool = True
    view: View = View.WHOLE
    survey: Path | None = None
    start: Path | None = None
    pretrained: bool = False
    seed: int = 1
    fold_seed: int = 1
    folds: int = 5
    hold_out: int | None = 0
    twice_below_mm: float = 0.0
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
    loss: LossConfig = field(default_factory=LossConfig)

    @property
    def bundle(self) -> Path:
        """Where the run leaves its bundle."""
        return self.output / "bundle.safetensors"

    @property
    def checkpoint(self) -> Path:
        """Where the run leaves its state after each epoch."""
        return self.output / "checkpoint.safetensors"


def read_config(path: Path, *, hold_out: str | None = None) -> TrainConfig:
    """Return the run described by a TOML file.

    A file with ``base`` holds what differs from that other one beside it. ``hold_out`` is the
    fold to keep, or "none", instead of the file's own; "{fold}" in the file's paths stands for it.

    Raises:
        ValueError: a key is unknown or missing, or a value is out of its range.
        OSError: a file cannot be read.
    """
    table = _read_table(path)
    wish = str(table.get("hold_out", 0)) if hold_out is None else hold_out
    fold = table["hold_out"] = None if wish == "none" else int(wish)
    name = "all" if fold is None else str(fold)
    for key in PATHS:
        if key in table:
            table[key] = table[key].replace("{fold}", name)
    return config_from(table, str(path))


def _read_table(path: Path) -> dict[str, Any]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    if "base" not in table:
        return table
    base = _read_table(path.parent / table.pop("base"))
    for key, value in table.items():
        base[key] = base.get(key, {}) | value if isinstance(value, dict) else value
    return base


def config_from(table: dict[str, Any], origin: str) -> TrainConfig:
    """Return the run described by a table; ``origin`` names it in messages."""
    values = dict(table)
    parts = {
        "network": UNetConfig,
        "preprocessing": PreprocessingSpec,
        "augmentation": AugmentationConfig,
        "loss": LossConfig,
    }
    try:
        for key, kind in parts.items():
            values[key] = kind(**values.get(key, {}))
        for key in PATHS:
            if values.get(key) is not None:
                values[key] = Path(values[key])
        values["view"] = View(values.get("view", View.WHOLE))
        config = TrainConfig(**values)
    except (TypeError, KeyError, ValueError) as cause:
        raise ValueError(f"{origin} is not a training configuration: {cause}") from cause
    _check(config, origin)
    return config


def _check(config: TrainConfig, origin: str) -> None:
    if (config.view is View.CLOSE_UP) != (config.survey is not None):
        raise ValueError(
            f"{origin}: a close-up's run, and no other, names the bundle of its survey"
        )
    if config.hold_out is not None and not 0 <= config.hold_out < config.folds:
        raise ValueError(f"{origin}: of {config.folds} folds none has number {config.hold_out}")
    if (config.augmentation.other_anatomy > 0) != (config.no_head is not None):
        raise ValueError(f"{origin}: pictures without a head need a folder, and a share")
    if config.pretrained and config.network.encoder == PLAIN:
        raise ValueError(f"{origin}: for a plain encoder there are no weights to start from")
    spec, stride = config.preprocessing, config.network.stride
    if spec.width % stride or spec.height % stride:
        raise ValueError(f"{origin}: width and height must be divisible by {stride}")


def config_table(config: TrainConfig) -> dict[str, Any]:
    """Return the run as plain values, for the bundle's header."""
    table = dataclasses.asdict(config)
    return {key: str(value) if isinstance(value, Path) else value for key, value in table.items()}
