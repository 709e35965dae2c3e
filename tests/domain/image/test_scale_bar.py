"""A scale bar is round, as long as it says and as long as fits."""

import math

from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.image.scale_bar import scale_bar, scale_bar_mm


def test_that_a_picture_of_a_few_pixels_gets_no_bar():
    assert scale_bar(0.1, 20) is None


@given(st.floats(0.02, 1.5), st.integers(1, 20_000))
def test_that_the_scale_bar_is_round_and_as_long_as_fits(mm_per_px, width_px):
    length_mm = scale_bar_mm(mm_per_px, width_px)
    room_mm = 0.3 * width_px * mm_per_px
    assert length_mm <= room_mm * (1 + 1e-9) < 2.5 * length_mm * (1 + 1e-6)
    mantissa = length_mm / 10 ** math.floor(math.log10(length_mm) + 1e-9)
    assert min(abs(mantissa - step) for step in (1, 2, 5)) < 1e-9


def test_that_a_bar_may_be_finer_where_it_is_asked_to():
    bar = scale_bar(0.002, 1000, shortest_mm=0.0)

    assert (bar.length_mm, bar.length_px, bar.text) == (0.5, 250.0, "0.5 mm")
