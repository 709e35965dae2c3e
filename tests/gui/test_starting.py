"""The window is there before the libraries are, and the program comes into it bit by bit."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from fhc_desktop.gui import starting
from fhc_desktop.gui.entrance.entrance import Entrance
from fhc_desktop.gui.starting import AFTERWARDS, IN_TURNS, Start
from fhc_desktop.imaging.readers import reading
from fhc_desktop.imaging.sandbox.protocol import GREETING
from fhc_desktop.own_process import begin_decoder, begin_unheard
from fhc_desktop.storage.preferences.folders import Folders
from fhc_desktop.workflow.proposing import LazySegmenter
from tests.gui.hand import PATIENCE_MS, has_proposal, visible_words
from tests.heads import small_phantom, write_dicom, write_png
from tests.segmentation.networks.small_bundle import SMALL_BUNDLE

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
import gc, json, sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from fhc_desktop import __main__ as program
from fhc_desktop.gui import starting
from fhc_desktop.gui.entrance.entrance import Entrance

class First(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint and "painted" not in told:
            told["painted"] = list(sys.modules)
        return False

def end_when_there(entrance):
    program = entrance.program
    if program is not None and gc.isenabled():  # it is not while there is more to import
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
from fhc_desktop.gui import starting
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
    if name == starting.AFTERWARDS[0]:
        at_first = list(sys.modules)
    before = len([one for one in sys.modules if one.startswith("fhc_desktop.")])
    import_module(name)
    counts[name] = len([one for one in sys.modules if one.startswith("fhc_desktop.")]) - before
print(json.dumps([beside, counts, at_first]))
"""

MEASURE_WITHOUT_MARKS = """
import json, sys
import numpy as np
from fhc_desktop.imaging.depth_marks.finder import find_depth_marks
from fhc_desktop.imaging.scan_arc import find_scan_arc
gray = np.zeros((400, 600), np.uint8)
for row in range(20, 380):
    gray[row, 300 - row // 2 : 300 + row // 2] = 90
find_depth_marks(gray)
find_scan_arc(gray)
print(json.dumps(list(sys.modules)))
"""


class WatchedEntrance(Entrance):
    """One that remembers which pictures it was given, and what stood beside them."""

    def __init__(self, activity):
        super().__init__(activity)
        self.pictures, self.words_with_picture = [], []

    def show_picture(self, bare):
        super().show_picture(bare)
        self.pictures.append(bare)
        self.words_with_picture = visible_words(self).split("\n")

    def put_up(self, program):
        super().put_up(program)
        # Before any turn of the loop with the program in it.
        self.is_picture_there = program.image_view.isVisible()


@pytest.fixture
def picture_first_s():
    """How long the program waits for the picture of its file: here, as long as it takes."""
    return PATIENCE_MS / 1000


