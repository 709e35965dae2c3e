"""A drag with the right button is a window; letting go keeps it, leaving takes it back."""

import pytest
from PySide6.QtCore import QObject, QPoint

from fhc_desktop.domain.image.display import Display, GreyWindow
from fhc_desktop.gui.image.window_drag import WindowDrag, dragged

pytestmark = pytest.mark.gui
START = QPoint(100, 100)


@pytest.fixture
def drag(qtbot):
    owner = QObject()
    made = WindowDrag(owner)
    made.seen, made.kept = [], []
    made.previewed.connect(made.seen.append)
    made.committed.connect(made.kept.append)
    yield made
    del owner


@pytest.mark.parametrize(
    ("way", "window"),
    [
        ((0, -20), GreyWindow(108, 256)),
        ((0, 20), GreyWindow(148, 256)),
        ((30, 0), GreyWindow(128, 286)),
        ((-30, 0), GreyWindow(128, 226)),
        ((-9000, 9000), GreyWindow(2304, 1)),
    ],
)
def test_that_up_is_brighter_and_right_is_wider(way, window):
    assert dragged(Display(gamma=1.5), QPoint(*way)) == Display(window, gamma=1.5)


def test_that_what_is_let_go_is_kept(drag):
    drag.take(START, Display())
    for step in range(1, 6):
        drag.move_to(START + QPoint(-10 * step, 0))
    drag.drop()

    assert drag.seen[0] == Display(GreyWindow(128, 246))  # the first at once, the next a frame on
    assert drag.kept == [Display(GreyWindow(128, 206))]
    assert not drag.is_held


def test_that_a_press_alone_keeps_nothing(drag):
    drag.take(START, Display())
    drag.drop()
    drag.drop()

    assert drag.kept == drag.seen == []


def test_that_leaving_it_shows_what_was_there_before(qtbot, drag):
    before = Display(is_inverted=True)
    drag.take(START, before)
    drag.move_to(START + QPoint(9, 9))
    drag.move_to(START + QPoint(19, 19))
    drag.cancel()
    seen = list(drag.seen)
    qtbot.wait(50)

    assert seen[-1] == before
    assert drag.seen == seen
    assert drag.kept == []
    drag.move_to(START)
    assert drag.seen == seen
