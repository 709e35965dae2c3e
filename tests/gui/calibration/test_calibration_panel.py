"""The panel shows the scale in force, and its buttons ask for another."""

import pytest
from PySide6.QtWidgets import QLabel

from fhc_desktop.gui.calibration.calibration_content import CalibrationContent
from fhc_desktop.gui.calibration.calibration_panel import CalibrationPanel
from tests.gui.hand import button, visible_words

pytestmark = pytest.mark.gui
TYPED = CalibrationContent(
    is_open=True,
    scale="0.2000 mm/px",
    sentence="typed; confirmed by Dr A",
    passport_line="0.2 × 0.2 mm",
    has_users_scale=True,
)


@pytest.fixture
def panel(qtbot):
    made = CalibrationPanel()
    qtbot.addWidget(made)
    made.show()
    return made


def test_that_nothing_can_be_asked_for_before_an_image_is_open(panel):
    assert not button(panel, "Draw ruler").isEnabled()

    panel.show_content(TYPED)

    assert button(panel, "Draw ruler").isEnabled()


def test_that_the_scale_stands_there_with_its_passport(panel):
    panel.show_content(TYPED)

    assert "0.2000 mm/px" in visible_words(panel)
    assert "typed; confirmed by Dr A" in visible_words(panel)
    assert "0.2 × 0.2 mm" in [label.toolTip() for label in panel.findChildren(QLabel)]


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Draw ruler", "ruler_wanted"),
        ("Type size", "pixel_size_wanted"),
        ("Use file’s", "file_calibration_wanted"),
    ],
)
def test_that_each_button_asks_for_its_own(qtbot, panel, text, signal):
    panel.show_content(TYPED)

    with qtbot.waitSignal(getattr(panel, signal)):
        button(panel, text).click()


def test_that_the_files_scale_can_be_taken_again_only_where_the_users_is_in_force(panel):
    panel.show_content(CalibrationContent(is_open=True, scale="0.3000 mm/px"))
    assert not button(panel, "Use file’s").isVisible()

    panel.show_content(TYPED)

    assert button(panel, "Use file’s").isVisible()


def test_that_a_missing_scale_has_the_sign_of_a_warning(panel):
    missing = CalibrationContent(is_open=True, scale="none: pixels only", is_missing=True)

    panel.show_content(missing)

    assert "▲ none: pixels only" in visible_words(panel)
