"""What a clip of 300 frames costs: to open, to play and to measure, against what cannot be less.

    python benchmarks/cine.py [CINE.dcm] [--runs N] [--seconds S] [--frames N]

The real window with the shipped network, in fresh processes. A drawn clip in grey, or the given
one with its frames repeated to 300, is opened, played and measured. All figures are ratios within
one run: first picture and peak memory (program and decoder together) against a still of one of its
frames, frames a second while playing against the rate of the file, frames a second while measuring
against the bare network on pictures that are there. A stall is how long the event loop kept a
timer waiting, as in stalls.py; at rest, when nothing is done, it tells how busy the machine is.

Run from the root of the project: the drawn heads are those of the tests.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np  # noqa: E402
import pydicom  # noqa: E402
from pydicom.encaps import encapsulate, generate_frames  # noqa: E402
from PySide6.QtCore import QSettings  # noqa: E402

from benchmarks.stalls import Watch, spin, spin_until  # noqa: E402
from fhc_desktop.gui.application import build_window  # noqa: E402
from fhc_desktop.gui.widgets.qt_application import make_application  # noqa: E402
from fhc_desktop.gui.window.main_window import MainWindow  # noqa: E402
from fhc_desktop.imaging.readers import Readers  # noqa: E402
from fhc_desktop.storage.preferences.folders import Folders  # noqa: E402
from fhc_desktop.workflow.looker_process import LookerProcess  # noqa: E402
from fhc_desktop.workflow.proposing import LazySegmenter  # noqa: E402
from tests.phantom import (  # noqa: E402
    DEMO_MM_PER_PIXEL,
    DEMO_OUTLINE_PX,
    draw_phantom,
    write_ultrasound_dicom,
)

FRAMES, FRAME_MS = 300, 33.3
BARE_PROPOSALS = 8


def drawn(folder: Path) -> tuple[Path, Path]:
    """Write a still and a clip of 300 frames of one head, whose speckle moves."""
    gray = draw_phantom(DEMO_OUTLINE_PX, rows=540, columns=800, seed=1)
    still, clip = folder / "still.dcm", folder / "clip.dcm"
    write_ultrasound_dicom(gray, still, mm_per_pixel=DEMO_MM_PER_PIXEL)
    dataset = pydicom.dcmread(still)
    dataset.NumberOfFrames, dataset.FrameTime = FRAMES, str(FRAME_MS)
    dataset.PixelData = b"".join(np.roll(gray, shift, axis=1).tobytes() for shift in range(FRAMES))
    dataset.save_as(clip)
    return still, clip


def lengthened(cine: Path, folder: Path) -> tuple[Path, Path]:
    """Write one frame of a clip, and the clip with its frames repeated until there are 300."""
    dataset = pydicom.dcmread(cine)
    frames = list(generate_frames(dataset.PixelData, number_of_frames=dataset.NumberOfFrames))
    still, clip = folder / "still.dcm", folder / "clip.dcm"
    for target, count in ((still, 1), (clip, FRAMES)):
        dataset.NumberOfFrames = count
        dataset.PixelData = encapsulate([frames[at % len(frames)] for at in range(count)])
        dataset.save_as(target)
    return still, clip


def peak_mb(readers: Readers, looker: LookerProcess) -> float:
    """Return the peak of this program, of its decoder and of its networks, in MB."""
    processes = ["self", *map(str, readers.process_ids), str(looker.process_id)]
    kilobytes = 0
    for process in processes:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
        kilobytes += next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    return kilobytes / 1024


def opened(window: MainWindow, path: Path) -> tuple[float, float]:
    """Return the seconds until a file's picture is on the screen, and until it can be measured.

    Then wait for the model.
    """
    started = time.perf_counter()
    window.open(path)
    seen: list[float] = []

    def is_there() -> bool:
        screen = window.controller.screen
        # A version that shows nothing of a file before all of it is read knows no glimpse.
        shown = [getattr(screen, "glimpse", None), screen.exam and screen.exam.image]
        is_it = [image is not None and image.source.path == path.resolve() for image in shown]
        if any(is_it) and not seen:
            seen.append(time.perf_counter() - started)
        return is_it[1]

    spin_until(is_there)
    took = time.perf_counter() - started
    spin_until(lambda: window.controller.exam is not None and has_word(window))
    return seen[0], took


def has_word(window: MainWindow) -> bool:
    exam = window.controller.exam
    return exam is not None and exam.proposal is not None


def played(window: MainWindow, seconds: float) -> float:
    """Return the frames a second that were shown."""
    shown: list[int] = []
    window.clip.playback.changed.connect(lambda: window.clip.playback.picture and shown.append(1))
    window.clip.play_or_stop()
    spin(1.0)  # the first of them are decoded
    shown.clear()
    spin(seconds)
    rate = len(shown) / seconds
    window.clip.play_or_stop()
    spin_until(lambda: has_word(window))
    return rate


def measured(window: MainWindow, count: int) -> float:
    """Return the frames a second that were measured."""
    before, started = len(window.clip.measuring.readings), time.perf_counter()
    window.clip.measuring.start_or_stop()
    spin_until(lambda: len(window.clip.measuring.readings) >= before + count)
    rate = count / (time.perf_counter() - started)
    window.clip.measuring.stop()
    return rate


def bare(window: MainWindow) -> float:
    """Return the frames a second of the network alone, in this process."""
    segmenter = LazySegmenter()
    segmenter.load()
    exam = window.controller.exam
    assert exam is not None  # noqa: S101
    started = time.perf_counter()
    for _ in range(BARE_PROPOSALS):
        segmenter.propose(exam.image)
    return BARE_PROPOSALS / (time.perf_counter() - started)


def measure(folder: Path, path: Path, *, seconds: float, frames: int) -> dict[str, float]:
    """Return the figures of one file in this process; those of motion only where it moves."""
    QSettings.setPath(
        QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(folder / "settings")
    )
    make_application()
    with Readers() as readers, LookerProcess() as looker:
        looker.warm_up()
        window = build_window(Folders(folder / "data", folder / "config"), looker, readers)
        window.show()
        opened(window, ROOT / "resources" / "demo" / "demo_head.dcm")  # the decoder is there
        found = dict(zip(("first s", "whole s"), opened(window, path), strict=True))
        found["open MB"] = peak_mb(readers, looker)
        exam = window.controller.exam
        if exam is not None and exam.image.source.frame_count > 1:
            watch = Watch(tells_where=False)
            spin(seconds)
            found["stall at rest"] = watch.take()
            found["file's rate"] = 1000 / exam.image.frame_times.mean_ms
            found["played"] = played(window, seconds)
            found["stall playing"] = watch.take()
            found["measured"] = measured(window, frames)
            found["stall measuring"] = watch.take()
            found["peak MB"] = peak_mb(readers, looker)
            found["network"] = bare(window)
        window.close()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cine", type=Path, nargs="?")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--frames", type=int, default=40)
    parser.add_argument("--once", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        with tempfile.TemporaryDirectory() as folder:
            found = measure(
                Path(folder), options.cine, seconds=options.seconds, frames=options.frames
            )
        print(json.dumps(found))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        place, cine = Path(folder), options.cine
        still, clip = drawn(place) if cine is None else lengthened(cine, place)
        runs = [
            {key: once(path, options) for key, path in (("still", still), ("clip", clip))}
            for _ in range(options.runs)
        ]
    tell(runs)
    return 0


def once(path: Path, options: argparse.Namespace) -> dict[str, float]:
    """Return the figures of one file, from a process of its own."""
    command = [sys.executable, __file__, "--once", str(path)]
    command += ["--seconds", str(options.seconds), "--frames", str(options.frames)]
    # The command is this file, nobody's input.
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def tell(runs: list[dict[str, dict[str, float]]]) -> None:
    def ratio(over: tuple[str, str], under: tuple[str, str]) -> str:
        shares = [run[over[0]][over[1]] / run[under[0]][under[1]] for run in runs]
        return f"{statistics.median(shares):.2f}  ({min(shares):.2f} to {max(shares):.2f})"

    clip, still = "clip", "still"
    print("median of the runs (all of them)")
    print("first picture, of a still's:   ", ratio((clip, "first s"), (still, "first s")))
    print("all of it read, of a still's:  ", ratio((clip, "whole s"), (still, "whole s")))
    print("memory when open, of a still's:", ratio((clip, "open MB"), (still, "open MB")))
    print("peak memory, of a still's:     ", ratio((clip, "peak MB"), (still, "open MB")))
    print("frames played, of the rate:    ", ratio((clip, "played"), (clip, "file's rate")))
    print("frames measured, of network's: ", ratio((clip, "measured"), (clip, "network")))
    for what in ("stall at rest", "stall playing", "stall measuring"):
        found = [run[clip][what] for run in runs]
        print(f"{what}, ms: {statistics.median(found):.0f}, at most {max(found):.0f}")


if __name__ == "__main__":
    sys.exit(main())
