"""The window is there before the libraries are, and the program comes into it bit by bit."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fhc_desktop.gui.starting import AFTERWARDS, IN_TURNS

ROOT = Path(__file__).resolve().parents[2]
# Numbers, charts, pages, DICOM, databases, networks, cryptography, and our own floors on them.
LATE = {
    "numpy",
    "cv2",
    "PIL",
    "pyqtgraph",
    "reportlab",
    "pypdf",
    "pydicom",
    "sqlcipher3",
    "onnxruntime",
    "cryptography",
    "google.protobuf",
    "contourpy",
    "fhc_desktop.domain",
    "fhc_desktop.imaging",
    "fhc_desktop.segmentation",
    "fhc_desktop.storage.log",
    "fhc_desktop.workflow",
    "fhc_desktop.gui.window",
    "fhc_desktop.gui.image",
}
# What the window can spare: of our modules in one of its turns.
MOST_IN_A_TURN = 40

START = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from fhc_desktop import __main__ as program
from fhc_desktop.gui.entrance.entrance import Entrance

class First(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint and "painted" not in told:
            told["painted"] = list(sys.modules)
        return False

def end_when_there(entrance):
    program = entrance.program
    if program is not None and "fhc_desktop.gui.course.window" in sys.modules:
        told["widths"] = [entrance.width(), program.width()]
        told["later"] = list(sys.modules)
        program.close()

def show_and_watch(entrance):
    entrance.first, entrance.timer = First(), QTimer(entrance)
    entrance.installEventFilter(entrance.first)
    entrance.timer.timeout.connect(lambda: end_when_there(entrance))
    entrance.timer.start(5)
    show(entrance)

told, show = {}, Entrance.show
Entrance.show = show_and_watch
told["status"] = program.main(["--data-dir", sys.argv[1]])
print(json.dumps(told))
"""

CLOSE_AT_ONCE = """
import sys
from PySide6.QtCore import QTimer
from fhc_desktop import __main__ as program
from fhc_desktop.gui.entrance.entrance import Entrance
show = Entrance.show
Entrance.show = lambda entrance: (show(entrance), QTimer.singleShot(0, entrance.close))
print(program.main(["--data-dir", sys.argv[1]]))
"""

FAIL = """
import sys
from fhc_desktop import __main__ as program
from fhc_desktop.gui import application

def fail(*_):
    raise LookupError

application.build_program = fail
sys.exit(program.main(["--data-dir", sys.argv[1]]))
"""

IN_EACH_TURN = """
import json, sys
from importlib import import_module
from fhc_desktop.gui import starting
import fhc_desktop.workflow.preparing
for name in starting.BESIDE:
    import_module(name)
beside = [name for name in sys.modules if name.startswith("fhc_desktop.gui.")]
counts = {}
for name in (*starting.IN_TURNS, *starting.AFTERWARDS):
    before = len([one for one in sys.modules if one.startswith("fhc_desktop.")])
    import_module(name)
    counts[name] = len([one for one in sys.modules if one.startswith("fhc_desktop.")]) - before
print(json.dumps([beside, counts]))
"""


def done_by(code, *arguments):
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )


def said_by(code, *arguments):
    done = done_by(code, *arguments)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def started(tmp_path_factory):
    """What a program told that was started without a file and closed as soon as it was there."""
    return said_by(START, tmp_path_factory.mktemp("data"))


def test_that_no_library_is_imported_before_the_window_is_painted(started):
    assert "PySide6.QtWidgets" in started["painted"]
    assert not LATE & set(started["painted"])


def test_that_the_program_fills_the_window_and_ends_with_it(started):
    entrance, program = started["widths"]

    assert entrance == program
    assert started["status"] == 0


def test_that_a_window_closed_before_the_program_is_there_ends_it(tmp_path):
    assert said_by(CLOSE_AT_ONCE, tmp_path) == 0


def test_that_a_program_that_cannot_be_built_leaves_no_empty_window_behind(tmp_path):
    done = done_by(FAIL, tmp_path)

    assert done.returncode == 1
    assert "LookupError" in done.stderr


def test_that_pages_are_laid_out_by_nobody_until_there_is_a_report(started):
    assert "fhc_desktop.gui.window.main_window" in started["later"]
    assert not {"reportlab.pdfgen", "pypdf", "fontTools"} & set(started["later"])


def test_that_the_window_can_spare_what_it_imports_in_each_of_its_turns():
    beside, counts = said_by(IN_EACH_TURN)

    assert {name.split(".")[2] for name in beside} <= {"starting", "entrance", "widgets"}
    assert set(counts) == {*IN_TURNS, *AFTERWARDS}
    assert max(counts.values()) <= MOST_IN_A_TURN, counts
