"""The networks in torch on the processor, as the program ran them before ONNX Runtime did."""

import os

# Read when torch is first imported: spinning threads are several times slower on a busy machine.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch  # the environment must be set before
from numpy.typing import NDArray

from fhc_desktop.segmentation.bundle import ModelBundle
from fhc_desktop.segmentation.networks.networks import Frames, LookName, Seen
from fhc_desktop.segmentation.networks.pytorch.runtime import TorchNetworks

Array = NDArray[np.float32]

# Asked before a thread of ours is told to compute alone: from then on torch gives that answer to
# every new thread.
CORES = torch.get_num_threads()


class Cores:
    """Threads of which each computes a frame alone, from the first layer to the last.

    The networks are small: waking the other threads for each of a hundred layers takes longer
    than they save. The threads end with this object.
    """

    def __init__(self, count: int = CORES) -> None:
        self._count = count
        self._threads = ThreadPoolExecutor(
            count, "frame", initializer=torch.set_num_threads, initargs=(1,)
        )

    def shared_out(self, answer: Callable[[Array], Array], frames: Array) -> Array:
        """Return the answer to a batch of frames, each core asked for its share of them.

        ``answer`` takes and gives arrays of shape (frames, height, width); what it raises is
        raised.
        """
        shares = np.array_split(frames, min(self._count, len(frames)))
        return np.concatenate(list(self._threads.map(answer, shares)))


class TorchOnCores(TorchNetworks):
    """A bundle's networks, each core asked for its share of the frames."""

    def __init__(self, bundle: ModelBundle) -> None:
        super().__init__(bundle, "cpu")
        self._cores = Cores()

    def seen(self, look: LookName, member: int, frames: Frames) -> Seen:
        asked = super().seen
        return Seen(self._cores.shared_out(lambda part: asked(look, member, part).maps, frames))
