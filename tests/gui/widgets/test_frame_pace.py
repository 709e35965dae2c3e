"""What is asked for at every move of the hand is done at most once a screen frame."""

import pytest
from PySide6.QtCore import QObject

from fhc_desktop.gui.widgets.frame_pace import FramePace


@pytest.fixture
def done():
    return []


@pytest.fixture
def pace(qapp, done):
    asked = iter(range(1000))
    owner = QObject()
    yield FramePace(lambda: done.append(next(asked)), owner)
    owner.deleteLater()


def test_that_the_first_is_done_at_once(pace, done):
    pace.ask()

    assert len(done) == 1
    assert not pace.is_owed


def test_that_the_rest_of_a_frame_is_done_in_one(pace, done, qtbot):
    for _ in range(20):
        pace.ask()
    assert len(done) == 1
    assert pace.is_owed

    qtbot.waitUntil(lambda: not pace.is_owed)

    assert len(done) == 2


def test_that_the_last_is_never_left_out(pace, done, qtbot):
    for _ in range(3):
        pace.ask()
        pace.ask()
        qtbot.waitUntil(lambda: not pace.is_owed)
        before = len(done)
        pace.ask()
        qtbot.waitUntil(lambda before=before: len(done) > before)


def test_that_nothing_is_done_twice_for_somebody_who_has_done_it(pace, done, qtbot):
    pace.ask()
    pace.ask()

    pace.forget()
    qtbot.wait(60)

    assert len(done) == 1
