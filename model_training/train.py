"""The training loop, top to bottom: data, network, epochs, validation, bundle."""

import copy
import csv
import hashlib
import math
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from fhc_desktop.imaging.loader import load_image
from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import (
    BundleHeader,
    InferenceSpec,
    ModelBundle,
    Probe,
    save_bundle,
)
from fhc_desktop.segmentation.segmenter import Segmenter
from fhc_desktop.segmentation.unet import UNet, channels_last
from model_training.checkpoint import TrainingState, load_checkpoint, save_checkpoint
from model_training.config import TrainConfig, config_table
from model_training.dataset import Head, batches, load_head
from model_training.evaluate import score_heads
from model_training.hc18 import data_identity, read_samples, subject_folds
from model_training.losses import region_loss
from model_training.plots import plot_curves
from model_training.scores import summary

LICENCE = (
    "Weights: MIT. Trained on HC18 (van den Heuvel et al. 2018, doi:10.5281/zenodo.1322001), "
    "CC BY 4.0. For research use only; not a medical device."
)
# Every installation has it, so every installation can repeat what the bundle's header says.
PROBE_IMAGE = "demo/demo_head.png"
LOG_FIELDS = ("epoch", "loss", "learning_rate", "seconds", "mae_mm", "dice_percent")


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """The heads a run learns from and those it never sees."""

    training: list[Head]
    held_out: list[Head]


def train(config: TrainConfig) -> ModelBundle:
    """Run a whole training, going on from the last checkpoint if there is one.

    Returns the bundle written to ``config.output / "bundle.safetensors"``.
    """
    config.output.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config.seed)
    device = _device()
    split = load_split(config)
    print(f"{len(split.training)} images to learn from, {len(split.held_out)} held out, {device}")
    state = _fresh_state(config, device)
    checkpoint = config.output / "checkpoint.safetensors"
    if checkpoint.exists():
        load_checkpoint(checkpoint, state)
        print(f"going on after epoch {state.epoch}")
    while state.epoch < config.epochs:
        row = _epoch(config, split.training, state=state, device=device)
        state.epoch += 1
        save_checkpoint(checkpoint, state)
        if state.epoch % config.validate_every == 0 and split.held_out:
            row |= _validate(config, state.average, split.held_out)
        _append_row(config.output / "log.csv", row)
        plot_curves(config.output / "log.csv", config.output / "curves.png")
    return export(config, state.average, split)


def load_split(config: TrainConfig) -> Split:
    """Return the configured folder's heads, a subject's images always on one side."""
    samples = read_samples(config.data)
    folds = subject_folds(samples, config.folds, seed=config.fold_seed)
    held_out = set(folds[config.hold_out]) if config.hold_out is not None else set()
    heads = [load_head(sample) for sample in tqdm(samples, desc="reading", disable=None)]
    return Split(
        training=[head for number, head in enumerate(heads) if number not in held_out],
        held_out=[head for number, head in enumerate(heads) if number in held_out],
    )


def restored_average(config: TrainConfig) -> nn.Module:
    """Return the averaged network of the run's last checkpoint."""
    state = _fresh_state(config, torch.device("cpu"))
    load_checkpoint(config.output / "checkpoint.safetensors", state)
    return state.average


def export(config: TrainConfig, network: nn.Module, split: Split) -> ModelBundle:
    """Write the bundle with the scores it has through the serving path on the held-out fold."""
    path = config.output / "bundle.safetensors"
    header, tensors = _header(config, split), _tensors(network)
    segmenter = Segmenter(save_bundle(path, header, tensors), device="cpu")
    scores: dict[str, object] = {}
    if split.held_out:
        rows = score_heads(segmenter, split.held_out)
        scores = {"held_out_fold": config.hold_out, "folds": config.folds, **summary(rows)}
    return save_bundle(path, replace(header, scores=scores, probe=probed(segmenter)), tensors)


def probed(segmenter: Segmenter) -> Probe:
    """Return what a bundle measures, through the serving path, on the demonstration scan."""
    path = resource(PROBE_IMAGE)
    outline = segmenter.propose(load_image(path).image).outline_px
    return Probe(
        image=PROBE_IMAGE,
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        hc_px=None if outline is None else outline.perimeter,
    )


def learning_rate(step: int, steps: int, config: TrainConfig) -> float:
    """Return the rate of one step: a linear warm-up to the peak, then half a cosine to zero."""
    warm = max(1, round(steps * config.warm_up))
    if step < warm:
        return config.peak_learning_rate * (step + 1) / warm
    done = (step - warm) / max(1, steps - warm)
    return config.peak_learning_rate * 0.5 * (1 + math.cos(math.pi * done))


