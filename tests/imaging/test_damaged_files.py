"""No damage to a file may do more than refuse it."""

import io
import random
import struct
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

import imagecodecs
import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.encaps import encapsulate
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGLosslessSV1,
    JPEGLSLossless,
    RLELossless,
)

from fhc_desktop.imaging.loader import LoadedImage, UnreadableImage
from tests.heads import small_phantom, write_dicom
from tests.reading import load_image

MUTANTS = 2000
MUTANTS_OF_THE_LONG_FORM = 100_000
PHANTOM = small_phantom()


def raster_bytes(kind):
    buffer = io.BytesIO()
    Image.fromarray(PHANTOM.gray).save(buffer, kind)
    return buffer.getvalue()


def dicom_bytes(folder, encode):
    path = write_dicom(PHANTOM, folder / "whole.dcm")
    dataset = pydicom.dcmread(path)
    encode(dataset)
    dataset.save_as(path, enforce_file_format=True)
    return path.read_bytes()


def as_jpeg(dataset):
    dataset.file_meta.TransferSyntaxUID = JPEGBaseline8Bit
    dataset.PixelData = encapsulate([raster_bytes("JPEG")])
    dataset["PixelData"].is_undefined_length = True


def as_lossless_jpeg(dataset):
    dataset.file_meta.TransferSyntaxUID = JPEGLosslessSV1
    dataset.PixelData = encapsulate([imagecodecs.jpeg8_encode(PHANTOM.gray, lossless=True)])
    dataset["PixelData"].is_undefined_length = True


def as_big_endian(dataset):
    dataset.file_meta.TransferSyntaxUID = ExplicitVRBigEndian
    dataset.set_original_encoding(None, None)


def as_deflated(dataset):
    dataset.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian


def as_cine(dataset):
    dataset.NumberOfFrames = 3
    dataset.PixelData = np.stack([PHANTOM.gray] * 3).tobytes() + bytes(1)


def as_window(dataset):
    dataset.WindowCenter, dataset.WindowWidth = 100, 200


WHOLE = {
    "png": lambda _: raster_bytes("PNG"),
    "jpeg": lambda _: raster_bytes("JPEG"),
    "bmp": lambda _: raster_bytes("BMP"),
    "tiff": lambda _: raster_bytes("TIFF"),
    "dicom": lambda folder: dicom_bytes(folder, as_window),
    "dicom-rle": lambda folder: dicom_bytes(folder, lambda d: d.compress(RLELossless)),
    "dicom-jpeg": lambda folder: dicom_bytes(folder, as_jpeg),
    "dicom-jpeg-lossless": lambda folder: dicom_bytes(folder, as_lossless_jpeg),
    "dicom-jpeg-ls": lambda folder: dicom_bytes(folder, lambda d: d.compress(JPEGLSLossless)),
    "dicom-jpeg-2000": lambda folder: dicom_bytes(folder, lambda d: d.compress(JPEG2000Lossless)),
    "dicom-big-endian": lambda folder: dicom_bytes(folder, as_big_endian),
    "dicom-deflated": lambda folder: dicom_bytes(folder, as_deflated),
    "dicom-cine": lambda folder: dicom_bytes(folder, as_cine),
}


def mutant(whole, chance):
    data = bytearray(whole)
    # Headers are where damage tells: most of it goes into the first kilobyte.
    reach = min(len(data), 1200) if chance.random() < 0.8 else len(data)
    match chance.randrange(5):
        case 0:
            for _ in range(chance.randint(1, 8)):
                data[chance.randrange(reach)] ^= 1 << chance.randrange(8)
        case 1:
            del data[chance.randrange(reach) :]
        case 2:
            start = chance.randrange(reach)
            del data[start : start + chance.randint(1, 64)]
        case 3:
            start = chance.randrange(reach)
            data[start:start] = chance.randbytes(chance.randint(1, 64))
        case _:
            start = chance.randrange(reach)
            data[start : start + 4] = chance.choice([b"\xff" * 4, b"\0" * 4, b"\xff\xff\xff\x7f"])
    return bytes(data)


def outcomes_of_mutants(kind, folder, count):
    """Return the refusals among the mutants; all others must be images."""
    whole = WHOLE[kind](folder)
    chance = random.Random(18)
    path = folder / "mutant"
    path.write_bytes(whole)
    assert np.abs(load_image(path).image.gray.astype(int) - PHANTOM.gray).mean() < 60

    refusals = []
    for _ in range(count):
        path.write_bytes(mutant(whole, chance))
        try:
            assert isinstance(load_image(path), LoadedImage)
        except UnreadableImage as refusal:
            refusals.append(refusal)
    return refusals


