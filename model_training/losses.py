"""What the network is asked to make small."""

import torch
from torch import Tensor
from torch.nn import functional


def region_loss(logits: Tensor, masks: Tensor) -> Tensor:
    """Return binary cross entropy plus soft Dice loss, both averaged over the batch.

    ``logits`` and ``masks`` have shape (batch, 1, height, width), masks in 0 to 1.
    """
    entropy = functional.binary_cross_entropy_with_logits(logits, masks)
    probability = torch.sigmoid(logits)
    shared = (probability * masks).sum(dim=(1, 2, 3))
    total = probability.sum(dim=(1, 2, 3)) + masks.sum(dim=(1, 2, 3))
    # One pixel more on both sides keeps an empty mask from dividing by nothing.
    dice = (2 * shared + 1) / (total + 1)
    return entropy + (1 - dice).mean()
