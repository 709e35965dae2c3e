"""What one look at a picture gives."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.segmentation.preprocessing import Placement

# Coarser and coarser features of the networks' way down, each (..., channels, height, width).
Levels = tuple[NDArray[np.float32], ...]


@dataclass(frozen=True, eq=False)
class Segmentation:
    """The probability of head in a frame, and where the picture lies in it.

    ``views`` has shape (views, height, width), each mirror image turned back; ``frame`` holds the
    grey values that were looked at, 0 to 255, shape (height, width). ``levels`` are the features
    of the networks' way down, the mean of the views, each turned back, of shape (channels, height,
    width); none where the look's networks show none.
    """

    views: NDArray[np.float32]
    frame: NDArray[np.float32]
    placement: Placement
    levels: Levels = ()

    @cached_property
    def probability(self) -> NDArray[np.float32]:
        """The mean of the views."""
        mean: NDArray[np.float32] = self.views.mean(axis=0)
        return mean
