"""A ruler stays on the picture and can be moved while its length is typed beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt

from fhc_desktop.gui.calibration.ruler_field import place_beside
from tests.gui.hand import (
    Drag,
    do,
    draw_ruler,
    in_view,
    lay_ruler,
    manual,
    open_and_wait,
    outline,
)

pytestmark = pytest.mark.gui
START, END = (20.0, 30.0), (120.0, 30.0)


@pytest.fixture
def ruled(qtbot, opened_bare):
    """An image without a scale on which a ruler of 100 columns waits for its length."""
    lay_ruler(opened_bare, START, END)
    return opened_bare


def field(window):
    return window.scales.ruler.field


def ends(window):
    return [(end.x(), end.y()) for end in window.image_view.ruler_item.ends]


def type_length(qtbot, window, text):
    qtbot.keyClicks(field(window).line, text)
    qtbot.keyClick(field(window).line, Qt.Key.Key_Return)


def test_that_the_ruler_stays_while_its_length_is_typed_beside_it(ruled):
    assert ruled.image_view.ruler_item.isVisible()
    assert field(ruled).isVisible()
    assert field(ruled).line.hasFocus()
    assert "Type the ruler’s length" in ruled.message_bar.text
    for end in (START, END):
        assert not field(ruled).geometry().contains(in_view(ruled.image_view, *end))


def test_that_enter_takes_the_length_and_the_ruler_goes(qtbot, ruled):
    type_length(qtbot, ruled, "50")

    assert manual(ruled).mm_per_column == pytest.approx(0.5, rel=0.005)
    assert not ruled.image_view.ruler_item.isVisible()
    assert not field(ruled).isVisible()
    assert ruled.image_view.hasFocus()
    assert not ruled.controller.exam.is_accepted


def test_that_its_button_takes_the_length(qtbot, ruled):
    qtbot.keyClicks(field(ruled).line, "50")
    use = next(one for one in field(ruled).children() if "Use" in getattr(one, "toolTip", str)())

    qtbot.mouseClick(use, Qt.MouseButton.LeftButton)

    assert manual(ruled) is not None


@pytest.mark.parametrize("way", ["key", "button"])
def test_that_it_can_be_left(qtbot, ruled, way):
    qtbot.keyClicks(field(ruled).line, "50")
    if way == "key":
        qtbot.keyClick(field(ruled).line, Qt.Key.Key_Escape)
    else:
        leave = next(
            one for one in field(ruled).children() if "Leave" in getattr(one, "toolTip", str)()
        )
        qtbot.mouseClick(leave, Qt.MouseButton.LeftButton)

    assert manual(ruled) is None
    assert not ruled.image_view.ruler_item.isVisible()
    assert not field(ruled).isVisible()


@pytest.mark.parametrize("which", [0, 1])
def test_that_each_end_can_be_dragged_while_the_length_is_asked_for(qtbot, ruled, which):
    view = ruled.image_view
    at = in_view(view, *(START, END)[which])
    qtbot.keyClicks(field(ruled).line, "5")

    Drag(view, at).by(0, 60).drop()

    moved, kept = ends(ruled)[which], ends(ruled)[1 - which]
    before = (START, END)[which]
    assert moved == pytest.approx((before[0], before[1] + 60 / view.zoom), abs=0.5)
    assert kept == pytest.approx((START, END)[1 - which], abs=0.5)
    assert field(ruled).line.hasFocus()
    assert field(ruled).line.text() == "5"
    assert view.ruler_item.isVisible()


def test_that_arrows_move_the_marked_end_and_tab_marks_the_other(qtbot, ruled):
    line, before = field(ruled).line, ends(ruled)

    qtbot.keyClick(line, Qt.Key.Key_Right)
    qtbot.keyClick(line, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    qtbot.keyClick(line, Qt.Key.Key_Up)
    qtbot.keyClick(line, Qt.Key.Key_Left)

    start, end = ends(ruled)
    assert end == pytest.approx((before[1][0] + 1, before[1][1] + 10))
    assert start == pytest.approx((before[0][0] - 1, before[0][1] - 1))
    assert line.hasFocus()


def test_that_arrows_leave_the_outline_where_it_is(qtbot, ruled):
    before = outline(ruled)

    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(field(ruled).line, key)

    assert before is not None
    assert outline(ruled) == before


def test_that_the_length_counts_from_where_the_ends_are_at_last(qtbot, ruled):
    for _ in range(10):
        qtbot.keyClick(field(ruled).line, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)

    type_length(qtbot, ruled, "50")

    assert manual(ruled).mm_per_column == pytest.approx(0.25, rel=0.005)


def test_that_what_is_refused_is_said_beside_the_ruler_and_can_be_mended(qtbot, ruled):
    type_length(qtbot, ruled, "9000")
    assert "No scan" in field(ruled).refusal
    assert field(ruled).line.selectedText() == "9000"
    assert manual(ruled) is None

    qtbot.keyClicks(field(ruled).line, "50")
    assert field(ruled).refusal == ""
    qtbot.keyClick(field(ruled).line, Qt.Key.Key_Return)

    assert manual(ruled) is not None


def test_that_nothing_is_accepted_while_a_ruler_waits(qtbot, ruled):
    do(ruled, "accept")

    assert not ruled.controller.exam.is_accepted
    assert "the ruler on the image has no length yet" in ruled.message_bar.text


def test_that_a_scale_is_drawn_by_keys_alone(qtbot, opened_bare):
    view = opened_bare.image_view
    qtbot.keyClick(view, Qt.Key.Key_R)
    qtbot.keyClick(view, Qt.Key.Key_R)

    start, end = ends(opened_bare)
    assert start[1] == end[1]
    type_length(qtbot, opened_bare, "40")

    assert manual(opened_bare).mm_per_column == pytest.approx(40 / (end[0] - start[0]))


def test_that_the_field_follows_the_ruler_when_the_picture_moves(ruled):
    view, before = ruled.image_view, field(ruled).pos()

    Drag(view, QPoint(8, 8)).by(40, 25).drop()
    assert field(ruled).pos() != before

    view.fit()
    assert field(ruled).pos() == before


def test_that_another_image_takes_the_ruler_away(qtbot, ruled, calibrated):
    open_and_wait(qtbot, ruled, calibrated)

    assert not ruled.image_view.ruler_item.isVisible()
    assert not field(ruled).isVisible()
    assert ruled.image_view.hasFocus()


def test_that_another_tool_takes_the_ruler_away(ruled):
    do(ruled, "delete")
    do(ruled, "draw")

    assert not field(ruled).isVisible()


def test_that_a_second_ruler_takes_the_place_of_the_first(qtbot, ruled):
    draw_ruler(qtbot, ruled, (20, 60), (70, 60), "50")

    assert manual(ruled).mm_per_column == pytest.approx(1.0, rel=0.01)


def test_that_the_ruler_is_hidden_with_the_outline(ruled):
    ruled.image_view.set_overlay_hidden(True)

    assert ruled.image_view.ruler_item.effectiveOpacity() == 0
    assert ruled.image_view.ruler_item.isVisible()


ROOM, SIZE = QRect(8, 8, 640, 560), QSize(220, 40)
places = st.builds(
    QPointF, st.floats(-100, 800, allow_nan=False), st.floats(-100, 700, allow_nan=False)
)


@given(places, places)
def test_that_the_field_stands_within_the_view_and_off_the_ruler_where_it_can(start, end):
    ruler = QRect(start.toPoint(), end.toPoint()).normalized()

    field = QRect(place_beside(ruler, SIZE, ROOM), SIZE)

    assert ROOM.contains(field)
    has_room_below_or_above = (
        ruler.bottom() + 20 + SIZE.height() <= ROOM.bottom()
        or ruler.top() - 20 - SIZE.height() >= ROOM.top()
    )
    if has_room_below_or_above:
        assert not field.intersects(ruler)
