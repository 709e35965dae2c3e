"""A bar is as long as it says in its own direction, and stays off the skull."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.gui.image.scale_bars import ShownBars, bars_of, corners, meets
from tests.gui.hand import TALL, delete_outline_and_draw, do, exam, open_and_wait

SEEN = QSize(1000, 700)
sides = st.floats(0.02, 1.5)


@given(sides, sides, st.floats(0.2, 5.0), st.floats(0.05, 32.0))
def test_that_each_bar_has_the_millimetres_of_its_own_direction(column, row, aspect, zoom):
    bars = bars_of((column, row), aspect, zoom=zoom, seen=SEEN)

    if bars.across is not None:
        assert bars.across.length_px / zoom * column == pytest.approx(bars.across.length_mm)
        assert 32 <= bars.across.length_px <= 0.3 * SEEN.width() + 1e-6
    if bars.down is not None:
        assert bars.down.length_px / (zoom * aspect) * row == pytest.approx(bars.down.length_mm)
        assert 32 <= bars.down.length_px <= 0.3 * SEEN.height() + 1e-6


@given(sides, st.floats(0.2, 5.0), st.floats(0.05, 32.0))
def test_that_one_bar_serves_a_picture_that_is_shown_in_its_true_shape(column, aspect, zoom):
    bars = bars_of((column, column * aspect), aspect, zoom=zoom, seen=SEEN)

    assert bars.down is None
    assert bars.across is not None
    assert bars.texts == (f"{bars.across.length_mm:g} mm",)


def test_that_two_bars_say_which_is_which():
    bars = bars_of((0.3, 0.45), 1.0, zoom=1.0, seen=SEEN)

    assert bars.texts == ("50 mm across", "50 mm down")


@pytest.mark.parametrize("seen", [QSize(0, 0), QSize(20, 700), QSize(90, 90)])
def test_that_a_picture_of_which_little_is_seen_has_none(seen):
    assert bars_of((0.3, 0.3), 1.0, zoom=1.0, seen=seen) == ShownBars()


HEAD = Ellipse(100, 80, 50, 30, 0.4)


@pytest.mark.parametrize(
    ("place", "is_met"),
    [
        (QRectF(0, 0, 20, 20), False),
        (QRectF(90, 70, 5, 5), True),
        (QRectF(0, 0, 300, 300), True),
        (QRectF(50, 60, 12, 12), True),
        (QRectF(0, 79, 60, 2), True),
        (QRectF(150, 110, 20, 20), False),
    ],
)
def test_that_a_place_meets_the_skull_inside_and_on_its_rim(place, is_met):
    assert meets(HEAD, place) is is_met


def test_that_all_corners_lie_within_the_view():
    view, size = QRect(3, 4, 500, 400), QSize(120, 30)

    assert all(view.contains(QRect(corner, size)) for corner in corners(view, size))
    assert corners(view, size)[0].x() < view.center().x()
    assert corners(view, size)[0].y() > view.center().y()


# In the window ------------------------------------------------------------------------------------


def length_in_picture(window, bar):
    """How many columns of the picture lie under a bar."""
    view = window.image_view
    ends = [view.mapToScene(QPoint(0, 0)), view.mapToScene(QPoint(1000, 0))]
    return bar.length_px * (ends[1].x() - ends[0].x()) / 1000


def free_of_skull(window):
    view, bars = window.image_view, window.display.scale_bars
    return not meets(
        view.ellipse_item.ellipse, QRectF(view.mapToScene(bars.geometry()).boundingRect())
    )


@pytest.mark.gui
def test_that_at_every_zoom_the_bar_is_as_long_as_it_says(opened):
    bars, scale = opened.display.scale_bars, exam(opened).calibration
    seen = set()
    for _ in range(9):
        bar = bars.bars.across
        in_mm = length_in_picture(opened, bar) * scale.mm_per_column
        assert in_mm == pytest.approx(bar.length_mm, rel=1e-3)
        assert not bars.isVisible() or free_of_skull(opened)
        seen.add(bar.length_mm)
        do(opened, "zoom_in")

    assert len(seen) > 2


@pytest.mark.gui
def test_that_without_a_scale_there_is_no_bar_of_any_kind(qtbot, window, uncalibrated):
    open_and_wait(qtbot, window, uncalibrated)
    assert not window.display.scale_bars.isVisible()

    window.scales.set_pixel_size(0.5, 0.5)
    assert window.display.scale_bars.isVisible()
    do(window, "undo")
    assert not window.display.scale_bars.isVisible()


@pytest.mark.gui
def test_that_the_bar_gives_way_to_the_skull(opened):
    bars = opened.display.scale_bars
    before = bars.pos()
    assert free_of_skull(opened)

    delete_outline_and_draw(opened, (2, 80), (90, 132))

    assert bars.isVisible()
    assert bars.pos() != before
    assert free_of_skull(opened)


@pytest.mark.gui
def test_that_where_the_skull_is_everywhere_there_is_no_bar(opened):
    for _ in range(14):
        do(opened, "zoom_in")
    opened.image_view.centerOn(QPointF(*exam(opened).outline_px.center))

    assert opened.display.scale_bars.bars.across is not None
    assert not opened.display.scale_bars.isVisible()


@pytest.mark.gui
def test_that_pixels_of_unequal_sides_have_a_bar_for_each_direction_unless_shown_so(
    qtbot, window, tall_pixels
):
    open_and_wait(qtbot, window, tall_pixels)
    scale = exam(window).calibration
    assert scale.mm_per_row == pytest.approx(TALL * scale.mm_per_column)
    assert window.display.scale_bars.bars.down is None

    window.scales.set_pixel_size(0.5, 0.5)

    assert window.display.scale_bars.bars.down is not None
    assert window.display.scale_bars.isVisible()


@pytest.mark.gui
def test_that_the_list_of_images_and_the_empty_window_have_no_bar(opened):
    opened.display.show_content(None)

    assert not opened.display.scale_bars.isVisible()
    assert opened.display.readout.text() == ""


@pytest.mark.gui
def test_that_the_hand_reaches_the_picture_through_the_bar(opened):
    bars = opened.display.scale_bars
    view = opened.image_view

    assert view.childAt(bars.geometry().center()) in {view.viewport(), None}
