"""What is accepted without a log is a warning until its row is written."""

import pytest
from PySide6.QtCore import Qt

from fhc_desktop.domain.image.geometry import Handle
from tests.gui.hand import (
    PATIENCE_MS,
    do,
    drag_handle,
    enter,
    exam,
    open_and_wait,
)

pytestmark = pytest.mark.gui
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def barred(folders, start):
    """A window whose log cannot be opened, though drafts can; and what gives the log back."""
    folders.data.mkdir()
    bar = folders.data / "log"
    bar.write_text("a file where the folder should be")
    return start(), bar.unlink


@pytest.fixture
def without_log(qtbot, barred, calibrated):
    """The same, with an image that is accepted all the same."""
    window, give_back = barred
    open_and_wait(qtbot, window, calibrated)
    enter(qtbot, window.side_panel.patient.name, "Erika")
    do(window, "accept")
    return window, give_back


def told(window):
    return window.side_panel.repeat


def wait_for(qtbot, window, words):
    qtbot.waitUntil(lambda: words in window.message_bar.text, timeout=PATIENCE_MS)


def test_that_it_is_a_warning_with_its_sign_and_its_count(without_log):
    window, _ = without_log

    assert window.side_panel.measurement.state_text == "▲ Accepted, NOT LOGGED"
    assert window.side_panel.remarks.texts[0].startswith("▲ Accepted ")
    assert "NOT LOGGED" in told(window).text
    assert "▲ 1 accepted, NOT LOGGED" in window.status_line.log_text


def test_that_while_there_is_no_log_it_goes_on_waiting(without_log):
    window, _ = without_log

    told(window).choice.click()

    assert window.message_bar.text
    assert "▲ 1 accepted, NOT LOGGED" in window.status_line.log_text


def test_that_by_mouse_it_is_logged_as_it_was_accepted(qtbot, without_log, logged):
    window, give_back = without_log
    at = exam(window).acceptance.at
    give_back()

    assert told(window).choice.text() == "Log again"
    qtbot.mouseClick(told(window).choice, LEFT)

    (entry,) = logged()
    assert (entry.created_at, entry.facts.patient.name) == (at, "Erika")
    assert window.side_panel.measurement.state_text == "✓ Accepted, logged"
    assert window.status_line.log_text == "Log ready"
    assert window.message_bar.text.startswith("Logged now: 1")
    assert not window.actions_by_name["log_again"].isEnabled()


def test_that_by_key_all_that_wait_are_logged_and_the_next_one_at_once(
    qtbot, without_log, uncalibrated, calibrated_too, logged
):
    window, give_back = without_log
    open_and_wait(qtbot, window, uncalibrated)
    do(window, "accept")
    assert "▲ 2 accepted, NOT LOGGED" in window.status_line.log_text
    give_back()

    qtbot.keyClick(window, Qt.Key.Key_F5)

    qtbot.waitUntil(lambda: window.status_line.log_text == "Log ready", timeout=PATIENCE_MS)
    assert len(logged()) == 2
    open_and_wait(qtbot, window, calibrated_too)
    do(window, "accept")
    assert len(logged()) == 3


def test_that_a_picture_that_has_gone_keeps_its_own_waiting_and_says_so(
    qtbot, without_log, uncalibrated, calibrated, logged
):
    window, give_back = without_log
    open_and_wait(qtbot, window, uncalibrated)
    calibrated.unlink()
    give_back()

    do(window, "log_again")

    wait_for(qtbot, window, "The unfinished examination is kept.")
    assert logged() == []
    assert "▲ 1 accepted, NOT LOGGED" in window.status_line.log_text


def test_that_it_survives_a_crash_as_not_logged(qtbot, without_log, calibrated, start, logged):
    window, give_back = without_log
    at = exam(window).acceptance.at
    assert window.controller.desk.flush()
    give_back()

    later = start()

    assert "▲ 1 accepted, NOT LOGGED" in later.status_line.log_text
    assert "accepted, NOT LOGGED" in later.start_page.unfinished.text
    with qtbot.waitSignal(later.controller.opened, timeout=PATIENCE_MS):
        later.open(calibrated)
    assert later.side_panel.measurement.state_text == "▲ Accepted, NOT LOGGED"
    assert logged() == []
    do(later, "log_again")
    assert logged()[0].created_at == at


def test_that_what_is_changed_since_is_accepted_again_and_not_logged_behind_her_back(
    without_log, logged
):
    window, give_back = without_log
    drag_handle(window.image_view, Handle.A_END, 15, 0)
    assert "changed since. Accept it again." in told(window).text
    give_back()

    window.logging_again.start()

    assert logged() == []
    do(window, "accept")
    (entry,) = logged()
    assert entry.facts.outline_px == exam(window).outline_px


def test_that_the_log_that_came_back_is_the_one_that_windows_read(without_log):
    window, give_back = without_log
    do(window, "log")
    give_back()

    do(window, "log_again")
    do(window, "log")

    assert window.log_windows.log_window.chosen_entry().facts.patient.name == "Erika"


def test_that_drafts_and_log_both_out_of_reach_stop_nothing(qtbot, logless, calibrated):
    open_and_wait(qtbot, logless, calibrated)
    do(logless, "accept")

    qtbot.waitUntil(lambda: "Unfinished work" in logless.message_bar.text, timeout=PATIENCE_MS)
    assert exam(logless).is_accepted
    assert "▲ 1 accepted, NOT LOGGED" in logless.status_line.log_text
