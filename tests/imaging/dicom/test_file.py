"""A DICOM file is opened as far as its pixels, or refused before anything is decoded."""

import numpy as np
import pytest
from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
)

from fhc_desktop.imaging.loader import UnreadableImage
from tests.heads import small_phantom
from tests.reading import load_image

GRAY = small_phantom().gray


def refused(path):
    with pytest.raises(UnreadableImage) as caught:
        load_image(path)
    return caught.value.problem


def test_that_a_file_without_pixels_is_refused(dataset, saved):
    del dataset.PixelData
    assert "ends before its pixels" in refused(saved(dataset))

    del dataset.Rows
    assert "without an image" in refused(saved(dataset))


@pytest.mark.parametrize("kept", [0.01, 0.03, 0.5, 0.95])
def test_that_a_truncated_file_is_refused(dataset, saved, kept):
    path = saved(dataset)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])

    assert refused(path)


def test_that_a_deflated_file_is_opened(dataset, saved):
    dataset.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian

    assert np.array_equal(load_image(saved(dataset)).image.gray, GRAY)


def test_that_a_deflated_bomb_is_refused_once_it_is_past_the_limit(dataset, saved):
    dataset.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    dataset.PixelData = bytes(257 * 2**20)
    path = saved(dataset)

    assert path.stat().st_size < 2**20
    assert "unpacks to more than 256 MiB" in refused(path)


@pytest.mark.parametrize("magic", [b"MZ", b"\x7fELF", b"#!/bin/sh", b"\xcf\xfa\xed\xfe"])
def test_that_a_file_that_is_a_program_too_is_refused(dataset, saved, magic):
    path = saved(dataset)
    path.write_bytes(magic + path.read_bytes()[len(magic) :])

    assert "is a program as well" in refused(path)


def test_that_deeply_nested_sequences_are_refused(dataset, saved):
    item = b"\x08\x00\x10\x11SQ\0\0\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff"
    path = saved(dataset)
    whole = path.read_bytes()
    at = whole.index(b"\x10\x00\x10\x00PN")
    path.write_bytes(whole[:at] + item * 3000 + whole[at:])

    assert "nested deeper" in refused(path)


def test_that_a_dicomdir_is_named_as_what_it_is(shared):
    assert "is a DICOMDIR" in refused(shared / "dicom" / "dicomdir" / "DICOMDIR")


@pytest.mark.parametrize(
    "syntax", [ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian]
)
@pytest.mark.parametrize("keeps_meta", [True, False])
def test_that_data_without_the_file_header_are_opened(dataset, saved, syntax, keeps_meta):
    dataset.file_meta.TransferSyntaxUID = syntax
    path = saved(dataset)
    whole = path.read_bytes()
    meta_length = 12 + int.from_bytes(whole[140:144], "little")
    path.write_bytes(whole[132 if keeps_meta else 132 + meta_length :])

    assert np.array_equal(load_image(path).image.gray, GRAY)
