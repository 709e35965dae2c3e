"""Before the program is there its window invites, keeps what is wished for, and lets it in."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from fhc_desktop.gui.entrance.entrance import Entrance
from tests.gui.hand import button, visible_words

pytestmark = pytest.mark.gui


class Wishes:
    """A program that notes what it is asked for."""

    def __init__(self):
        self.heard = []

    @property
    def opening(self):
        return self

    def __getattr__(self, name):
        return lambda *given: self.heard.append((name, *given))


@pytest.fixture
def entrance(qtbot):
    made = Entrance()
    qtbot.addWidget(made)
    made.show()
    return made


def heard(entrance):
    wishes = Wishes()
    entrance.wish(wishes)
    return wishes.heard


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("Open an image …", "ask"),
        ("Open a folder or disc …", "ask_place"),
        ("or look at the demonstration scan", "open_demonstration"),
    ],
)
def test_that_a_click_is_kept_for_the_program_and_said_to_be(entrance, text, wished):
    assert entrance.wish is None
    button(entrance, text).click()

    assert entrance.invitation.title == "One moment: the program is being loaded …"
    assert heard(entrance) == [(wished,)]


def test_that_the_key_to_open_is_kept_too(entrance):
    QTest.keyClick(entrance, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)

    assert heard(entrance) == [("ask",)]


def test_that_a_file_dropped_meanwhile_is_opened(entrance, tmp_path):
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / "head.png"))])
    entrance.dropEvent(
        QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            dropped,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )

    assert heard(entrance) == [("open", tmp_path / "head.png")]


def test_that_it_says_which_file_it_was_started_for(qtbot):
    entrance = Entrance("Opening head.png …")
    qtbot.addWidget(entrance)
    entrance.show()

    assert "Opening head.png …" in visible_words(entrance)
    assert "Drop an ultrasound image here" not in visible_words(entrance)


def test_that_the_program_takes_the_whole_window(qtbot, entrance):
    program = QMainWindow()
    entrance.put_up(program)
    qtbot.waitUntil(lambda: program.size() == entrance.size())

    assert program.isVisible()
    assert not program.isWindow()
    assert "Drop an ultrasound image here" not in visible_words(entrance)


@pytest.mark.parametrize("first", ["entrance", "program"])
def test_that_both_are_closed_with_either_of_them(qtbot, entrance, first):
    program = QMainWindow()
    entrance.put_up(program)
    {"entrance": entrance, "program": program}[first].close()

    qtbot.waitUntil(lambda: not entrance.isVisible())
    assert not program.isVisible()
