"""Colours and deep pixels become eight bits of grey in one way."""

import numpy as np
import pytest

from fhc_desktop.imaging.pixels.grayscale import (
    over_black,
    to_8_bits,
    to_8_bits_from,
    to_gray8,
    to_rgb8,
)


def test_that_equal_channels_give_exactly_their_value():
    ramp = np.arange(256, dtype=np.uint8).reshape(16, 16)

    assert np.array_equal(to_gray8(np.stack([ramp] * 3, axis=-1)), ramp)
    assert to_rgb8(np.stack([ramp] * 3, axis=-1)) is None


def test_that_colours_become_their_luma():
    pure = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]]], np.uint8)

    assert to_gray8(pure).tolist() == [[76, 150, 29, 255]]


@pytest.mark.parametrize("bits", [8, 10, 12, 14, 16])
def test_that_the_brightest_pixel_tells_the_depth(bits):
    pixels = np.array([[0, 2**bits - 1]], np.uint16)

    assert to_8_bits(pixels).tolist() == [[0, 255]]


def test_that_what_lies_outside_a_window_is_black_or_white():
    pixels = np.array([[-5.0, 0.0, 5.0, 10.0, 99.0]])

    assert to_8_bits_from(pixels, lowest=0, highest=10).tolist() == [[0, 0, 128, 255, 255]]
    assert to_8_bits_from(pixels, lowest=10, highest=10).tolist() == [[0] * 5]


def test_that_a_picture_higher_than_a_band_is_the_same_throughout():
    tall = np.repeat(np.arange(1000, dtype=np.uint16)[:, None], 3, axis=1)

    assert np.array_equal(to_8_bits(tall), np.rint(tall * (255 / 1023)).astype(np.uint8))


def test_that_what_is_transparent_is_black():
    rgba = np.array([[[200, 100, 50, 255], [200, 100, 50, 0], [200, 100, 50, 51]]], np.uint8)

    assert over_black(rgba).tolist() == [[[200, 100, 50], [0, 0, 0], [40, 20, 10]]]
    assert over_black(np.array([[[200, 51]]], np.uint8)).tolist() == [[40]]
