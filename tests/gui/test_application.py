"""The program is built without a log too, and a fault of its own is written down without names."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog

from fhc_desktop.gui.application import build_program, build_window, fault_text
from fhc_desktop.resources import resource
from fhc_desktop.storage.preferences.folders import Folders
from fhc_desktop.workflow.looker_process import LookerProcess
from tests.fakes import IDENTITY, FakeSegmenter
from tests.gui.hand import PATIENCE_MS, do, draw_outline, open_and_wait
from tests.heads import small_phantom
from tests.reading import READERS
from tests.workflow.drawn_looker import DIE, LOOK, command_in

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


@pytest.mark.gui
def test_that_a_picture_that_ends_the_model_costs_a_sentence_and_nothing_else(
    qtbot, start, tmp_path
):
    deadly, sound = (np.array(small_phantom(seed=seed).gray) for seed in (1, 2))
    deadly[0, 0], sound[0, 0] = DIE, LOOK
    paths = [tmp_path / "deadly.png", tmp_path / "sound.png"]
    for path, gray in zip(paths, (deadly, sound), strict=True):
        Image.fromarray(gray).save(path)
    with LookerProcess(command=command_in(tmp_path)) as looker:
        window = start(segmenter=looker)
        with qtbot.waitSignal(window.controller.failed, timeout=PATIENCE_MS):
            window.open(paths[0])
        said = window.message_bar.text
        window.message_bar.dismiss()
        draw_outline(window, (40, 30), (150, 110))
        drawn = window.controller.exam.outline_px
        open_and_wait(qtbot, window, paths[1])

        assert said.startswith("The model ended while it looked at this image, twice")
        assert drawn is not None
        assert window.controller.exam.proposal.model == IDENTITY


# Runs the program until its words hold a sentence, or its networks are there, or for a minute;
# prints whether that came, and whether this process has the library that computes them.
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

def look():
    widgets = app.allWidgets()
    texts = [label.text() for label in widgets if isinstance(label, QLabel)]
    windows = [widget for widget in widgets if type(widget).__name__ == "MainWindow"]
    loaded = any(window.identity() for window in windows)
    if awaited in " ".join(texts) if image else loaded:
        print("seen")
        QApplication.quit()

timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
QTimer.singleShot(60_000, QApplication.quit)
folders = Folders(folder / "data", folder / "config")
starting.run(Path(image) if image else None, folders, None)
print("onnxruntime" in sys.modules)
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
    assert run_the_program(tmp_path) == ["seen", "False"]


@pytest.mark.model
def test_that_the_settings_device_computes_and_what_is_missing_is_said_in_the_window(tmp_path):
    settings = Folders(tmp_path / "data", tmp_path / "config").settings_file
    settings.parent.mkdir(parents=True)
    settings.write_text('{"device": "tpu"}')
    scan = str(resource("demo/demo_head.png"))

    told = run_the_program(tmp_path, scan, "There is no device named “tpu”.")

    assert told == ["seen", "False"]
