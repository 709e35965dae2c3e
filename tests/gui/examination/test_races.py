"""However opening, leaving and switching race, no answer is taken for another picture's."""

import random
import time

import pydicom
import pytest
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from fhc_desktop.domain.examination.proposal import Proposal
from fhc_desktop.domain.image.geometry import Ellipse
from tests.fakes import IDENTITY
from tests.gui.hand import PATIENCE_MS, settle
from tests.heads import small_phantom, write_dicom, write_png

pytestmark = pytest.mark.gui
RACES, RACES_OF_THE_LONG_FORM = 12, 1000
MOST_STEPS = 6
LARGE_BYTES = 33 * 2**20


def outline_of(sha256, frame):
    """The outline that belongs to one frame of one file, and to no other."""
    return Ellipse(70 + int(sha256[:4], 16) / 4096, 60 + frame, 40, 32, 0)


class Teller:
    """Says of each picture what belongs to it, sooner or later."""

    def __init__(self, seed):
        self._random = random.Random(seed)

    def propose(self, image):
        time.sleep(self._random.choice((0, 0, 0.002, 0.01)))
        return Proposal(outline_of(image.source.sha256, image.source.frame), IDENTITY, "CPU")


def write_loop(path):
    dataset = pydicom.dcmread(write_dicom(small_phantom(seed=4), path))
    frames = [small_phantom(seed=seed).gray.tobytes() for seed in (4, 5, 6)]
    dataset.NumberOfFrames, dataset.PixelData = len(frames), b"".join(frames)
    dataset.save_as(path)
    return path


def write_large(path):
    """A clip whose first picture is seen before all of it is read."""
    dataset = pydicom.dcmread(write_dicom(small_phantom(seed=7), path))
    frame = small_phantom(seed=7).gray.tobytes()
    count = LARGE_BYTES // len(frame) + 1
    dataset.NumberOfFrames, dataset.PixelData = count, frame * count
    dataset.save_as(path)
    return path


@pytest.fixture
def scans(tmp_path):
    place = tmp_path / "scans"
    place.mkdir()
    stills = [write_png(small_phantom(seed=seed), place / f"{seed}.png") for seed in (1, 2)]
    (place / "broken.png").write_bytes(b"no picture")
    return [
        *stills,
        write_loop(place / "3.dcm"),
        write_large(place / "4.dcm"),
        place / "broken.png",
    ]


class Race:
    """Random steps at a window; after each turn of the loop what is shown must belong together."""

    def __init__(self, window, scans, seed):
        self._controller = window.controller
        self._window = window
        self._scans = scans
        self._random = random.Random(seed)
        self._seed = seed

    def run(self):
        for _ in range(self._random.randint(2, MOST_STEPS)):
            self._random.choice((self._open, self._open, self._open, self._leave, self._step))()
            for _ in range(self._random.randint(0, 4)):
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 2)
                self._look()
        wanted = self._random.choice(self._scans[:3])
        self._window.open(wanted)
        self._wait_for(wanted)
        if self._random.random() < 0.3:
            self._window.accept()
            settle(self._window)

    def _open(self):
        weights = [4, 4, 4, 1, 1]
        self._window.open(self._random.choices(self._scans, weights)[0])

    def _leave(self):
        self._controller.leave()

    def _step(self):
        exam = self._controller.exam
        if exam is not None:
            self._controller.open_frame(self._random.randint(1, exam.image.source.frame_count))

    def _look(self):
        screen = self._controller.screen
        if screen.glimpse is not None:
            assert screen.exam is None
            assert screen.glimpse.source.path.name == "4.dcm"
        if screen.exam is not None and screen.exam.proposal is not None:
            source = screen.exam.image.source
            told = screen.exam.proposal.outline_px
            assert told == outline_of(source.sha256, source.frame)

    def _wait_for(self, wanted):
        ends = time.monotonic() + PATIENCE_MS / 1000
        while not self._has_come(wanted):
            assert time.monotonic() < ends, self._state(wanted)
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 2)
            self._look()

    def _state(self, wanted):
        screen, exam = self._controller.screen, self._controller.exam
        shown = None if exam is None else (exam.image.source, exam.proposal, exam.acceptance)
        said = screen.activity, self._window.message_bar.text
        return f"race {self._seed}: {wanted.name} does not come; {said}; {shown}"

    def _has_come(self, wanted):
        exam = self._controller.exam
        is_it = exam is not None and exam.image.source.path.name == wanted.name
        return is_it and exam.proposal is not None


def run_races(window, scans, logged, count):
    for seed in range(count):
        Race(window, scans, seed).run()
    settle(window)
    rows = logged()
    assert rows
    for row in rows:
        assert row.facts.outline_px == outline_of(row.image.sha256, row.image.frame)


@pytest.mark.timeout(900)
def test_that_no_answer_is_taken_for_another_pictures(start, scans, logged):
    run_races(start(segmenter=Teller(1)), scans, logged, RACES)


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_that_no_answer_of_a_thousand_races_is_taken_for_another_pictures(start, scans, logged):
    run_races(start(segmenter=Teller(2)), scans, logged, RACES_OF_THE_LONG_FORM)
