"""What was opened last is offered again, also after a restart."""

import pytest

from fhc_desktop.gui.application import build_window
from tests.fakes import FakeSegmenter
from tests.gui.hand import PATIENCE_MS, exam, open_and_wait, proposal_awaited
from tests.reading import READERS

pytestmark = pytest.mark.gui


def recent(window):
    """What the menu of files offers to open again."""
    (files, *_) = window.top_row.menus.actions()
    (offered,) = [one.menu() for one in files.menu().actions() if one.text() == "Open &recent"]
    return offered.actions()


def test_that_recent_files_are_offered_newest_first_also_next_time(
    qtbot, window, folders, phantom, calibrated, uncalibrated
):
    open_and_wait(qtbot, window, calibrated)
    open_and_wait(qtbot, window, uncalibrated)
    later = build_window(folders, FakeSegmenter(phantom.outline_px), READERS)
    qtbot.addWidget(later)

    for seen in (window, later):
        assert [action.text() for action in recent(seen)] == ["bare.png", "head.png"]
    with proposal_awaited(qtbot, later):
        recent(later)[1].trigger()
    assert exam(later).image.source.path == calibrated


def test_that_a_recent_file_that_has_gone_is_told(qtbot, window, calibrated):
    open_and_wait(qtbot, window, calibrated)
    calibrated.unlink()

    with qtbot.waitSignal(window.controller.failed, timeout=PATIENCE_MS):
        recent(window)[0].trigger()

    assert "head.png" in window.message_bar.text
    assert exam(window).image.source.path == calibrated
