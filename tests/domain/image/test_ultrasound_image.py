from pathlib import Path

import numpy as np
import pytest

from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage

SOURCE = ImageSource(Path("scan.png"), "ab12" * 16)


def image(*, shape=(80, 120), dtype=np.uint8, **more):
    return UltrasoundImage(np.zeros(shape, dtype), SOURCE, **more)


def test_that_a_picture_has_rows_and_columns():
    assert (image().rows, image().columns) == (80, 120)


@pytest.mark.parametrize(
    "wrong",
    [
        {"shape": (80, 120, 3)},
        {"dtype": np.uint16},
        {"color": np.zeros((80, 120), np.uint8)},
        {"color": np.zeros((80, 121, 3), np.uint8)},
        {"color": np.zeros((80, 120, 4), np.uint8)},
        {"pixel_aspect": 0.0},
    ],
)
def test_that_what_is_no_picture_is_refused(wrong):
    with pytest.raises(ValueError, match=r"not an 8-bit|do not fit|positive"):
        image(**wrong)


def test_that_neither_grey_nor_colours_can_be_written():
    found = image(color=np.zeros((80, 120, 3), np.uint8))

    for pixels in (found.gray, found.color):
        with pytest.raises(ValueError, match="read-only"):
            pixels[0, 0] = 1
