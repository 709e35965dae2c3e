import pytest

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.link_button import LinkButton


@pytest.mark.gui
def test_that_a_link_is_no_higher_than_a_line(qtbot, dressed):
    link = LinkButton("Second reading")
    qtbot.addWidget(link)

    assert link.sizeHint().height() <= 5 * style.GRID
