"""What a network is asked while it learns and no longer when it serves."""

from typing import NamedTuple

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from fhc_desktop.segmentation.networks.pytorch.unet import UNet, doubled
from model_training.config import LossConfig
from model_training.losses import region_loss

# Farther from the outline than this many pixels, every distance is the same.
FAR = 8.0


class Answers(NamedTuple):
    """Logits of the head at full size and at coarser levels, and distances from its outline.

    All have shape (batch, 1, height, width), ``coarser`` the finest first; ``distances`` are in
    units of ``FAR`` pixels.
    """

    logits: Tensor
    coarser: list[Tensor]
    distances: Tensor


class SupervisedUNet(nn.Module):
    """A U-Net with a head of its own at each level of its way up, and one for the distance.

    Deep supervision after Lee et al. 2015 (arXiv:1409.5185), signed distance after Ma et al. 2020
    ("How distance transform maps boost segmentation CNNs", MIDL).
    """

    def __init__(self, unet: UNet) -> None:
        super().__init__()
        self.unet = unet
        widths = unet.config.widths[:-1]
        self.coarser = nn.ModuleList(nn.Conv2d(width, 1, 1) for width in widths)
        self.distance = nn.Conv2d(unet.config.width, 1, 1)

    def forward(self, pictures: Tensor) -> Answers:
        features = self.unet.decoded(pictures)
        finest, last = self.unet.head
        rim = finest(doubled(features[0]))
        coarser = [head(level) for head, level in zip(self.coarser, features, strict=True)]
        return Answers(last(rim), coarser, self.distance(rim))


def learner(unet: UNet, config: LossConfig) -> nn.Module:
    """Return what is trained so that the network learns by the loss."""
    return SupervisedUNet(unet) if config.coarser or config.distance else unet


def learned(network: nn.Module) -> nn.Module:
    """Return the network that serves."""
    return network.unet if isinstance(network, SupervisedUNet) else network


def total_loss(answers: Answers | Tensor, masks: Tensor, config: LossConfig) -> Tensor:
    """Return the region's loss, and those of whatever else was asked.

    ``masks`` has shape (batch, 1, height, width), values 0 to 1.
    """
    if isinstance(answers, Tensor):
        return region_loss(answers.float(), masks, config)
    loss = region_loss(answers.logits.float(), masks, config)
    whole = LossConfig()
    for logits in answers.coarser:
        seen = functional.interpolate(masks, logits.shape[2:], mode="area")
        loss = loss + config.coarser / len(answers.coarser) * region_loss(
            logits.float(), seen, whole
        )
    error = functional.l1_loss(answers.distances.float(), signed_distances(masks))
    return loss + config.distance * error


def signed_distances(masks: Tensor) -> Tensor:
    """Return the distance of each pixel from the outline in units of ``FAR``, -1 to 1.

    Inside it is positive; where there is no head it is -1 everywhere.
    """
    found = [_signed_distance(mask) for mask in masks[:, 0].cpu().numpy()]
    return torch.from_numpy(np.stack(found))[:, None].to(masks.device)


def _signed_distance(mask: np.ndarray) -> np.ndarray:
    inside = (mask > 0.5).astype(np.uint8)
    if not inside.any():
        return np.full(mask.shape, -1.0, np.float32)
    within, beyond = (
        cv2.distanceTransform(part, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
        for part in (inside, 1 - inside)
    )
    # The outline runs between two pixels, half a pixel from either.
    pixels = np.where(inside, within - 0.5, 0.5 - beyond)
    return np.clip(pixels / FAR, -1, 1).astype(np.float32)
