"""The same pixels in every encoding that can be written without loss."""

import io

import imagecodecs
import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.encaps import encapsulate
from pydicom.uid import (
    ExplicitVRLittleEndian,
    JPEGBaseline8Bit,
    JPEGExtended12Bit,
    JPEGLosslessSV1,
    RLELossless,
)

from fhc_desktop.imaging.dicom.codecs import codestream_size
from fhc_desktop.imaging.loader import UnreadableImage
from tests.heads import small_phantom, write_dicom, write_png
from tests.imaging.pixels.test_jpeg_runs import ended_early
from tests.reading import load_image, refusal
from tests.wrapping import BY_HAND, BY_PYDICOM, LOSSLESS, NATIVE, lossless_jpeg

PHANTOM = small_phantom()
GRAY = PHANTOM.gray
RGB = np.stack([GRAY, np.roll(GRAY, 9, axis=1), 255 - GRAY], axis=-1)


def wrapped(folder, pixels, syntax, *, bits=None, photometric=None):
    dataset = pydicom.dcmread(write_dicom(PHANTOM, folder / "start.dcm"))
    is_color = pixels.ndim == 3
    dataset.SamplesPerPixel = 3 if is_color else 1
    dataset.PhotometricInterpretation = photometric or ("RGB" if is_color else "MONOCHROME2")
    if is_color:
        dataset.PlanarConfiguration = 0
    dataset.BitsAllocated = pixels.dtype.itemsize * 8
    dataset.BitsStored = bits or dataset.BitsAllocated
    dataset.HighBit = dataset.BitsStored - 1
    stored = pixels.astype(pixels.dtype.newbyteorder(">")) if syntax == NATIVE[2] else pixels
    data = stored.tobytes()
    dataset.PixelData = data + bytes(len(data) % 2)
    dataset["PixelData"].VR = "OW" if pixels.dtype.itemsize == 2 else "OB"
    if syntax in BY_PYDICOM:
        dataset.compress(syntax, generate_instance_uid=False)
    elif syntax in BY_HAND:
        dataset.PixelData = encapsulate([BY_HAND[syntax](pixels)])
        dataset["PixelData"].is_undefined_length = True
    dataset.file_meta.TransferSyntaxUID = syntax
    dataset.set_original_encoding(None, None)
    path = folder / "wrapped.dcm"
    # Written by force: pydicom does not know JPEG XL.
    is_implicit, is_little = syntax == NATIVE[0], syntax != NATIVE[2]
    pydicom.dcmwrite(
        path, dataset, implicit_vr=is_implicit, little_endian=is_little, force_encoding=True
    )
    return path


@pytest.mark.parametrize("syntax", LOSSLESS, ids=lambda uid: uid.name)
def test_that_grey_pixels_come_back_bit_by_bit(tmp_path, syntax):
    as_png = load_image(write_png(PHANTOM, tmp_path / "head.png")).image

    image = load_image(wrapped(tmp_path, GRAY, syntax)).image

    assert np.array_equal(image.gray, as_png.gray)
    assert np.array_equal(image.gray, GRAY)
    assert image.color is None


@pytest.mark.parametrize("syntax", LOSSLESS, ids=lambda uid: uid.name)
def test_that_colours_come_back_bit_by_bit(tmp_path, syntax):
    assert np.array_equal(load_image(wrapped(tmp_path, RGB, syntax)).image.color, RGB)


@pytest.mark.parametrize("bits", [10, 12, 16])
@pytest.mark.parametrize("syntax", LOSSLESS, ids=lambda uid: uid.name)
def test_that_deep_pixels_keep_their_order_and_range(tmp_path, syntax, bits):
    deep = (GRAY.astype(np.uint32) * (2**bits - 1) // 255).astype(np.uint16)

    gray = load_image(wrapped(tmp_path, deep, syntax, bits=bits)).image.gray

    assert np.abs(gray.astype(int) - GRAY).max() <= 1


def test_that_twelve_bit_jpeg_is_decoded(tmp_path):
    deep = GRAY.astype(np.uint16) * 16
    path = wrapped(tmp_path, deep, ExplicitVRLittleEndian, bits=12)
    dataset = pydicom.dcmread(path)
    encoded = imagecodecs.jpeg8_encode(deep, level=95, bitspersample=12)
    dataset.file_meta.TransferSyntaxUID = JPEGExtended12Bit
    dataset.PixelData = encapsulate([encoded])
    dataset["PixelData"].is_undefined_length = True
    dataset.save_as(path, enforce_file_format=True)

    assert np.abs(load_image(path).image.gray.astype(int) - GRAY).mean() < 3


def test_that_losslessly_compressed_ybr_becomes_rgb(tmp_path):
    ybr = np.asarray(Image.fromarray(RGB).convert("YCbCr"))

    for syntax in (JPEGLosslessSV1, RLELossless):
        path = wrapped(tmp_path, ybr, syntax, photometric="YBR_FULL")
        assert np.abs(load_image(path).image.color.astype(int) - RGB).max() <= 4


def test_that_only_the_chosen_frame_is_decoded(tmp_path):
    path = wrapped(tmp_path, GRAY, ExplicitVRLittleEndian)
    dataset = pydicom.dcmread(path)
    dataset.NumberOfFrames = 3
    dataset.file_meta.TransferSyntaxUID = JPEGLosslessSV1
    damaged = bytes(300)
    dataset.PixelData = encapsulate([damaged, lossless_jpeg(GRAY), damaged])
    dataset["PixelData"].is_undefined_length = True
    dataset.save_as(path, enforce_file_format=True)

    assert np.array_equal(load_image(path, frame=2).image.gray, GRAY)
    with pytest.raises(UnreadableImage):
        load_image(path, frame=1)


@pytest.mark.parametrize(
    ("kind", "options"),
    [("JPEG", {}), ("JPEG", {"progressive": True}), ("JPEG2000", {}), ("JPEG2000", {"no_jp2": 1})],
)
def test_that_compressed_data_tell_their_size(kind, options):
    buffer = io.BytesIO()
    Image.fromarray(GRAY).save(buffer, kind, **options)

    assert codestream_size(buffer.getvalue()) == GRAY.shape


@pytest.mark.parametrize("encoded", [b"", b"\xff\xd8", b"\xff\xd8" + b"\xff" * 40, bytes(90)])
def test_that_data_of_no_kind_tell_no_size(encoded):
    assert codestream_size(encoded) is None


@pytest.mark.parametrize(
    ("syntax", "options"),
    [(JPEGBaseline8Bit, {}), (JPEGLosslessSV1, {"lossless": True})],
    ids=["baseline", "lossless"],
)
@pytest.mark.parametrize("kept", [0.4, 0.9])
def test_that_no_frame_is_made_up_where_its_jpeg_ends(tmp_path, syntax, options, kept):
    whole = imagecodecs.jpeg8_encode(GRAY, **options)
    path = write_dicom(PHANTOM, tmp_path / "head.dcm")
    dataset = pydicom.dcmread(path)
    dataset.file_meta.TransferSyntaxUID = syntax
    for encoded, opens in ((whole, True), (ended_early(whole, kept), False)):
        dataset.PixelData = encapsulate([encoded])
        dataset["PixelData"].is_undefined_length = True
        dataset.save_as(path)
        if opens:
            assert load_image(path).image.gray.shape == GRAY.shape
        else:
            assert "its JPEG data end before its picture does" in refusal(path).problem
