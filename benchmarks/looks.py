"""Accuracy against time needs the time: one image through several models, as ratios of one run.

    python benchmarks/looks.py [--repeats N]

Weights are random: arithmetic takes the same time whatever it computes. Times are process CPU
time, which other work on the machine hardly changes; the previous model is 1.
"""

import argparse
import json
import os
import statistics
import time

os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import torch  # the environment must be set before
from torch.utils.flop_counter import FlopCounterMode

from fhc_desktop.segmentation.unet import UNet, UNetConfig, channels_last

# name: for each look the width of its network, height and width of its frame, and its views.
MODELS = {
    "1.1: one look 288 x 192, 2 views": [(16, (192, 288), 2)],
    "survey 192 x 128 alone, 1 view": [(16, (128, 192), 1)],
    "survey + close-up 224 x 192, 1 view": [(16, (128, 192), 1), (16, (192, 224), 1)],
    "survey + close-up 224 x 192, 2 views": [(16, (128, 192), 1), (16, (192, 224), 2)],
    "survey + close-up 224 x 192, 3 views": [(16, (128, 192), 1), (16, (192, 224), 3)],
    "survey + close-up 224 x 192, 4 views": [(16, (128, 192), 1), (16, (192, 224), 4)],
    "survey + wider close-up (24), 2 views": [(16, (128, 192), 1), (24, (192, 224), 2)],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=9)
    repeats = parser.parse_args().repeats
    looks = {name: [_look(*look) for look in model] for name, model in MODELS.items()}
    times: dict[str, list[float]] = {name: [] for name in MODELS}
    with torch.inference_mode():
        for _ in range(repeats):
            # Interleaved, so that a slower spell of the machine meets all of them.
            for name, model in looks.items():
                started = time.process_time()
                for network, batch in model:
                    network(batch)
                times[name].append(time.process_time() - started)
    first = statistics.median(next(iter(times.values())))
    rows = [
        {
            "network": name,
            "gflop": round(_gflop(looks[name]), 2),
            "ratio": round(statistics.median(taken) / first, 2),
        }
        for name, taken in times.items()
    ]
    print(json.dumps(rows, indent=1))


def _look(width: int, shape: tuple[int, int], views: int) -> tuple[UNet, torch.Tensor]:
    network = channels_last(UNet(UNetConfig(width=width)).eval())
    batch = torch.rand(views, 1, *shape).contiguous(memory_format=torch.channels_last)
    return network, batch


def _gflop(model: list[tuple[UNet, torch.Tensor]]) -> float:
    with FlopCounterMode(display=False) as counter, torch.inference_mode():
        for network, batch in model:
            network(batch)
    return float(counter.get_total_flops()) / 1e9


if __name__ == "__main__":
    main()
