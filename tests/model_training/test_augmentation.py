import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.preprocessing import PreprocessingSpec, close_up, whole_picture
from model_training.augmentation import (
    headless_frame,
    photometric,
    shaken_close_up,
    shaken_whole_picture,
    speckled,
    without_head,
)
from model_training.config import AugmentationConfig
from tests.model_training.drawn_sets import drawn_picture

SPEC = PreprocessingSpec(288, 192)
SHAPE = (540, 800)
HEAD = Ellipse(380, 250, 150, 110, 0.4)
STILL = AugmentationConfig(
    rotation_degrees=0, scale=0, shift=0, stretch=0, offset=0, size=0, tilt_degrees=0, miss=0
)

# No test depends on how fast the machine is.
unhurried = settings(deadline=None)


def seeds():
    return st.integers(0, 2**32 - 1).map(np.random.default_rng)


def heads():
    return st.builds(
        lambda x, y, a, ratio, angle: Ellipse(x, y, a, a * ratio, angle),
        st.floats(100, 700),
        st.floats(100, 440),
        st.floats(40, 250),
        st.floats(0.6, 1.0),
        st.floats(0, 3.1),
    )


@unhurried
@given(
    seeds(), st.tuples(st.integers(60, 900), st.integers(60, 900)), st.sampled_from([0.7, 1, 1.3])
)
def test_that_an_unshaken_picture_lies_where_serving_puts_it(rng, shape, aspect):
    """To half a pixel: serving never cuts a pixel in two, where the padding is an odd number."""
    still = shaken_whole_picture(shape, aspect, SPEC, rng=rng, config=STILL)
    served = whole_picture(shape, aspect, SPEC)

    assert (still.x_factor, still.y_factor) == (served.x_factor, served.y_factor)
    assert (still.width, still.height, still.turn) == (served.width, served.height, 0)
    assert 0 <= still.left - served.left <= 0.5
    assert 0 <= still.top - served.top <= 0.5


@unhurried
@given(seeds(), heads())
def test_that_an_unshaken_close_up_is_servings(rng, head):
    config = replace(STILL, round_from=1.0)

    assert shaken_close_up(SHAPE, 1.25, head, SPEC, rng=rng, config=config) == close_up(
        SHAPE, 1.25, head, SPEC
    )


@unhurried
@given(seeds())
def test_that_a_shaken_picture_keeps_within_what_the_recipe_allows(rng):
    config = AugmentationConfig()
    shaken = shaken_whole_picture(SHAPE, 1.0, SPEC, rng=rng, config=config)
    served = whole_picture(SHAPE, 1.0, SPEC)

    assert abs(shaken.turn) <= math.radians(config.rotation_degrees)
    largest = (1 + config.scale) * (1 + config.stretch) * 1.01
    assert 1 / largest <= shaken.x_factor / served.x_factor <= largest
    middle = Ellipse((SHAPE[1] - 1) / 2, (SHAPE[0] - 1) / 2, 1, 1, 0)
    x, y = shaken.to_network(middle).center
    assert abs(x - (SPEC.width - 1) / 2) <= config.shift * SPEC.width + 0.01
    assert abs(y - (SPEC.height - 1) / 2) <= config.shift * SPEC.height + 0.01


def test_that_close_ups_are_off_as_far_as_the_recipe_says():
    config = replace(STILL, offset=0.05, size=0.06, tilt_degrees=4.0)
    rng = np.random.default_rng(3)
    found = [
        shaken_close_up(SHAPE, 1.0, HEAD, SPEC, rng=rng, config=config).to_network(HEAD)
        for _ in range(800)
    ]
    unit = SPEC.head * SPEC.width / 2
    offsets = [(each.center_x - (SPEC.width - 1) / 2) / unit for each in found]
    sizes = [math.log(each.semi_major / unit) for each in found]
    tilts = [math.degrees(math.sin(2 * each.canonical().angle) / 2) for each in found]

    assert np.std(offsets) == pytest.approx(0.05, rel=0.15)
    assert np.std(sizes) == pytest.approx(0.06, rel=0.15)
    assert np.std(tilts) == pytest.approx(4.0, rel=0.15)
    assert abs(np.mean(tilts)) < 0.6


def test_that_round_heads_are_shown_at_any_angle_and_long_ones_level():
    config = replace(STILL, round_from=0.88)
    rng = np.random.default_rng(3)

    def turns(head):
        shown = (
            shaken_close_up(SHAPE, 1.0, head, SPEC, rng=rng, config=config).to_network(head)
            for _ in range(100)
        )
        return [abs(math.sin(each.canonical().angle)) for each in shown]

    assert max(turns(HEAD)) < 1e-6
    assert max(turns(replace(HEAD, semi_axis_b=140))) > 0.5


@unhurried
@given(seeds(), heads(), st.booleans())
def test_that_a_picture_without_its_head_shows_nothing_of_it(rng, head, is_close_up):
    config = AugmentationConfig()
    placement = (
        shaken_close_up(SHAPE, 1.0, head, SPEC, rng=rng, config=config)
        if is_close_up
        else shaken_whole_picture(SHAPE, 1.0, SPEC, rng=rng, config=config)
    )
    moved = without_head(placement, head, SPEC).to_network(head)

    x, y = moved.points(360).T
    tolerance = 1e-6
    inside = (x > tolerance) & (x < SPEC.width - tolerance)
    inside &= (y > tolerance) & (y < SPEC.height - tolerance)
    assert not inside.any()
    assert replace(moved, center_x=0, center_y=0) == replace(
        placement.to_network(head), center_x=0, center_y=0
    )


@unhurried
@given(seeds())
def test_that_grey_values_stay_grey_values(rng):
    frame = drawn_picture(1).astype(np.float32)
    config = AugmentationConfig(speckle=0.7, blur=0.7, shadow=0.7)
    for changed in (photometric(frame, rng, config), headless_frame(frame, rng)):
        assert changed.shape == frame.shape
        assert changed.dtype == np.float32
        assert 0 <= changed.min() <= changed.max() <= 255.01


def test_that_no_change_of_grey_is_no_change():
    frame = drawn_picture(1).astype(np.float32)
    still = AugmentationConfig(gamma=0, gain=0, depth_gain=0, speckle=0, blur=0, shadow=0)

    assert np.allclose(photometric(frame, np.random.default_rng(1), still), frame, atol=1e-2)


def test_that_the_same_seed_gives_the_same_picture():
    frame = drawn_picture(3).astype(np.float32)
    config = AugmentationConfig(speckle=1, blur=1, shadow=1)
    once, again, other = (
        photometric(frame, np.random.default_rng(seed), config) for seed in (5, 5, 6)
    )

    assert (once == again).all()
    assert (once != other).any()


def test_that_speckle_leaves_black_black():
    frame = np.zeros((60, 80), np.float32)

    assert speckled(frame, np.random.default_rng(1)).max() == 0


def test_that_what_shows_no_head_is_of_many_kinds():
    frame = drawn_picture(2).astype(np.float32)
    rng = np.random.default_rng(8)
    spreads = [headless_frame(frame, rng).std() for _ in range(60)]

    assert min(spreads) == 0
    assert len({round(float(spread)) for spread in spreads}) > 10
