from datetime import date
from threading import Event

import pytest

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.patient import Patient
from fhc_desktop.gui.application import build_window
from fhc_desktop.storage.preferences.folders import Folders
from tests.fakes import FakeSegmenter
from tests.gui.hand import open_and_wait
from tests.heads import write_dicom
from tests.reading import READERS

pytestmark = pytest.mark.gui


def test_that_an_image_is_shown_with_its_number(qtbot, window, calibrated, phantom):
    open_and_wait(qtbot, window, calibrated)

    assert f"{phantom.hc_mm:.1f}" in window.side_panel.measurement.hc_text


def test_that_accepting_writes_one_row_and_only_then_the_report_can_be_made(
    qtbot, window, calibrated
):
    open_and_wait(qtbot, window, calibrated)
    assert not window.actions_by_name["export"].isEnabled()
    assert window._log.entries() == []

    window.actions_by_name["accept"].trigger()

    assert window.actions_by_name["export"].isEnabled()
    assert len(window._log.entries()) == 1


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


def test_that_an_unreadable_file_is_told_and_nothing_old_stays(qtbot, window, calibrated, tmp_path):
    open_and_wait(qtbot, window, calibrated)
    broken = tmp_path / "broken.png"
    broken.write_text("not a picture")
    with qtbot.waitSignal(window.controller.failed, timeout=20_000):
        window.open(broken)

    assert window.controller.exam is None
    assert "broken.png" in window.message_bar.text


def test_that_a_dicom_names_its_patient_in_the_banner(qtbot, window, tmp_path, phantom):
    path = tmp_path / "head.dcm"
    write_dicom(phantom, path)
    open_and_wait(qtbot, window, path)

    assert window.controller.exam.patient.banner in window.top_row.banner_text


def test_that_the_window_works_without_a_log_and_says_so(qtbot, tmp_path, calibrated, phantom):
    (tmp_path / "blocked").write_text("a file where the folder should be")
    window = build_window(
        Folders(tmp_path / "blocked", tmp_path / "config3"),
        FakeSegmenter(phantom.outline_px),
        READERS,
    )
    qtbot.addWidget(window)
    open_and_wait(qtbot, window, calibrated)
    window.actions_by_name["accept"].trigger()

    assert "NOT LOGGING" in window.status_line.log_text
    assert window.controller.exam.is_accepted
    assert window.controller.exam.acceptance.entry_id is None
