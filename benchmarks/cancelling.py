"""How soon another picture is there while a large file is still being read.

    python benchmarks/cancelling.py [--runs N]

The real window with the shipped network. A drawn clip of 300 frames (130 MB) is opened; a moment
later, before it is there, a still is opened instead, or the place is left. Told is how long the
still takes, against one that is opened while nothing is being read, and how long the window itself
takes to turn away from the clip. Both within one process, in turns; figures are medians.

Run from the root of the project: the drawn heads are those of the tests.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QSettings  # noqa: E402

from benchmarks.cine import drawn, opened  # noqa: E402
from benchmarks.stalls import spin  # noqa: E402
from fhc_desktop.gui.application import build_window  # noqa: E402
from fhc_desktop.gui.widgets.qt_application import make_application  # noqa: E402
from fhc_desktop.imaging.readers import Readers  # noqa: E402
from fhc_desktop.resources import resource  # noqa: E402
from fhc_desktop.storage.preferences.folders import Folders  # noqa: E402
from fhc_desktop.workflow.looker_process import LookerProcess  # noqa: E402

A_MOMENT_S = 0.05


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    alone, instead, turned = [], [], []
    with tempfile.TemporaryDirectory() as name, Readers() as readers, LookerProcess() as looker:
        folder = Path(name)
        settings = str(folder / "settings")
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, settings)
        make_application()
        still, clip = drawn(folder)
        looker.warm_up()
        window = build_window(Folders(folder / "data", folder / "config"), looker, readers)
        window.show()
        opened(window, resource("demo/demo_head.dcm"))  # the decoder is there
        for _ in range(options.runs):
            window.controller.leave()
            spin(0.5)
            alone.append(opened(window, still)[1])
            window.controller.leave()
            window.open(clip)
            spin(A_MOMENT_S)
            started = time.perf_counter()
            window.controller.leave()
            turned.append(time.perf_counter() - started)
            instead.append(opened(window, still)[1])
        window.close()
    print(f"the window turns away after {1e3 * statistics.median(turned):.0f} ms")
    ratio = statistics.median(instead) / statistics.median(alone)
    print(
        f"the still is there after {statistics.median(instead):.2f} s, {ratio:.1f} of its own time"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