@torch.no_grad()
def update_average(average: nn.Module, network: nn.Module, decay: float) -> None:
    """Move each weight and statistic of the average a little towards the network's."""
    ours, theirs = average.state_dict(), network.state_dict()
    for name, value in ours.items():
        if value.is_floating_point():
            value.lerp_(theirs[name], 1 - decay)
        else:
            value.copy_(theirs[name])


def _epoch(
    config: TrainConfig, heads: Sequence[Head], *, state: TrainingState, device: torch.device
) -> dict[str, float]:
    """Train for one epoch; the random stream depends on seed and epoch only, so it can resume."""
    started = time.monotonic()
    rng = np.random.default_rng([config.seed, state.epoch])
    per_epoch = len(heads) // config.batch_size
    state.network.train()
    total, rate = 0.0, 0.0
    stream = batches(
        heads,
        batch_size=config.batch_size,
        spec=config.preprocessing,
        augmentation=config.augmentation,
        rng=rng,
    )
    bar = tqdm(
        stream, desc=f"epoch {state.epoch + 1}/{config.epochs}", total=per_epoch, disable=None
    )
    for number, (pictures, masks) in enumerate(bar):
        step = state.epoch * per_epoch + number
        rate = learning_rate(step, config.epochs * per_epoch, config)
        loss = _step(state, pictures.to(device), masks.to(device), config=config, rate=rate)
        # An average over more steps than have been taken would remember the random start.
        update_average(
            state.average, state.network, min(config.ema_decay, (1 + step) / (10 + step))
        )
        total += loss
        left = (config.epochs - state.epoch) * per_epoch - number
        elapsed = (time.monotonic() - started) / (number + 1)
        bar.set_postfix(loss=f"{total / (number + 1):.4f}", left=f"{left * elapsed / 60:.0f} min")
    return {
        "epoch": state.epoch + 1,
        "loss": round(total / max(1, per_epoch), 5),
        "learning_rate": rate,
        "seconds": round(time.monotonic() - started, 1),
    }


def _step(
    state: TrainingState, pictures: Tensor, masks: Tensor, *, config: TrainConfig, rate: float
) -> float:
    for group in state.optimiser.param_groups:
        group["lr"] = rate
    pictures = pictures.contiguous(memory_format=torch.channels_last)
    mixed = pictures.device.type == "cuda"
    with torch.autocast("cuda", dtype=torch.bfloat16, enabled=mixed):
        logits = state.network(pictures)
    loss = region_loss(logits.float(), masks)
    state.optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
    nn.utils.clip_grad_norm_(state.network.parameters(), config.clip_gradient)
    state.optimiser.step()
    return float(loss.detach())


def _validate(config: TrainConfig, average: nn.Module, heads: Sequence[Head]) -> dict[str, float]:
    header = _header(config, Split([], []))
    bundle = ModelBundle(header, _tensors(average), sha256="")
    found = summary(score_heads(Segmenter(bundle), heads))["all"]
    print(f"held out: MAE {found['mae_mm']:.2f} mm, Dice {found['dice_percent']:.2f} %")
    return {"mae_mm": round(found["mae_mm"], 4), "dice_percent": round(found["dice_percent"], 4)}


def _fresh_state(config: TrainConfig, device: torch.device) -> TrainingState:
    network = channels_last(UNet(config.network).to(device))
    optimiser = torch.optim.AdamW(
        network.parameters(), lr=config.peak_learning_rate, weight_decay=config.weight_decay
    )
    return TrainingState(network, copy.deepcopy(network).eval(), optimiser)


def _header(config: TrainConfig, split: Split) -> BundleHeader:
    samples = [head.sample for head in split.training]
    return BundleHeader(
        name=config.name,
        version=config.version,
        network=asdict(config.network),
        preprocessing=config.preprocessing,
        inference=InferenceSpec(),
        licence=LICENCE,
        data={
            "set": "HC18 training images",
            "images": len(samples),
            "subjects": len({sample.subject for sample in samples}),
            "digest": data_identity(samples),
        },
        training=config_table(config),
    )


def _tensors(network: nn.Module) -> dict[str, np.ndarray]:
    return {
        name: np.ascontiguousarray(tensor.detach().cpu().numpy())
        for name, tensor in network.state_dict().items()
    }


def _append_row(path: Path, row: dict[str, float]) -> None:
    is_new = not path.exists()
    with path.open("a", newline="") as file:
        writer = csv.DictWriter(file, LOG_FIELDS)
        if is_new:
            writer.writeheader()
        writer.writerow(row)


def _device() -> torch.device:
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_available() else "cpu")
