"""Accepted pictures are taken into the mean by a key, and stand in the report with their rows."""

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt

from fhc_desktop.domain.fetus import Fetus
from tests.gui.cine.clip_window import wait_for_frame
from tests.gui.hand import do, exam, file_report, open_and_wait, settle
from tests.heads import write_cine

pytestmark = pytest.mark.gui
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def looped(qtbot, window, tmp_path, phantom):
    open_and_wait(qtbot, window, write_cine(phantom, tmp_path / "loop.dcm", frames=3))
    return window


def accept_and_take(qtbot, window, frame, grown):
    qtbot.keyClick(window.image_view, Qt.Key.Key_Home)
    for _ in range(frame - 1):
        qtbot.keyClick(window.image_view, Qt.Key.Key_Period)
    wait_for_frame(qtbot, window, frame)
    window.controller.set_outline(exam(window).outline_px.grown(grown))
    qtbot.keyClick(window.image_view, Qt.Key.Key_Return)
    settle(window)
    assert exam(window).is_accepted
    qtbot.keyClick(window.image_view, Qt.Key.Key_M, CTRL_SHIFT)
    return exam(window).measurement.hc_mm


def line(window):
    return window.averaging.line.text()


def test_that_three_frames_are_averaged_by_keys_alone_and_reported(qtbot, looped, logged, tmp_path):
    sizes_mm = [accept_and_take(qtbot, looped, frame, frame) for frame in (1, 2, 3)]
    mean_mm = sum(sizes_mm) / 3

    assert line(looped).startswith(f"Mean of 3: HC {mean_mm:.1f} mm, SD ")
    assert len(logged()) == 3

    target = tmp_path / "report.pdf"
    file_report(qtbot, looped, target)
    words = " ".join(PdfReader(target).pages[0].extract_text().split())
    assert "Mean HC of 3" in words
    assert f"{mean_mm:.1f} mm SD " in words
    for entry in logged():
        assert entry.entry_id[:8] in words


def test_that_a_part_that_is_corrected_changes_the_mean(qtbot, looped):
    accept_and_take(qtbot, looped, 1, 1)
    accept_and_take(qtbot, looped, 2, 2)
    before = looped.averaging.mean.hc_mm

    looped.controller.set_outline(exam(looped).outline_px.grown(4))
    do(looped, "accept")

    found = looped.averaging.mean
    assert len(found.parts) == 2
    assert found.hc_mm > before


def test_that_a_part_is_taken_out_again(qtbot, looped):
    accept_and_take(qtbot, looped, 1, 1)
    accept_and_take(qtbot, looped, 2, 2)

    do(looped, "take_mean")

    assert len(looped.averaging.mean.parts) == 1
    assert "without this picture" in line(looped)


def test_that_a_mean_outlives_the_program(qtbot, looped, start, tmp_path):
    accept_and_take(qtbot, looped, 1, 1)
    accept_and_take(qtbot, looped, 2, 2)
    before = line(looped)
    looped.close()

    later = start()
    open_and_wait(qtbot, later, tmp_path / "loop.dcm")
    qtbot.keyClick(later.image_view, Qt.Key.Key_Period)
    wait_for_frame(qtbot, later, 2)

    assert line(later) == before


def test_that_the_other_fetus_has_a_mean_of_its_own(qtbot, looped):
    accept_and_take(qtbot, looped, 1, 1)
    looped.controller.set_fetus(Fetus("B"))

    assert looped.averaging.mean is None
    assert not looped.averaging.line.isVisible()


def test_that_nothing_is_taken_that_is_not_accepted(looped):
    assert not looped.actions_by_name["take_mean"].isEnabled()


def test_that_a_patient_without_an_identifier_has_no_mean(qtbot, opened):
    do(opened, "accept")
    do(opened, "take_mean")

    assert "identifier" in opened.message_bar.text
    assert opened.averaging.mean is None


def test_that_another_patient_sees_nothing_of_it(qtbot, looped, calibrated):
    accept_and_take(qtbot, looped, 1, 1)

    open_and_wait(qtbot, looped, calibrated)

    assert not looped.averaging.line.isVisible()
