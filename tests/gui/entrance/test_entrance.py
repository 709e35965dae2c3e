"""Before the program is there its window invites, keeps what is wished for, and lets it in."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from fhc_desktop.gui.entrance.entrance import Entrance, keep_rooms
from fhc_desktop.gui.entrance.first_picture import FirstPicture
from tests.gui.hand import button, visible_words
from tests.heads import bare, small_phantom

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


@pytest.fixture
def opening(qtbot):
    """One that was started for a file."""
    made = Entrance("Opening head.png …")
    qtbot.addWidget(made)
    made.show()
    return made


def is_picture_shown(entrance):
    return any(one.isVisible() for one in entrance.findChildren(FirstPicture))


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


def test_that_it_says_which_file_it_was_started_for(opening):
    assert "Opening head.png …" in visible_words(opening)
    assert "Drop an ultrasound image here" not in visible_words(opening)


def test_that_beside_the_picture_stands_its_files_name_and_nothing_else(opening):
    opening.show_picture(bare(small_phantom().image))

    assert is_picture_shown(opening)
    assert visible_words(opening).split("\n") == ["Opening head.png …"]


def test_that_a_newer_picture_of_the_file_takes_the_place_of_the_first(opening):
    for seed in (1, 2):
        opening.show_picture(bare(small_phantom(seed=seed).image))

    assert len(opening.findChildren(FirstPicture)) == 1
    assert is_picture_shown(opening)


def test_that_the_picture_goes_when_something_else_is_wished(opening):
    opening.show_picture(bare(small_phantom().image))
    QTest.keyClick(opening, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)

    assert not is_picture_shown(opening)
    assert opening.invitation.title == "One moment: the program is being loaded …"
    assert "head.png" not in visible_words(opening)


def test_that_a_picture_that_comes_after_a_wish_is_not_shown(opening):
    QTest.keyClick(opening, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    opening.show_picture(bare(small_phantom().image))

    assert not is_picture_shown(opening)


def test_that_a_picture_that_comes_after_the_program_is_not_shown(opening):
    opening.put_up(QMainWindow())
    opening.show_picture(bare(small_phantom().image))

    assert not is_picture_shown(opening)


def test_that_the_picture_has_the_room_that_the_program_left_it_last(qtbot):
    keep_rooms(70, 0)
    entrance = Entrance("Opening head.png …")
    qtbot.addWidget(entrance)
    entrance.show()

    assert entrance.stage.geometry().top() == 70
    assert entrance.stage.width() == entrance.width()


@pytest.mark.parametrize("written", ["", "43", "a b", "-3 5", "1 2 3", "99999999 99999999"])
def test_that_a_room_that_nobody_could_have_left_is_not_believed(qtbot, written):
    QSettings().setValue("rooms", written)
    entrance = Entrance("Opening head.png …")
    qtbot.addWidget(entrance)
    entrance.resize(1366, 768)
    entrance.show()

    assert entrance.stage.height() > 0
    assert entrance.width() == 1366
    assert entrance.stage.width() > 500


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


@pytest.mark.parametrize("first", ["entrance", "program"])
def test_that_an_end_is_told_before_the_program_has_ended(qtbot, entrance, first):
    program, seen = QMainWindow(), []
    entrance.put_up(program)
    entrance.ending.connect(lambda: seen.append(program.isVisible()))
    {"entrance": entrance, "program": program}[first].close()
    qtbot.waitUntil(lambda: not entrance.isVisible())

    assert seen == [True]
