"""What is accepted without a log waits for it, and is a warning until its row is written."""

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
    settle,
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

    assert window.side_panel.measurement.state_text == "▲ Accepted, waits to be logged"
    assert window.side_panel.remarks.texts[0].startswith("▲ Accepted ")
    assert "waits to be logged" in told(window).text
    assert "▲ 1 measurement waits to be logged" in window.status_line.log_text


def test_that_while_there_is_no_log_it_goes_on_waiting(without_log):
    window, _ = without_log

    told(window).choice.click()
    settle(window)

    assert window.message_bar.text
    assert "▲ 1 measurement waits to be logged" in window.status_line.log_text


def test_that_by_mouse_it_is_logged_as_it_was_accepted(qtbot, without_log, logged):
    window, give_back = without_log
    at = exam(window).acceptance.at
    give_back()

    assert told(window).choice.text() == "Log again"
    qtbot.mouseClick(told(window).choice, LEFT)
    settle(window)

    (entry,) = logged()
    assert (entry.created_at, entry.facts.patient.name) == (at, "Erika")
    assert window.side_panel.measurement.state_text == "✓ Accepted, logged"
    assert window.status_line.log_text == "Log ready"
    assert window.message_bar.text.startswith("Logged now: 1")
    assert not window.actions_by_name["log_again"].isEnabled()


def test_that_by_key_all_that_wait_are_logged_and_the_next_one_at_once(
    qtbot, without_log, calibrated, uncalibrated, calibrated_too, logged
):
    window, give_back = without_log
    open_and_wait(qtbot, window, uncalibrated)
    do(window, "accept")
    assert "▲ 2 measurements wait to be logged" in window.status_line.log_text
    give_back()

    qtbot.keyClick(window, Qt.Key.Key_F5)

    qtbot.waitUntil(lambda: window.status_line.log_text == "Log ready", timeout=PATIENCE_MS)
    assert [entry.image.path for entry in reversed(logged())] == [calibrated, uncalibrated]
    open_and_wait(qtbot, window, calibrated_too)
    do(window, "accept")
    assert len(logged()) == 3


def test_that_what_waits_needs_no_picture_to_be_logged(
    qtbot, without_log, uncalibrated, calibrated, logged
):
    window, give_back = without_log
    open_and_wait(qtbot, window, uncalibrated)
    calibrated.unlink()
    give_back()

    do(window, "log_again")

    assert [entry.image.path for entry in logged()] == [calibrated]
    assert window.status_line.log_text == "Log ready"


def test_that_it_survives_a_crash_and_is_logged_at_the_next_start(without_log, start, logged):
    window, give_back = without_log
    at = exam(window).acceptance.at
    assert window.controller.desk.flush()
    give_back()

    later = start()

    (entry,) = logged()
    assert entry.created_at == at
    assert later.status_line.log_text.startswith("Log ready")
    assert later.start_page.unfinished.text == ""


def test_that_until_then_its_picture_shows_it_as_it_waits(qtbot, without_log, calibrated, start):
    window, _ = without_log
    accepted = exam(window)

    later = start()

    assert "▲ 1 measurement waits to be logged" in later.status_line.log_text
    with qtbot.waitSignal(later.controller.opened, timeout=PATIENCE_MS):
        later.open(calibrated)
    assert later.side_panel.measurement.state_text == "▲ Accepted, waits to be logged"
    assert exam(later).facts == accepted.facts


def test_that_what_is_changed_since_is_accepted_again_and_corrects_what_was_accepted(
    without_log, logged
):
    window, give_back = without_log
    first = exam(window).acceptance
    drag_handle(window.image_view, Handle.A_END, 15, 0)
    assert "accept again" in window.side_panel.measurement.state_text
    give_back()

    do(window, "log_again")

    assert [entry.facts for entry in logged()] == [first.facts]
    do(window, "accept")
    newest, _ = logged()
    assert newest.facts.outline_px == exam(window).outline_px
    assert newest.supersedes == first.entry_id


def test_that_the_log_that_came_back_is_the_one_that_windows_read(without_log):
    window, give_back = without_log
    do(window, "log")
    give_back()

    do(window, "log_again")
    do(window, "log")

    assert window.log_windows.log_window.chosen_entry().facts.patient.name == "Erika"


@pytest.fixture
def kept_nowhere(qtbot, barred, folders, calibrated):
    """An image that was accepted while neither the log nor the disk could keep its row."""
    window, give_back = barred
    bar = folders.data / "waiting"
    bar.write_text("a file where the folder should be")
    open_and_wait(qtbot, window, calibrated)
    do(window, "accept")

    def give_all_back():
        bar.unlink()
        give_back()

    return window, give_all_back


def test_that_what_can_be_kept_nowhere_is_not_logged_and_says_so(kept_nowhere):
    window, _ = kept_nowhere

    assert window.side_panel.measurement.state_text == "▲ Accepted, NOT LOGGED"
    assert "NOT LOGGED" in told(window).text
    assert "▲ 1 accepted, NOT LOGGED" in window.status_line.log_text


def test_that_it_is_logged_by_key_as_it_was_accepted(kept_nowhere, logged):
    window, give_back = kept_nowhere
    at = exam(window).acceptance.at
    give_back()

    do(window, "log_again")

    (entry,) = logged()
    assert entry.created_at == at
    assert window.side_panel.measurement.state_text == "✓ Accepted, logged"
    assert window.status_line.log_text == "Log ready"


def test_that_elsewhere_than_on_the_screen_it_needs_its_picture(
    qtbot, kept_nowhere, uncalibrated, calibrated, logged
):
    window, give_back = kept_nowhere
    open_and_wait(qtbot, window, uncalibrated)
    picture = calibrated.read_bytes()
    calibrated.unlink()
    give_back()

    do(window, "log_again")

    wait_for(qtbot, window, "The unfinished examination is kept.")
    assert logged() == []
    assert "▲ 1 accepted, NOT LOGGED" in window.status_line.log_text
    calibrated.write_bytes(picture)
    do(window, "log_again")
    qtbot.waitUntil(lambda: window.status_line.log_text == "Log ready", timeout=PATIENCE_MS)
    assert [entry.image.path for entry in logged()] == [calibrated]


def test_that_drafts_and_log_both_out_of_reach_stop_nothing(qtbot, logless, calibrated):
    open_and_wait(qtbot, logless, calibrated)
    do(logless, "accept")

    qtbot.waitUntil(lambda: "Unfinished work" in logless.message_bar.text, timeout=PATIENCE_MS)
    assert exam(logless).is_accepted
    assert "▲ 1 accepted, NOT LOGGED" in logless.status_line.log_text
