"""The report says what the screen says, and one that cannot be written is told."""

import os
import re
from datetime import date

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.image.geometry import Handle
from tests.gui.hand import PATIENCE_MS, choose_path, do, drag_handle, enter, exam, open_and_wait

pytestmark = pytest.mark.gui


def text_of(pdf):
    return PdfReader(pdf).pages[0].extract_text()


def test_that_without_a_log_everything_else_works_and_the_report_says_not_logged(
    qtbot, logless, calibrated, tmp_path
):
    open_and_wait(qtbot, logless, calibrated)
    drag_handle(logless.image_view, Handle.A_END, 20, 0)
    do(logless, "accept")
    assert logless.side_panel.measurement.state_text == "▲ Accepted, NOT LOGGED"
    choose_path(tmp_path / "report.pdf")

    with qtbot.waitSignal(logless.controller.exported, timeout=PATIENCE_MS):
        do(logless, "export")

    assert "not logged" in text_of(tmp_path / "report.pdf")
    do(logless, "log")
    assert logless.log_windows.log_window.isVisible()


def test_that_the_report_says_what_the_panel_says(qtbot, dated, tmp_path):
    enter(qtbot, dated.side_panel.patient.name, "Erika")
    drag_handle(dated.image_view, Handle.A_END, 20, 0)
    do(dated, "accept")
    choose_path(tmp_path / "report")

    with qtbot.waitSignal(dated.controller.exported, timeout=PATIENCE_MS):
        qtbot.keyClick(dated, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)

    words = text_of(tmp_path / "report.pdf")
    measured = dated.side_panel.measurement
    number, unit = measured.hc_text.split()
    assert unit == "mm"
    assert number in words
    percentile, z = re.fullmatch(r"(.*percentile) z (\S+)\s+·.*", measured.place_text).groups()
    assert percentile in words
    assert z in words
    assert "INTERGROWTH-21st" in words
    assert "edited by hand" in words
    assert "Erika" in words
    assert "report.pdf" in dated.message_bar.text


def test_that_an_uncalibrated_report_has_pixels_and_no_percentile(
    qtbot, window, uncalibrated, tmp_path
):
    open_and_wait(qtbot, window, uncalibrated)
    window.controller.set_exam_date(date(2026, 5, 20))
    window.controller.set_dating(Dating.from_lmp(date(2026, 1, 1)))
    do(window, "accept")
    choose_path(tmp_path / "report.pdf")

    with qtbot.waitSignal(window.controller.exported, timeout=PATIENCE_MS):
        do(window, "export")

    words = text_of(tmp_path / "report.pdf")
    assert window.side_panel.measurement.hc_text.split()[0] in words
    assert "no calibration: pixels only" in words
    assert not re.search(r"\d\s*mm", words)
    assert not re.search(r"\d(st|nd|rd|th) percentile", words)


def export_and_fail(qtbot, window, target, logged):
    do(window, "accept")
    before = exam(window)
    choose_path(target)
    with qtbot.waitSignal(window.controller.failed, timeout=PATIENCE_MS):
        do(window, "export")
    assert exam(window) == before
    assert window.actions_by_name["export"].isEnabled()
    assert len(logged()) == 1


def test_that_a_folder_that_has_gone_is_told_and_the_next_try_works(qtbot, dated, tmp_path, logged):
    export_and_fail(qtbot, dated, tmp_path / "gone" / "report.pdf", logged)
    assert "its folder does not exist" in dated.message_bar.text
    choose_path(tmp_path / "report.pdf")

    with qtbot.waitSignal(dated.controller.exported, timeout=PATIENCE_MS):
        do(dated, "export")

    assert dated.side_panel.measurement.hc_text.split()[0] in text_of(tmp_path / "report.pdf")


def test_that_a_folder_that_must_not_be_written_is_told(qtbot, dated, tmp_path, logged):
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        pytest.skip("an administrator may write everywhere")
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)

    export_and_fail(qtbot, dated, locked / "report.pdf", logged)

    assert "must not be written to" in dated.message_bar.text
    assert list(locked.iterdir()) == []


def test_that_a_full_disk_is_told_and_keeps_no_half_report(qtbot, dated, small_disk, logged):
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 250 * 1024)

    export_and_fail(qtbot, dated, small_disk / "report.pdf", logged)

    assert dated.message_bar.text == (
        "report.pdf was not written: the disk is full. Free some space or choose another disk."
    )
    assert list(small_disk.iterdir()) == [ballast]
