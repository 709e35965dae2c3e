"""The network at work: a picture in, a proposal out."""

import logging
from dataclasses import dataclass

import numpy as np
import torch

from fhc_desktop.domain.examination import Proposal
from fhc_desktop.domain.image import UltrasoundImage
from fhc_desktop.segmentation.bundle import ModelBundle, UnusableModel
from fhc_desktop.segmentation.outline import FittedOutline, Probability, find_outline
from fhc_desktop.segmentation.preprocessing import Placement, to_network_input
from fhc_desktop.segmentation.unet import UNet, UNetConfig, channels_last

# Below this Dice coefficient with its own ellipse a found area is worth a second look.
UNSURE_AGREEMENT = 0.96
# Below this share inside the picture much of the outline is the ellipse's guess.
CUT_OFF_SHARE = 0.95

_DEVICE_NAMES = {"cuda": "GPU", "mps": "Apple GPU", "cpu": "CPU"}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Segmentation:
    """The probability of head, shape of the network's frame, and where the picture lies in it."""

    probability: Probability
    placement: Placement


class Segmenter:
    """A network with the preprocessing it was trained with, on the best device there is.

    ``device`` is "auto", "cpu", "cuda" or "mps". When a GPU fails, the work goes on on the CPU
    and each later proposal says so.

    Raises:
        UnusableModel: the tensors do not fit the network that the header describes.
    """

    def __init__(self, bundle: ModelBundle, device: str = "auto") -> None:
        self._bundle = bundle
        self._network = _network(bundle)
        self._notices: tuple[str, ...] = ()
        self._device = torch.device("cpu")
        self._move_to(_chosen_device(device))

    @property
    def device(self) -> str:
        """The device in a word for the status line."""
        return _DEVICE_NAMES.get(self._device.type, self._device.type)

    def segment(self, image: UltrasoundImage) -> Segmentation:
        header = self._bundle.header
        picture, placement = to_network_input(image.gray, image.pixel_aspect, header.preprocessing)
        views = [picture, picture[:, ::-1]] if header.inference.mirrored else [picture]
        maps = self._probabilities(np.stack(views))
        if header.inference.mirrored:
            maps[1] = maps[1, :, ::-1]
        return Segmentation(maps.mean(axis=0), placement)

    def propose(self, image: UltrasoundImage) -> Proposal:
        """Return the outline of the head in image pixels, None where no head is found."""
        segmentation = self.segment(image)
        found = find_outline(segmentation.probability, segmentation.placement)
        if found is None:
            return Proposal(None, self._bundle.identity, self.device, self._notices)
        outline = found.ellipse.grown(self._bundle.header.inference.radial_offset)
        return Proposal(
            outline_px=segmentation.placement.to_image(outline).canonical(),
            model=self._bundle.identity,
            device=self.device,
            notices=(*self._notices, *_reasons_to_look_again(found)),
        )

    def _probabilities(self, pictures: Probability) -> Probability:
        try:
            return self._run(pictures)
        except (RuntimeError, NotImplementedError):
            # torch reports a lost, full or incomplete GPU in no narrower type.
            if self._device.type == "cpu":
                raise
            _log.warning("the %s failed; going on on the CPU", self._device.type)
            self._fall_back()
            return self._run(pictures)

    def _run(self, pictures: Probability) -> Probability:
        with torch.inference_mode():
            batch = torch.from_numpy(np.ascontiguousarray(pictures))[:, None].to(self._device)
            logits = self._network(batch.contiguous(memory_format=torch.channels_last))
            found: Probability = torch.sigmoid(logits)[:, 0].float().cpu().numpy()
        return found

    def _move_to(self, device: torch.device) -> None:
        try:
            self._network.to(device)
            self._device = device
        except (RuntimeError, NotImplementedError, AssertionError):
            # The last is what torch raises when it was built without that kind of device.
            _log.warning("the %s cannot be used; going on on the CPU", device.type)
            self._fall_back()

    def _fall_back(self) -> None:
        self._device = torch.device("cpu")
        self._network.to(self._device)
        self._notices = ("The GPU failed; the model ran on the CPU.",)


def best_device() -> str:
    """Return what "auto" stands for on this machine, in words."""
    chosen = _chosen_device("auto")
    if chosen.type == "cuda":
        return f"GPU {torch.cuda.get_device_name()}"
    return "Apple GPU" if chosen.type == "mps" else "no GPU, the CPU is used"


def _network(bundle: ModelBundle) -> UNet:
    try:
        network = UNet(UNetConfig(**bundle.header.network))
        state = {name: torch.from_numpy(tensor) for name, tensor in bundle.tensors.items()}
        network.load_state_dict(state)
    except (RuntimeError, TypeError, ValueError) as cause:
        raise UnusableModel(
            "The bundle's weights do not fit the network it describes.",
            "Install the program again, or choose another bundle.",
        ) from cause
    return channels_last(network.eval())


def _chosen_device(wish: str) -> torch.device:
    if wish != "auto":
        return torch.device(wish)
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def _reasons_to_look_again(found: FittedOutline) -> tuple[str, ...]:
    reasons = []
    if found.agreement < UNSURE_AGREEMENT:
        reasons.append("The model's area is not quite an ellipse: check the outline.")
    if found.visible_share < CUT_OFF_SHARE:
        reasons.append("The head leaves the image: part of the outline is extrapolated.")
    return tuple(reasons)
