"""Boxes are drawn by hand, in whole pixels and within the picture, and can be taken away."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from fhc_desktop.domain.image.calibration import RegionBox
from fhc_desktop.gui.deidentify.blanking_view import BlankingView
from tests.gui.hand import Drag
from tests.reporting.examinations import image

pytestmark = pytest.mark.gui


@pytest.fixture
def view(qtbot):
    made = BlankingView()
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show_image(image())  # 80 rows, 120 columns
    with qtbot.waitExposed(made):
        made.show()
    return made


def at(view, x, y):
    return view.mapFromScene(x, y)


def draw(view, corner, opposite):
    Drag(view, at(view, *corner)).to(at(view, *opposite)).drop()


def click(qtbot, view, x, y):
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at(view, x, y)))


def test_that_a_drag_over_the_picture_is_a_box_of_whole_pixels(qtbot, view):
    with qtbot.waitSignal(view.changed):
        draw(view, (20.5, 30.5), (60.5, 50.5))

    (box,) = view.boxes
    assert (box.left, box.top) == pytest.approx((20, 30), abs=1)
    assert (box.right, box.bottom) == pytest.approx((60, 50), abs=1)


def test_that_a_box_ends_with_the_picture(view):
    draw(view, (100.5, 60.5), (140, 95))

    (box,) = view.boxes
    assert (box.right, box.bottom) == (119, 79)


def test_that_a_slip_of_the_hand_is_no_box(qtbot, view):
    with qtbot.assertNotEmitted(view.changed):
        draw(view, (20.5, 30.5), (21.0, 31.0))

    assert view.boxes == ()


def test_that_a_box_is_black_on_the_screen(view):
    view.show_boxes([RegionBox(20, 20, 60, 60)])

    inside = at(view, 40, 40)
    assert view.grab().toImage().pixelColor(inside) == QColor("black")


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_that_the_chosen_box_alone_is_taken_away(qtbot, view, key):
    kept = RegionBox(80, 20, 110, 60)
    view.show_boxes([RegionBox(20, 20, 60, 60), kept])
    with qtbot.waitSignal(view.chosen, check_params_cb=lambda is_chosen: is_chosen):
        click(qtbot, view, 40, 40)

    with qtbot.waitSignal(view.changed):
        qtbot.keyClick(view, key)

    assert view.boxes == (kept,)


def test_that_delete_takes_nothing_where_nothing_is_chosen(qtbot, view):
    view.show_boxes([RegionBox(20, 20, 60, 60)])

    with qtbot.assertNotEmitted(view.changed):
        qtbot.keyClick(view, Qt.Key.Key_Delete)

    assert len(view.boxes) == 1


def test_that_another_frame_is_shown_under_the_same_boxes(view):
    boxes = (RegionBox(20, 20, 60, 60),)
    view.show_boxes(boxes)
    white = image(gray=np.full((80, 120), 255, np.uint8))

    view.show_image(white)

    assert view.boxes == boxes
    assert view.grab().toImage().pixelColor(at(view, 100, 70)).lightness() > 250
