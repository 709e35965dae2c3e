"""What stands under the cursor is told as it is measured, and how it is shown beside it."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from fhc_desktop.domain.image.calibration import RegionBox
from fhc_desktop.domain.image.display import Display, GreyWindow
from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.gui.image.picture_content import PictureContent
from fhc_desktop.gui.image.readout import readout
from tests.gui.hand import Drag, do, exam, in_view, open_and_wait, place_of, point_at
from tests.reporting.examinations import image, proposed

RAMP = np.arange(80 * 120, dtype=np.int64).reshape(80, 120) % 251


def content(**changes):
    exam = replace(proposed(), image=image(gray=RAMP.astype(np.uint8)))
    return replace(PictureContent.of(exam), **changes)


def said(shown, place=None, display=None, dots=1.0):
    words = readout(shown, place=place, display=display or Display(), dots_per_pixel=dots)
    return words.replace("\u2007", "")


def test_that_a_place_is_told_in_millimetres_from_the_corner_with_its_grey_value():
    words = said(content(mm_per_px=(0.5, 0.25)), (10.0, 20.0))

    assert words.startswith(f"x 5.2  y 5.1 mm  ·  grey {RAMP[20, 10]}  ·  ")


def test_that_without_a_scale_a_place_is_told_in_pixels():
    words = said(content(mm_per_px=None), (10.4, 19.6))

    assert words.startswith(f"column 11  row 21  ·  grey {RAMP[20, 10]}  ·  ")
    assert "mm" not in words


@pytest.mark.parametrize("place", [None, (-0.6, 5.0), (5.0, 79.6), (119.6, 3.0)])
def test_that_beside_the_picture_there_is_nothing_to_tell(place):
    assert said(content(), place) == "L 128  W 256  ·  100 %"


@pytest.mark.parametrize("place", [(-0.4, -0.4), (119.4, 79.4)])
def test_that_the_picture_ends_with_the_rim_of_its_last_pixel(place):
    assert "grey" in said(content(), place)


def test_that_the_grey_value_is_the_one_that_is_measured_however_it_is_shown():
    shown = Display(GreyWindow(40, 30), 2.0, is_inverted=True)

    assert f"grey {RAMP[20, 10]}  ·" in said(content(), (10, 20), shown)
    assert "L 40  W 30, gamma 2.0, inverted" in said(content(), (10, 20), shown)
    assert "L 128  W 256, inverted" in said(content(), None, Display(is_inverted=True))


def test_that_no_part_moves_another_when_its_number_grows():
    widths = {
        len(
            readout(
                content(), place=(x, y), display=Display(GreyWindow(level, 9)), dots_per_pixel=z
            )
        )
        for x, y, level, z in ((0, 0, 5, 0.05), (119, 79, 128, 32.0), (10, 50, 50, 1.0))
    }

    assert len(widths) == 1


def test_that_what_is_covered_is_not_told():
    boxes = (RegionBox(20, 20, 110, 70),)
    hidden = content(is_blanked=True, image=image(gray=RAMP.astype(np.uint8), scan_boxes=boxes))

    assert "covered" in said(hidden, (5, 5))
    assert f"grey {RAMP[40, 40]}" in said(hidden, (40, 40))


# In the window ------------------------------------------------------------------------------------


def words_of(window):
    return window.display.readout.text().replace("\u2007", "")


def told(qtbot, window, words):
    qtbot.waitUntil(lambda: words in words_of(window))


@pytest.mark.gui
def test_that_the_line_follows_the_cursor_and_ends_where_it_leaves(qtbot, opened):
    view, scale = opened.image_view, exam(opened).calibration
    for column, row in ((15, 10), (120, 60)):
        point_at(view, in_view(view, column, row))
        told(qtbot, opened, f"grey {exam(opened).image.gray[row, column]}  ·")
        x_mm = (view.mapToScene(in_view(view, column, row)).x() + 0.5) * scale.mm_per_column
        assert words_of(opened).startswith(f"x {x_mm:.1f}  y ")

    QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: "mm" not in words_of(opened))


@pytest.mark.gui
def test_that_the_place_under_a_still_cursor_changes_with_the_zoom(qtbot, opened):
    view = opened.image_view
    at = in_view(view, 15, 10)
    point_at(view, at)
    told(qtbot, opened, "x ")
    before = words_of(opened)

    do(opened, "actual")

    told(qtbot, opened, "100 %")
    assert words_of(opened) != before


@pytest.mark.gui
def test_that_while_the_outline_is_dragged_the_number_alone_counts(qtbot, opened):
    view = opened.image_view
    before = words_of(opened)

    drag = Drag(view, place_of(view, Handle.A_END)).by(-15, 4)
    qtbot.wait(50)

    assert words_of(opened) == before
    drag.drop()


@pytest.mark.gui
def test_that_an_image_without_a_scale_is_told_in_pixels(qtbot, window, uncalibrated):
    open_and_wait(qtbot, window, uncalibrated)
    view = window.image_view

    point_at(view, in_view(view, 15, 10))

    told(qtbot, window, "column ")
    assert "mm" not in words_of(window)
