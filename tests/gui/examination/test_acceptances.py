"""Nothing waits for the log: a row is on its way, and its answer finds what it is about."""

import threading
from contextlib import contextmanager, suppress

import pytest
from PySide6.QtCore import Qt

from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.application import build_window
from fhc_desktop.storage.preferences.folders import Folders
from tests.fakes import FakeSegmenter
from tests.gui.hand import (
    PATIENCE_MS,
    do,
    drag_handle,
    exam,
    has_proposal,
    open_and_wait,
    settle,
)
from tests.heads import small_phantom, write_png
from tests.reading import READERS
from tests.storage.log_writer import hold_the_lock

pytestmark = pytest.mark.gui
ON_ITS_WAY = "● Accepted, being written …"
LOGGED = "✓ Accepted, logged"


@contextmanager
def log_at_a_stand(window):
    """The log's thread does something else, for as long as it is looked at what happens then."""
    gate = threading.Event()
    desk = window.controller.acceptances.questions.desk
    desk.ask_anyway(lambda _: gate.wait(PATIENCE_MS / 1000))
    try:
        yield
    finally:
        gate.set()
    settle(window)


def said(window):
    return window.side_panel.measurement.state_text


def press_accept(qtbot, window):
    qtbot.keyClick(window.image_view, Qt.Key.Key_Return)


def wait_for(qtbot, window, path):
    def is_there():
        shown = exam(window)
        return has_proposal(shown) and shown.image.source.path == path

    qtbot.waitUntil(is_there, timeout=PATIENCE_MS)


def test_that_it_is_on_its_way_until_the_disk_has_it_and_logged_then(qtbot, dated, logged):
    with log_at_a_stand(dated):
        press_accept(qtbot, dated)
        assert said(dated) == ON_ITS_WAY
        assert dated.status_line.text.endswith("accepted, being written …")
        assert not exam(dated).is_accepted
        for name in ("accept", "export"):
            assert not dated.actions_by_name[name].isEnabled()
        press_accept(qtbot, dated)
        assert logged() == []

    assert said(dated) == LOGGED
    (entry,) = logged()
    assert exam(dated).acceptance.entry_id == entry.entry_id
    assert dated.actions_by_name["export"].isEnabled()


def test_that_what_is_changed_meanwhile_is_not_what_was_accepted(qtbot, dated, logged):
    accepted = exam(dated).outline_px
    with log_at_a_stand(dated):
        press_accept(qtbot, dated)
        drag_handle(dated.image_view, Handle.B_END, 0, 15)
        assert "not accepted" in said(dated)

    assert "accept again" in said(dated)
    (entry,) = logged()
    assert entry.facts.outline_px == accepted
    do(dated, "accept")
    newest, first = logged()
    assert newest.supersedes == first.entry_id


def test_that_the_answer_finds_the_image_that_was_left_and_no_other(
    qtbot, dated, calibrated, uncalibrated, logged
):
    with log_at_a_stand(dated):
        press_accept(qtbot, dated)
        dated.open(uncalibrated)
    wait_for(qtbot, dated, uncalibrated)

    assert exam(dated).acceptance is None
    assert [entry.image.path for entry in logged()] == [calibrated]
    assert dated.controller.screen.unfinished == ()
    with qtbot.waitSignal(dated.controller.opened, timeout=PATIENCE_MS):
        dated.open(calibrated)
    assert said(dated) == LOGGED


def test_that_the_answer_finds_an_image_that_comes_back_because_another_cannot_be_opened(
    qtbot, dated, tmp_path, logged
):
    with log_at_a_stand(dated):
        press_accept(qtbot, dated)
        with qtbot.waitSignal(dated.controller.not_opened, timeout=PATIENCE_MS):
            dated.open(tmp_path / "gone.png")
        assert said(dated) == ON_ITS_WAY

    assert said(dated) == LOGGED
    assert len(logged()) == 1


def test_that_a_question_about_an_image_that_was_left_names_it_and_accepts_nothing(
    qtbot, window, calibrated, uncalibrated, tmp_path, logged
):
    open_and_wait(qtbot, window, calibrated)
    window.controller.set_patient(Patient("17", "Erika"))
    do(window, "accept")
    other = write_png(small_phantom(seed=4), tmp_path / "other.png")
    open_and_wait(qtbot, window, other)
    window.controller.set_patient(Patient("17", "Berta"))
    told = []
    window.controller.failed.connect(lambda problem: told.append(problem.problem))
    with log_at_a_stand(window):
        press_accept(qtbot, window)
        window.open(uncalibrated)
    wait_for(qtbot, window, uncalibrated)

    (asked,) = told
    assert asked.startswith("other.png: Not accepted: the log has this identifier")
    assert len(logged()) == 1
    assert exam(window).acceptance is None
    (draft,) = window.controller.screen.unfinished
    assert draft.path == other


