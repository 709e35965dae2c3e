"""The bar is there for loops only, and says which frame is measured before another is read."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QToolButton

from fhc_desktop.domain.image.ultrasound_image import ImageSource
from fhc_desktop.gui.image.frame_bar import FrameBar
from tests.gui.hand import visible_words

pytestmark = pytest.mark.gui


def source(frame, count):
    return ImageSource(Path("/scans/loop.dcm"), "0" * 64, frame=frame, frame_count=count)


@pytest.fixture
def bar(qtbot):
    made = FrameBar()
    qtbot.addWidget(made)
    made.show_source(source(3, 9))
    return made


def test_that_it_says_which_frame_of_how_many_and_asks_for_none(qtbot, bar):
    with qtbot.assertNotEmitted(bar.frame_wanted):
        bar.show_source(source(4, 9))

    assert visible_words(bar) == "frame 4 of 9"


@pytest.mark.parametrize("shown", [None, source(1, 1)])
def test_that_a_picture_that_stands_alone_has_none(bar, shown):
    bar.show_source(shown)

    assert not bar.isVisible()


@pytest.mark.parametrize(("hint", "wanted"), [("Previous", 2), ("Next", 4)])
def test_that_its_buttons_ask_for_the_neighbours(qtbot, bar, hint, wanted):
    (found,) = [one for one in bar.findChildren(QToolButton) if one.toolTip().startswith(hint)]

    with qtbot.waitSignal(bar.frame_wanted) as asked:
        found.click()

    assert asked.args == [wanted]


def test_that_there_is_nothing_behind_the_last_frame(qtbot, bar):
    bar.show_source(source(9, 9))

    with qtbot.assertNotEmitted(bar.frame_wanted):
        bar.step(1)


def test_that_the_slider_says_its_frame_and_asks_for_it_while_it_is_dragged(qtbot, bar):
    bar.slider.setSliderDown(True)
    with qtbot.waitSignal(bar.frame_wanted) as asked:
        bar.slider.setSliderPosition(7)

    assert asked.args == [7]
    assert visible_words(bar) == "frame 7 of 9"


def test_that_its_words_take_no_room_from_the_slider(qtbot, bar):
    bar.resize(600, 32)
    bar.show_source(source(1, 100))
    bar.show()
    bar.layout().activate()
    before = bar.slider.geometry()

    bar.show_source(source(100, 100))
    qtbot.waitUntil(lambda: visible_words(bar) == "frame 100 of 100")

    bar.layout().activate()
    assert bar.slider.geometry() == before
