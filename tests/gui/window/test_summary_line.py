import pytest

from fhc_desktop.gui.widgets import style
from fhc_desktop.gui.widgets.elided_label import ElidedLabel
from fhc_desktop.gui.window.sections import Section
from fhc_desktop.gui.window.summary import Summary
from fhc_desktop.gui.window.summary_line import SummaryLine

pytestmark = pytest.mark.gui


@pytest.fixture
def line(qtbot):
    made = SummaryLine(Section.CALIBRATION)
    qtbot.addWidget(made)
    made.resize(352, made.height())
    made.show()
    return made


def test_that_a_long_summary_is_whole_in_tooltip_and_name(line):
    words = "0.2590 mm/px from the pixel-size table (a_table_with_a_very_long_name.csv)"
    line.show_summary(Summary("Calibration", words))

    assert line.full_text == words
    assert line.accessibleName() == f"Calibration: {words}"
    assert line.toolTip() == f"Calibration: {words}\nOpen  (F6)"


def test_that_a_warning_has_its_sign_and_its_colour(line):
    line.show_summary(Summary("Calibration", "No scale", is_warning=True))
    label = line.findChild(ElidedLabel)

    assert line.full_text == "▲ No scale"
    assert label.palette().color(label.foregroundRole()).name() == style.WARNING


def test_that_it_says_whether_it_is_open_and_a_click_alone_does_not_change_that(line):
    line.show_summary(Summary("Calibration", "No scale"))
    line.click()
    assert not line.isChecked()

    line.show_open(is_open=True)

    assert line.isChecked()
    assert line.toolTip().endswith("Fold away  (F6)")
