"""A tool in the hand draws what it is for, and can be laid down without a trace."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.gui.image.tool import Tool
from fhc_desktop.gui.widgets import style
from tests.gui.hand import (
    Drag,
    delete_outline_and_draw,
    do,
    in_view,
    open_and_wait,
    outline,
    place_of,
)

pytestmark = pytest.mark.gui


def test_that_an_outline_is_deleted_and_drawn_again_from_corner_to_corner(opened):
    proposed = outline(opened)

    delete_outline_and_draw(opened, (40, 30), (150, 110))

    drawn = outline(opened)
    assert drawn.center == pytest.approx((95, 70), abs=0.3)
    assert (drawn.semi_axis_a, drawn.semi_axis_b) == pytest.approx((55, 40), abs=0.3)
    assert opened.image_view.tool is Tool.PAN
    assert opened.side_panel.measurement.hc_text == (
        f"{opened.controller.exam.measurement.hc_mm:.1f} mm"
    )
    do(opened, "undo")
    assert outline(opened) is None
    do(opened, "undo")
    assert outline(opened) == proposed


def test_that_drawing_can_be_left_without_a_trace(qtbot, opened):
    do(opened, "delete")
    do(opened, "draw")
    assert "corner to corner" in opened.message_bar.text
    view = opened.image_view
    Drag(view, in_view(view, 40, 30)).to(in_view(view, 120, 90))

    qtbot.keyClick(view, Qt.Key.Key_Escape)

    assert outline(opened) is None
    assert view.tool is Tool.PAN
    assert opened.message_bar.text == ""


def test_that_a_tool_in_the_hand_is_laid_down_for_another_image(qtbot, opened, uncalibrated):
    do(opened, "ruler")

    open_and_wait(qtbot, opened, uncalibrated)

    assert opened.image_view.tool is Tool.PAN


def ink(view):
    """How many pixels of the view have the colour of an outline as the model proposed it."""
    picture = view.grab().toImage()
    wanted = QColor(style.PROPOSAL)
    return sum(
        picture.pixelColor(x, y) == wanted
        for x in range(picture.width())
        for y in range(0, picture.height(), 3)
    )


def test_that_the_outline_is_hidden_while_its_key_is_held_and_no_longer(qtbot, opened):
    view = opened.image_view
    qtbot.waitUntil(lambda: ink(view) > 0)

    qtbot.keyPress(view, Qt.Key.Key_H)
    assert ink(view) == 0
    qtbot.keyRelease(view, Qt.Key.Key_H)
    assert ink(view) > 0

    qtbot.keyPress(view, Qt.Key.Key_H)
    opened.side_panel.patient.name.line.setFocus()
    assert ink(view) > 0


def test_that_a_handle_stays_in_the_hand_while_the_outline_is_hidden(qtbot, opened):
    view, before = opened.image_view, outline(opened)
    drag = Drag(view, place_of(view, Handle.CENTER)).by(10, 0)

    qtbot.keyPress(view, Qt.Key.Key_H)
    drag.by(20, 0)
    qtbot.keyRelease(view, Qt.Key.Key_H)
    drag.drop()

    assert outline(opened).center[0] == pytest.approx(before.center[0] + 30 / view.zoom, abs=0.01)


def test_that_what_is_hidden_cannot_be_taken(qtbot, opened):
    view, before = opened.image_view, outline(opened)

    qtbot.keyPress(view, Qt.Key.Key_H)
    Drag(view, place_of(view, Handle.A_START)).by(20, 0).drop()

    assert outline(opened) == before
