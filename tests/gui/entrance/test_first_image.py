"""The image that the program was started for comes to the entrance, and nothing comes too late."""

import threading
from pathlib import Path

import pytest

from fhc_desktop.gui.entrance.entrance import Entrance
from fhc_desktop.gui.entrance.first_image import FirstImage
from fhc_desktop.gui.entrance.first_picture import FirstPicture
from fhc_desktop.imaging.read_ahead import ReadAhead
from fhc_desktop.imaging.unreadable import UnreadableImage
from tests.gui.hand import PATIENCE_MS
from tests.heads import bare, small_phantom

pytestmark = pytest.mark.gui
IMAGE = small_phantom().image


class File:
    """One that is read in two steps, each when it is told to."""

    def __init__(self, refusal=None):
        self.may_be_seen, self.may_be_read = threading.Event(), threading.Event()
        self.refusal = refusal
        self.ahead = ReadAhead(Path("head.png"), (), self._read)

    def _read(self, ahead):
        self.may_be_seen.wait(PATIENCE_MS / 1000)
        if self.refusal is not None:
            raise self.refusal
        ahead.show(bare(IMAGE))
        ahead.know(IMAGE)
        self.may_be_read.wait(PATIENCE_MS / 1000)


@pytest.fixture
def entrance(qtbot):
    made = Entrance("Opening head.png …")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def coming(entrance):
    """Begin to watch a file; return what brings it and what it told."""

    def begin(file):
        first, told = FirstImage(entrance, lambda: file.ahead), []
        first.read.connect(told.append)
        first.begin()
        return first, told

    return begin


def is_shown(entrance):
    return bool(entrance.findChildren(FirstPicture))


def test_that_its_picture_is_shown_before_it_is_read_and_told_of_after(qtbot, entrance, coming):
    file = File()
    first, told = coming(file)
    file.may_be_seen.set()
    qtbot.waitUntil(lambda: first.picture is IMAGE, timeout=PATIENCE_MS)
    assert is_shown(entrance)
    assert told == []
    file.may_be_read.set()
    qtbot.waitUntil(lambda: told == [IMAGE], timeout=PATIENCE_MS)


def test_that_it_is_told_of_once_however_often_somebody_looks(qtbot, coming):
    file = File()
    first, told = coming(file)
    file.may_be_seen.set()
    file.may_be_read.set()
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    first.look()
    first.look()

    assert told == [IMAGE]


def test_that_of_a_file_that_cannot_be_read_nothing_is_shown_or_told(qtbot, entrance, coming):
    file = File(UnreadableImage("head.png is damaged.", "Copy it again."))
    first, told = coming(file)
    file.may_be_seen.set()
    qtbot.waitUntil(lambda: file.ahead.is_over, timeout=PATIENCE_MS)
    first.look()

    assert (first.picture, told) == (None, [])
    assert not is_shown(entrance)


def test_that_a_picture_that_comes_after_a_wish_is_neither_shown_nor_told_of(
    qtbot, entrance, coming
):
    file = File()
    first, told = coming(file)
    entrance.wish = lambda program: program
    file.may_be_seen.set()
    file.may_be_read.set()
    qtbot.waitUntil(lambda: file.ahead.is_over, timeout=PATIENCE_MS)
    first.look()

    assert told == []
    assert not is_shown(entrance)


def test_that_nothing_is_looked_for_before_reading_has_begun(qtbot, entrance):
    first = FirstImage(entrance, lambda: None)
    first.look()

    assert first.picture is None
    assert not is_shown(entrance)
