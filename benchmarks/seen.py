r"""How soon a screen shows the window, the image in it and the proposal: source or frozen program.

    python benchmarks/seen.py NAME=COMMAND ... [--runs N] [--cold] [--image FILE]

Looked at from outside, as a user does: the screen is read every 40 ms until it is no
longer empty (window), is as bright as a scan (image) and has the proposal's colour (proposal).
So the same is measured of a program that holds no Python to ask. Each figure is of a fresh process,
the commands take turns, figures are medians; an empty PySide6 window of the same size, seen the
same way, is the yardstick. ``--cold`` (root) drops what the system remembers of files before each
start. The screen is an X server's with nothing else on it:

    xvfb-run -a -s "-screen 0 1600x1000x24 -noreset" python benchmarks/seen.py \
        source=.venv/bin/fhc-desktop frozen=dist/fhc-desktop/fhc-desktop
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import ImageGrab

ROOT = Path(__file__).resolve().parents[1]
DEMONSTRATION = ROOT / "resources" / "demo" / "demo_head.png"
EMPTY = """
from PySide6.QtWidgets import QApplication, QMainWindow
app, window = QApplication([]), QMainWindow()
window.resize(1366, 768)
window.show()
app.exec()
"""
# The middle of the window's left two thirds, where the image lies in every layout.
WHERE = (100, 150, 800, 650)
# The window's own greys are darker than this but for a few letters, and most of a scan is not.
DARKEST_OF_A_SCAN, SHARE_OF_A_SCAN = 40, 0.3
# The proposal's line, as gui/widgets/style.py has it, and how far smoothing takes it from there.
PROPOSED, WITHIN, LEAST = (86, 180, 233), 40, 60
LONGEST = 60.0

Seen = Callable[[NDArray[np.uint8]], bool]


def is_window(screen: NDArray[np.uint8]) -> bool:
    return bool(screen.any())


def is_image(screen: NDArray[np.uint8]) -> bool:
    return float((screen.min(axis=2) >= DARKEST_OF_A_SCAN).mean()) >= SHARE_OF_A_SCAN


def is_proposal(screen: NDArray[np.uint8]) -> bool:
    away = np.abs(screen.astype(np.int16) - PROPOSED).max(axis=2)
    return is_image(screen) and int((away < WITHIN).sum()) >= LEAST


def seen(command: Sequence[str], awaited: dict[str, Seen]) -> dict[str, float]:
    """Return the seconds until the screen has shown each of what is awaited, in that order."""
    waiting, found = dict(awaited), dict[str, float]()
    while np.asarray(ImageGrab.grab(WHERE)).any():
        time.sleep(0.05)  # the window before is still going
    begun = time.perf_counter()
    # The commands are those that whoever measures has named.
    with subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while waiting:
            screen = np.asarray(ImageGrab.grab(WHERE))
            now = time.perf_counter() - begun
            for name in [name for name, is_there in waiting.items() if is_there(screen)]:
                found[name] = now
                del waiting[name]
            if now > LONGEST or process.poll() is not None:
                raise SystemExit(f"{command[0]}: no {', '.join(waiting)} after {now:.1f} s")
            # More often, and the screen would be read at the cost of what is measured.
            time.sleep(0.04)
        process.kill()
    return found


def forget_files() -> None:
    os.sync()
    Path("/proc/sys/vm/drop_caches").write_text("3", encoding="ascii")


def turn(commands: dict[str, str], image: Path, *, is_cold: bool) -> dict[str, float]:
    found: dict[str, float] = {}
    awaited = {"window": is_window, "image": is_image, "proposal": is_proposal}
    with tempfile.TemporaryDirectory() as folder:
        if is_cold:
            forget_files()
        found["empty window"] = seen([sys.executable, "-c", EMPTY], {"window": is_window})["window"]
        for name, command in commands.items():
            if is_cold:
                forget_files()
            told = seen([command, "--data-dir", f"{folder}/{name}", str(image)], awaited)
            found |= {f"{name}: {moment}": seconds for moment, seconds in told.items()}
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("commands", nargs="+", metavar="NAME=COMMAND")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--image", type=Path, default=DEMONSTRATION)
    options = parser.parse_args()
    commands = dict(one.split("=", 1) for one in options.commands)
    if not options.cold:
        turn(commands, options.image, is_cold=False)  # what is read is in memory from now on
    runs = [turn(commands, options.image, is_cold=options.cold) for _ in range(options.runs)]
    yardstick = statistics.median(run["empty window"] for run in runs)
    print(f"medians of {options.runs}, {'cold' if options.cold else 'warm'}     s   empty windows")
    for kind in runs[0]:
        middle = statistics.median(run[kind] for run in runs)
        print(f"{kind:<22}{middle:8.2f}{middle / yardstick:12.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
