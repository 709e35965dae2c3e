"""Short level lines at the sides are candidates for marks, and what stands in the middle is not."""

import numpy as np
import pytest

from fhc_desktop.imaging.depth_marks.candidates import bright_marks, dark_marks

HEIGHTS = tuple(range(20, 220, 25))


def picture(*, left=10, length=6, ground=0, ink=255, heights=HEIGHTS):
    gray = np.full((240, 320), ground, np.uint8)
    for y in heights:
        gray[y, left : left + length] = ink
    return gray


def test_that_each_mark_has_its_height_columns_and_length():
    marks = bright_marks(picture())

    assert marks.y == pytest.approx(HEIGHTS)
    assert set(marks.left) == {10}
    assert set(marks.right) == {15}
    assert marks.length == pytest.approx([6.0] * len(HEIGHTS))


def test_that_marks_on_the_right_have_the_pictures_own_columns():
    assert set(bright_marks(picture(left=300)).left) == {300}


def test_that_dark_marks_are_found_on_bright_ground_only():
    assert dark_marks(picture(ground=200, ink=0)).y == pytest.approx(HEIGHTS)
    assert len(dark_marks(picture()).y) == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"left": 160},  # in the middle
        {"length": 60},  # a line of the picture
        {"ink": 30},  # no brighter than speckle
        {"heights": HEIGHTS[:4]},  # too few to be a scale
    ],
)
def test_that_what_is_no_mark_of_a_scale_is_none(changes):
    assert len(bright_marks(picture(**changes)).y) == 0


def test_that_a_mark_over_two_rows_lies_between_them():
    gray = picture() | np.roll(picture(), 1, axis=0)

    assert bright_marks(gray).y == pytest.approx([y + 0.5 for y in HEIGHTS])
