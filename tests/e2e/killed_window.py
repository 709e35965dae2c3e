"""The real window, at work until somebody kills it: prints a line once what it did is kept."""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from fhc_desktop.gui.application import build_window
from fhc_desktop.gui.widgets.qt_application import make_application
from fhc_desktop.storage.preferences.folders import Folders
from tests.fakes import FakeSegmenter
from tests.heads import SMALL_OUTLINE_PX
from tests.reading import READERS


def main(home: Path, scan: Path) -> None:
    folder = str(home / "settings")
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)
    make_application()
    window = build_window(
        Folders(home / "data", home / "config"), FakeSegmenter(SMALL_OUTLINE_PX), READERS
    )
    window.show()
    window.open(scan)
    while window.controller.exam is None or window.controller.exam.proposal is None:
        QApplication.processEvents()
    step = 0
    while True:
        step += 1
        window.controller.set_dating_reason(str(step))
        until = time.monotonic() + 0.05
        while time.monotonic() < until:
            QApplication.processEvents()
        if window.controller.desk.flush():
            print(step, flush=True)  # noqa: T201 - what the test waits for


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
