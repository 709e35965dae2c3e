"""What was opened last is offered again, also after a restart."""

import pytest

from fhc_desktop.gui.application import build_window
from tests.fakes import FakeSegmenter
from tests.gui.hand import (
    PATIENCE_MS,
    do,
    exam,
    in_file_dialog,
    open_and_wait,
    proposal_awaited,
)
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


def test_that_one_action_clears_them_and_says_so(qtbot, window, calibrated, folders):
    open_and_wait(qtbot, window, calibrated)

    do(window, "clear_recent")

    assert recent(window) == []
    assert window.message_bar.text.startswith("1 recent file was cleared.")
    assert b"head.png" not in folders.settings_file.read_bytes()


def test_that_they_can_be_switched_off_also_for_the_next_time(qtbot, window, start, calibrated):
    switch = window.actions_by_name["keep_recent"]
    assert switch.isChecked()

    switch.trigger()
    open_and_wait(qtbot, window, calibrated)
    later = start()

    assert not switch.isChecked()
    assert recent(window) == recent(later) == []
    assert not later.actions_by_name["keep_recent"].isChecked()


def test_that_the_dialog_begins_where_the_newest_file_lies(qtbot, window, start, calibrated):
    open_and_wait(qtbot, window, calibrated)
    window.close()
    later = start()
    seen = []

    def look(dialog):
        seen.append(dialog.directory().absolutePath())
        dialog.reject()

    in_file_dialog(look)
    do(later, "open")

    assert seen == [str(calibrated.parent)]


def test_that_the_deidentified_view_offers_none(qtbot, window, calibrated):
    open_and_wait(qtbot, window, calibrated)
    offered = recent(window)[0].associatedObjects()[0].menuAction()
    assert offered.isVisible()

    do(window, "deidentified_view")
    open_and_wait(qtbot, window, calibrated)

    assert not offered.isVisible()


def test_that_clearing_names_nobody_in_the_deidentified_view(qtbot, window, calibrated):
    open_and_wait(qtbot, window, calibrated)
    do(window, "deidentified_view")

    do(window, "clear_recent")

    assert "head" not in window.message_bar.text
    assert window.message_bar.text.startswith("1 recent file was cleared.")
