"""What the looks ask of the networks, whichever library computes them."""

from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.errors import FhcError

LookName = Literal["survey", "close_up"]
Frames = NDArray[np.float32]
Maps = NDArray[np.float32]


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

    def maps(self, look: LookName, member: int, frames: Frames) -> Maps:
        """Return the probability of head in frames as the look's preprocessing makes them.

        ``frames`` and the maps have shape (frames, height, width). Where a device fails, the
        answer comes from another and ``notices`` says so; ``device`` is then that other one.
        """
