"""The networks of a bundle in torch, on a graphics processor."""

import numpy as np
import torch
from torch import nn

from fhc_desktop.segmentation.bundle import LOOK_WITH_LEVELS, ModelBundle, UnusableModel
from fhc_desktop.segmentation.networks.networks import DeviceMissing, Frames, LookName, Seen
from fhc_desktop.segmentation.networks.pytorch.unet import UNet, UNetConfig, channels_last, fused

_DEVICE_NAMES = {"cuda": "GPU", "mps": "Apple GPU", "cpu": "CPU"}
_TO_THE_CPU = "Set the device to auto or cpu, or ask who looks after this machine."


class TorchNetworks:
    """A bundle's networks, fused for serving.

    ``device`` is "cuda", "mps" or, to compare with, "cpu"; what torch raises when it fails is
    raised.

    Raises:
        UnusableModel: the tensors do not fit the networks that the header describes.
    """

    notices: tuple[str, ...] = ()

    def __init__(self, bundle: ModelBundle, device: str) -> None:
        self._device = torch.device(device)
        self._members = _members(bundle)
        for members in self._members.values():
            members.to(self._device)

    @property
    def device(self) -> str:
        return _DEVICE_NAMES[self._device.type]

    def seen(self, look: LookName, member: int, frames: Frames) -> Seen:
        with torch.inference_mode():
            batch = torch.from_numpy(np.ascontiguousarray(frames))[:, None].to(self._device)
            network: UNet = self._members[look][member]  # type: ignore[assignment]  # made below
            logits, levels = network.answered(batch.contiguous(memory_format=torch.channels_last))
            maps = torch.sigmoid(logits)[:, 0].float().cpu().numpy()
            if look != LOOK_WITH_LEVELS:
                return Seen(maps)
            return Seen(maps, tuple(level.float().cpu().numpy() for level in levels[1:]))


def gpu() -> str | None:
    """Return the kind of GPU that torch can use on this machine; None without one."""
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else None


def check_gpu(device: str) -> None:
    """Do nothing where torch can use a kind of GPU here.

    Raises:
        DeviceMissing: it cannot.
    """
    if device != gpu():
        raise DeviceMissing(f"PyTorch finds no {_DEVICE_NAMES[device]} here.", _TO_THE_CPU)


def gpu_words(device: str) -> str:
    """Return which GPU this is, in words."""
    return f"GPU {torch.cuda.get_device_name()}" if device == "cuda" else "Apple GPU"


def _members(bundle: ModelBundle) -> dict[str, nn.ModuleList]:
    looks = bundle.header.looks
    try:
        networks = nn.ModuleDict(
            {
                name: nn.ModuleList(UNet(UNetConfig(**look.network)) for _ in range(look.members))
                for name, look in looks.items()
            }
        )
        state = {
            f"{name}.{member}.{weight}": torch.from_numpy(tensor)
            for name, look in looks.items()
            for member in range(look.members)
            for weight, tensor in bundle.weights(name, member).items()
        }
        networks.load_state_dict(state)
    except (RuntimeError, TypeError, ValueError) as cause:
        raise UnusableModel(
            "The bundle's weights do not fit the network it describes.",
            "Install the program again, or choose another bundle.",
        ) from cause
    return {name: channels_last(fused(members)) for name, members in networks.items()}  # type: ignore[misc]  # torch types a ModuleDict's values as plain modules
