"""The networks of a bundle in torch, on the best device there is."""

import logging
from functools import partial

import numpy as np
import torch
from torch import nn

from fhc_desktop.segmentation.bundle import ModelBundle, UnusableModel
from fhc_desktop.segmentation.networks.networks import Frames, LookName, Maps
from fhc_desktop.segmentation.networks.pytorch.cores import Cores
from fhc_desktop.segmentation.networks.pytorch.unet import UNet, UNetConfig, channels_last, fused

FELL_BACK = "The GPU failed; the model ran on the CPU."
_DEVICE_NAMES = {"cuda": "GPU", "mps": "Apple GPU", "cpu": "CPU"}
_log = logging.getLogger(__name__)


class TorchNetworks:
    """A bundle's networks, fused for serving.

    ``device`` is "auto", "cpu", "cuda" or "mps". When a GPU fails, the work goes on on the CPU
    and a notice says so from then on.

    Raises:
        UnusableModel: the tensors do not fit the networks that the header describes.
    """

    def __init__(self, bundle: ModelBundle, device: str = "auto") -> None:
        self._members = _members(bundle)
        self._cores = Cores()
        self._notices: tuple[str, ...] = ()
        self._device = torch.device("cpu")
        self._move_to(_chosen_device(device))

    @property
    def device(self) -> str:
        return _DEVICE_NAMES.get(self._device.type, self._device.type)

    @property
    def notices(self) -> tuple[str, ...]:
        return self._notices

    def maps(self, look: LookName, member: int, frames: Frames) -> Maps:
        try:
            return self._run(look, member, frames)
        except (RuntimeError, NotImplementedError):
            # torch reports a lost, full or incomplete GPU in no narrower type.
            if self._device.type == "cpu":
                raise
            _log.warning("the %s failed; going on on the CPU", self._device.type)
            self._fall_back()
            return self._run(look, member, frames)

    def _run(self, look: LookName, member: int, frames: Frames) -> Maps:
        answer = partial(_answer, self._members[look][member], self._device)
        is_cpu = self._device.type == "cpu"
        return self._cores.shared_out(answer, frames) if is_cpu else answer(frames)

    def _move_to(self, device: torch.device) -> None:
        try:
            self._move(device)
            self._device = device
        except (RuntimeError, NotImplementedError, AssertionError):
            # The last is what torch raises when it was built without that kind of device.
            _log.warning("the %s cannot be used; going on on the CPU", device.type)
            self._fall_back()

    def _move(self, device: torch.device) -> None:
        for members in self._members.values():
            members.to(device)

    def _fall_back(self) -> None:
        self._device = torch.device("cpu")
        self._move(self._device)
        self._notices = (FELL_BACK,)


def best_device() -> str:
    """Return what "auto" stands for on this machine, in words."""
    chosen = _chosen_device("auto")
    if chosen.type == "cuda":
        return f"GPU {torch.cuda.get_device_name()}"
    return "Apple GPU" if chosen.type == "mps" else "no GPU, the CPU is used"


def _answer(network: nn.Module, device: torch.device, frames: Frames) -> Maps:
    # Each thread has its own inference mode.
    with torch.inference_mode():
        batch = torch.from_numpy(np.ascontiguousarray(frames))[:, None].to(device)
        logits = network(batch.contiguous(memory_format=torch.channels_last))
        found: Maps = torch.sigmoid(logits)[:, 0].float().cpu().numpy()
    return found


def _members(bundle: ModelBundle) -> dict[str, nn.ModuleList]:
    looks = {"survey": bundle.header.survey, "close_up": bundle.header.close_up}
    try:
        networks = nn.ModuleDict(
            {
                name: nn.ModuleList(UNet(UNetConfig(**look.network)) for _ in range(look.members))
                for name, look in looks.items()
                if look is not None
            }
        )
        state = {name: torch.from_numpy(tensor) for name, tensor in bundle.tensors.items()}
        networks.load_state_dict(state)
    except (RuntimeError, TypeError, ValueError) as cause:
        raise UnusableModel(
            "The bundle's weights do not fit the network it describes.",
            "Install the program again, or choose another bundle.",
        ) from cause
    return {name: channels_last(fused(members)) for name, members in networks.items()}  # type: ignore[misc]  # torch types a ModuleDict's values as plain modules


def _chosen_device(wish: str) -> torch.device:
    if wish != "auto":
        return torch.device(wish)
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")