@pytest.fixture
def starting_on(qtbot, tmp_path, monkeypatch, picture_first_s):
    """Start the program on a file in this process, where all is imported; return the entrance."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(starting, "PICTURE_FIRST_S", picture_first_s)
    log, begun = logging.getLogger("fhc_desktop"), []
    handlers = list(log.handlers)

    def start(file, decoder=None):
        readers = reading(file, decoder or begin_decoder())
        entrance = WatchedEntrance(f"Opening {file.name} …")
        qtbot.addWidget(entrance)
        folders = Folders(tmp_path / "data", tmp_path / "config")
        way = Start(entrance, file, folders, SMALL_BUNDLE, readers)
        begun.append((entrance, way))
        entrance.show()
        way.begin()
        return entrance

    yield start
    for entrance, way in begun:
        entrance.close()
        way.end()
    for handler in set(log.handlers) - set(handlers):
        log.removeHandler(handler)
        handler.close()


def program_in(qtbot, entrance):
    qtbot.waitUntil(lambda: entrance.program is not None, timeout=PATIENCE_MS)
    return entrance.program


def exam_in(qtbot, entrance):
    program = program_in(qtbot, entrance)
    qtbot.waitUntil(lambda: has_proposal(program.controller.exam), timeout=PATIENCE_MS)
    return program.controller.exam


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
    beside, counts, _ = said_by(IN_EACH_TURN)

    assert {name.split(".")[2] for name in beside} <= {"starting", "entrance", "widgets"}
    assert set(counts) == {*IN_TURNS, *AFTERWARDS}
    assert max(counts.values()) <= MOST_IN_A_TURN, counts


def test_that_the_first_picture_waits_for_no_dialog_and_no_report():
    _, _, at_first = said_by(IN_EACH_TURN)
    dialogs = {name for name in at_first if name.split(".")[-1].endswith("_dialog")}

    assert not dialogs & set(AFTERWARDS)
    assert "fhc_desktop.gui.filing.study_filing" not in at_first
    assert "fhc_desktop.reporting.content.report_content" not in at_first


def test_that_a_first_picture_without_marks_waits_for_no_second_library_of_pictures():
    *_, at_first = said_by(IN_EACH_TURN)
    measured = said_by(MEASURE_WITHOUT_MARKS)

    assert "PIL" not in at_first
    assert not {"PIL", "numpy.random"} & set(measured)


@pytest.mark.gui
def test_that_the_program_takes_over_the_picture_of_the_entrance_and_its_place(
    qtbot, starting_on, tmp_path
):
    entrance = starting_on(write_png(small_phantom(), tmp_path / "head.png"))
    program_in(qtbot, entrance)

    assert entrance.words_with_picture == ["Opening head.png …"]
    assert entrance.is_picture_there
    exam = exam_in(qtbot, entrance)
    # Nothing was decoded twice.
    assert np.shares_memory(exam.image.gray, np.frombuffer(entrance.pictures[-1].gray, np.uint8))


@pytest.mark.gui
def test_that_the_first_proposal_is_that_of_the_networks_in_one_process(
    qtbot, starting_on, tmp_path
):
    file = write_dicom(small_phantom(), tmp_path / "head.dcm")
    exam = exam_in(qtbot, starting_on(file))

    assert exam.proposal == LazySegmenter(SMALL_BUNDLE, "cpu").propose(exam.image)


@pytest.mark.gui
def test_that_what_is_wrong_with_the_file_is_said_by_the_program(qtbot, starting_on, tmp_path):
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    entrance = starting_on(broken)
    program = program_in(qtbot, entrance)
    qtbot.waitUntil(lambda: bool(program.message_bar.text), timeout=PATIENCE_MS)

    assert program.message_bar.text.startswith("broken.png is not an image")
    assert not entrance.pictures
    assert program.controller.exam is None


@pytest.mark.gui
def test_that_a_folder_is_listed_as_without_an_entrance(qtbot, starting_on, tmp_path):
    scans = tmp_path / "scans"
    scans.mkdir()
    write_png(small_phantom(), scans / "head.png")
    entrance = starting_on(scans)
    program = program_in(qtbot, entrance)
    qtbot.waitUntil(lambda: program.browsing.is_shown, timeout=PATIENCE_MS)

    assert not entrance.pictures


@pytest.mark.gui
def test_that_another_file_wished_meanwhile_is_the_one_that_is_shown(qtbot, starting_on, tmp_path):
    first = write_png(small_phantom(seed=1), tmp_path / "first.png")
    other = write_png(small_phantom(seed=2), tmp_path / "other.png")
    entrance = starting_on(first)
    entrance.wish = lambda program: program.open(other)
    exam = exam_in(qtbot, entrance)

    assert exam.image.source.path == other
    assert exam.proposal == LazySegmenter(SMALL_BUNDLE, "cpu").propose(exam.image)


@pytest.fixture
def hanging_decoder():
    greet = f"import os, time\nos.write(1, {GREETING!r})\ntime.sleep(600)"
    decoder = begin_unheard([sys.executable, "-c", greet])
    yield decoder
    decoder.kill()
    decoder.wait()


@pytest.mark.gui
@pytest.mark.parametrize("picture_first_s", [0.01])
def test_that_a_file_that_hangs_keeps_neither_the_program_nor_the_next_file_waiting(
    qtbot, hanging_decoder, starting_on, tmp_path
):
    head = write_png(small_phantom(), tmp_path / "head.png")
    entrance = starting_on(head, hanging_decoder)
    program = program_in(qtbot, entrance)

    assert not entrance.pictures
    assert "Opening head.png" in program.controller.screen.activity
    other = write_png(small_phantom(seed=2), tmp_path / "other.png")
    program.open(other)
    exam = exam_in(qtbot, entrance)
    assert exam.image.source.path == other
    assert hanging_decoder.poll() is not None


@pytest.mark.gui
@pytest.mark.parametrize("picture_first_s", [0.01])
def test_that_a_window_closed_while_the_file_is_read_leaves_no_process(
    qtbot, hanging_decoder, starting_on, tmp_path
):
    head = write_png(small_phantom(), tmp_path / "head.png")
    entrance = starting_on(head, hanging_decoder)
    entrance.close()
    (way,) = entrance.findChildren(Start)
    way.end()

    assert hanging_decoder.poll() is not None
