"""A run's state on disk, so that it goes on where it stopped. Never pickle: safetensors."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, nn


@dataclass(slots=True, eq=False)
class TrainingState:
    """What changes while training: the network, its moving average, the optimiser, the epoch.

    ``epoch`` counts the epochs that are done.
    """

    network: nn.Module
    average: nn.Module
    optimiser: torch.optim.Optimizer
    epoch: int = 0


def save_checkpoint(path: Path, state: TrainingState) -> None:
    """Write the state, whole or not at all."""
    tensors = {
        **_prefixed("network", dict(state.network.state_dict())),
        **_prefixed("average", dict(state.average.state_dict())),
    }
    for number, values in state.optimiser.state_dict()["state"].items():
        tensors |= _prefixed(f"optimiser.{number}", values)
    temporary = path.with_suffix(".partial")
    save_file(
        {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()},
        temporary,
        metadata={"training": json.dumps({"epoch": state.epoch})},
    )
    os.replace(temporary, path)  # noqa: PTH105 - the atomic call, by its own name


def load_checkpoint(path: Path, state: TrainingState) -> None:
    """Fill the state from a file.

    Raises:
        RuntimeError: the file belongs to another network.
    """
    with safe_open(path, framework="pt") as file:
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a dict
        epoch = json.loads(file.metadata()["training"])["epoch"]
    state.network.load_state_dict(_under("network.", tensors))
    state.average.load_state_dict(_under("average.", tensors))
    saved: dict[int, dict[str, Tensor]] = {}
    for name, tensor in _under("optimiser.", tensors).items():
        number, key = name.split(".", 1)
        saved.setdefault(int(number), {})[key] = tensor
    known = state.optimiser.state_dict()
    state.optimiser.load_state_dict({"state": saved, "param_groups": known["param_groups"]})
    state.epoch = epoch


def _prefixed(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {f"{prefix}.{name}": tensor for name, tensor in tensors.items()}


def _under(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {
        name.removeprefix(prefix): tensor
        for name, tensor in tensors.items()
        if name.startswith(prefix)
    }
