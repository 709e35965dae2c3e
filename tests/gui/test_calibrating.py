"""Millimetres come from the file, a ruler or the keyboard, and nonsense gives none."""

import math
import re

import pydicom
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fhc_desktop.domain.image.calibration import CalibrationSource
from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.gui.image.image_view import Tool
from tests.gui.hand import Drag, answer_dialog, do, drag_handle, in_view, open_and_wait
from tests.heads import write_dicom, write_png

pytestmark = pytest.mark.gui

TALL = 1.5  # a pixel's height over its width


@pytest.fixture
def opened(qtbot, window, uncalibrated):
    open_and_wait(qtbot, window, uncalibrated)
    return window


@pytest.fixture
def tall_pixels(tmp_path, phantom):
    path = tmp_path / "tall.dcm"
    write_dicom(phantom, path)
    dataset = pydicom.dcmread(path)
    region = dataset.SequenceOfUltrasoundRegions[0]
    region.PhysicalDeltaY = TALL * region.PhysicalDeltaX
    dataset.save_as(path)
    return path


def draw_ruler(qtbot, window, start, end, *texts):
    refusals = answer_dialog(qtbot, *texts)
    do(window, "ruler")
    view = window.image_view
    Drag(view, in_view(view, *start)).to(in_view(view, *end)).drop()
    qtbot.waitUntil(lambda: view.tool is Tool.PAN and not QApplication.activeModalWidget())
    QApplication.processEvents()
    return refusals


def manual(window):
    return window.controller.exam.manual_calibration


def test_that_a_ruler_of_known_length_gives_the_millimetres(qtbot, opened):
    assert "px" in opened.side_panel.measurement.hc_text
    assert "pixels only" in opened.side_panel.calibration.text

    draw_ruler(qtbot, opened, (20, 30), (120, 30), "50")
    qtbot.waitUntil(lambda: manual(opened) is not None)

    found = manual(opened)
    assert found.source is CalibrationSource.RULER
    assert found.mm_per_column == pytest.approx(0.5, rel=0.005)
    assert found.mm_per_row == found.mm_per_column
    shown = opened.side_panel.measurement.hc_text
    assert shown == f"{opened.controller.exam.measurement.hc_mm:.1f} mm"
    assert "50 mm" in opened.side_panel.calibration.text
    assert "ruler" in opened.status_line.text
    do(opened, "undo")
    assert "px" in opened.side_panel.measurement.hc_text


@pytest.mark.parametrize(
    ("start", "end"), [((20, 30), (120, 30)), ((60, 20), (60, 110)), ((20, 20), (110, 100))]
)
def test_that_a_ruler_on_pixels_that_are_not_square_gives_both_sides(
    qtbot, window, tall_pixels, phantom, start, end
):
    open_and_wait(qtbot, window, tall_pixels)
    assert window.controller.exam.image.pixel_aspect == pytest.approx(TALL)
    true_mm = phantom.mm_per_pixel * math.hypot(end[0] - start[0], TALL * (end[1] - start[1]))
    # What is drawn on lies in the plane of the screen: rows are as high as they look.
    on_screen = [(x, TALL * y) for x, y in (start, end)]

    draw_ruler(qtbot, window, *on_screen, f"{true_mm:.3f}")
    qtbot.waitUntil(lambda: manual(window) is not None)

    assert manual(window).mm_per_column == pytest.approx(phantom.mm_per_pixel, rel=0.01)
    assert manual(window).mm_per_row == pytest.approx(TALL * phantom.mm_per_pixel, rel=0.01)


def test_that_a_drag_on_pixels_that_are_not_square_goes_where_the_hand_goes(
    qtbot, window, tall_pixels
):
    open_and_wait(qtbot, window, tall_pixels)
    before = window.controller.exam.outline_px

    dx, dy = drag_handle(window.image_view, Handle.CENTER, 30, 30)

    after = window.controller.exam.outline_px
    assert after.center == pytest.approx((before.center_x + dx, before.center_y + dy / TALL))
    assert after.perimeter == pytest.approx(before.perimeter)


@pytest.mark.parametrize(
    ("text", "word"), [("abc", "number"), ("0", "short"), ("-50", "number"), ("9000", "No scan")]
)
def test_that_a_length_that_is_none_is_refused_and_asked_for_again(qtbot, opened, text, word):
    refusals = draw_ruler(qtbot, opened, (20, 30), (120, 30), text, "50")
    qtbot.waitUntil(lambda: manual(opened) is not None)

    (refusal,) = refusals
    assert word in refusal
    assert manual(opened).mm_per_column == pytest.approx(0.5, rel=0.005)


def test_that_a_length_that_makes_absurd_pixels_is_refused_with_a_sentence(qtbot, opened):
    with qtbot.waitSignal(opened.controller.failed):
        draw_ruler(qtbot, opened, (20, 30), (50, 30), "400")

    assert "is not one of an ultrasound image" in opened.message_bar.text
    assert manual(opened) is None
    assert "px" in opened.side_panel.measurement.hc_text


def test_that_a_ruler_that_is_not_measured_changes_nothing(qtbot, opened):
    draw_ruler(qtbot, opened, (20, 30), (120, 30))

    assert manual(opened) is None
    assert not opened.controller.screen.can_undo