@pytest.mark.parametrize("kind", WHOLE)
def test_that_a_damaged_file_is_an_image_or_one_sentence(tmp_path, kind):
    count = MUTANTS // len(WHOLE) + 1

    refusals = outcomes_of_mutants(kind, tmp_path, count)

    assert len(refusals) > count / 20
    assert all(refusal.problem.startswith("mutant ") for refusal in refusals)
    assert all(refusal.remedy for refusal in refusals)


@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("kind", WHOLE)
def test_that_a_hundred_thousand_damaged_files_are_images_or_sentences(tmp_path, kind):
    refusals = outcomes_of_mutants(kind, tmp_path, MUTANTS_OF_THE_LONG_FORM // len(WHOLE) + 1)

    assert all(r.problem.startswith("mutant ") and r.remedy for r in refusals)


def cuts(size):
    """Forty lengths up to 200 bytes, some forty between, and every one near the end."""
    return sorted({*range(1, 200, 5), *range(200, size, size // 40), *range(size - 8, size)})


# Not the cine: its first frame is whole wherever the others are cut.
@pytest.mark.parametrize("kind", [kind for kind in WHOLE if kind != "dicom-cine"])
def test_that_a_file_cut_anywhere_is_refused_or_lost_nothing(tmp_path, kind):
    whole = WHOLE[kind](tmp_path)
    path = tmp_path / "cut"
    path.write_bytes(whole)
    pixels = load_image(path).image.gray
    lost_nothing, refusals = [], []

    for kept in cuts(len(whole)):
        path.write_bytes(whole[:kept])
        try:
            gray = load_image(path).image.gray
        except UnreadableImage as refusal:
            refusals.append(refusal)
        else:
            assert np.array_equal(gray, pixels), kept
            lost_nothing.append(kept)

    assert all(refusal.problem.startswith("cut ") and refusal.remedy for refusal in refusals)

    # Only what stands behind the pixels may be missing: a checksum, an end mark, a filling byte.
    assert all(kept > len(whole) - 32 for kept in lost_nothing)


def png_header(side):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(name + data))

    size = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", b"x\x9c")


def jpeg_header(side):
    whole = bytearray(raster_bytes("JPEG"))
    at = whole.index(b"\xff\xc0")
    whole[at + 5 : at + 9] = struct.pack(">HH", side, side)
    return bytes(whole[: whole.index(b"\xff\xda") + 20])


def bmp_header(side):
    whole = bytearray(raster_bytes("BMP"))
    whole[18:26] = struct.pack("<ii", side, side)
    return bytes(whole[:2000])


def tiff_header(side):
    tags = [(256, side), (257, side), (258, 8), (259, 1), (262, 1), (273, 8), (278, side)]
    tags += [(277, 1), (279, side * side)]
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in sorted(tags))
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + bytes(4)


def dicom_header(side):
    with TemporaryDirectory() as folder:
        path = write_dicom(PHANTOM, Path(folder) / "whole.dcm")
        dataset = pydicom.dcmread(path)
        dataset.Rows = dataset.Columns = side
        dataset.save_as(path, enforce_file_format=True)
        return path.read_bytes()


@pytest.mark.parametrize("header", [png_header, jpeg_header, bmp_header, tiff_header, dicom_header])
@pytest.mark.parametrize("side", [8193, 12000, 20000])
def test_that_a_huge_picture_is_refused_by_its_header(tmp_path, header, side):
    path = tmp_path / "huge"
    path.write_bytes(header(side))

    # Its pixels are not there: whoever began to decode would find it damaged.
    with pytest.raises(UnreadableImage, match="huge is too large to open"):
        load_image(path)


@pytest.mark.parametrize("header", [png_header, jpeg_header, bmp_header, tiff_header, dicom_header])
def test_that_a_picture_of_one_pixel_is_refused_by_its_header(tmp_path, header):
    path = tmp_path / "tiny"
    path.write_bytes(header(1))

    with pytest.raises(UnreadableImage, match="tiny is too small to measure: 1 × 1 pixels"):
        load_image(path)


def test_that_a_fault_of_our_own_keeps_its_traceback(tmp_path, monkeypatch):
    path = tmp_path / "head.png"
    path.write_bytes(raster_bytes("PNG"))

    def fault(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("fhc_desktop.imaging.files.pixel_size_table.find_pixel_size", fault)

    with pytest.raises(ZeroDivisionError):
        load_image(path)
