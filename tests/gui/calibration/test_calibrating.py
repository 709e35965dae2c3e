"""Millimetres come from the file, a ruler or the keyboard, and nonsense gives none."""

import math
import re

import pytest
from PySide6.QtCore import Qt

from fhc_desktop.domain.image.calibration import CalibrationSource
from fhc_desktop.gui.image.tool import Tool
from tests.gui.hand import TALL, Drag, answer_dialog, do, draw_ruler, in_view, manual, open_and_wait

pytestmark = pytest.mark.gui


def test_that_a_ruler_of_known_length_gives_the_millimetres(qtbot, opened_bare):
    assert "px" in opened_bare.side_panel.measurement.hc_text
    assert "pixels only" in opened_bare.side_panel.calibration.text

    draw_ruler(qtbot, opened_bare, (20, 30), (120, 30), "50")
    qtbot.waitUntil(lambda: manual(opened_bare) is not None)

    found = manual(opened_bare)
    assert found.source is CalibrationSource.RULER
    assert found.mm_per_column == pytest.approx(0.5, rel=0.005)
    assert found.mm_per_row == found.mm_per_column
    shown = opened_bare.side_panel.measurement.hc_text
    assert shown == f"{opened_bare.controller.exam.measurement.hc_mm:.1f} mm"
    assert "50 mm" in opened_bare.side_panel.calibration.text
    assert "ruler" in opened_bare.status_line.text
    do(opened_bare, "undo")
    assert "px" in opened_bare.side_panel.measurement.hc_text


@pytest.mark.parametrize(
    ("here", "there"), [((20, 30), (120, 30)), ((60, 20), (60, 110)), ((20, 20), (110, 100))]
)
def test_that_a_ruler_on_pixels_that_are_not_square_gives_both_sides(
    qtbot, window, tall_pixels, phantom, here, there
):
    open_and_wait(qtbot, window, tall_pixels)
    assert window.controller.exam.image.pixel_aspect == pytest.approx(TALL)
    true_mm = phantom.mm_per_pixel * math.hypot(there[0] - here[0], TALL * (there[1] - here[1]))
    # What is drawn on lies in the plane of the screen: rows are as high as they look.
    on_screen = [(x, TALL * y) for x, y in (here, there)]

    draw_ruler(qtbot, window, *on_screen, f"{true_mm:.3f}")
    qtbot.waitUntil(lambda: manual(window) is not None)

    assert manual(window).mm_per_column == pytest.approx(phantom.mm_per_pixel, rel=0.01)
    assert manual(window).mm_per_row == pytest.approx(TALL * phantom.mm_per_pixel, rel=0.01)


@pytest.mark.parametrize(
    ("text", "word"), [("abc", "number"), ("0", "short"), ("-50", "number"), ("9000", "No scan")]
)
def test_that_a_length_that_is_none_is_refused_and_asked_for_again(qtbot, opened_bare, text, word):
    refusals = draw_ruler(qtbot, opened_bare, (20, 30), (120, 30), text, "50")
    qtbot.waitUntil(lambda: manual(opened_bare) is not None)

    (refusal,) = refusals
    assert word in refusal
    assert manual(opened_bare).mm_per_column == pytest.approx(0.5, rel=0.005)


def test_that_a_length_that_makes_absurd_pixels_is_refused_with_a_sentence(qtbot, opened_bare):
    (refusal,) = draw_ruler(qtbot, opened_bare, (20, 30), (50, 30), "400")

    assert "is not one of an ultrasound image" in refusal
    assert manual(opened_bare) is None
    assert "px" in opened_bare.side_panel.measurement.hc_text
    assert opened_bare.scales.ruler.is_awaited


def test_that_a_ruler_that_is_not_measured_changes_nothing(qtbot, opened_bare):
    draw_ruler(qtbot, opened_bare, (20, 30), (120, 30))
    qtbot.keyClick(opened_bare.scales.ruler.field.line, Qt.Key.Key_Escape)

    assert manual(opened_bare) is None
    assert not opened_bare.controller.screen.can_undo
    assert not opened_bare.image_view.ruler_item.isVisible()


def test_that_a_ruler_without_a_length_asks_nothing(opened_bare):
    do(opened_bare, "ruler")
    view = opened_bare.image_view
    Drag(view, in_view(view, 40, 40)).drop()

    assert not opened_bare.scales.ruler.is_awaited
    assert manual(opened_bare) is None
    assert view.tool is Tool.PAN


def test_that_a_ruler_can_be_put_away_by_key(qtbot, opened_bare):
    qtbot.keyClick(opened_bare.image_view, Qt.Key.Key_R)
    assert "Draw a line" in opened_bare.message_bar.text

    qtbot.keyClick(opened_bare.image_view, Qt.Key.Key_Escape)

    assert opened_bare.image_view.tool is Tool.PAN
    assert opened_bare.message_bar.text == ""


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
    qtbot, opened_bare, text
):
    before = opened_bare.controller.exam
    refusals = answer_dialog(qtbot, text)

    do(opened_bare, "pixel_size")

    (refusal,) = refusals
    assert re.search(r"[a-z]{3,}.*\.", refusal)
    assert opened_bare.controller.exam == before
    assert "px" in opened_bare.side_panel.measurement.hc_text
