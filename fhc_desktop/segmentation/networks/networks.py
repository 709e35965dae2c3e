"""What the looks ask of the networks, whichever library computes them."""

from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.segmentation.segmentation import Levels

LookName = Literal["survey", "close_up"]
Frames = NDArray[np.float32]
Maps = NDArray[np.float32]


class Seen(NamedTuple):
    """What networks make of frames.

    ``maps`` is the probability of head, shape (frames, height, width); ``levels`` are the features
    of the way down but the finest, (frames, channels, height, width), where the look shows any.
    """

    maps: Maps
    levels: Levels = ()


class DeviceMissing(FhcError):  # noqa: N818 - named for what the user meets
    """The device that was asked for is not there, or the library that would compute on it."""


class Networks(Protocol):
    """The members of each look of one bundle, at work on some device."""

    @property
    def device(self) -> str:
        """The device in a word for the status line."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What a reader of the maps made so far must know of how they came about."""

    def seen(self, look: LookName, member: int, frames: Frames) -> Seen:
        """Return what one member sees in frames as the look's preprocessing makes them.

        ``frames`` has shape (frames, height, width). Where a device fails, the answer comes from
        another and ``notices`` says so; ``device`` is then that other one.
        """
