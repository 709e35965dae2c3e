"""Images come by dialog, drop, recent files and log; each begins with a clean slate."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.application import build_window
from tests.fakes import FakeSegmenter
from tests.gui.hand import (
    PATIENCE_MS,
    do,
    drag_handle,
    drop_files,
    open_and_fail,
    open_and_wait,
    proposal_awaited,
)
from tests.phantoms import write_dicom

pytestmark = pytest.mark.gui

ERIKA = Patient("17", "Erika")


def exam(window):
    return window.controller.exam


def choose_in_dialog(monkeypatch, path):
    """Answer the system's own file dialog, which no test can reach."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))


@pytest.fixture
def filled(qtbot, window, calibrated):
    """A window in which everything has been typed and accepted."""
    open_and_wait(qtbot, window, calibrated)
    controller = window.controller
    controller.set_patient(ERIKA)
    controller.set_exam_date(date(2026, 5, 20))
    controller.set_dating(Dating.from_lmp(date(2026, 1, 1)))
    window.scales.set_pixel_size(0.3, 0.3)
    do(window, "accept")
    return window


def test_that_a_dropped_file_is_opened(qtbot, window, calibrated):
    with proposal_awaited(qtbot, window):
        assert drop_files(window, [calibrated])

    assert exam(window).image.source.path == calibrated


def test_that_a_file_dropped_on_another_image_clears_what_was_known(qtbot, filled, uncalibrated):
    with proposal_awaited(qtbot, filled):
        assert drop_files(filled, [uncalibrated])

    assert exam(filled).patient == Patient()
    assert (exam(filled).dating, exam(filled).exam_date) == (None, None)
    assert exam(filled).manual_calibration is None
    assert exam(filled).acceptance is None
    panel = filled.side_panel
    for line in (panel.patient.identifier, panel.patient.name, panel.patient.dating):
        assert line.line.text() == ""
    assert "Erika" not in filled.top_row.banner_text
    assert "px" in panel.measurement.hc_text


def test_that_several_files_at_once_are_not_taken(window, calibrated, uncalibrated):
    assert not drop_files(window, [calibrated, uncalibrated])

    assert exam(window) is None
    assert window.controller.screen.activity == ""


def test_that_a_dropped_folder_without_images_is_told(qtbot, window, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()

    with qtbot.waitSignal(window.browsing.failed, timeout=PATIENCE_MS):
        assert drop_files(window, [empty])

    assert "no images in empty" in window.message_bar.text


def test_that_the_dialog_and_the_key_open_a_file(qtbot, monkeypatch, window, calibrated):
    choose_in_dialog(monkeypatch, calibrated)

    with proposal_awaited(qtbot, window):
        qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)

    assert exam(window).image.source.path == calibrated


def test_that_a_dismissed_dialog_keeps_the_examination(monkeypatch, filled):
    choose_in_dialog(monkeypatch, "")
    before = exam(filled)
    do(filled, "open")

    assert exam(filled) == before


def test_that_the_same_patient_keeps_name_and_dating_but_neither_scale_nor_acceptance(
    qtbot, monkeypatch, filled, uncalibrated
):
    choose_in_dialog(monkeypatch, uncalibrated)

    with proposal_awaited(qtbot, filled):
        do(filled, "open_same")

    assert exam(filled).patient == ERIKA
    assert exam(filled).dating == Dating.from_lmp(date(2026, 1, 1))
    assert exam(filled).exam_date == date(2026, 5, 20)
    assert exam(filled).manual_calibration is None
    assert exam(filled).acceptance is None
    assert "px" in filled.side_panel.measurement.hc_text
    assert "Erika" in filled.top_row.banner_text


def test_that_a_file_of_somebody_else_is_never_the_same_patient(
    qtbot, monkeypatch, filled, phantom, tmp_path
):
    other = tmp_path / "other.dcm"
    write_dicom(phantom, other)
    choose_in_dialog(monkeypatch, other)

    with proposal_awaited(qtbot, filled):
        do(filled, "open_same")

    assert "names another patient" in filled.message_bar.text
    assert exam(filled).patient.identifier == "DEMO-001"
    assert exam(filled).dating is None


def test_that_recent_files_are_offered_newest_first_also_next_time(
    qtbot, window, folders, phantom, calibrated, uncalibrated
):
    open_and_wait(qtbot, window, calibrated)
    open_and_wait(qtbot, window, uncalibrated)
    later = build_window(folders, FakeSegmenter(phantom.outline_px))
    qtbot.addWidget(later)

    for seen in (window, later):
        assert [action.text() for action in seen._recent.actions()] == ["bare.png", "head.png"]
    with proposal_awaited(qtbot, later):
        later._recent.actions()[1].trigger()
    assert exam(later).image.source.path == calibrated


