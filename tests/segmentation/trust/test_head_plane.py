"""What a close look's levels say of an outline, and what follows from the log odds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.trust.head_plane import (
    BANDS,
    HeadPlaneSpec,
    log_odds,
    plane_features,
)

SHAPE = (192, 224)
HEAD = Ellipse(112.0, 96.0, 78.0, 60.0, 0.1)
SPEC = HeadPlaneSpec(0.5, 0.0, 1.0, 2.0)
# Of a channel: a mean for each band, then how it varies along the rim.
EACH = len(BANDS)


def level(values, size=4):
    """Values for each pixel of the frame, as a level of one channel has their means."""
    rows, columns = (side // size for side in SHAPE)
    return values.reshape(rows, size, columns, size).mean(axis=(1, 3), dtype=np.float32)[None]


def shares(outline=HEAD):
    y, x = np.mgrid[0 : SHAPE[0], 0 : SHAPE[1]]
    return np.hypot(*outline.shares_of_axes(x, y))


@given(st.floats(-5, 5, width=32))
def test_that_a_level_of_one_value_has_that_mean_everywhere_and_does_not_vary(value):
    plain = np.full((1, *SHAPE), value, np.float32)[:, ::8, ::8]
    *means, deviation, second = plane_features((plain,), HEAD, SHAPE)

    assert np.allclose([*means, second], value, atol=1e-5)
    assert deviation == pytest.approx(0, abs=1e-5)


def test_that_bright_bone_is_seen_on_the_rim_and_hardly_inside():
    bone = level(((shares() > 0.9) & (shares() < 1.04)).astype(np.float32))
    deep, beneath, rim, _beyond, *_ = plane_features((bone,), HEAD, SHAPE)

    assert deep == 0
    assert rim > 0.7
    assert beneath < 0.2


def test_that_half_a_rim_varies_along_it_and_a_whole_one_does_not():
    y, _ = np.mgrid[0 : SHAPE[0], 0 : SHAPE[1]]
    whole = (shares() > 0.7).astype(np.float32)
    of_whole, of_half = (
        plane_features((level(rim),), HEAD, SHAPE)[EACH:] for rim in (whole, whole * (y < 96))
    )

    assert of_whole == pytest.approx([0, 1], abs=0.05)
    # Half of the sectors have nothing, the second smallest among them.
    assert of_half == pytest.approx([0.5, 0], abs=0.1)


def test_that_a_mirrored_look_has_the_same_features():
    rng = np.random.default_rng(4)
    seen = rng.random((3, 48, 56), np.float32)
    mirrored = Ellipse(SHAPE[1] - 1 - 112.0, 96.0, 78.0, 60.0, np.pi - 0.1)
    other = plane_features((np.ascontiguousarray(seen[:, :, ::-1]),), mirrored, SHAPE)

    assert np.allclose(plane_features((seen,), HEAD, SHAPE), other, atol=0.02)


def test_that_each_level_but_the_coarsest_varies_along_the_rim():
    levels = tuple(np.ones((2, 96 // size, 112 // size), np.float32) for size in (2, 4, 8, 16))

    assert plane_features(levels, HEAD, SHAPE).shape == (2 * (4 * EACH + 3 * 2),)


def test_that_the_log_odds_are_a_linear_form():
    features, weights = np.array([1, 2], np.float32), np.array([3, -1], np.float32)

    assert log_odds(features, weights, SPEC) == pytest.approx(0.5 + 3 - 2)
    with pytest.raises(ValueError, match="mismatch"):
        log_odds(features, weights[:1], SPEC)


@pytest.mark.parametrize("bounds", [(1.0, 0.0, 2.0), (0.0, 3.0, 2.0), (0.0, 1.0, float("nan"))])
def test_that_bounds_that_do_not_rise_are_refused(bounds):
    with pytest.raises(ValueError, match="not bounds"):
        HeadPlaneSpec(0.0, *bounds)
