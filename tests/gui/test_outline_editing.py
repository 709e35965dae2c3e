"""Every way to change the outline changes what it says, nothing else, and is one step of undo."""

import math

import pytest
from PySide6.QtCore import QPoint, Qt

from fhc_desktop.domain.image.calibration import Calibration
from fhc_desktop.domain.image.geometry import Handle
from fhc_desktop.gui.image.image_view import Tool
from tests.gui.hand import (
    Drag,
    delete_outline_and_draw,
    do,
    drag_handle,
    in_view,
    open_and_wait,
    place_of,
)

pytestmark = pytest.mark.gui

OPPOSITE = {
    Handle.A_END: Handle.A_START,
    Handle.A_START: Handle.A_END,
    Handle.B_END: Handle.B_START,
    Handle.B_START: Handle.B_END,
}


@pytest.fixture
def opened(qtbot, window, calibrated):
    open_and_wait(qtbot, window, calibrated)
    return window


def outline(window):
    return window.controller.exam.outline_px


def assert_one_step_back_to(window, before):
    after = outline(window)
    assert after != before
    do(window, "undo")
    assert outline(window) == before
    assert not window.controller.screen.can_undo
    do(window, "redo")
    assert outline(window) == after


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


def test_that_the_numbers_follow_while_the_hand_still_moves(opened):
    measured = opened.side_panel.measurement
    seen = [measured.hc_text]
    view = opened.image_view

    held = Drag(view, place_of(view, Handle.B_END))
    for _ in range(3):
        held.by(0, 9)
        seen.append(measured.hc_text)
        assert seen[-1] == f"{opened.controller.exam.measurement.hc_mm:.1f} mm"
    assert not opened.controller.screen.can_undo
    assert len(set(seen)) == 4
    held.drop()

    assert measured.hc_text == seen[-1]
    assert opened.controller.screen.can_undo


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


NO, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.mark.parametrize(
    ("key", "modifier", "change"),
    [
        (Qt.Key.Key_Left, NO, (-1, 0, 0, 0)),
        (Qt.Key.Key_Right, NO, (1, 0, 0, 0)),
        (Qt.Key.Key_Up, NO, (0, -1, 0, 0)),
        (Qt.Key.Key_Down, NO, (0, 1, 0, 0)),
        (Qt.Key.Key_Left, SHIFT, (-10, 0, 0, 0)),
        (Qt.Key.Key_Right, SHIFT, (10, 0, 0, 0)),
        (Qt.Key.Key_Up, SHIFT, (0, -10, 0, 0)),
        (Qt.Key.Key_Down, SHIFT, (0, 10, 0, 0)),
        (Qt.Key.Key_Plus, NO, (0, 0, 1, 0)),
        (Qt.Key.Key_Minus, NO, (0, 0, -1, 0)),
        (Qt.Key.Key_BracketLeft, NO, (0, 0, 0, -1)),
        (Qt.Key.Key_BracketRight, NO, (0, 0, 0, 1)),
    ],
)
def test_that_a_key_nudges_by_its_step(qtbot, opened, key, modifier, change):
    before = outline(opened)
    dx, dy, grown, degrees = change

    for _ in range(3):
        qtbot.keyClick(opened.image_view, key, modifier)

    after = outline(opened)
    assert (after.center_x, after.center_y) == pytest.approx(
        (before.center_x + 3 * dx, before.center_y + 3 * dy)
    )
    assert (after.semi_axis_a, after.semi_axis_b) == pytest.approx(
        (before.semi_axis_a + 3 * grown, before.semi_axis_b + 3 * grown)
    )
    assert after.angle == pytest.approx(before.angle + math.radians(3 * degrees))
    # A run of one key is one step, however long it is held.
    assert_one_step_back_to(opened, before)


def test_that_two_kinds_of_nudge_are_two_steps(qtbot, opened):
    before = outline(opened)
    qtbot.keyClick(opened.image_view, Qt.Key.Key_Left)
    between = outline(opened)
    qtbot.keyClick(opened.image_view, Qt.Key.Key_Plus)

    qtbot.keyClick(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert outline(opened) == between
    qtbot.keyClick(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert outline(opened) == before


def test_that_keys_in_a_field_write_there_and_move_nothing(qtbot, opened):
    before = outline(opened)
    name = opened.side_panel.patient.name.line
    name.setFocus()

    qtbot.keyClicks(name, "Dr R-P [+]")
    qtbot.keyClick(name, Qt.Key.Key_Left)
    qtbot.keyClick(name, Qt.Key.Key_Delete)

    assert name.text() == "Dr R-P [+"
    assert outline(opened) == before
    assert opened.image_view.tool is Tool.PAN


def test_that_what_was_undone_is_gone_after_another_change(opened):
    drag_handle(opened.image_view, Handle.CENTER, 30, 0)
    do(opened, "undo")
    drag_handle(opened.image_view, Handle.CENTER, 0, 30)

    assert not opened.actions_by_name["redo"].isEnabled()


def test_that_reset_takes_the_models_outline_again_as_one_step(opened):
    proposed = outline(opened)
    assert not opened.actions_by_name["reset"].isEnabled()
    drag_handle(opened.image_view, Handle.A_END, 30, 0)
    drag_handle(opened.image_view, Handle.CENTER, 5, 5)
    edited = outline(opened)
    assert "Edited" in opened.side_panel.measurement.state_text

    do(opened, "reset")

    assert outline(opened) == proposed
    assert "Proposed" in opened.side_panel.measurement.state_text
    do(opened, "undo")
    assert outline(opened) == edited


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


def test_that_without_an_outline_there_is_no_number_and_nothing_to_accept(opened):
    do(opened, "delete")

    assert opened.side_panel.measurement.hc_text == "–"
    assert not opened.actions_by_name["accept"].isEnabled()


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


def test_that_the_scale_of_the_file_stays_whatever_is_done_to_the_outline(opened):
    scale = opened.controller.exam.calibration
    assert isinstance(scale, Calibration)

    drag_handle(opened.image_view, Handle.CENTER, 30, 0)

    assert opened.controller.exam.calibration == scale
