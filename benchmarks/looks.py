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

from fhc_desktop.segmentation.networks.pytorch import encoders
from fhc_desktop.segmentation.networks.pytorch.unet import UNet, UNetConfig, channels_last, fused

PLAIN, LITE = UNetConfig(), UNetConfig(encoder=encoders.LITE)
WHOLE, SURVEY, CLOSE_UP = (192, 288), (128, 192), (192, 224)
PREVIOUS = "1.1: one look 288 x 192, 2 views"
# name: for each look its network, height and width of its frame, and its views.
MODELS = {
    PREVIOUS: [(PLAIN, WHOLE, 2)],
    "2.0: plain survey and close-up, 2 views": [(PLAIN, SURVEY, 1), (PLAIN, CLOSE_UP, 2)],
    "plain survey, pretrained close-up, 2 views": [(PLAIN, SURVEY, 1), (LITE, CLOSE_UP, 2)],
    "pretrained survey alone, 1 view": [(LITE, SURVEY, 1)],
    "pretrained survey and close-up, 1 view": [(LITE, SURVEY, 1), (LITE, CLOSE_UP, 1)],
    "pretrained survey and close-up, 2 views": [(LITE, SURVEY, 1), (LITE, CLOSE_UP, 2)],
    "pretrained survey and close-up, 3 views": [(LITE, SURVEY, 1), (LITE, CLOSE_UP, 3)],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=9)
    repeats = parser.parse_args().repeats
    looks = {
        name: [_look(*look, is_fused=name != PREVIOUS) for look in model]
        for name, model in MODELS.items()
    }
    times: dict[str, list[float]] = {name: [] for name in MODELS}
    with torch.inference_mode():
        for _ in range(repeats):
            # Interleaved, so that a slower spell of the machine meets all of them.
            for name, model in looks.items():
                started = time.process_time()
                for network, batch in model:
                    network(batch)
                times[name].append(time.process_time() - started)
    first = statistics.median(times[PREVIOUS])
    rows = [
        {
            "network": name,
            "gflop": round(_gflop(looks[name]), 2),
            "ratio": round(statistics.median(taken) / first, 2),
        }
        for name, taken in times.items()
    ]
    print(json.dumps(rows, indent=1))


def _look(
    config: UNetConfig, shape: tuple[int, int], views: int, *, is_fused: bool
) -> tuple[UNet, torch.Tensor]:
    network = UNet(config).eval()
    # The previous model was served as it was trained.
    network = channels_last(fused(network) if is_fused else network)
    batch = torch.rand(views, 1, *shape).contiguous(memory_format=torch.channels_last)
    return network, batch


def _gflop(model: list[tuple[UNet, torch.Tensor]]) -> float:
    with FlopCounterMode(display=False) as counter, torch.inference_mode():
        for network, batch in model:
            network(batch)
    return float(counter.get_total_flops()) / 1e9


if __name__ == "__main__":
    main()
