"""A line that is too long gives way, and nothing of it is lost."""

import pytest

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.elided_label import ElidedLabel


@pytest.mark.gui
def test_that_a_line_gives_way_and_is_whole_in_its_tooltip(qtbot):
    label = ElidedLabel(style.font())
    qtbot.addWidget(label)
    label.show()
    label.resize(80, 20)
    label.show_text("a line that is much too long for its room", more="and what to do")

    assert label.text().endswith("…")
    assert label.minimumSizeHint().width() == 0
    assert label.toolTip() == "a line that is much too long for its room and what to do"
    label.resize(label.sizeHint().width(), 20)
    assert label.text() == label.full_text
