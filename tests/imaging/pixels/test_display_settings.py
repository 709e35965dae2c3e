"""A setting that leaves next to nothing of a picture is none, and one sentence says so."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fhc_desktop.imaging.pixels.display_settings import (
    FEWEST_LEVELS,
    count_levels,
    display_remarks,
    keeps_picture,
    lost_levels,
)
from fhc_desktop.imaging.pixels.grayscale import to_8_bits_from
from tests.heads import small_phantom

GRAY = small_phantom().gray


def windowed(lowest, highest):
    return to_8_bits_from(GRAY, lowest=lowest, highest=highest)


@pytest.mark.parametrize(
    ("lowest", "highest"),
    [(32767, 98303), (0, 65535), (-1000, -1), (120, 121), (250, 255), (0, 1), (0, 6000)],
)
def test_that_a_window_beside_the_pixels_keeps_no_picture(lowest, highest):
    assert not keeps_picture(windowed(lowest, highest), GRAY)


@pytest.mark.parametrize(("lowest", "highest"), [(0, 255), (0, 1023), (10, 150), (-300, 300)])
def test_that_a_window_over_the_pixels_keeps_the_picture(lowest, highest):
    assert keeps_picture(windowed(lowest, highest), GRAY)


def test_that_specks_are_no_levels():
    specks = np.zeros((400, 400), np.uint8)
    specks[0, :200] = np.arange(200)

    assert count_levels(specks) == 2  # black, and the brightest of all


@pytest.mark.parametrize("levels", [1, 2, 3, 7, 15])
def test_that_a_picture_of_few_levels_need_not_have_more(levels):
    drawing = np.arange(256, dtype=np.uint8).reshape(16, 16) % levels

    assert keeps_picture(drawing, drawing)
    assert keeps_picture(np.zeros_like(drawing), drawing) == (levels == 1)


@settings(deadline=None, max_examples=40)
@given(st.integers(17, 2000), st.integers(17, 2000))
def test_that_the_size_of_a_picture_changes_no_verdict(rows, columns):
    ramp = np.broadcast_to(np.linspace(0, 255, columns).astype(np.uint8), (rows, columns))

    assert keeps_picture(ramp, ramp)
    assert count_levels(ramp) >= FEWEST_LEVELS
    assert not keeps_picture(ramp // 100, ramp)


def test_that_the_remark_says_what_was_wrong_and_what_is_shown():
    fault = lost_levels("its window", windowed(0, 65535), GRAY)

    (alone,) = display_remarks((fault, "its palette is empty"), is_stored_shown=True)
    (beside,) = display_remarks((fault,), is_stored_shown=False)

    assert alone == (
        "The file’s display settings were not usable, and the stored values are shown: its window "
        f"leaves 2 of {count_levels(GRAY)} grey levels; its palette is empty. Compare the picture "
        "with the scanner’s."
    )
    assert beside.startswith(
        "Some of the file’s display settings were not usable, and the others are in force: its"
    )
    assert display_remarks((), is_stored_shown=True) == ()
