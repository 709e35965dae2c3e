"""A scale is offered to the other images of its series, and never taken unasked."""

import pytest
from PySide6.QtCore import Qt

from tests.gui.hand import draw_ruler, manual, open_and_wait
from tests.heads import write_png

pytestmark = pytest.mark.gui


def test_that_a_ruler_is_offered_in_its_series_once_the_user_says_so(
    qtbot, opened_bare, uncalibrated, phantom
):
    second = write_png(phantom, uncalibrated.parent / "second.png")
    third = write_png(phantom, uncalibrated.parent / "third.png")
    offer = opened_bare.side_panel.calibration.offer
    draw_ruler(qtbot, opened_bare, (20, 30), (120, 30), "50")
    qtbot.waitUntil(lambda: manual(opened_bare) is not None)

    open_and_wait(qtbot, opened_bare, second)
    assert offer.isHidden()
    open_and_wait(qtbot, opened_bare, uncalibrated)
    draw_ruler(qtbot, opened_bare, (20, 30), (120, 30), "50")
    qtbot.waitUntil(lambda: manual(opened_bare) is not None)
    qtbot.mouseClick(offer.remember, Qt.MouseButton.LeftButton)
    assert not offer.remember.isEnabled()

    open_and_wait(qtbot, opened_bare, third)
    assert manual(opened_bare) is None
    assert "px" in opened_bare.side_panel.measurement.hc_text
    assert "bare.png" in offer.text
    qtbot.mouseClick(offer.take_over, Qt.MouseButton.LeftButton)
    assert "taken over from bare.png" in opened_bare.side_panel.calibration.text
    assert "mm" in opened_bare.side_panel.measurement.hc_text
    assert offer.isHidden()