def test_that_a_recent_file_that_has_gone_is_told(qtbot, window, calibrated):
    open_and_wait(qtbot, window, calibrated)
    calibrated.unlink()

    with qtbot.waitSignal(window.controller.failed, timeout=PATIENCE_MS):
        window._recent.actions()[0].trigger()

    assert "head.png" in window.message_bar.text
    assert exam(window) is None


def test_that_a_very_long_name_widens_nothing(qtbot, window, calibrated):
    long = calibrated.with_name("ä" * 120 + ".png")
    calibrated.rename(long)
    open_and_wait(qtbot, window, long)
    assert window.width() == 1366

    long.write_text("no picture")
    open_and_fail(qtbot, window, long)
    assert "is not an image" in window.message_bar.text
    assert window.width() == 1366
    assert window.minimumSizeHint().width() < 1366


def test_that_busy_is_said_and_the_window_stays_usable(qtbot, window, calibrated):
    with qtbot.waitSignal(window.controller.opened, timeout=PATIENCE_MS):
        window.open(calibrated)
        assert window.busy_bar.is_busy
        assert "Opening head.png" in window.status_line.text
    qtbot.waitUntil(lambda: not window.busy_bar.is_busy, timeout=PATIENCE_MS)
    assert "Opening" not in window.status_line.text


def test_that_an_image_without_a_head_offers_to_draw_one(qtbot, folders, phantom, calibrated):
    window = build_window(folders, FakeSegmenter(None))
    qtbot.addWidget(window)
    window.show()
    open_and_wait(qtbot, window, calibrated)

    assert "found no head" in window.message_bar.text
    assert window.side_panel.measurement.state_text == "No head found"
    assert window.side_panel.measurement.hc_text == "–"
    qtbot.mouseClick(window.message_bar.step, Qt.MouseButton.LeftButton)
    assert "corner to corner" in window.message_bar.text


# From the log ------------------------------------------------------------------------------------


def reopen_newest(qtbot, window):
    do(window, "log")
    log = window.log_windows.log_window
    log._table.selectRow(0)
    qtbot.mouseClick(log._open, Qt.MouseButton.LeftButton)


def test_that_the_log_brings_back_image_outline_and_all_that_was_accepted(
    qtbot, filled, uncalibrated
):
    drag_handle(filled.image_view, Handle.A_END, 25, 0)
    do(filled, "accept")
    accepted = exam(filled)
    shown = filled.side_panel.measurement.hc_text
    open_and_wait(qtbot, filled, uncalibrated)

    with qtbot.waitSignal(filled.controller.opened, timeout=PATIENCE_MS):
        reopen_newest(qtbot, filled)

    again = exam(filled)
    assert again.image.source == accepted.image.source
    assert again.outline_px == accepted.outline_px
    assert again.proposal.outline_px == accepted.proposal.outline_px
    assert (again.patient, again.exam_date, again.dating) == (
        accepted.patient,
        accepted.exam_date,
        accepted.dating,
    )
    assert again.is_accepted
    assert filled.side_panel.measurement.hc_text == shown
    assert not filled.log_windows.log_window.isVisible()


def test_that_a_correction_of_a_reopened_entry_names_the_one_it_replaces(qtbot, filled):
    (first,) = filled._log.entries()
    with qtbot.waitSignal(filled.controller.opened, timeout=PATIENCE_MS):
        reopen_newest(qtbot, filled)
    drag_handle(filled.image_view, Handle.CENTER, 10, 0)
    do(filled, "accept")

    newest, oldest = filled._log.entries()
    assert newest.supersedes == first.entry_id
    assert oldest.superseded_by == newest.entry_id


def test_that_a_logged_image_that_has_gone_is_told(qtbot, filled, calibrated):
    calibrated.unlink()

    with qtbot.waitSignal(filled.controller.failed, timeout=PATIENCE_MS):
        reopen_newest(qtbot, filled)

    assert "head.png" in filled.message_bar.text
    assert filled.message_bar.isVisible()
    assert not filled.log_windows.log_window.isVisible()
    assert len(filled._log.entries()) == 1


def test_that_a_logged_image_that_has_changed_is_told_and_not_measured(qtbot, filled, calibrated):
    calibrated.write_bytes(calibrated.read_bytes() + b"\0")

    with qtbot.waitSignal(filled.controller.failed, timeout=PATIENCE_MS):
        reopen_newest(qtbot, filled)

    assert "has changed since" in filled.message_bar.text
    assert exam(filled) is None
    assert filled.side_panel.measurement.hc_text == "–"
