"""What the network is asked to make small."""

import torch
from torch import Tensor
from torch.nn import functional

from model_training.config import LossConfig


def region_loss(logits: Tensor, masks: Tensor, config: LossConfig) -> Tensor:
    """Return cross entropy over the batch plus soft Dice loss over its pictures with a head.

    ``logits`` and ``masks`` have shape (batch, 1, height, width), masks in 0 to 1. An empty mask
    has no overlap to speak of: its Dice loss is about 1 whatever the network says, and its slope
    there drowns that of the others. Cross entropy alone teaches the network to find nothing.
    """
    weights = None if config.rim == 0 else 1 + config.rim * _rim(masks, config.rim_width)
    entropy = functional.binary_cross_entropy_with_logits(logits, masks, weight=weights)
    probability = torch.sigmoid(logits)
    shared = (probability * masks).sum(dim=(1, 2, 3))
    found, areas = probability.sum(dim=(1, 2, 3)), masks.sum(dim=(1, 2, 3))
    shows_head = areas > 0
    heads = shows_head.sum().clamp(min=1)
    dice = 2 * shared / (found + areas).clamp(min=1e-6)
    loss = entropy + ((1 - dice) * shows_head).sum() / heads
    if config.size:
        excess = (found - areas).abs() / areas.clamp(min=1)
        loss = loss + config.size * (excess * shows_head).sum() / heads
    return loss


def _rim(masks: Tensor, width: float) -> Tensor:
    """Return 1 within about ``width`` pixels of an outline, 0 elsewhere."""
    side = 2 * round(width) + 1
    grown = functional.max_pool2d(masks, side, stride=1, padding=side // 2)
    shrunk = -functional.max_pool2d(-masks, side, stride=1, padding=side // 2)
    return ((grown - shrunk) > 0.5).float()
