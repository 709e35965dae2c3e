"""The training loop, top to bottom: data, network, epochs, validation, bundle."""

import copy
import csv
import math
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from tqdm import tqdm

from fhc_desktop.domain.image.ultrasound_image import Gray
from fhc_desktop.segmentation.bundle import ModelBundle, load_bundle
from fhc_desktop.segmentation.networks.pytorch.unet import UNet, channels_last
from model_training.checkpoint import TrainingState, load_checkpoint, save_checkpoint
from model_training.config import TrainConfig, View
from model_training.dataset import Head, Split, batches, load_split, shown
from model_training.distributed import Processes, announced, connected
from model_training.evaluate import score_heads, segmenter_of
from model_training.export import described, export, member_state
from model_training.plots import plot_curves
from model_training.pretrained import load_pretrained
from model_training.scores import summary
from model_training.supervision import learned, learner, total_loss

LOG_FIELDS = ("epoch", "loss", "learning_rate", "seconds", "mae_mm", "dice_percent")


def train(config: TrainConfig) -> ModelBundle | None:
    """Run a whole training, going on from the last checkpoint if there is one.

    Started by torchrun it is done by several processes together, each of which takes its share of
    every batch. Returns the run's bundle, in the first process only.

    Raises:
        ValueError: a batch cannot be shared equally.
    """
    group = announced()
    if config.batch_size % group.count:
        raise ValueError(f"{group.count} processes cannot share a batch of {config.batch_size}")
    with connected(group):
        split = load_split(config, quiet=not group.is_first)
        average = _trained(config, split, group)
    return export(config, average, split) if group.is_first else None


def _trained(config: TrainConfig, split: Split, group: Processes) -> nn.Module:
    """Return the averaged network after the last epoch."""
    torch.manual_seed(config.seed)
    device = group.device()
    state = _fresh_state(config, device)
    if config.checkpoint.exists():
        load_checkpoint(config.checkpoint, state)
    if group.is_first:
        config.output.mkdir(parents=True, exist_ok=True)
        sizes = f"{len(split.training)} images to learn from, {len(split.held_out)} held out"
        print(f"{sizes}, {group.count} x {device.type}")
        if state.epoch:
            print(f"going on after epoch {state.epoch}")
    shared = group.joined(state.network, device)
    heads = shown(split.training, config)
    while state.epoch < config.epochs:
        row = _epoch(config, heads, split.without_head, state=state, shared=shared, group=group)
        state.epoch += 1
        group.check_equal(state.network)
        group.check_equal(state.average)
        if not group.is_first:
            continue
        save_checkpoint(config.checkpoint, state)
        is_due = state.epoch % config.validate_every == 0
        if is_due and split.held_out:
            row |= _validate(config, state.average, split)
        _append_row(config.output / "log.csv", row)
        if is_due or state.epoch == config.epochs:
            plot_curves(config.output / "log.csv", config.output / "curves.png")
    return learned(state.average)


def restored_average(config: TrainConfig) -> nn.Module:
    """Return the averaged network of the run's last checkpoint."""
    state = _fresh_state(config, torch.device("cpu"))
    load_checkpoint(config.checkpoint, state)
    return learned(state.average)


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
    config: TrainConfig,
    heads: Sequence[Head],
    others: Sequence[Gray],
    *,
    state: TrainingState,
    shared: nn.Module,
    group: Processes,
) -> dict[str, float]:
    """Train for one epoch; ``shared`` is the state's network, joined to the other processes'."""
    started = time.monotonic()
    device = group.device()
    per_epoch = len(heads) // config.batch_size
    state.network.train()
    total, rate = 0.0, 0.0
    bar = tqdm(
        batches(heads, config, epoch=state.epoch, group=group, others=others),
        desc=f"epoch {state.epoch + 1}/{config.epochs}",
        total=per_epoch,
        disable=None if group.is_first else True,
    )
    for number, (pictures, masks) in enumerate(bar):
        step = state.epoch * per_epoch + number
        rate = learning_rate(step, config.epochs * per_epoch, config)
        loss = _loss(shared, pictures.to(device), masks.to(device), config)
        _step(state, loss, config=config, rate=rate)
        group.share_statistics(state.network)
        # An average over more steps than have been taken would remember the random start.
        update_average(
            state.average, state.network, min(config.ema_decay, (1 + step) / (10 + step))
        )
        total += float(loss.detach())
        left = (config.epochs - state.epoch) * per_epoch - number
        elapsed = (time.monotonic() - started) / (number + 1)
        bar.set_postfix(loss=f"{total / (number + 1):.4f}", left=f"{left * elapsed / 60:.0f} min")
    return {
        "epoch": state.epoch + 1,
        "loss": round(group.mean(total / max(1, per_epoch), device), 5),
        "learning_rate": rate,
        "seconds": round(time.monotonic() - started, 1),
    }


def _loss(network: nn.Module, pictures: Tensor, masks: Tensor, config: TrainConfig) -> Tensor:
    pictures = pictures.contiguous(memory_format=torch.channels_last)
    kind = pictures.device.type
    with torch.autocast(kind, dtype=torch.bfloat16, enabled=_has_bfloat16(kind)):
        answers = network(pictures)
    return total_loss(answers, masks, config.loss)


def _step(state: TrainingState, loss: Tensor, *, config: TrainConfig, rate: float) -> None:
    for group in state.optimiser.param_groups:
        group["lr"] = rate
    state.optimiser.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
    nn.utils.clip_grad_norm_(state.network.parameters(), config.clip_gradient)
    state.optimiser.step()


def _validate(config: TrainConfig, average: nn.Module, split: Split) -> dict[str, float]:
    header, tensors = described(config, learned(average), [])
    bundle = ModelBundle(header, tensors, sha256="")
    # Images with millimetres first; a run without any is judged by the others.
    heads = [head for head in split.held_out if head.sample.mm_per_pixel] or split.held_out
    found = summary(score_heads(segmenter_of(bundle), heads))["all"]
    print(f"held out: MAE {found['mae_mm']:.2f} mm, Dice {found['dice_percent']:.2f} %", flush=True)
    return {"mae_mm": round(found["mae_mm"], 4), "dice_percent": round(found["dice_percent"], 4)}


def _fresh_state(config: TrainConfig, device: torch.device) -> TrainingState:
    unet = UNet(config.network)
    if config.pretrained:
        load_pretrained(unet.encoder)
    if config.start is not None:
        look = "survey" if config.view is View.WHOLE else "close_up"
        unet.load_state_dict(member_state(load_bundle(config.start), look, 0))
    network = channels_last(learner(unet, config.loss).to(device))
    optimiser = torch.optim.AdamW(
        network.parameters(), lr=config.peak_learning_rate, weight_decay=config.weight_decay
    )
    return TrainingState(network, copy.deepcopy(network).eval(), optimiser)


def _append_row(path: Path, row: dict[str, float]) -> None:
    is_new = not path.exists()
    with path.open("a", newline="") as file:
        writer = csv.DictWriter(file, LOG_FIELDS)
        if is_new:
            writer.writeheader()
        writer.writerow(row)


def _has_bfloat16(kind: str) -> bool:
    """Return whether half the bits make a step faster; emulated they make it ten times slower."""
    if kind == "cpu":
        # There is no public name for it, so a later torch may have it under another one.
        supported = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
        return supported is not None and bool(supported())
    return kind == "cuda"
