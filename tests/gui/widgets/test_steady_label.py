"""A sentence that changes moves nothing below it, and is whole however long it is."""

import pytest

from fhc_desktop.gui.widgets.steady_label import SteadyLabel

pytestmark = pytest.mark.gui
WIDTH_PX = 200


def height_of(label, text):
    label.setText(text)
    return label.heightForWidth(WIDTH_PX)


def test_that_up_to_two_lines_take_the_same_room_and_more_take_more(qtbot):
    label = SteadyLabel()
    qtbot.addWidget(label)
    two_lines = 2 * label.fontMetrics().lineSpacing()

    assert height_of(label, "") == height_of(label, "short") == two_lines
    assert height_of(label, "a sentence of many words " * 8) > 1.5 * two_lines
