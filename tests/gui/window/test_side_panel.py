"""The numbers stay in sight, and what is wanted below is brought into sight."""

import pytest
from PySide6.QtWidgets import QScrollArea

from tests.gui.hand import do

pytestmark = pytest.mark.gui


def is_in_sight(widget):
    return not widget.visibleRegion().isEmpty()


@pytest.fixture
def low(dated):
    """A window that is too low for all of the panel."""
    dated.resize(1366, 500)
    return dated


def test_that_the_numbers_stay_while_what_is_below_is_scrolled(qtbot, low):
    panel = low.side_panel
    bar = panel.findChild(QScrollArea).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)

    bar.setValue(bar.maximum())

    assert is_in_sight(panel.measurement)
    qtbot.waitUntil(lambda: not is_in_sight(panel.patient.identifier))


def test_that_the_lens_comes_into_sight_with_the_keys_and_folds_when_it_has_them(qtbot, low):
    panel = low.side_panel
    do(low, "lens")
    qtbot.waitUntil(lambda: panel.growth.has_focus and is_in_sight(panel.growth.rows[0]))

    with qtbot.waitSignal(panel.growth.folded) as folded:
        do(low, "lens")

    assert folded.args == [False]
    assert not panel.growth.lens.isVisible()


def test_that_without_an_image_there_is_no_chart(window):
    assert not window.side_panel.chart.isVisible()


def test_that_the_panel_is_as_wide_whatever_it_shows(dated):
    width = dated.side_panel.width()
    do(dated, "delete")

    assert dated.side_panel.width() == width
