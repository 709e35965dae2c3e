"""A graphics processor's networks, and the processor's where it is missing, lost or full."""

import logging
from collections.abc import Callable

import numpy as np

from fhc_desktop.segmentation.networks.networks import (
    DeviceMissing,
    Frames,
    LookName,
    Networks,
    Seen,
)

FELL_BACK = "The GPU failed; the model ran on the CPU."
# torch reports a GPU that is lost, full or incomplete in no narrower type; the last is what it
# raises when it was built without that kind of device.
_FAULTS = (RuntimeError, NotImplementedError, AssertionError)
_log = logging.getLogger(__name__)


class FallingBack:
    """Networks that go on on the CPU when the GPU fails; a notice says so from then on.

    ``on_gpu`` and ``on_cpu`` make them: the second is called only where it is needed.
    """

    def __init__(self, on_gpu: Callable[[], Networks], on_cpu: Callable[[], Networks]) -> None:
        self._on_cpu = on_cpu
        self._notices: tuple[str, ...] = ()
        self._is_on_gpu = True
        try:
            self._networks = on_gpu()
        except DeviceMissing as missing:
            self._fall_back(f"{missing.problem} The model ran on the CPU. {missing.remedy}")
        except _FAULTS:
            self._fail_over()

    @property
    def device(self) -> str:
        return self._networks.device

    @property
    def notices(self) -> tuple[str, ...]:
        return self._notices

    def seen(self, look: LookName, member: int, frames: Frames) -> Seen:
        if self._is_on_gpu:
            try:
                found = self._networks.seen(look, member, frames)
            except _FAULTS:
                self._fail_over()
            else:
                # A GPU that computes nonsense says so by numbers that are none.
                if all(np.isfinite(part).all() for part in (found.maps, *found.levels)):
                    return found
                self._fail_over()
        return self._networks.seen(look, member, frames)

    def _fail_over(self) -> None:
        _log.warning("the GPU failed; going on on the CPU")
        self._fall_back(FELL_BACK)

    def _fall_back(self, notice: str) -> None:
        self._is_on_gpu = False
        self._networks = self._on_cpu()
        self._notices = (notice,)
