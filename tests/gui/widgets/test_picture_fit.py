"""A picture fits its view as a whole, and as large as it may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QRectF

from fhc_desktop.gui.widgets.picture_fit import (
    LARGEST_ZOOM,
    SMALLEST_ZOOM,
    fitting_zoom,
    scene_round,
)

sides = st.floats(16, 8192)
rooms = st.integers(25, 4000)


@given(sides, sides, rooms, rooms)
def test_that_all_of_it_is_in_the_view_and_it_could_not_be_larger(width, height, across, down):
    zoom = fitting_zoom(QRectF(0, 0, width, height), QRect(0, 0, across, down))

    assert SMALLEST_ZOOM <= zoom <= LARGEST_ZOOM
    left_over = min(across - 24 - zoom * width, down - 24 - zoom * height)
    if SMALLEST_ZOOM < zoom < LARGEST_ZOOM:
        assert left_over == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("picture", "view"),
    [
        (QRectF(), QRect(0, 0, 100, 100)),
        (QRectF(0, 0, 10, 10), QRect(0, 0, 24, 100)),
        (QRectF(0, 0, 10, 10), QRect()),
    ],
)
def test_that_without_a_picture_or_room_there_is_no_zoom(picture, view):
    assert fitting_zoom(picture, view) is None


@given(sides, sides)
def test_that_a_picture_can_be_moved_to_each_side_of_its_scene(width, height):
    picture = QRectF(-0.5, -0.5, width, height)
    scene = scene_round(picture)

    assert scene.center() == picture.center()
    assert scene.width() - width == pytest.approx(2 * max(width, height))
