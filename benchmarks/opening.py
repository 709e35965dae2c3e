"""How long a file takes to its first picture, and how much memory, against reading all of it.

    python benchmarks/opening.py STILL.dcm CINE.dcm [--repeats N]

Each file is opened in a fresh process, once as the program opens it and once with every frame
decoded by pydicom into one array. Time is a share of the other's, memory the peak of the program
and its decoder together. The long cine is the given one with its frames repeated to 300.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import pydicom
from pydicom.encaps import encapsulate, generate_frames

from fhc_desktop.resources import resource

LONG_FRAMES = 300
# Both print [seconds to the picture, seconds for the next frame, peak in kB]. The decoder is there
# before the clock starts, as it is in the program after the first image; so are the imports.
AS_PROGRAM = """
import json, sys, time
from pathlib import Path
from fhc_desktop.imaging.loader import Loader
from fhc_desktop.imaging.sandbox.sandbox import Sandbox
path, warm = Path(sys.argv[1]), Path(sys.argv[2])
sandbox = Sandbox()
load = Loader(sandbox).load
load(warm)
started = time.perf_counter()
frames = load(path).image.source.frame_count
first = time.perf_counter() - started
started = time.perf_counter()
load(path, frame=min(2, frames))
step = time.perf_counter() - started
def peak(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
print(json.dumps([first, step, peak("self") + peak(sandbox.process_id)]))
"""
ALL_AT_ONCE = """
import json, sys, time
from pathlib import Path
import numpy as np, pydicom
from PIL import Image
def read(path):
    if path.suffix == ".png":
        return np.asarray(Image.open(path))
    return pydicom.dcmread(path).pixel_array
path, warm = Path(sys.argv[1]), Path(sys.argv[2])
read(warm)
started = time.perf_counter()
read(path)
first = time.perf_counter() - started
lines = Path("/proc/self/status").read_text().splitlines()
peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
print(json.dumps([first, 0.0, peak]))
"""


def lengthened(cine: Path, target: Path) -> Path:
    """Write a cine with its frames repeated until there are 300."""
    dataset = pydicom.dcmread(cine)
    frames = list(generate_frames(dataset.PixelData, number_of_frames=dataset.NumberOfFrames))
    dataset.NumberOfFrames = LONG_FRAMES
    dataset.PixelData = encapsulate([frames[i % len(frames)] for i in range(LONG_FRAMES)])
    dataset.save_as(target)
    return target


def measured(code: str, path: Path, warm: Path, repeats: int) -> list[float]:
    """Return the medians of what ``code`` prints."""
    runs = []
    for _ in range(repeats):
        command = [sys.executable, "-c", code, str(path), str(warm)]
        # The code is one of the two above, nobody's input.
        done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
        runs.append(json.loads(done.stdout))
    return [statistics.median(column) for column in zip(*runs, strict=True)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("still", type=Path)
    parser.add_argument("cine", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()

    warm = resource("demo/demo_head.dcm")
    with tempfile.TemporaryDirectory() as folder:
        files = {
            "still, PNG": resource("demo/demo_head.png"),
            "still, DICOM": options.still,
            "cine": options.cine,
            f"cine of {LONG_FRAMES}": lengthened(options.cine, Path(folder) / "long.dcm"),
        }
        print("file           first picture   next frame   peak memory   (share of all at once)")
        for name, path in files.items():
            ours = measured(AS_PROGRAM, path, warm, options.repeats)
            theirs = measured(ALL_AT_ONCE, path, warm, options.repeats)
            print(
                f"{name:<15}{ours[0] / theirs[0]:13.1%}{ours[1] / theirs[0]:13.1%}"
                f"{ours[2] / theirs[2]:14.1%}   {ours[2] / 1024:.0f} of {theirs[2] / 1024:.0f} MB"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
