"""The keys move, grow and turn the outline by a step that is the same on any screen."""

import math

import pytest
from PySide6.QtCore import Qt

from fhc_desktop.gui.image.tool import Tool
from tests.gui.hand import assert_one_step_back_to, outline

pytestmark = pytest.mark.gui
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
