"""How soon the window is there, the picture in it and the proposal, against what cannot be less.

    python benchmarks/start.py [--runs N] [--before FOLDER] [--image FILE]

Each figure is of a fresh process; the kinds take turns, and the figures are medians. An empty
PySide6 window of the same size is the yardstick of the window, of the picture (painted, to be
looked at) and of the image (read, to be measured); it and the bare
network (one image read and looked at without a window, from the start of its process) are that of
the proposal. Times are wall time from the start of the process and, beside them, its processor
time, which a busy machine changes less. ``--before`` names a checkout of an older version. An X
server serves where DISPLAY is set, Qt's offscreen platform elsewhere.

    xvfb-run -a -s "-screen 0 1600x1000x24" python benchmarks/start.py --runs 9
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from compileall import compile_dir
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMPILED = Path(tempfile.gettempdir()) / "fhc-compiled"
DEMONSTRATION = ROOT / "resources" / "demo" / "demo_head.png"

# Each prints a line of JSON: name of the moment, wall and processor time since the start.
TELL = """
import json, os, sys, time
def tell(moment):
    used = os.times()
    spent = used.user + used.system
    print(json.dumps([moment, time.time() - float(sys.argv[1]), spent]), flush=True)
"""
EMPTY = f"""{TELL}
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow
class First(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            tell("window")
            os._exit(0)
        return False
app, window, first = QApplication([]), QMainWindow(), First()
window.resize(1366, 768)
window.installEventFilter(first)
window.show()
app.exec()
"""
NETWORK = f"""{TELL}
from pathlib import Path
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.workflow.proposing import LazySegmenter
with Readers() as readers:
    LazySegmenter().propose(readers.images.load(Path(sys.argv[2])).image)
    tell("network")
"""
PROGRAM = f"""{TELL}
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
run, show = QApplication.exec, QWidget.show
class First(QObject):
    def eventFilter(self, watched, event):
        if event.type() is not QEvent.Type.Paint or not isinstance(watched, QWidget):
            return False
        if "painted" not in seen:
            seen.add("painted")
            tell("window")
        items = getattr(watched.parent(), "items", list)()
        pixmaps = [item.pixmap() for item in items if hasattr(item, "pixmap")]
        if any(not pixmap.isNull() for pixmap in pixmaps):
            QApplication.instance().removeEventFilter(self)
            tell("picture")
        return False
first, seen = First(), set()
def look():
    windows = QApplication.topLevelWidgets()  # to ask all widgets would take longer than they do
    for widget in [*windows, *(getattr(window, "program", None) for window in windows)]:
        controller = getattr(widget, "controller", None)
        if controller is None or not widget.isVisible() or "painted" not in seen:
            continue
        exam, so_far = controller.exam, {{"panels"}}
        if exam is not None:
            so_far |= {{"image"}} | ({{"proposal"}} if exam.proposal is not None else set())
        for moment in sorted(so_far - seen, key=["panels", "image", "proposal"].index):
            tell(moment)
        seen.update(so_far)
        if len(seen) == (5 if len(sys.argv) > 3 else 3):
            os._exit(0)
        return
def show_and_watch(widget):
    if "window" not in seen:
        seen.add("window")
        QApplication.instance().installEventFilter(first)
    show(widget)
def exec(*_):
    timer = QTimer(QApplication.instance())
    timer.timeout.connect(look)
    timer.start(2)
    return run()
QApplication.exec, QWidget.show = exec, show_and_watch
from fhc_desktop.__main__ import main
main(["--data-dir", sys.argv[2], *sys.argv[3:]])
"""


def moments(code: str, root: Path, *arguments: str) -> dict[str, tuple[float, float]]:
    """Return wall and processor seconds to each moment that a fresh process tells of."""
    environment = os.environ | {"PYTHONPATH": str(root)}
    # As a program that was installed: its modules are compiled already.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(COMPILED)
    if "DISPLAY" not in environment:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    command = [sys.executable, "-c", code, str(time.time()), *arguments]
    # The code is one of those above, nobody's input.
    done = subprocess.run(  # noqa: S603
        command, check=True, stdout=subprocess.PIPE, text=True, env=environment, cwd=root
    )
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("[")]
    return {moment: (wall, spent) for moment, wall, spent in told}


def turn(versions: dict[str, Path], image: Path) -> dict[str, tuple[float, float]]:
    """Return one figure of each kind, all taken one after the other."""
    found = {"empty window": moments(EMPTY, ROOT)["window"]}
    found["bare network"] = moments(NETWORK, ROOT, str(image))["network"]
    for version, root in versions.items():
        with tempfile.TemporaryDirectory() as folder:
            bare = moments(PROGRAM, root, folder)
            given = moments(PROGRAM, root, folder, str(image))
            given.setdefault("picture", given["image"])  # versions of before show no other one
        found |= {f"{version}: {moment}": bare[moment] for moment in ("window", "panels")}
        found |= {
            f"{version}: {moment}": given[moment] for moment in ("picture", "image", "proposal")
        }
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--before", type=Path, metavar="FOLDER")
    parser.add_argument("--image", type=Path, default=DEMONSTRATION)
    options = parser.parse_args()
    versions = {"now": ROOT} | ({"before": options.before} if options.before else {})
    for root in versions.values():  # the program's own processes look for it there
        compile_dir(root / "fhc_desktop", quiet=1)
    turn(versions, options.image)  # files are in memory from now on, compiled modules on the disk
    runs = [turn(versions, options.image) for _ in range(options.runs)]
    tell(runs)
    return 0


def tell(runs: list[dict[str, tuple[float, float]]]) -> None:
    middle = {
        kind: [statistics.median(run[kind][clock] for run in runs) for clock in (0, 1)]
        for kind in runs[0]
    }
    window, network = middle["empty window"], middle["bare network"]
    print("medians                 wall s  processor s   ratio to the yardstick (wall, processor)")
    for kind, times in middle.items():
        yardstick = (
            [a + b for a, b in zip(window, network, strict=True)]
            if kind.endswith("proposal")
            else window
        )
        ratios = [spent / least for spent, least in zip(times, yardstick, strict=True)]
        print(f"{kind:<22}{times[0]:8.2f}{times[1]:13.2f}{ratios[0]:12.2f}{ratios[1]:8.2f}")


if __name__ == "__main__":
    sys.exit(main())
