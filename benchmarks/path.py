"""How long each stage of one image's path takes, as a share of the whole.

    python benchmarks/path.py [IMAGE] [--repeats N]

Ratios within one run say the same on a fast, a slow and a busy machine; seconds do not. The
yardstick is a 3 x 3 convolution of 16 channels to 16 over 540 x 800, run in the same process.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import torch

from fhc_desktop.imaging.readers import Readers
from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import load_bundle
from fhc_desktop.segmentation.networks.loading import load_networks
from fhc_desktop.segmentation.outline import find_outline
from fhc_desktop.segmentation.preprocessing import close_up, placed
from fhc_desktop.segmentation.segmenter import Segmenter
from fhc_desktop.workflow.proposing import SHIPPED_MODEL


def median_seconds(work: Callable[[], object], repeats: int) -> float:
    """Return the median duration of ``repeats`` calls, after one that is not counted."""
    work()
    spent = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        spent.append(time.perf_counter() - started)
    return statistics.median(spent)


def yardstick() -> Callable[[], object]:
    picture = torch.rand(1, 16, 540, 800)
    convolution = torch.nn.Conv2d(16, 16, 3, padding=1)

    def work() -> object:
        with torch.inference_mode():
            return convolution(picture)

    return work


def stages(path: Path, readers: Readers) -> dict[str, Callable[[], object]]:
    """Return the stages from the file to the millimetres, each runnable by itself."""
    bundle = load_bundle(resource(SHIPPED_MODEL))
    segmenter = Segmenter(bundle, load_networks(bundle))
    image = readers.images.load(path).image
    outline = segmenter.propose(image).outline_px
    if outline is None or bundle.header.close_up is None:
        raise SystemExit("This benchmark needs a picture with a head and a model of two looks.")
    spec = bundle.header.close_up.preprocessing
    placement = close_up(image.gray.shape, image.pixel_aspect, outline, spec)
    found = segmenter.look_closer(image, outline)
    return {
        "read the file": lambda: readers.images.load(path),
        "preprocess": lambda: placed(image.gray, placement, spec),
        "survey": lambda: segmenter.survey(image),
        "close-up": lambda: segmenter.look_closer(image, outline),
        "contour and ellipse": lambda: find_outline(found.probability, found.placement),
        "perimeter": lambda: outline.scaled(0.1, 0.1).perimeter,
    }


def fresh_process(code: str, repeats: int) -> float:
    """Return the median duration of a new interpreter that runs ``code``."""
    return median_seconds(
        # The code is one of the lines below, nobody's input.
        lambda: subprocess.run([sys.executable, "-c", code], check=True),  # noqa: S603
        max(3, repeats // 5),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("image", type=Path, nargs="?", default=resource("demo/demo_head.png"))
    parser.add_argument("--repeats", type=int, default=30)
    options = parser.parse_args()

    with Readers() as readers:
        times = {
            name: median_seconds(work, options.repeats)
            for name, work in stages(options.image, readers).items()
        }
    whole = sum(spent for name, spent in times.items() if name != "preprocess")
    unit = median_seconds(yardstick(), options.repeats)
    print(f"one image: {whole / unit:.2f} times the yardstick")
    for name, spent in times.items():
        print(f"  {name:<24}{spent / whole:7.1%}")
    bare = fresh_process("pass", options.repeats)
    for words, code in (
        ("the command line", "import fhc_desktop.__main__"),
        ("the window's modules", "import fhc_desktop.gui.window.main_window"),
        ("the model", "import fhc_desktop.segmentation.networks.onnx.runtime"),
    ):
        print(f"start of {words}: {fresh_process(code, options.repeats) / bare:.1f} times Python's")
    return 0


if __name__ == "__main__":
    sys.exit(main())
