"""What the runtime of the networks costs: ONNX Runtime against torch, both on the CPU.

    python benchmarks/runtime.py [IMAGE] [--rounds N] [--cores 1 2] [--before FOLDER]

Each figure is the median of fresh processes that take turns, so that a slower spell of the machine
meets all of them; beside it stands its share of torch's in the same run. ``--before`` names a
checkout of an older version of this program that takes its turn too. Processes are bound to their
cores (Linux); the peak is a large matrix product of numpy on the same ones.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHILD = Path(__file__).with_name("one_process.py")
WORDS = {
    "first_s": "first proposal after start, s",
    "proposal_ms": "proposal, ms",
    "networks_ms": "  of it in the networks, ms",
    "processor_ms": "  processor time of all cores, ms",
    "memory_mb": "memory while measuring, MB",
    "gflops": "networks, GFLOP a second",
}

Figures = dict[str, float]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "image", type=Path, nargs="?", default=ROOT / "resources/demo/demo_head.png"
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cores", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--before", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    folders = {"torch": ROOT, "onnx": ROOT}
    if options.before is not None:
        folders["before"] = options.before
    for cores in options.cores:
        taken: dict[str, list[Figures]] = {name: [] for name in folders}
        for _ in range(options.rounds):
            for name, folder in folders.items():
                taken[name].append(fresh_process(name, options.image, folder, cores))
        print_table(cores, taken)
    return 0


def fresh_process(name: str, image: Path, folder: Path, cores: int) -> Figures:
    """Return the figures of one process that is bound to the first of the cores there are."""
    mine = sorted(os.sched_getaffinity(0))
    # A child has the cores of the thread that starts it, from its first instruction.
    os.sched_setaffinity(0, mine[:cores])
    try:
        done = subprocess.run(  # noqa: S603 - our own file
            [sys.executable, CHILD, name, image, str(time.time())],
            env={**os.environ, "PYTHONPATH": str(folder)},
            capture_output=True,
            text=True,
            check=True,
        )
    finally:
        os.sched_setaffinity(0, mine)
    figures: Figures = json.loads(done.stdout)
    return figures


def print_table(cores: int, taken: dict[str, list[Figures]]) -> None:
    """Print each figure with its share of torch's."""
    medians = {
        name: {key: statistics.median(row[key] for row in rows) for key in WORDS}
        for name, rows in taken.items()
    }
    print(f"\n{cores} core{'s' if cores > 1 else ''}, median of {len(taken['torch'])} processes")
    print(f"{'':<36}" + "".join(f"{name:>10}{'':>8}" for name in medians))
    for key, words in WORDS.items():
        cells = (
            f"{found[key]:10.3g}{found[key] / medians['torch'][key]:8.2f}"
            for found in medians.values()
        )
        print(f"{words:<36}" + "".join(cells))
    # The best of all: a product that met a slower spell is no peak.
    peak = max(row["peak_gflops"] for rows in taken.values() for row in rows)
    shares = (f"{found['gflops'] / peak:10.0%}{'':>8}" for found in medians.values())
    print(f"{f'  of the peak of {peak:.0f}':<36}" + "".join(shares), flush=True)


if __name__ == "__main__":
    sys.exit(main())
