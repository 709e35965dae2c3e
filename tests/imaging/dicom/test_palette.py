"""A palette gives its colours; one that is none leaves the indices."""

import numpy as np
import pytest
from pydicom.uid import ExplicitVRBigEndian

from tests.heads import small_phantom
from tests.reading import load_image

GRAY = small_phantom().gray
COLORS = np.array([[i, 255 - i, i // 2] for i in range(256)], dtype=np.uint16)


def set_palette(dataset, entries, *, descriptor=(256, 0, 16), order="<"):
    dataset.PhotometricInterpretation = "PALETTE COLOR"
    for channel, name in enumerate(("Red", "Green", "Blue")):
        dataset.add_new(f"{name}PaletteColorLookupTableDescriptor", "US", list(descriptor))
        data = np.ascontiguousarray(entries[:, channel]).astype(f"{order}u2").tobytes()
        setattr(dataset, f"{name}PaletteColorLookupTableData", data)
    return dataset


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("factor", [1, 257])
def test_that_entries_of_8_and_16_bits_give_their_colours(dataset, saved, order, factor):
    set_palette(dataset, COLORS * factor, order=order)
    if order == ">":
        dataset.file_meta.TransferSyntaxUID = ExplicitVRBigEndian
    image = load_image(saved(dataset)).image

    assert np.array_equal(image.color, COLORS[GRAY])
    assert image.remarks == ()


def test_that_indices_behind_the_last_have_its_colour(dataset, saved):
    set_palette(dataset, COLORS[:100], descriptor=(100, 0, 16))

    assert np.array_equal(load_image(saved(dataset)).image.color, COLORS[np.minimum(GRAY, 99)])


@pytest.mark.parametrize(
    ("entries", "descriptor", "words"),
    [
        (COLORS[:0], (256, 0, 16), "its palette is empty or damaged"),
        (COLORS[:0], (0, 0, 0), "its palette is empty or damaged"),
        (COLORS[:100], (256, 0, 16), "its palette is empty or damaged"),
        (COLORS, (200, 0, 16), "its palette is empty or damaged"),
        (COLORS * 0, (256, 0, 16), "its palette leaves 1 of"),
        (COLORS, (256, 5000, 16), "its palette leaves 1 of"),
    ],
)
def test_that_a_palette_that_is_none_leaves_the_indices(dataset, saved, entries, descriptor, words):
    image = load_image(saved(set_palette(dataset, entries, descriptor=descriptor))).image
    (remark,) = image.remarks

    assert np.array_equal(image.gray, GRAY)
    assert image.color is None
    assert words in remark
    assert "the stored values are shown" in remark


def test_that_a_file_without_its_palette_shows_the_indices(dataset, saved):
    dataset.PhotometricInterpretation = "PALETTE COLOR"
    image = load_image(saved(dataset)).image

    assert np.array_equal(image.gray, GRAY)
    assert "its palette is empty or damaged" in image.remarks[0]
