"""The bar moves while something runs, and takes its room always."""

import pytest
from PySide6.QtGui import QColor

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.busy_bar import BusyBar

pytestmark = pytest.mark.gui


@pytest.fixture
def bar(qtbot):
    made = BusyBar()
    qtbot.addWidget(made)
    made.resize(200, made.height())
    made.show()
    return made


def colours(bar):
    picture = bar.grab().toImage()
    return {picture.pixelColor(x, 0).name() for x in range(picture.width())}


def test_that_it_moves_while_something_runs_and_says_what(qtbot, bar):
    bar.show_activity("Opening head.png …")

    assert bar.is_busy
    assert bar.accessibleName() == "Opening head.png …"
    qtbot.waitUntil(lambda: QColor(style.ACCENT).name() in colours(bar))


def test_that_it_is_empty_and_as_high_when_nothing_runs(bar):
    height = bar.height()
    bar.show_activity("Opening head.png …")
    bar.show_activity("")

    assert not bar.is_busy
    assert bar.accessibleName() == "Nothing is running"
    assert colours(bar) == {QColor(style.CANVAS).name()}
    assert bar.height() == height
