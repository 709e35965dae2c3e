import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fhc_desktop.domain.image.geometry import Ellipse
from model_training.overlays import burnt_in_calipers, burnt_in_ellipse, overlaid
from tests.model_training.drawn_sets import drawn_outline, drawn_picture

PICTURE, OUTLINE = drawn_picture(1), drawn_outline(1)

# No test depends on how fast the machine is.
unhurried = settings(deadline=None)


@unhurried
@given(st.integers(0, 2**32 - 1))
def test_that_something_is_drawn_and_most_of_the_picture_stays(seed):
    before = PICTURE.copy()
    shown = overlaid(PICTURE, OUTLINE, np.random.default_rng(seed))

    assert (before == PICTURE).all()
    assert shown.shape == PICTURE.shape
    assert shown.dtype == np.uint8
    # The picture is a quarter of a scan's size, and letters are as large as on a scan.
    assert 0 < (shown != PICTURE).mean() < 0.6


def test_that_the_same_seed_draws_the_same():
    once, again = (overlaid(PICTURE, OUTLINE, np.random.default_rng(4)) for _ in range(2))

    assert (once == again).all()


@pytest.mark.parametrize("drawn_over", [overlaid, burnt_in_ellipse, burnt_in_calipers])
def test_that_what_is_drawn_is_bright_on_black(drawn_over):
    black, outline = np.zeros((540, 800), np.uint8), Ellipse(400, 270, 180, 140, 0.3)
    # So many that each of the five kinds is several times the only one.
    for seed in range(150):
        assert drawn_over(black, outline, np.random.default_rng(seed)).max() >= 120


def test_that_an_outline_that_leaves_the_picture_can_be_drawn_over():
    leaving = Ellipse(5, 5, 300, 250, 1.0)
    for seed in range(40):
        assert overlaid(PICTURE, leaving, np.random.default_rng(seed)).shape == PICTURE.shape
