import pytest
from PySide6.QtWidgets import QLabel

from fhc_desktop.domain.growth.standards import WHO_2017
from fhc_desktop.gui.examination.measurement_content import MeasurementContent
from fhc_desktop.gui.examination.measurement_panel import MeasurementPanel
from tests.gui.growth.drawn_charts import examination


@pytest.fixture
def panel(qtbot):
    made = MeasurementPanel()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.gui
def test_that_every_warning_is_in_sight_and_goes_again(panel):
    warnings = tuple(f"Warning {number}." for number in range(11))
    panel.show_content(MeasurementContent(warnings=warnings))

    assert [text.removeprefix("▲ ") for text in panel.warning_texts] == list(warnings)
    panel.show_content(MeasurementContent(warnings=warnings[:1]))
    assert panel.warning_texts == ["▲ Warning 0."]
    panel.show_content(MeasurementContent())
    assert panel.warning_texts == []


def test_that_the_panel_says_on_which_side_of_whos_percentiles_a_head_lies(qtbot):
    panel = MeasurementPanel()
    qtbot.addWidget(panel)
    exam = examination(150.0).with_standard(WHO_2017)
    panel.show_content(MeasurementContent.of(exam, activity=""))

    assert panel.place_text == "below the 1st percentile WHO 2017"


@pytest.mark.gui
def test_that_the_figure_is_said_to_who_listens(panel):
    panel.show_content(MeasurementContent(figure="174.8", unit="mm"))

    names = {label.accessibleName() for label in panel.findChildren(QLabel)}
    assert "Head circumference 174.8 mm" in names
