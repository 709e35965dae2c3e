import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fhc_desktop.domain.image.geometry import Ellipse
from model_training import overlays
from model_training.overlays import overlaid
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


@pytest.mark.parametrize("draw", overlays._DRAWN, ids=lambda draw: draw.__name__)
def test_that_each_kind_is_bright_on_black(draw):
    for seed in range(30):
        picture = np.zeros((540, 800), np.uint8)
        draw(picture, Ellipse(400, 270, 180, 140, 0.3), np.random.default_rng(seed))
        assert picture.max() >= 120


def test_that_an_outline_that_leaves_the_picture_can_be_drawn_over():
    leaving = Ellipse(5, 5, 300, 250, 1.0)
    for seed in range(40):
        assert overlaid(PICTURE, leaving, np.random.default_rng(seed)).shape == PICTURE.shape
