"""The real program is killed while somebody works at it; what it had kept is offered again."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from fhc_desktop.gui.application import build_window
from fhc_desktop.storage.preferences.folders import Folders
from tests.fakes import FakeSegmenter
from tests.heads import SMALL_OUTLINE_PX, small_phantom, write_dicom
from tests.reading import READERS

pytestmark = pytest.mark.gui
ROOT = Path(__file__).resolve().parents[2]


def test_that_what_a_killed_window_had_kept_is_found_again(qtbot, tmp_path):
    scan = write_dicom(small_phantom(), tmp_path / "head.dcm")
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.killed_window", str(tmp_path), str(scan)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        kept = [int(child.stdout.readline()) for _ in range(3)]
        child.kill()
        kept += [int(line) for line in child.stdout if line.strip()]

    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path))
    window = build_window(
        Folders(tmp_path / "data", tmp_path / "config"), FakeSegmenter(SMALL_OUTLINE_PX), READERS
    )
    qtbot.addWidget(window)
    window.show()
    assert "1 unfinished examination" in window.start_page.unfinished.text
    with qtbot.waitSignal(window.controller.opened, timeout=60_000):
        window.start_page.unfinished.go_on.click()

    exam = window.controller.exam
    assert int(exam.dating_reason) >= max(kept)
    assert exam.outline_px is not None
    assert window.controller.screen.can_undo
