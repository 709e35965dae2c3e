"""What a word's bits mean, where the header contradicts itself or the words."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from fhc_desktop.imaging.dicom.codecs import PixelHeader
from fhc_desktop.imaging.dicom.stored_values import read_values
from tests.heads import small_phantom

GRAY = small_phantom().gray
DEEP = GRAY.astype(np.uint16) * 16
OVERLAY = np.uint16(GRAY > 200)


def header(words, *, stored, high=None, signed=False, samples=1):
    return PixelHeader(
        *words.shape[:2],
        samples,
        words.dtype.itemsize * 8,
        stored,
        stored - 1 if high is None else high,
        "MONOCHROME2",
        signed,
        1,
    )


def read(words, **said):
    return read_values(words, header(words, **said))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (GRAY, {"stored": 8}),
        (DEEP, {"stored": 12}),
        (DEEP, {"stored": 16}),
        (DEEP.astype(np.int16) - 2000, {"stored": 16, "signed": True}),
        (DEEP.astype(np.int16) - 2000, {"stored": 13, "signed": True}),
        (GRAY.astype(np.int16) - 128, {"stored": 8, "signed": True}),
    ],
)
def test_that_a_header_that_fits_is_believed(words, said):
    found = read(words, **said)

    assert np.array_equal(found.pixels, words)
    assert found.faults == ()


@pytest.mark.parametrize("bit", [8, 12, 15])
def test_that_an_overlay_in_unused_bits_is_no_part_of_the_picture(bit):
    found = read(GRAY.astype(np.uint16) | OVERLAY << bit, stored=8)

    assert np.array_equal(found.pixels, GRAY)
    assert found.faults == ()


@pytest.mark.parametrize(
    ("words", "said", "pixels", "fault"),
    [
        (DEEP * 16, {"stored": 8, "high": 15}, GRAY, "the bits below it are shown"),
        (DEEP * 16, {"stored": 12, "high": 15}, DEEP, "the bits below it are shown"),
        (DEEP, {"stored": 8, "high": 11}, GRAY, "the bits below it are shown"),
        (GRAY.astype(np.uint16), {"stored": 8, "high": 15}, GRAY, "the lowest bits are shown"),
        (GRAY, {"stored": 8, "high": 0}, GRAY, "the lowest bits are shown"),
        (GRAY, {"stored": 8, "high": 99}, GRAY, "the lowest bits are shown"),
        (GRAY, {"stored": 12}, GRAY, "more bits stored than allocated"),
        (GRAY.astype(np.uint16) * 2, {"stored": 8}, GRAY * np.uint16(2), "more bits than it"),
        (DEEP, {"stored": 7, "high": 7}, DEEP, "more bits than it announces"),
        (DEEP, {"stored": 8}, DEEP, "more bits than it announces"),
        (DEEP * 16, {"stored": 8}, DEEP * 16, "more bits than it announces"),
        (GRAY.view(np.int8), {"stored": 8, "signed": True}, GRAY, "no sign, although it"),
        ((DEEP - 2000), {"stored": 16}, DEEP.astype(int) - 2000, "a sign, although it announces"),
    ],
)
def test_that_the_reading_that_gives_a_picture_is_taken_and_told(words, said, pixels, fault):
    found = read(words, **said)

    assert np.array_equal(found.pixels, pixels)
    assert fault in " ".join(found.faults)


def test_that_colours_have_no_sign():
    colors = np.stack([GRAY, GRAY // 2, 255 - GRAY], axis=-1)
    found = read(colors, stored=8, signed=True, samples=3)

    assert np.array_equal(found.pixels, colors)
    assert "no sign" in found.faults[0]


words_of_any_depth = st.sampled_from([np.uint8, np.uint16, np.int8, np.int16]).flatmap(
    lambda dtype: arrays(dtype, st.tuples(st.integers(16, 20), st.integers(16, 20)))
)


@given(words_of_any_depth, st.integers(1, 70), st.integers(-2, 70), st.booleans())
def test_that_no_header_is_too_foolish(words, stored, high, signed):
    found = read(words, stored=stored, high=high, signed=signed)

    assert found.pixels.shape == words.shape
    lowest, highest = int(found.pixels.min()), int(found.pixels.max())
    assert -(2 ** (found.bits - 1)) * found.is_signed <= lowest
    assert highest < 2 ** (found.bits - found.is_signed)
