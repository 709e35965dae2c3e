"""Nothing is filed before it is accepted, and what is filed is what was on the screen."""

import os
import re
from datetime import date

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.gui.application import build_window
from fhc_desktop.storage.preferences.folders import Folders
from tests.fakes import FakeSegmenter
from tests.gui.hand import PATIENCE_MS, do, drag_handle, enter, open_and_wait
from tests.reading import READERS

pytestmark = pytest.mark.gui


@pytest.fixture
def opened(qtbot, window, calibrated):
    open_and_wait(qtbot, window, calibrated)
    window.controller.set_exam_date(date(2026, 5, 20))
    window.controller.set_dating(Dating.from_lmp(date(2026, 1, 1)))
    return window


def exam(window):
    return window.controller.exam


def choose_target(monkeypatch, target):
    """Answer the system's own file dialog, which no test can reach."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))


def text_of(pdf):
    return PdfReader(pdf).pages[0].extract_text()


def test_that_nothing_is_logged_before_accepting(qtbot, opened):
    drag_handle(opened.image_view, Handle.A_END, 20, 0)
    do(opened, "undo")
    do(opened, "redo")
    enter(qtbot, opened.side_panel.patient.name, "Erika")

    assert opened._log.entries() == []
    assert not opened.actions_by_name["export"].isEnabled()
    assert "not accepted" in opened.side_panel.measurement.state_text


def test_that_the_usual_way_is_one_key(qtbot, opened):
    qtbot.keyClick(opened.image_view, Qt.Key.Key_Return)

    assert len(opened._log.entries()) == 1
    assert opened.side_panel.measurement.state_text == "✓ Accepted, logged"
    qtbot.keyClick(opened.image_view, Qt.Key.Key_Return)
    assert len(opened._log.entries()) == 1


CHANGES = {
    "outline": lambda w: drag_handle(w.image_view, Handle.B_END, 0, 15),
    "patient": lambda w: w.controller.set_patient(exam(w).patient.__class__("4", "Erika")),
    "dating": lambda w: w.controller.set_dating(Dating.from_edd(date(2026, 10, 1))),
    "scale": lambda w: w.scales.set_pixel_size(0.4, 0.4),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_that_a_change_after_accepting_needs_accepting_again_and_supersedes(opened, change):
    do(opened, "accept")
    change(opened)

    assert not exam(opened).is_accepted
    assert "accept again" in opened.side_panel.measurement.state_text
    assert not opened.actions_by_name["export"].isEnabled()
    assert len(opened._log.entries()) == 1
    do(opened, "accept")

    newest, first = opened._log.entries()
    assert newest.supersedes == first.entry_id
    assert first.superseded_by == newest.entry_id
    assert opened.actions_by_name["export"].isEnabled()


def test_that_undoing_the_change_is_what_was_accepted_again(opened):
    do(opened, "accept")
    drag_handle(opened.image_view, Handle.B_END, 0, 15)
    do(opened, "undo")

    assert exam(opened).is_accepted
    assert opened.actions_by_name["export"].isEnabled()
    assert len(opened._log.entries()) == 1


def test_that_an_outline_under_the_hand_is_already_not_the_accepted_one(opened):
    do(opened, "accept")

    opened.controller.preview_outline(exam(opened).outline_px.grown(2))

    assert not opened.actions_by_name["export"].isEnabled()
    opened.controller.cancel_preview()
    assert opened.actions_by_name["export"].isEnabled()


# Without a log ------------------------------------------------------------------------------------


@pytest.fixture
def logless(qtbot, tmp_path, phantom, calibrated):
    (tmp_path / "blocked").write_text("a file where the folder should be")
    made = build_window(
        Folders(tmp_path / "blocked", tmp_path / "config"),
        FakeSegmenter(phantom.outline_px),
        READERS,
    )
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def test_that_without_a_log_the_window_says_so_from_the_start(logless):
    assert "not logged" in logless.message_bar.text
    assert logless.status_line.log_text.startswith("▲ NOT LOGGING")
    assert logless.width() == 1366


def test_that_without_a_log_everything_else_works_and_the_report_says_not_logged(
    qtbot, monkeypatch, logless, calibrated, tmp_path
):
    open_and_wait(qtbot, logless, calibrated)
    drag_handle(logless.image_view, Handle.A_END, 20, 0)
    do(logless, "accept")
    assert logless.side_panel.measurement.state_text == "✓ Accepted, NOT LOGGED"
    choose_target(monkeypatch, tmp_path / "report.pdf")

    with qtbot.waitSignal(logless.controller.exported, timeout=PATIENCE_MS):
        do(logless, "export")

    assert "not logged" in text_of(tmp_path / "report.pdf")
    do(logless, "log")
    assert logless.log_windows.log_window.isVisible()


def test_that_a_log_that_fails_while_accepting_leaves_it_not_accepted(opened):
    database = next((opened._log.folder / "log").glob("*.sqlite3"))
    aside = database.with_suffix(".aside")
    database.rename(aside)

    do(opened, "accept")

    assert not exam(opened).is_accepted
    assert "has gone" in opened.message_bar.text
    assert not opened.actions_by_name["export"].isEnabled()
    aside.rename(database)
    do(opened, "accept")
    assert len(opened._log.entries()) == 1


# The report ---------------------------------------------------------------------------------------


def test_that_the_report_says_what_the_panel_says(qtbot, monkeypatch, opened, tmp_path):
    enter(qtbot, opened.side_panel.patient.name, "Erika")
    drag_handle(opened.image_view, Handle.A_END, 20, 0)
    do(opened, "accept")
    choose_target(monkeypatch, tmp_path / "report")

    with qtbot.waitSignal(opened.controller.exported, timeout=PATIENCE_MS):
        qtbot.keyClick(opened, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)

    words = text_of(tmp_path / "report.pdf")
    measured = opened.side_panel.measurement
    number, unit = measured.hc_text.split()
    assert unit == "mm"
    assert number in words
    percentile, z = re.fullmatch(r"(.*percentile) z (\S+)\s+·.*", measured.place_text).groups()
    assert percentile in words
    assert z in words
    assert "INTERGROWTH-21st" in words
    assert "edited by hand" in words
    assert "Erika" in words
    assert "report.pdf" in opened.message_bar.text


def test_that_an_uncalibrated_report_has_pixels_and_no_percentile(
    qtbot, monkeypatch, window, uncalibrated, tmp_path
):
    open_and_wait(qtbot, window, uncalibrated)
    window.controller.set_exam_date(date(2026, 5, 20))
    window.controller.set_dating(Dating.from_lmp(date(2026, 1, 1)))
    do(window, "accept")
    choose_target(monkeypatch, tmp_path / "report.pdf")

    with qtbot.waitSignal(window.controller.exported, timeout=PATIENCE_MS):
        do(window, "export")

    words = text_of(tmp_path / "report.pdf")
    assert window.side_panel.measurement.hc_text.split()[0] in words
    assert "no calibration: pixels only" in words
    assert not re.search(r"\d\s*mm", words)
    assert not re.search(r"\d(st|nd|rd|th) percentile", words)


def export_and_fail(qtbot, monkeypatch, window, target):
    do(window, "accept")
    before = exam(window)
    choose_target(monkeypatch, target)
    with qtbot.waitSignal(window.controller.failed, timeout=PATIENCE_MS):
        do(window, "export")
    assert exam(window) == before
    assert window.actions_by_name["export"].isEnabled()
    assert len(window._log.entries()) == 1


def test_that_a_folder_that_has_gone_is_told_and_the_next_try_works(
    qtbot, monkeypatch, opened, tmp_path
):
    export_and_fail(qtbot, monkeypatch, opened, tmp_path / "gone" / "report.pdf")
    assert "its folder does not exist" in opened.message_bar.text
    choose_target(monkeypatch, tmp_path / "report.pdf")

    with qtbot.waitSignal(opened.controller.exported, timeout=PATIENCE_MS):
        do(opened, "export")

    assert opened.side_panel.measurement.hc_text.split()[0] in text_of(tmp_path / "report.pdf")


def test_that_a_folder_that_must_not_be_written_is_told(qtbot, monkeypatch, opened, tmp_path):
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        pytest.skip("an administrator may write everywhere")
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)

    export_and_fail(qtbot, monkeypatch, opened, locked / "report.pdf")

    assert "must not be written to" in opened.message_bar.text
    assert list(locked.iterdir()) == []


def test_that_a_full_disk_is_told_and_keeps_no_half_report(qtbot, monkeypatch, opened, small_disk):
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 250 * 1024)

    export_and_fail(qtbot, monkeypatch, opened, small_disk / "report.pdf")

    assert opened.message_bar.text == (
        "report.pdf was not written: the disk is full. Free some space or choose another disk."
    )
    assert list(small_disk.iterdir()) == [ballast]
