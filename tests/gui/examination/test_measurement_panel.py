import pytest
from PySide6.QtWidgets import QLabel

from fhc_desktop.domain.growth.standards import WHO_2017
from fhc_desktop.gui.examination.measurement_content import MeasurementContent
from fhc_desktop.gui.examination.measurement_panel import MeasurementPanel
from fhc_desktop.gui.widgets import style
from tests.gui.growth.drawn_charts import examination


@pytest.fixture
def panel(qtbot):
    made = MeasurementPanel()
    qtbot.addWidget(made)
    made.show()
    return made


def test_that_the_panel_says_on_which_side_of_whos_percentiles_a_head_lies(qtbot):
    panel = MeasurementPanel()
    qtbot.addWidget(panel)
    exam = examination(150.0).with_standard(WHO_2017)
    panel.show_content(MeasurementContent.of(exam, activity=""))

    assert panel.place_text == "▲ below the 1st percentile WHO 2017"


@pytest.mark.gui
def test_that_the_figure_is_said_to_who_listens(panel):
    panel.show_content(MeasurementContent(figure="174.8", unit="mm"))

    names = {label.accessibleName() for label in panel.findChildren(QLabel)}
    assert "Head circumference 174.8 mm" in names


@pytest.mark.gui
@pytest.mark.parametrize(
    ("is_extreme", "color", "sign"), [(True, style.WARNING, "▲ "), (False, style.TEXT, "")]
)
def test_that_a_place_beyond_two_standard_deviations_has_sign_and_colour(
    panel, is_extreme, color, sign
):
    panel.show_content(
        MeasurementContent(place="2nd percentile", source="z −2.05", is_extreme=is_extreme)
    )

    assert panel.place_text == f"{sign}2nd percentile z −2.05"
    label = panel.place.percentile
    assert label.palette().color(label.foregroundRole()).name() == color


@pytest.mark.gui
def test_that_the_reason_stands_where_the_percentile_would(panel):
    reason = "INTERGROWTH-21st 2014 covers 14w0d to 40w0d; this age is 41w3d: no percentile."
    panel.show_content(MeasurementContent(source=reason))

    assert panel.place_text == reason
    assert not panel.place.percentile.isVisible()
