"""Pages are turned within the report, and a zoom is undone by its opposite within its limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.gui.filing.preview_view import (
    LARGEST_ZOOM,
    SMALLEST_ZOOM,
    PreviewView,
    zoom_to_fit,
)

SIDES = st.floats(100, 2000)


@given(st.integers(1, 40), st.lists(st.integers(-50, 50), max_size=8))
def test_that_no_turning_leaves_the_report(count, steps):
    view = PreviewView(count)
    for step in steps:
        view = view.turned(step)
        assert 0 <= view.page < count
        assert view.has_before is (view.page > 0)
        assert view.has_after is (view.page < count - 1)


def test_that_the_words_count_from_one():
    assert PreviewView(3).turned(1).words == "Page 2 of 3"
    assert PreviewView(3).at(99).words == "Page 3 of 3"


@given(st.floats(0.5, 1.5), st.integers(1, 4))
def test_that_zooming_in_and_out_again_leads_back(fitting, steps):
    view = PreviewView(1).zoomed(steps, fitting=fitting)
    if view.zoom < LARGEST_ZOOM:
        back = view.zoomed(-steps, fitting=fitting)
        assert back.zoom == pytest.approx(fitting)


@given(st.integers(-50, 50))
def test_that_no_zoom_is_beyond_its_limits(steps):
    assert SMALLEST_ZOOM <= PreviewView(1).zoomed(steps, fitting=1.0).zoom <= LARGEST_ZOOM


@given(SIDES, SIDES, SIDES, SIDES)
def test_that_a_page_that_fits_has_room_on_both_sides(width, height, room_width, room_height):
    zoom = zoom_to_fit((width, height), (room_width, room_height))

    if zoom > SMALLEST_ZOOM:
        assert width * zoom <= room_width * 1.0001
        assert height * zoom <= room_height * 1.0001


def test_that_fitting_and_actual_size_are_told_apart():
    assert PreviewView(1).actual().zoom == 1.0
    assert PreviewView(1).actual().fitted().zoom is None
