"""What the network is asked to make small."""

import torch
from torch import Tensor
from torch.nn import functional


def region_loss(logits: Tensor, masks: Tensor) -> Tensor:
    """Return binary cross entropy over the batch plus soft Dice loss over its pictures with a head.

    ``logits`` and ``masks`` have shape (batch, 1, height, width), masks in 0 to 1. An empty mask
    has no overlap to speak of: its Dice loss is about 1 whatever the network says, and its slope
    there drowns that of the others. Cross entropy alone teaches the network to find nothing.
    """
    entropy = functional.binary_cross_entropy_with_logits(logits, masks)
    probability = torch.sigmoid(logits)
    shared = (probability * masks).sum(dim=(1, 2, 3))
    areas = masks.sum(dim=(1, 2, 3))
    shows_head = areas > 0
    dice = 2 * shared / (probability.sum(dim=(1, 2, 3)) + areas).clamp(min=1e-6)
    return entropy + ((1 - dice) * shows_head).sum() / shows_head.sum().clamp(min=1)
