"""Every handle changes of the outline what it stands for, nothing else, in one step of undo."""

import math

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.domain.image.geometry import Ellipse, Handle
from fhc_desktop.gui.image.ellipse_item import EllipseItem
from fhc_desktop.gui.widgets import style
from tests.gui.hand import (
    TALL,
    Drag,
    assert_one_step_back_to,
    drag_handle,
    in_view,
    open_and_wait,
    outline,
    place_of,
)

pytestmark = pytest.mark.gui

OPPOSITE = {
    Handle.A_END: Handle.A_START,
    Handle.A_START: Handle.A_END,
    Handle.B_END: Handle.B_START,
    Handle.B_START: Handle.B_END,
}


def drawn_px(scale: float) -> int:
    """How many pixels an edited outline colours on a screen of a scale."""
    item = EllipseItem()
    item.show_ellipse(Ellipse(100, 80, 60, 40, 0.3), OutlineState.EDITED)
    screen = QImage(round(200 * scale), round(160 * scale), QImage.Format.Format_RGB32)
    screen.setDevicePixelRatio(scale)
    screen.fill(QColor("black"))
    painter = QPainter(screen)
    item.paint(painter, None)
    painter.end()
    wanted = QColor(style.EDITED)
    return sum(
        screen.pixelColor(x, y) == wanted
        for x in range(screen.width())
        for y in range(screen.height())
    )


def test_that_the_centre_moves_the_whole_outline(opened):
    before = outline(opened)

    dx, dy = drag_handle(opened.image_view, Handle.CENTER, 40, -25)

    after = outline(opened)
    assert after.center == pytest.approx((before.center_x + dx, before.center_y + dy))
    assert (after.semi_axis_a, after.semi_axis_b, after.angle) == pytest.approx(
        (before.semi_axis_a, before.semi_axis_b, before.angle)
    )
    assert_one_step_back_to(opened, before)


@pytest.mark.parametrize("handle", OPPOSITE)
def test_that_an_end_of_an_axis_moves_alone(opened, handle):
    before = outline(opened)

    drag_handle(opened.image_view, handle, 30, 22)

    after = outline(opened)
    still = OPPOSITE[handle]
    assert after.handle_position(still) == pytest.approx(before.handle_position(still))
    assert after.angle == pytest.approx(before.angle)
    is_a = handle in {Handle.A_START, Handle.A_END}
    kept, changed = ("semi_axis_b", "semi_axis_a") if is_a else ("semi_axis_a", "semi_axis_b")
    assert getattr(after, kept) == pytest.approx(getattr(before, kept))
    assert getattr(after, changed) != pytest.approx(getattr(before, changed))
    assert_one_step_back_to(opened, before)


def test_that_the_rotation_handle_only_turns(opened):
    before = outline(opened)
    view = opened.image_view
    centre, start = place_of(view, Handle.CENTER), place_of(view, Handle.ROTATION)
    reach = start - centre
    turned = math.radians(20)
    end = centre + QPoint(
        round(reach.x() * math.cos(turned) - reach.y() * math.sin(turned)),
        round(reach.x() * math.sin(turned) + reach.y() * math.cos(turned)),
    )

    Drag(view, start).to(end).drop()

    after = outline(opened)
    assert after.angle - before.angle == pytest.approx(turned, abs=0.01)
    assert after.center == pytest.approx(before.center)
    assert (after.semi_axis_a, after.semi_axis_b) == pytest.approx(
        (before.semi_axis_a, before.semi_axis_b)
    )
    assert_one_step_back_to(opened, before)


@pytest.mark.parametrize("handle", OPPOSITE)
def test_that_alt_keeps_the_centre_where_it_is(opened, handle):
    before = outline(opened)

    drag_handle(opened.image_view, handle, 30, 22, Qt.KeyboardModifier.AltModifier)

    after = outline(opened)
    assert after.center == pytest.approx(before.center)
    assert after.perimeter != pytest.approx(before.perimeter)
    assert_one_step_back_to(opened, before)


def test_that_the_rim_moves_the_outline_and_the_inside_the_picture(opened):
    before = outline(opened)
    view = opened.image_view
    on_rim = before.points(16)[2]
    inside = before.handle_position(Handle.CENTER)[0] + before.semi_axis_a / 2, before.center_y

    Drag(view, in_view(view, *inside)).by(15, 10).drop()
    assert outline(opened) == before

    Drag(view, in_view(view, *on_rim)).by(15, 10).drop()
    assert outline(opened).center != pytest.approx(before.center)
    assert outline(opened).perimeter == pytest.approx(before.perimeter)


def test_that_escape_lets_go_and_leaves_everything_as_it_was(qtbot, opened):
    before, shown = outline(opened), opened.side_panel.measurement.hc_text
    view = opened.image_view
    held = Drag(view, place_of(view, Handle.A_END)).by(40, 0)
    assert opened.side_panel.measurement.hc_text != shown

    qtbot.keyClick(view, Qt.Key.Key_Escape)
    held.drop()

    assert outline(opened) == before
    assert opened.side_panel.measurement.hc_text == shown
    assert not opened.controller.screen.can_undo


def test_that_a_click_on_a_handle_is_no_change(opened):
    before = outline(opened)
    view = opened.image_view

    Drag(view, place_of(view, Handle.A_END)).drop()

    assert outline(opened) == before
    assert not opened.controller.screen.can_undo


def test_that_a_drag_on_pixels_that_are_not_square_goes_where_the_hand_goes(
    qtbot, window, tall_pixels
):
    open_and_wait(qtbot, window, tall_pixels)
    before = window.controller.exam.outline_px

    dx, dy = drag_handle(window.image_view, Handle.CENTER, 30, 30)

    after = window.controller.exam.outline_px
    assert after.center == pytest.approx((before.center_x + dx, before.center_y + dy / TALL))
    assert after.perimeter == pytest.approx(before.perimeter)


def test_that_the_outline_is_as_thick_on_a_dense_screen(qtbot):
    # Twice as long and twice as thick in the screen's own pixels, and with less fraying.
    assert drawn_px(2.0) >= 4 * drawn_px(1.0)
