"""What a decoder announces is a picture that there can be, or none."""

import json
import math

import numpy as np
import pytest

from fhc_desktop.imaging.pixels.decoded_picture import DecodedPicture
from fhc_desktop.imaging.sandbox.bare_picture import BarePicture
from fhc_desktop.imaging.sandbox.message import from_message, to_message
from tests.heads import small_phantom

GRAY = small_phantom().gray
COLOR = np.dstack([GRAY, GRAY[::-1], GRAY[:, ::-1]])


def announced(**changed):
    message = json.loads(json.dumps(to_message(DecodedPicture(GRAY, COLOR))))
    return message | changed


def test_that_its_bytes_are_the_pictures_own_and_no_copy():
    message = announced()
    bare = BarePicture.announced(message)
    for plane, pixels in zip(bare.planes, (GRAY, COLOR), strict=True):
        plane[:] = pixels.tobytes()
    picture = from_message(message, bare)

    assert np.array_equal(picture.gray, GRAY)
    assert np.array_equal(picture.color, COLOR)
    bare.gray[0] ^= 255
    assert picture.gray[0, 0] != GRAY[0, 0]


@pytest.mark.parametrize(
    "changed",
    [
        {"rows": 15},
        {"columns": 8193},
        {"rows": -40},
        {"rows": 40.0},
        {"columns": "40"},
        {"rows": True},
        {"rows": None},
        {"pixel_aspect": 0},
        {"pixel_aspect": -1},
        {"pixel_aspect": math.inf},
        {"pixel_aspect": math.nan},
        {"pixel_aspect": "wide"},
    ],
)
def test_that_what_no_picture_is_like_is_refused_before_room_is_made_for_it(changed):
    with pytest.raises((LookupError, TypeError, ValueError)):
        BarePicture.announced(announced(**changed))


@pytest.mark.parametrize("missing", ["rows", "columns", "pixel_aspect", "has_color"])
def test_that_a_message_without_a_part_announces_nothing(missing):
    message = announced()
    del message[missing]

    with pytest.raises(LookupError):
        BarePicture.announced(message)
