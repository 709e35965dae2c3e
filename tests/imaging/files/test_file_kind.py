"""A file is what its first bytes say, whatever it is called."""

import pytest

from fhc_desktop.imaging.files.file_kind import (
    ARCHIVE,
    DICOM,
    DICOM_DIRECTORY,
    VIDEO,
    is_image,
    kind_of,
)

PREAMBLE = b"\0" * 128 + b"DICM"
DIRECTORY = PREAMBLE + b"\x02\0\x02\0UI\x14\x001.2.840.10008.1.3.10"


def bare(start):
    """A data set without the 128 bytes in front."""
    return start + b"\0" * 200


HEADS = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff\xe0": "JPEG",
    b"BM\0\0": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"PK\x03\x04": ARCHIVE,
    b"PK\x05\x06": ARCHIVE,
    b"\0\0\0\x20ftypisom": VIDEO,
    b"\0\0\0\x08wide": VIDEO,
    b"RIFF\0\0\0\0AVI ": VIDEO,
    b"RIFF\0\0\0\0WAVE": None,
    PREAMBLE: DICOM,
    DIRECTORY: DICOM_DIRECTORY,
    bare(b"\x08\0\x05\0CS\x0a\0"): DICOM,
    bare(b"\x08\0\x05\0\x0a\0\0\0"): DICOM,
    bare(b"\0\x08\0\x05CS\0\x0a"): DICOM,
    bare(b"\0\x08\0\x05\x0a\0\0\0"): None,
    bare(b"\x08\0\x05\0\0\0\xff\x7f"): None,
    b"\x08\0\x05\0CS\x0a\0": None,
    b"": None,
    b"%PDF-1.7": None,
}


@pytest.mark.parametrize(("head", "kind"), HEADS.items(), ids=range(len(HEADS)))
def test_that_a_file_is_what_its_first_bytes_say(head, kind):
    assert kind_of(head) == kind


@pytest.mark.parametrize(
    ("kind", "is_one"),
    [("PNG", True), (DICOM, True), (VIDEO, True), (ARCHIVE, False), (DICOM_DIRECTORY, False)],
)
def test_that_places_with_images_are_no_images(kind, is_one):
    assert is_image(kind) is is_one
    assert not is_image(None)
