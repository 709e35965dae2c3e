"""What is painted black: all that is not scan, and no pixel of the scan."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.image.blanking import MARGIN_PX, blank, default_blanking
from fhc_desktop.domain.image.calibration import RegionBox

ROWS, COLUMNS = 40, 60


@st.composite
def boxes(draw):
    left = draw(st.integers(0, COLUMNS - 2))
    top = draw(st.integers(0, ROWS - 2))
    return RegionBox(
        left,
        top,
        draw(st.integers(left + 1, COLUMNS - 1)),
        draw(st.integers(top + 1, ROWS - 1)),
    )


def painted(rectangles):
    picture = np.full((ROWS, COLUMNS), 255, np.uint8)
    blank(picture, rectangles)
    return picture


@given(st.lists(boxes(), min_size=1, max_size=4))
def test_that_the_scan_stays_with_its_margin_and_all_else_goes(kept):
    expected = np.zeros((ROWS, COLUMNS), np.uint8)
    for box in kept:
        expected[
            max(box.top - MARGIN_PX, 0) : box.bottom + MARGIN_PX + 1,
            max(box.left - MARGIN_PX, 0) : box.right + MARGIN_PX + 1,
        ] = 255

    assert np.array_equal(painted(default_blanking(ROWS, COLUMNS, kept)), expected)


@given(st.lists(boxes(), max_size=4))
def test_that_what_is_painted_black_lies_in_the_picture(kept):
    for box in default_blanking(ROWS, COLUMNS, kept):
        assert 0 <= box.left <= box.right < COLUMNS
        assert 0 <= box.top <= box.bottom < ROWS


def test_that_a_picture_without_regions_loses_its_top():
    picture = painted(default_blanking(ROWS, COLUMNS, ()))

    assert not picture[:5].any()  # 12 % of 40 rows, rounded up
    assert picture[5:].all()


def test_that_colours_are_painted_too():
    picture = np.full((ROWS, COLUMNS, 3), 255, np.uint8)

    blank(picture, [RegionBox(10, 20, 11, 21)])

    assert not picture[20:22, 10:12].any()
    assert np.count_nonzero(picture == 0) == 12
