"""A reader's window over a study of drawn heads."""

from datetime import timedelta
from itertools import count

import pytest

from fhc_desktop.gui.reader_study.reading import Reading
from fhc_desktop.gui.reader_study.reading_window import ReadingWindow
from tests.gui.hand import PATIENCE_MS
from tests.studies import MADE_AT, desk_of, made_study


class Ticking:
    """A clock that is a second later whenever somebody looks at it."""

    def __init__(self):
        self._seconds = count()

    def __call__(self):
        return MADE_AT + timedelta(seconds=next(self._seconds))


@pytest.fixture
def folder(tmp_path):
    return made_study(tmp_path)


@pytest.fixture
def read_as(qtbot):
    """Open the window of a reader, on the first place that she has not read."""

    def opened(folder, reader="A", proposer=None):
        desk = desk_of(folder, reader, Ticking(), proposer)
        window = ReadingWindow(Reading(desk))
        qtbot.addWidget(window)
        window.show()
        window.reading.go_on()
        wait(qtbot, window)
        return window

    return opened


def wait(qtbot, window):
    """Wait until the next picture is there, or all is read."""
    reading = window.reading
    qtbot.waitUntil(lambda: not reading.screen.activity, timeout=PATIENCE_MS)
