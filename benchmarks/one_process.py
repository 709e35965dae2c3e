"""What one process measures of itself, for ``runtime.py``: it is started anew for each figure.

    python benchmarks/one_process.py torch|onnx IMAGE STARTED

``STARTED`` is the time at which it was started, in seconds since 1970.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROPOSALS = 15
MATRIX, PRODUCTS = 2048, 5
# Of one frame: twice the multiplications, counted by torch.utils.flop_counter.
GFLOP = {"survey": 0.688, "close_up": 1.380}


class Clocked:
    """Networks with a clock: seconds inside them, and the work that was done."""

    def __init__(self, networks: Any) -> None:
        self._networks = networks
        self.device, self.notices = networks.device, networks.notices
        self._seconds = self._gflop = 0.0

    def seen(self, look: str, member: int, frames: Any) -> Any:
        return self._clocked(self._networks.seen, look, member, frames)

    def maps(self, look: str, member: int, frames: Any) -> Any:
        # What versions of the program before call.
        return self._clocked(self._networks.maps, look, member, frames)

    def _clocked(self, asked: Callable[..., Any], look: str, member: int, frames: Any) -> Any:
        began = time.perf_counter()
        found = asked(look, member, frames)
        self._seconds += time.perf_counter() - began
        self._gflop += GFLOP[look] * len(frames)
        return found

    def take(self) -> tuple[float, float]:
        """Return seconds and GFLOP since they were taken last."""
        taken, self._seconds, self._gflop = (self._seconds, self._gflop), 0.0, 0.0
        return taken


def main() -> int:
    runtime, image, began = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])
    print(json.dumps(figures(runtime, image, began)))
    return 0


def figures(runtime: str, image_path: Path, began: float) -> dict[str, float]:
    """Return what a program costs from its start, in this process."""
    segmenter, clocked, image = started(runtime, image_path)
    segmenter.propose(image)
    first_s = time.time() - began
    rows = [proposal(segmenter, clocked, image) for _ in range(PROPOSALS)]
    whole_s, processor_s, networks_s, gflop = map(statistics.median, zip(*rows, strict=True))
    return {
        "first_s": first_s,
        "proposal_ms": 1000 * whole_s,
        "networks_ms": 1000 * networks_s,
        "processor_ms": 1000 * processor_s,
        "memory_mb": memory_mb(),
        "gflops": gflop / networks_s,
        "peak_gflops": peak_gflops(),
    }


def started(runtime: str, image_path: Path) -> tuple[Any, Clocked, Any]:
    """Return who proposes, the clock in its networks, and the picture.

    Everything is imported here: how long that takes is one of the figures.
    """
    from fhc_desktop.imaging.readers import Readers  # noqa: PLC0415
    from fhc_desktop.resources import resource  # noqa: PLC0415
    from fhc_desktop.segmentation.bundle import load_bundle  # noqa: PLC0415
    from fhc_desktop.segmentation.segmenter import Segmenter  # noqa: PLC0415

    bundle = load_bundle(resource("model/head_unet.safetensors"))
    if runtime == "torch":
        from torch_on_cores import TorchOnCores  # noqa: PLC0415

        clocked = Clocked(TorchOnCores(bundle))
    else:
        from fhc_desktop.segmentation.networks.loading import load_networks  # noqa: PLC0415

        clocked = Clocked(load_networks(bundle, "cpu"))
    with Readers() as readers:
        image = readers.images.load(image_path).image
    return Segmenter(bundle, clocked), clocked, image


def proposal(segmenter: Any, clocked: Clocked, image: Any) -> tuple[float, float, float, float]:
    """Return wall and processor seconds of a proposal, those in the networks, and their GFLOP."""
    clocked.take()
    began, busy = time.perf_counter(), time.process_time()
    segmenter.propose(image)
    return (time.perf_counter() - began, time.process_time() - busy, *clocked.take())


def memory_mb() -> float:
    """Return the most memory that this process has held, its libraries included."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmHWM"))


def peak_gflops() -> float:
    """Return what a large matrix product reaches on the cores of this process."""
    import numpy as np  # noqa: PLC0415 - its start is part of the program's

    matrix = np.random.default_rng(1).standard_normal((MATRIX, MATRIX), np.float32)
    spent = []
    for _ in range(PRODUCTS):
        began = time.perf_counter()
        matrix @ matrix
        spent.append(time.perf_counter() - began)
    return float(2 * MATRIX**3 / min(spent) / 1e9)


if __name__ == "__main__":
    sys.exit(main())
