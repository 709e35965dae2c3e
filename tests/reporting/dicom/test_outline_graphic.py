"""Where DICOM draws an outline: from the corner, and inside the picture."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.reporting.dicom.outline_graphic import (
    OutlineGraphic,
    ellipse_through,
    from_centre,
    inside,
)
from tests.strategies import ellipses


def test_that_the_centre_of_the_first_pixel_is_half_a_pixel_from_the_corner():
    ends = OutlineGraphic.of(Ellipse(50.0, 40.0, 30.0, 20.0, 0.0), rows=100, columns=120).ends

    assert ends == pytest.approx(np.array([[20.5, 40.5], [80.5, 40.5], [50.5, 20.5], [50.5, 60.5]]))


def test_that_the_longer_axis_comes_first_whichever_it_is():
    ends = OutlineGraphic.of(Ellipse(50.0, 40.0, 20.0, 30.0, 0.0), rows=100, columns=120).ends

    assert math.dist(*ends[:2]) == pytest.approx(60)
    assert math.dist(*ends[2:]) == pytest.approx(40)


@given(ellipses())
def test_that_the_ends_of_the_axes_are_the_ellipse(outline_px):
    drawn = OutlineGraphic.of(outline_px.moved(600, 600), rows=2000, columns=2000)

    if drawn.ends is not None:
        again = from_centre(ellipse_through(drawn.ends))
        assert again.extent == pytest.approx(outline_px.moved(600, 600).extent, abs=1e-6)


@given(ellipses(), st.integers(50, 600), st.integers(50, 600))
def test_that_nothing_is_drawn_beyond_the_picture(outline_px, rows, columns):
    drawn = OutlineGraphic.of(outline_px, rows=rows, columns=columns)
    lines = drawn.lines if drawn.ends is None else (drawn.ends,)

    for line in lines:
        assert line.min() >= 0
        assert line[:, 0].max() <= columns
        assert line[:, 1].max() <= rows


def test_that_an_outline_across_the_left_edge_is_one_line_in_the_picture():
    drawn = OutlineGraphic.of(Ellipse(0.0, 50.0, 30.0, 20.0, 0.0), rows=100, columns=120)

    assert drawn.ends is None
    (line,) = drawn.lines
    assert line[:, 0].max() == pytest.approx(30.5)
    assert np.hypot(*np.diff(line, axis=0).T).max() < 1


def test_that_an_outline_round_the_whole_picture_is_not_drawn():
    assert OutlineGraphic.of(Ellipse(60.0, 50.0, 300.0, 300.0, 0.0), rows=100, columns=120) == (
        OutlineGraphic(None, ())
    )


def test_that_a_line_that_leaves_the_picture_is_left_out():
    assert inside(np.array([[1.0, 1.0], [121.0, 5.0]]), rows=100, columns=120) is None
    assert inside(np.array([[1.0, 1.0], [120.0, 5.0]]), rows=100, columns=120) is not None


def test_that_four_points_on_one_spot_are_no_ellipse():
    with pytest.raises(ValueError, match="semi-axes"):
        ellipse_through(np.zeros((4, 2)))
