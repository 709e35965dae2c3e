"""No damage to a file may do more than refuse it."""

import io
import random

import numpy as np
import pydicom
import pytest
from PIL import Image
from pydicom.encaps import encapsulate
from pydicom.uid import JPEGBaseline8Bit, RLELossless

from fhc_desktop.imaging.loader import LoadedImage, UnreadableImage, load_image
from tests.phantoms import small_phantom, write_dicom

MUTANTS_OF_EACH = 100
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


def as_window(dataset):
    dataset.WindowCenter, dataset.WindowWidth = 100, 200


WHOLE = {
    "png": lambda _: raster_bytes("PNG"),
    "tiff": lambda _: raster_bytes("TIFF"),
    "dicom": lambda folder: dicom_bytes(folder, as_window),
    "dicom-rle": lambda folder: dicom_bytes(folder, lambda d: d.compress(RLELossless)),
    "dicom-jpeg": lambda folder: dicom_bytes(folder, as_jpeg),
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


@pytest.mark.parametrize("kind", WHOLE)
def test_that_a_damaged_file_is_an_image_or_one_sentence(tmp_path, kind):
    whole = WHOLE[kind](tmp_path)
    chance = random.Random(18)
    path = tmp_path / "mutant"
    refusals = []
    path.write_bytes(whole)
    assert np.abs(load_image(path).image.gray.astype(int) - PHANTOM.gray).mean() < 60

    for _ in range(MUTANTS_OF_EACH):
        path.write_bytes(mutant(whole, chance))
        try:
            assert isinstance(load_image(path), LoadedImage)
        except UnreadableImage as refusal:
            refusals.append(refusal)

    assert len(refusals) > MUTANTS_OF_EACH / 10
    assert all(refusal.problem.startswith("mutant ") for refusal in refusals)
    assert all(refusal.remedy for refusal in refusals)


def test_that_a_fault_of_our_own_keeps_its_traceback(tmp_path, monkeypatch):
    path = tmp_path / "head.png"
    path.write_bytes(raster_bytes("PNG"))

    def fault(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("fhc_desktop.imaging.loader.find_pixel_size", fault)

    with pytest.raises(ZeroDivisionError):
        load_image(path)
