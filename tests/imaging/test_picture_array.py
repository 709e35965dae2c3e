"""Pixels in memory are a picture or are refused in one sentence."""

import numpy as np
import pytest

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.imaging.picture_array import image_of_array
from tests.heads import small_phantom, write_png
from tests.reading import load_image

GRAY = small_phantom().gray


def test_that_grey_pixels_are_those_of_a_file_with_the_same_picture(tmp_path):
    of_file = load_image(write_png(small_phantom(), tmp_path / "head.png")).image

    made = image_of_array(GRAY).image

    assert np.array_equal(made.gray, of_file.gray)
    assert made.pixels_sha256 == of_file.pixels_sha256
    assert made.color is None


def test_that_colours_become_grey_and_stay_to_be_seen():
    colored = np.stack([GRAY, GRAY // 2, GRAY // 4], axis=-1)

    made = image_of_array(colored).image

    assert np.array_equal(made.color, colored)
    assert made.gray.shape == GRAY.shape


def test_that_deep_pixels_become_eight_bits_by_the_depth_that_they_use():
    made = image_of_array(GRAY.astype(np.uint16) * 16).image

    assert np.abs(made.gray.astype(int) - GRAY).max() <= 1


def test_that_the_array_stays_the_callers():
    mine = GRAY.copy()

    made = image_of_array(mine).image
    mine[:] = 0

    assert np.array_equal(made.gray, GRAY)


def test_that_arrays_differ_in_their_digests_as_they_differ_in_values_shape_or_type():
    arrays = (GRAY, GRAY[:, ::-1], GRAY.reshape(100, -1), GRAY.astype(np.uint16))

    assert len({image_of_array(one).image.source.sha256 for one in arrays}) == len(arrays)


@pytest.mark.parametrize(
    ("pixels", "words"),
    [
        (GRAY.astype(np.float32), "The array is no picture: its values are float32."),
        (GRAY > 0, "The array is no picture: its values are bool."),
        (GRAY.astype(np.int16), "The array is no picture: its values are int16."),
        (np.zeros((20, 20, 4), np.uint8), "The array is no picture: its shape is (20, 20, 4)."),
        (np.zeros((5, 20, 20), np.uint8), "The array is no picture: its shape is (5, 20, 20)."),
        (np.zeros(400, np.uint8), "The array is no picture: its shape is (400,)."),
        (np.zeros((8, 20), np.uint8), "array is too small to measure: 20 × 8 pixels."),
        (np.zeros((20, 9000), np.uint8), "array is too large to open: 9000 × 20 pixels."),
    ],
)
def test_that_what_is_no_picture_is_refused_in_a_sentence(pixels, words):
    with pytest.raises(FhcError) as refused:
        image_of_array(pixels)

    assert refused.value.problem == words
    assert refused.value.remedy