def test_that_a_ruler_without_a_length_asks_nothing(qtbot, opened):
    do(opened, "ruler")
    view = opened.image_view
    Drag(view, in_view(view, 40, 40)).drop()
    QApplication.processEvents()

    assert QApplication.activeModalWidget() is None
    assert manual(opened) is None
    assert view.tool is Tool.PAN


def test_that_a_ruler_can_be_put_away_by_key(qtbot, opened):
    qtbot.keyClick(opened.image_view, Qt.Key.Key_R)
    assert "Draw a line" in opened.message_bar.text

    qtbot.keyClick(opened.image_view, Qt.Key.Key_Escape)

    assert opened.image_view.tool is Tool.PAN
    assert opened.message_bar.text == ""


def test_that_a_typed_pixel_size_gives_the_millimetres_and_can_be_taken_back(
    qtbot, window, calibrated, phantom
):
    open_and_wait(qtbot, window, calibrated)
    by_file = window.side_panel.measurement.hc_text
    answer_dialog(qtbot, "0,25")

    do(window, "pixel_size")

    assert manual(window).mm_per_column == manual(window).mm_per_row == 0.25
    assert "typed by the user" in window.side_panel.calibration.text
    expected = window.controller.exam.outline_px.perimeter * 0.25
    assert window.side_panel.measurement.hc_text == f"{expected:.1f} mm"
    do(window, "file_scale")
    assert window.side_panel.measurement.hc_text == by_file


@pytest.mark.parametrize("text", ["abc", "-0.2", "0", "15", "0.2 0.2", "nan", "1e-3"])
def test_that_a_pixel_size_that_is_none_is_refused_by_a_sentence_and_changes_nothing(
    qtbot, opened, text
):
    before = opened.controller.exam
    refusals = answer_dialog(qtbot, text)

    do(opened, "pixel_size")

    (refusal,) = refusals
    assert re.search(r"[a-z]{3,}.*\.", refusal)
    assert opened.controller.exam == before
    assert "px" in opened.side_panel.measurement.hc_text


@pytest.fixture
def contradicting(tmp_path, phantom):
    path = tmp_path / "torn.dcm"
    write_dicom(phantom, path)
    dataset = pydicom.dcmread(path)
    dataset.PixelSpacing = [0.5, 0.5]
    dataset.save_as(path)
    return path


def test_that_the_user_says_which_scale_of_a_contradictory_file_is_right(
    qtbot, window, contradicting, phantom
):
    open_and_wait(qtbot, window, contradicting)
    panel = window.side_panel.calibration
    assert "contradicts itself" in panel.text
    assert "px" in window.side_panel.measurement.hc_text
    region, spacing = panel.choice.buttons
    assert f"{phantom.mm_per_pixel:.4f}" in region.text()
    assert "0.5000" in spacing.text()

    qtbot.mouseClick(region, Qt.MouseButton.LeftButton)

    assert "mm" in window.side_panel.measurement.hc_text
    assert "chosen by the user" in panel.text
    assert f"confirmed by {window.controller.operator}" in panel.text
    assert panel.choice.isHidden()
    do(window, "file_scale")
    assert "contradicts itself" in panel.text
    assert panel.choice.isVisible()


def test_that_the_choice_comes_back_with_the_log_entry(qtbot, window, contradicting):
    open_and_wait(qtbot, window, contradicting)
    qtbot.mouseClick(window.side_panel.calibration.choice.buttons[1], Qt.MouseButton.LeftButton)
    do(window, "accept")
    (entry,) = window._log.entries()

    with qtbot.waitSignal(window.controller.opened):
        window.controller.open_entry(entry)

    assert window.controller.exam.is_accepted
    assert "PixelSpacing, chosen by the user" in window.side_panel.calibration.text


def test_that_a_ruler_is_offered_in_its_series_once_the_user_says_so(
    qtbot, opened, uncalibrated, phantom
):
    second = write_png(phantom, uncalibrated.parent / "second.png")
    third = write_png(phantom, uncalibrated.parent / "third.png")
    offer = opened.side_panel.calibration.offer
    draw_ruler(qtbot, opened, (20, 30), (120, 30), "50")
    qtbot.waitUntil(lambda: manual(opened) is not None)

    open_and_wait(qtbot, opened, second)
    assert offer.isHidden()
    open_and_wait(qtbot, opened, uncalibrated)
    draw_ruler(qtbot, opened, (20, 30), (120, 30), "50")
    qtbot.waitUntil(lambda: manual(opened) is not None)
    qtbot.mouseClick(offer.remember, Qt.MouseButton.LeftButton)
    assert not offer.remember.isEnabled()

    open_and_wait(qtbot, opened, third)
    assert manual(opened) is None
    assert "px" in opened.side_panel.measurement.hc_text
    assert "bare.png" in offer.text
    qtbot.mouseClick(offer.take_over, Qt.MouseButton.LeftButton)
    assert "taken over from bare.png" in opened.side_panel.calibration.text
    assert "mm" in opened.side_panel.measurement.hc_text
    assert offer.isHidden()
