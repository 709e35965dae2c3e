"""Images come by dialog, drop and list; each begins with a clean slate."""

from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import QPoint, Qt

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.application import build_window
from fhc_desktop.gui.entrance.entrance import SIDE_WIDTH_PX, Entrance
from fhc_desktop.storage.preferences.folders import Folders
from tests.fakes import FakeSegmenter
from tests.gui.hand import (
    PATIENCE_MS,
    choose_path,
    dismiss_file_dialog,
    do,
    drop_files,
    exam,
    open_and_fail,
    open_and_wait,
    proposal_awaited,
)
from tests.heads import write_dicom
from tests.reading import READERS

pytestmark = pytest.mark.gui
ERIKA = Patient("17", "Erika")


def test_that_an_image_is_shown_with_its_number(qtbot, window, calibrated, phantom):
    open_and_wait(qtbot, window, calibrated)

    assert f"{phantom.hc_mm:.1f}" in window.side_panel.measurement.hc_text


def test_that_accepting_writes_one_row_and_only_then_the_report_can_be_made(
    qtbot, window, calibrated, logged
):
    open_and_wait(qtbot, window, calibrated)
    assert not window.actions_by_name["export"].isEnabled()
    assert logged() == []

    do(window, "accept")

    assert window.actions_by_name["export"].isEnabled()
    assert len(logged()) == 1


def test_that_another_image_clears_patient_dating_scale_and_acceptance(
    qtbot, window, calibrated, uncalibrated
):
    open_and_wait(qtbot, window, calibrated)
    controller = window.controller
    controller.set_patient(Patient("17", "Erika"))
    controller.set_dating(Dating.from_lmp(date(2026, 1, 1)))
    window.scales.set_pixel_size(0.3, 0.3)
    controller.accept()

    open_and_wait(qtbot, window, uncalibrated)

    exam = controller.exam
    assert exam.patient == Patient()
    assert exam.dating is None
    assert exam.manual_calibration is None
    assert exam.acceptance is None
    assert "Erika" not in window.top_row.banner_text


def test_that_the_same_patient_is_kept_only_on_request(qtbot, window, calibrated, uncalibrated):
    open_and_wait(qtbot, window, calibrated)
    window.controller.set_patient(Patient("17", "Erika"))
    with qtbot.waitSignal(
        window.controller.changed,
        timeout=20_000,
        check_params_cb=lambda exam: exam is not None and exam.proposal is not None,
    ):
        window.controller.open_for_same_patient(uncalibrated)

    assert window.controller.exam.patient == Patient("17", "Erika")
    assert window.controller.exam.manual_calibration is None


def test_that_without_a_scale_there_are_pixels_and_no_percentile(qtbot, window, uncalibrated):
    open_and_wait(qtbot, window, uncalibrated)
    window.controller.set_dating(Dating.from_lmp(date(2026, 1, 1)))

    assert "px" in window.side_panel.measurement.hc_text
    assert window.controller.exam.measurement is None
    assert "no percentile" in window.side_panel.measurement.place_text


def test_that_an_answer_for_the_last_image_never_lands_on_the_next(
    qtbot, tmp_path, calibrated, uncalibrated, phantom
):
    gate = Event()
    segmenter = FakeSegmenter(phantom.outline_px, gate)
    window = build_window(Folders(tmp_path / "data2", tmp_path / "config2"), segmenter, READERS)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.controller.opened, timeout=20_000):
        window.open(calibrated)
    window.open(uncalibrated)
    gate.set()
    qtbot.waitUntil(
        lambda: window.controller.exam is not None and window.controller.exam.proposal is not None,
        timeout=20_000,
    )

    assert window.controller.exam.image.source.path == uncalibrated


def test_that_an_unreadable_file_is_told_and_changes_nothing(qtbot, filled, tmp_path):
    before, can_undo = exam(filled), filled.controller.screen.can_undo
    broken = tmp_path / "broken.png"
    broken.write_text("not a picture")

    open_and_fail(qtbot, filled, broken)

    assert exam(filled) == before
    assert filled.controller.screen.can_undo is can_undo is True
    assert filled.side_panel.patient.name.line.text() == "Erika"
    assert "broken.png" in filled.message_bar.text


def test_that_a_dicom_names_its_patient_in_the_banner(qtbot, window, tmp_path, phantom):
    path = tmp_path / "head.dcm"
    write_dicom(phantom, path)
    open_and_wait(qtbot, window, path)

    assert window.controller.exam.patient.banner in window.top_row.banner_text


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


def test_that_the_dialog_and_the_key_open_a_file(qtbot, window, calibrated):
    choose_path(calibrated)

    with proposal_awaited(qtbot, window):
        qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)

    assert exam(window).image.source.path == calibrated


def test_that_a_dismissed_dialog_keeps_the_examination(filled):
    dismiss_file_dialog()
    before = exam(filled)
    do(filled, "open")

    assert exam(filled) == before


def test_that_the_same_patient_keeps_name_and_dating_but_neither_scale_nor_acceptance(
    qtbot, filled, uncalibrated
):
    choose_path(uncalibrated)

    with proposal_awaited(qtbot, filled):
        do(filled, "open_same")

    assert exam(filled).patient == ERIKA
    assert exam(filled).dating == Dating.from_lmp(date(2026, 1, 1))
    assert exam(filled).exam_date == date(2026, 5, 20)
    assert exam(filled).manual_calibration is None
    assert exam(filled).acceptance is None
    assert "px" in filled.side_panel.measurement.hc_text
    assert "Erika" in filled.top_row.banner_text


def test_that_a_file_of_somebody_else_is_never_the_same_patient(qtbot, filled, phantom, tmp_path):
    other = tmp_path / "other.dcm"
    write_dicom(phantom, other)
    choose_path(other)

    with proposal_awaited(qtbot, filled):
        do(filled, "open_same")

    assert "names another patient" in filled.message_bar.text
    assert exam(filled).patient.identifier == "DEMO-001"
    assert exam(filled).dating is None


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


@pytest.mark.parametrize("is_panel_shown", [True, False])
def test_that_the_next_entrance_has_the_image_where_this_window_had_it(
    qtbot, window, is_panel_shown
):
    entrance = Entrance()
    entrance.put_up(window)
    entrance.show()
    if not is_panel_shown:
        window.toggle_panel()
    had_px = window.stage.mapTo(window, QPoint()).y()
    window.close()
    qtbot.waitUntil(lambda: not entrance.isVisible())
    entrance.takeCentralWidget().setParent(None)  # it belongs to the fixture
    following = Entrance()
    qtbot.addWidget(following)
    following.resize(1366, 768)
    following.show()

    assert following.stage.geometry().top() == had_px
    assert following.stage.width() == 1366 - (SIDE_WIDTH_PX if is_panel_shown else 0)