def test_that_a_window_that_is_closed_meanwhile_has_its_row_written(
    qtbot, dated, start, calibrated, logged
):
    gate = threading.Event()
    desk = dated.controller.acceptances.questions.desk
    desk.ask_anyway(lambda _: gate.wait(PATIENCE_MS / 1000))
    press_accept(qtbot, dated)
    threading.Timer(0.2, gate.set).start()

    dated.close()

    assert len(logged()) == 1
    later = start()
    assert later.start_page.unfinished.text == ""
    with qtbot.waitSignal(later.controller.opened, timeout=PATIENCE_MS):
        later.open(calibrated)
    assert said(later) == LOGGED


def test_that_where_another_program_holds_the_log_the_window_goes_on_and_the_row_waits(
    qtbot, dated, calibrated_too, folders, children, logged
):
    with children.running(hold_the_lock, folders.data) as (_, pipe):
        pipe.recv()
        press_accept(qtbot, dated)
        assert said(dated) == ON_ITS_WAY
        drag_handle(dated.image_view, Handle.B_END, 0, 15)
        do(dated, "undo")
        assert said(dated) == "▲ Accepted, waits to be logged"
        assert "in use by another program" in dated.message_bar.text
        assert dated.status_line.log_text == (
            "▲ 1 measurement waits to be logged: The measurement log is in use by another program."
        )
        pipe.send("enough")

    do(dated, "log_again")

    assert said(dated) == LOGGED
    assert dated.status_line.log_text == "Log ready"
    assert len(logged()) == 1


def test_that_what_waits_is_written_by_itself_as_soon_as_it_can_be(qtbot, dated, folders, logged):
    database = next((folders.data / "log").glob("*.sqlite3"))
    aside = database.with_suffix(".aside")
    database.rename(aside)
    do(dated, "accept")
    assert said(dated) == "▲ Accepted, waits to be logged"
    aside.rename(database)

    qtbot.waitUntil(lambda: said(dated) == LOGGED, timeout=PATIENCE_MS)

    assert len(logged()) == 1
    assert dated.message_bar.text == "Logged now: 1 that was accepted before."


def fill(ballast):
    """Write until the disk has no room for another byte."""
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 1024)


def test_that_on_a_full_disk_the_acceptance_says_that_it_is_not_logged(
    qtbot, small_disk, tmp_path, calibrated
):
    window = build_window(
        Folders(small_disk / "data", tmp_path / "config"),
        FakeSegmenter(small_phantom(seed=1).outline_px),
        READERS,
    )
    qtbot.addWidget(window)
    window.show()
    settle(window)
    open_and_wait(qtbot, window, calibrated)
    fill(small_disk / "ballast")

    do(window, "accept")

    assert said(window) == "▲ Accepted, NOT LOGGED"
    assert "1 accepted, NOT LOGGED" in window.status_line.log_text
    assert "isk" in window.message_bar.text
    (small_disk / "ballast").unlink()
    do(window, "log_again")
    assert said(window) == LOGGED


@pytest.mark.parametrize("mode", [0o500, 0o000])
def test_that_a_folder_that_cannot_be_used_is_told_at_the_start(
    qtbot, ordinary_user, users_folder, mode
):
    with ordinary_user():
        (users_folder / "data").mkdir(mode=mode)
        window = build_window(
            Folders(users_folder / "data", users_folder / "config"),
            FakeSegmenter(small_phantom(seed=1).outline_px),
            READERS,
        )
        qtbot.addWidget(window)
        window.show()
        settle(window)
        assert window.message_bar.text.startswith("Measurements are not logged: ")
        assert "▲ " in window.status_line.log_text
        assert "NOT LOGGING: " in window.status_line.log_text
        window.close()


def test_that_an_image_that_is_left_while_the_log_is_asked_about_it_comes_no_more(
    qtbot, dated, uncalibrated
):
    gate, controller = threading.Event(), dated.controller
    controller.acceptances.questions.desk.ask_anyway(lambda _: gate.wait(PATIENCE_MS / 1000))
    dated.open(uncalibrated)
    qtbot.waitUntil(lambda: not controller.acceptances.questions.is_idle, timeout=PATIENCE_MS)

    do(dated, "unfinished")
    gate.set()
    settle(dated)

    assert controller.screen.activity == ""
    assert exam(dated) is None
    assert dated.start_page.unfinished.isVisible()
