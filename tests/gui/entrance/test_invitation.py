"""Where no image is, the page says the one next step, or what is being opened."""

import pytest
from PySide6.QtWidgets import QPushButton

from fhc_desktop.gui.entrance.invitation import Invitation
from tests.gui.hand import button, visible_words

pytestmark = pytest.mark.gui


@pytest.fixture
def page(qtbot):
    made = Invitation()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Open an image …", "open_wanted"),
        ("Open a folder or disc …", "folder_wanted"),
        ("or look at the demonstration scan", "demonstration_wanted"),
    ],
)
def test_that_each_button_asks_for_its_own(qtbot, page, text, signal):
    with qtbot.waitSignal(getattr(page, signal)):
        button(page, text).click()


def test_that_while_something_is_opened_only_that_is_said(page):
    assert "Drop an ultrasound image here" in visible_words(page)

    page.show_activity("Opening head.png …")

    assert visible_words(page).strip() == "Opening head.png …"
    buttons = page.findChildren(QPushButton)
    assert not any(one.isVisible() for one in buttons)
    page.show_activity("")
    assert "Drop an ultrasound image here" in visible_words(page)
    assert sum(one.isVisible() for one in buttons) == 3
