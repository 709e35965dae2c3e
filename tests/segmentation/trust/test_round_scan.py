"""A scan that is a full circle is not one through a belly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.tissue import tissue_of
from fhc_desktop.segmentation.trust.round_scan import is_scanned_all_round
from tests.heads import small_phantom

WALL = Ellipse(200.0, 150.0, 70.0, 66.0, 0.3)


def a_disc(radius: float, *, center: tuple[float, float] = (200.0, 150.0), noise: int = 0):
    """Return tissue in a circle on black."""
    y, x = np.mgrid[:300, :400]
    rng = np.random.default_rng(noise)
    tissue = rng.integers(40, 200, (300, 400)).astype(np.uint8)
    return np.where(np.hypot(x - center[0], y - center[1]) < radius, tissue, 0).astype(np.uint8)


def is_round(gray, outline_px):
    return is_scanned_all_round(tissue_of(gray), outline_px)


@given(st.floats(100, 145), st.floats(180, 220), st.integers(0, 9))
def test_that_a_circle_of_tissue_round_an_outline_is_scanned_all_round(radius, x, noise):
    assert is_round(a_disc(radius, center=(x, 150.0), noise=noise), WALL)


@pytest.mark.parametrize("seed", range(6))
def test_that_a_sector_is_not(seed):
    scan = small_phantom(seed=seed)
    assert not is_round(scan.gray, scan.outline_px)


def test_that_a_whole_picture_of_tissue_is_not():
    gray = np.random.default_rng(1).integers(40, 200, (300, 400)).astype(np.uint8)
    assert not is_round(gray, WALL)


def test_that_a_head_which_is_itself_the_circle_is_not():
    assert not is_round(a_disc(100.0), Ellipse(200.0, 150.0, 100.0, 98.0, 0.0))


def test_that_an_empty_picture_is_not():
    assert not is_round(np.zeros((300, 400), np.uint8), WALL)
