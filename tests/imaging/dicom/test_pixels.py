"""Pixels as the viewer is meant to see them, and what is refused before it is decoded."""

import io

import numpy as np
import pytest
from PIL import Image
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import (
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    RLELossless,
)

from fhc_desktop.imaging.loader import UnreadableImage
from tests.heads import small_phantom
from tests.reading import load_image

PHANTOM = small_phantom()
GRAY = PHANTOM.gray
RGB = np.stack([GRAY, GRAY // 2, 255 - GRAY], axis=-1)


def set_pixels(dataset, pixels, *, photometric="MONOCHROME2", bits=None):
    dataset.PhotometricInterpretation = photometric
    dataset.SamplesPerPixel = 3 if pixels.shape[-1] == 3 else 1
    if dataset.SamplesPerPixel == 3:
        dataset.PlanarConfiguration = 0
    dataset.BitsAllocated = pixels.dtype.itemsize * 8
    dataset.BitsStored = bits or dataset.BitsAllocated
    dataset.HighBit = dataset.BitsStored - 1
    dataset.PixelRepresentation = int(pixels.dtype.kind == "i")
    data = pixels.tobytes()
    dataset.PixelData = data + b"\0" * (len(data) % 2)
    dataset["PixelData"].VR = "OB" if dataset.BitsAllocated == 8 else "OW"
    return dataset


def encoded(kind, pixels, **options):
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, kind, **options)
    return buffer.getvalue()


def refused(path):
    with pytest.raises(UnreadableImage) as caught:
        load_image(path)
    return caught.value.problem


def test_that_a_picture_wrapped_as_dicom_keeps_its_pixels(dataset, saved):
    image = load_image(saved(dataset)).image

    assert np.array_equal(image.gray, GRAY)
    assert image.color is None


@pytest.mark.parametrize(
    ("syntax", "word"),
    [
        (ImplicitVRLittleEndian, "<u2"),
        (ExplicitVRLittleEndian, "<u2"),
        (ExplicitVRBigEndian, ">u2"),
    ],
)
def test_that_every_byte_order_gives_the_same_pixels(dataset, saved, syntax, word):
    deep = set_pixels(dataset, (GRAY.astype(np.uint16) * 16).astype(word), bits=12)
    deep.file_meta.TransferSyntaxUID = syntax

    image = load_image(saved(deep)).image

    assert np.abs(image.gray.astype(int) - GRAY).max() <= 1


def test_that_rle_is_decoded(dataset, saved):
    set_pixels(dataset, RGB, photometric="RGB").compress(RLELossless)

    assert np.array_equal(load_image(saved(dataset)).image.color, RGB)


@pytest.mark.parametrize(
    ("syntax", "kind", "options"),
    [
        (JPEGBaseline8Bit, "JPEG", {"quality": 95}),
        (JPEG2000Lossless, "JPEG2000", {"irreversible": False, "no_jp2": True}),
    ],
)
def test_that_jpeg_is_decoded(dataset, saved, syntax, kind, options):
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.PixelData = encapsulate([encoded(kind, GRAY, **options)])
    dataset["PixelData"].is_undefined_length = True

    assert np.abs(load_image(saved(dataset)).image.gray.astype(int) - GRAY).mean() < 3


def test_that_ybr_becomes_rgb(dataset, saved):
    ybr = np.asarray(Image.fromarray(RGB).convert("YCbCr"))
    set_pixels(dataset, ybr, photometric="YBR_FULL")

    assert np.abs(load_image(saved(dataset)).image.color.astype(int) - RGB).max() <= 4


def test_that_planes_of_colour_are_woven_together(dataset, saved):
    set_pixels(dataset, RGB, photometric="RGB")
    dataset.PlanarConfiguration = 1
    dataset.PixelData = np.ascontiguousarray(RGB.transpose(2, 0, 1)).tobytes()

    assert np.array_equal(load_image(saved(dataset)).image.color, RGB)


def test_that_monochrome1_is_inverted(dataset, saved):
    dataset.PhotometricInterpretation = "MONOCHROME1"

    assert np.array_equal(load_image(saved(dataset)).image.gray, 255 - GRAY)


@pytest.mark.parametrize(("depth", "little"), [(8, True), (16, True), (16, False)])
def test_that_a_palette_is_resolved(dataset, saved, depth, little):
    colors = np.array([[i, 255 - i, i // 2] for i in range(256)], dtype=np.uint8)
    order = "<" if little else ">"
    entries = colors if depth == 8 else (colors.astype(np.uint16) * 257).astype(order + "u2")
    dataset.PhotometricInterpretation = "PALETTE COLOR"
    for channel, name in enumerate(("Red", "Green", "Blue")):
        dataset.add_new(f"{name}PaletteColorLookupTableDescriptor", "US", [256, 0, depth])
        data = np.ascontiguousarray(entries[:, channel]).tobytes()
        setattr(dataset, f"{name}PaletteColorLookupTableData", data)
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian if little else ExplicitVRBigEndian

    assert np.array_equal(load_image(saved(dataset)).image.color, colors[GRAY])


@pytest.mark.parametrize(
    ("function", "center", "width", "expected"),
    [
        ("LINEAR", 128, 256, 100),
        ("LINEAR", 100.5, 101, 128),
        ("LINEAR", 200, 101, 0),
        ("LINEAR", 20, 41, 255),
        ("LINEAR_EXACT", 100, 100, 128),
        ("LINEAR_EXACT", 125, 100, 64),
        ("SIGMOID", 100, 50, 128),
        ("SIGMOID", 100 + 50, 50, 5),
        (None, [128, 40], [256, 80], 100),
        ("LINEAR", 128, 0, 100),
    ],
)
def test_that_a_window_is_applied(dataset, saved, function, center, width, expected):
    set_pixels(dataset, np.full((40, 40), 100, dtype=np.uint8))
    dataset.Rows = dataset.Columns = 40
    dataset.WindowCenter, dataset.WindowWidth = center, width
    if function is not None:
        dataset.VOILUTFunction = function

    assert load_image(saved(dataset)).image.gray[0, 0] == pytest.approx(expected, abs=1)


def test_that_a_voi_table_is_applied(dataset, saved):
    table = Dataset()
    table.LUTDescriptor = [256, 0, 16]
    table.LUTData = [(255 - i) * 257 for i in range(256)]
    table["LUTData"].VR = "US"
    dataset.VOILUTSequence = Sequence([table])

    assert np.array_equal(load_image(saved(dataset)).image.gray, 255 - GRAY)


def test_that_signed_pixels_reach_from_black_to_white(dataset, saved):
    set_pixels(dataset, GRAY.astype(np.int16) * 4 - 500)

    gray = load_image(saved(dataset)).image.gray

    assert (gray.min(), gray.max()) == (0, 255)
    assert np.corrcoef(gray.ravel(), GRAY.ravel())[0, 1] > 0.999


def test_that_a_flat_signed_picture_is_black(dataset, saved):
    set_pixels(dataset, np.full(GRAY.shape, -7, dtype=np.int16))

    assert load_image(saved(dataset)).image.gray.max() == 0


def test_that_one_frame_of_a_cine_is_chosen(dataset, saved):
    frames = np.stack([np.roll(GRAY, 10 * i, axis=1) for i in range(4)])
    set_pixels(dataset, frames)
    dataset.NumberOfFrames = 4
    path = saved(dataset)

    for frame in (1, 2, 4):
        image = load_image(path, frame=frame).image
        assert np.array_equal(image.gray, frames[frame - 1])
        assert (image.source.frame, image.source.frame_count) == (frame, 4)
    assert load_image(path).image.source.frame == 1
    with pytest.raises(UnreadableImage, match="it has 4 frames"):
        load_image(path, frame=5)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"Rows": 8}, "too small"),
        ({"Columns": 65535}, "too large"),
        ({"NumberOfFrames": 5001}, "5001 frames"),
        ({"NumberOfFrames": -1}, "-1 frames"),
        ({"NumberOfFrames": 4000, "Rows": 8000, "Columns": 8000}, "1 GiB"),
        ({"SamplesPerPixel": 4}, "4 × 8 bits"),
        ({"BitsAllocated": 32}, "1 × 32 bits"),
        ({"PhotometricInterpretation": "HSV"}, "HSV"),
    ],
)
def test_that_a_header_beyond_the_limits_is_refused_before_decoding(dataset, saved, changes, words):
    for keyword, value in changes.items():
        setattr(dataset, keyword, value)

    assert words in refused(saved(dataset))


def test_that_a_few_bytes_of_rle_cannot_ask_for_a_large_picture(dataset, saved):
    dataset.compress(RLELossless)
    dataset.Rows = dataset.Columns = 8192
    path = saved(dataset)

    assert "damaged or incomplete" in refused(path)


def test_that_compressed_data_of_another_size_are_refused_before_decoding(dataset, saved):
    dataset.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    dataset.PixelData = encapsulate([encoded("JPEG", GRAY[:, :-8])])
    dataset["PixelData"].is_undefined_length = True

    assert "announces 200 × 135 pixels, its compressed data 192 × 135" in refused(saved(dataset))


def test_that_fewer_pixels_than_announced_are_not_filled_up_from_what_follows(dataset, saved):
    dataset.PixelData = dataset.PixelData[:-200]
    dataset.add_new(0xFFFCFFFC, "OB", bytes(1000))

    assert "damaged or incomplete" in refused(saved(dataset))
