"""The program is built without a log too, and a fault of its own is written down without names."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog

from fhc_desktop.gui.application import build_program, build_window, fault_text
from fhc_desktop.resources import resource
from fhc_desktop.storage.preferences.folders import Folders
from tests.fakes import FakeSegmenter
from tests.gui.hand import PATIENCE_MS, do, open_and_wait
from tests.reading import READERS

pytestmark = pytest.mark.gui
NAME = "Annegret Mueller"
ROOT = Path(__file__).resolve().parents[2]


class Faulty(FakeSegmenter):
    """A segmenter with a bug that quotes what it saw."""

    def propose(self, image):
        if self.outline_px is None:
            message = f"cannot outline {NAME}"
            raise ZeroDivisionError(message)
        return super().propose(image)


@pytest.fixture
def segmenter(phantom):
    return Faulty(phantom.outline_px)


@pytest.fixture
def guarded(qtbot, monkeypatch, folders, segmenter):
    """A window whose faults go where those of the running program go."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    log = logging.getLogger("fhc_desktop")
    handlers = list(log.handlers)
    window = build_program(folders, segmenter, READERS)
    qtbot.addWidget(window)
    window.show()
    yield window, folders.data / "faults.log"
    for handler in [one for one in log.handlers if one not in handlers]:
        log.removeHandler(handler)
        handler.close()


def fault_dialogs(window):
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


def stumble():
    try:
        {}[NAME]
    except KeyError as cause:
        message = f"no entry for {NAME}"
        raise RuntimeError(message) from cause


def test_that_without_a_log_the_window_says_so_from_the_start(logless):
    assert "not logged" in logless.message_bar.text
    assert logless.status_line.log_text.startswith("▲ NOT LOGGING")
    assert logless.width() == 1366


@pytest.mark.qt_no_exception_capture
def test_that_a_fault_in_a_slot_is_logged_with_its_place_and_the_examination_is_kept(
    qtbot, guarded, calibrated
):
    window, fault_log = guarded
    open_and_wait(qtbot, window, calibrated)
    window.side_panel.patient.name.entered.emit(NAME)
    before = window.controller.exam

    QTimer.singleShot(0, stumble)
    qtbot.waitUntil(lambda: bool(fault_dialogs(window)), timeout=PATIENCE_MS)

    written = fault_log.read_text(encoding="utf-8")
    assert written.index("KeyError") < written.index("RuntimeError")
    assert "test_application.py" in written
    assert "in stumble" in written
    assert NAME not in written
    assert window.controller.exam == before
    for dialog in fault_dialogs(window):
        dialog.close()
    do(window, "accept")
    assert window.controller.exam.is_accepted


@pytest.mark.qt_no_exception_capture
def test_that_a_fault_off_the_gui_thread_is_logged_too_and_the_next_image_opens(
    qtbot, guarded, segmenter, calibrated, uncalibrated
):
    window, fault_log = guarded
    works, segmenter.outline_px = segmenter.outline_px, None
    window.open(calibrated)
    qtbot.waitUntil(lambda: bool(fault_dialogs(window)), timeout=PATIENCE_MS)

    written = fault_log.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in written
    assert "in propose" in written
    assert NAME not in written
    assert not window.busy_bar.is_busy
    for dialog in fault_dialogs(window):
        dialog.close()
    segmenter.outline_px = works
    open_and_wait(qtbot, window, uncalibrated)
    assert window.controller.exam.outline_px is not None


def test_that_a_fault_is_told_from_its_first_cause_on_without_a_message():
    with pytest.raises(RuntimeError) as caught:
        stumble()

    text = fault_text(caught.value)

    assert NAME not in text
    assert text.index("KeyError") < text.index("RuntimeError")
    assert text.endswith("RuntimeError")


def test_that_the_window_works_without_a_log_and_says_so(qtbot, tmp_path, calibrated, phantom):
    (tmp_path / "blocked").write_text("a file where the folder should be")
    window = build_window(
        Folders(tmp_path / "blocked", tmp_path / "config3"),
        FakeSegmenter(phantom.outline_px),
        READERS,
    )
    qtbot.addWidget(window)
    open_and_wait(qtbot, window, calibrated)
    do(window, "accept")

    assert "NOT LOGGING" in window.status_line.log_text
    assert window.controller.exam.is_accepted
    assert window.controller.exam.acceptance.entry_id is None


# Runs the program until its words hold a sentence, or for a minute; prints what it loaded when.
RUN_THE_PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel
from fhc_desktop.gui import starting
from fhc_desktop.gui.widgets.qt_application import make_application
from fhc_desktop.storage.preferences.folders import Folders

folder, image, awaited = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
app = make_application()
print("onnxruntime" in sys.modules)

def look():
    texts = [label.text() for label in app.allWidgets() if isinstance(label, QLabel)]
    if awaited in " ".join(texts) if image else "onnxruntime" in sys.modules:
        print("seen")
        QApplication.quit()

timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
QTimer.singleShot(60_000, QApplication.quit)
folders = Folders(folder / "data", folder / "config")
starting.run(Path(image) if image else None, folders, None)
"""


def run_the_program(tmp_path, image="", awaited=""):
    done = subprocess.run(
        [sys.executable, "-c", RUN_THE_PROGRAM, str(tmp_path), image, awaited],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.model
def test_that_the_model_is_loaded_once_the_window_is_there_and_before_an_image_is_opened(tmp_path):
    assert run_the_program(tmp_path) == ["False", "seen"]


@pytest.mark.model
def test_that_the_settings_device_computes_and_what_is_missing_is_said_in_the_window(tmp_path):
    settings = Folders(tmp_path / "data", tmp_path / "config").settings_file
    settings.parent.mkdir(parents=True)
    settings.write_text('{"device": "tpu"}')
    scan = str(resource("demo/demo_head.png"))

    told = run_the_program(tmp_path, scan, "There is no device named “tpu”.")

    assert told == ["False", "seen"]
