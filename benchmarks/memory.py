"""How much memory the window takes at rest with its network loaded, and for each file more.

    python benchmarks/memory.py [--files N] [--warm N]

The real window in this process, offscreen, with its networks in the looker's. At rest: nothing is
open, the networks are loaded and have looked once. Then ``--warm`` drawn pictures are opened one
after the other, until what the program remembers of a day has its full length, and ``--files``
more, each of other bytes; the slope is that of a line through the memory after each hundredth of
them. Memory is what a process holds of its own and its libraries (RSS), without the decoder; what
window and looker share of these is in the figures of both, and twice in their sum.

Run from the root of the project: the drawn heads are those of the tests.
"""

import argparse
import gc
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np  # noqa: E402
from PIL import Image  # noqa: E402
from PySide6.QtCore import QSettings  # noqa: E402

from benchmarks.stalls import spin, spin_until  # noqa: E402
from fhc_desktop.gui.application import build_window  # noqa: E402
from fhc_desktop.gui.widgets.qt_application import make_application  # noqa: E402
from fhc_desktop.gui.window.main_window import MainWindow  # noqa: E402
from fhc_desktop.imaging.readers import Readers  # noqa: E402
from fhc_desktop.storage.preferences.folders import Folders  # noqa: E402
from fhc_desktop.workflow.looker_process import LookerProcess  # noqa: E402
from fhc_desktop.workflow.proposing import Proposer  # noqa: E402
from tests.fakes import FakeSegmenter  # noqa: E402
from tests.heads import small_phantom  # noqa: E402

NAMES = 4


def memory_kb(process: int | str = "self") -> int:
    gc.collect()
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def tell(moment: str, looker: LookerProcess) -> None:
    own, beside = memory_kb(), looker.process_id
    if beside is None:
        print(f"{moment}: {own / 1000:.0f} MB")
        return
    others = memory_kb(beside)
    print(
        f"{moment}: {own / 1000:.0f} MB, the looker {others / 1000:.0f} MB, "
        f"together at most {(own + others) / 1000:.0f} MB"
    )


def write_picture(folder: Path, number: int) -> Path:
    """Write a head whose bytes no other number has, under one of a few names."""
    gray = np.array(small_phantom(seed=1).gray)
    gray[0, :4] = list(number.to_bytes(4, "little"))
    path = folder / f"{number % NAMES}.png"
    Image.fromarray(gray).save(path)
    return path


def open_and_look(window: MainWindow, path: Path) -> None:
    window.open(path)

    def has_word() -> bool:
        exam = window.controller.exam
        is_it = exam is not None and exam.image.source.path == path.resolve()
        return is_it and exam is not None and exam.proposal is not None

    spin_until(has_word)


def built(folder: Path, proposer: Proposer, readers: Readers) -> MainWindow:
    window = build_window(Folders(folder / "data", folder / "config"), proposer, readers)
    window.show()
    spin(1.0)
    return window


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--warm", type=int, default=400)
    options = parser.parse_args()
    make_application()
    with tempfile.TemporaryDirectory() as name, Readers() as readers:
        folder = Path(name)
        settings = str(folder / "settings")
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, settings)
        with LookerProcess() as looker:
            window = built(folder, looker, readers)
            tell("window, nothing open", looker)
            looker.warm_up()
            tell("with the networks loaded", looker)
            open_and_look(window, write_picture(folder, 0))
            window.controller.leave()
            spin(1.0)
            tell("after one picture was looked at", looker)
            window.close()
        # Nothing of the network grows with files; another one says the same sooner.
        outline = small_phantom(seed=1).outline_px
        window = built(folder / "another", FakeSegmenter(outline), readers)
        for number in range(1, options.warm):
            open_and_look(window, write_picture(folder, number))
        every, taken = max(options.files // 100, 1), []
        for number in range(options.files):
            open_and_look(window, write_picture(folder, options.warm + number))
            if number % every == 0:
                taken.append((number, memory_kb()))
        slope = np.polyfit(*zip(*taken, strict=True), 1)[0]
        print(f"{options.files} files: {slope:.2f} kB each, {memory_kb() / 1000:.0f} MB at the end")
        window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
