"""Where the model offers no outline, the window says the next step."""

import pytest
from PySide6.QtCore import Qt

from fhc_desktop.gui.application import build_window
from tests.fakes import FakeSegmenter
from tests.gui.hand import do, open_and_wait, proposal_awaited
from tests.heads import write_cine
from tests.reading import READERS
from tests.several_heads import LEFT, RIGHT, TwoHeads

pytestmark = pytest.mark.gui


def test_that_an_image_without_a_head_offers_to_draw_one(qtbot, folders, phantom, calibrated):
    window = build_window(folders, FakeSegmenter(None), READERS)
    qtbot.addWidget(window)
    window.show()
    open_and_wait(qtbot, window, calibrated)

    assert "found no head" in window.message_bar.text
    assert window.side_panel.measurement.state_text == "No head found"
    assert window.side_panel.measurement.hc_text == "–"
    qtbot.mouseClick(window.message_bar.step, Qt.MouseButton.LeftButton)
    assert "corner to corner" in window.message_bar.text


def test_that_what_was_said_of_a_frame_is_not_said_of_the_next(qtbot, start, phantom, tmp_path):
    segmenter = FakeSegmenter(None)
    window = start(segmenter=segmenter)
    open_and_wait(qtbot, window, write_cine(phantom, tmp_path / "loop.dcm", frames=2))
    assert "found no head" in window.message_bar.text

    segmenter.outline_px = phantom.outline_px
    with proposal_awaited(qtbot, window):
        do(window, "next_frame")

    assert window.message_bar.text == ""


def test_that_of_two_heads_the_window_offers_one_after_the_other(qtbot, start, calibrated):
    window = start(segmenter=TwoHeads())
    open_and_wait(qtbot, window, calibrated)
    panel = window.side_panel.measurement
    assert "Two heads in this image" in window.message_bar.text
    assert (panel.state_text, panel.hc_text) == ("Two heads: choose one", "–")

    qtbot.mouseClick(window.message_bar.step, Qt.MouseButton.LeftButton)
    assert window.controller.exam.outline_px == LEFT
    assert window.message_bar.text == ""
    do(window, "next_head")
    assert window.controller.exam.outline_px == RIGHT
    assert "number 2 from the left" in " ".join(window.controller.exam.warnings)
    do(window, "undo")
    assert window.controller.exam.outline_px == LEFT
