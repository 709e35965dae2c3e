"""A DICOM file is opened as far as its pixels: encoding, header, and where the pixels begin."""

import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from pydicom import dcmread
from pydicom.filereader import read_dataset, read_preamble

from fhc_desktop.imaging.dicom.character_set import read_text_as_it_is
from fhc_desktop.imaging.dicom.transfer_syntaxes import DEFLATED, check_transfer_syntax
from fhc_desktop.imaging.unreadable import UnreadableImage, shown_name

_META_GROUP = 0x0002
_PIXEL_GROUP = 0x7FE0
MEDIA_DIRECTORY = "1.2.840.10008.1.3.10"
_PIXEL_DATA_TAGS = (b"\xe0\x7f\x10\x00", b"\x7f\xe0\x00\x10")
_LARGEST_INFLATED_BYTES = 256 * 2**20
_UNDEFINED_LENGTH = 0xFFFFFFFF
# A preamble may hold any 128 bytes, and some make the file a program as well (CVE-2019-11687).
_PROGRAM_MAGIC = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
)
# What pydicom finds out about data that do not say: (implicit VR, little endian).
_NATIVE_SYNTAXES: dict[tuple[bool | None, ...], str] = {
    (True, True): "1.2.840.10008.1.2",
    (False, True): "1.2.840.10008.1.2.1",
    (False, False): "1.2.840.10008.1.2.2",
}

# Whoever reads a DICOM file comes by here: list, window, log and de-identified copies, which
# must see the same name.
read_text_as_it_is()


@dataclass(frozen=True, slots=True)
class OpenedDicom:
    """A header, and a handle that stands where the value of PixelData begins.

    ``pixel_bytes`` is the length of that value, None where the file leaves it open.
    """

    dataset: Any
    transfer_syntax: str
    handle: BinaryIO
    pixel_vr: str
    pixel_bytes: int | None


@dataclass(frozen=True, slots=True)
class DicomHeader:
    """What stands before PixelData, read without it."""

    dataset: Any
    transfer_syntax: str
    handle: BinaryIO


def read_header(handle: BinaryIO, path: Path) -> DicomHeader:
    """Return the header of a file with or without the 128 bytes and "DICM" before it."""
    check_preamble(handle, path)
    syntax = _announced_transfer_syntax(handle, path)
    if syntax == DEFLATED:
        inflated = BytesIO(_inflated(handle, path))
        dataset = read_dataset(inflated, False, True, stop_when=_at_pixels)  # noqa: FBT003
        return DicomHeader(dataset, syntax, inflated)
    handle.seek(0)
    dataset = dcmread(handle, stop_before_pixels=True, force=True)
    if not syntax:
        syntax = _NATIVE_SYNTAXES.get(tuple(dataset.original_encoding), "")
    check_transfer_syntax(syntax, path)
    return DicomHeader(dataset, syntax, handle)


def check_preamble(handle: BinaryIO, path: Path) -> None:
    """Refuse a file that would also run as a program."""
    handle.seek(0)
    if handle.read(4).startswith(_PROGRAM_MAGIC):
        raise UnreadableImage(
            f"{shown_name(path)} is a program as well as a DICOM file, and is not opened.",
            "Export the image again from the scanner, and tell whoever looks after this computer.",
        )


def read_meta(handle: BinaryIO) -> Any:
    """Return the file's meta information; the handle is left behind it."""
    handle.seek(0)
    read_preamble(handle, force=True)
    return read_dataset(
        handle,
        is_implicit_VR=False,
        is_little_endian=True,
        stop_when=lambda tag, _vr, _length: tag >> 16 != _META_GROUP,
    )


def find_pixels(header: DicomHeader, path: Path) -> OpenedDicom:
    """Read the few bytes that say where the pixels of a header begin and how many there are."""
    handle = header.handle
    implicit, little = header.dataset.original_encoding
    if header.transfer_syntax == DEFLATED:
        implicit, little = False, True
    if handle.read(4) not in _PIXEL_DATA_TAGS:
        raise UnreadableImage(
            f"{shown_name(path)} ends before its pixels: it is cut short or holds none.",
            "Export the image again from the scanner, or copy the file again.",
        )
    value_representation = "OW" if implicit else handle.read(4)[:2].decode("ascii")
    length = int.from_bytes(handle.read(4), "little" if little else "big")
    return OpenedDicom(
        header.dataset,
        header.transfer_syntax,
        handle,
        value_representation,
        None if length == _UNDEFINED_LENGTH else length,
    )


def _at_pixels(tag: Any, _vr: str | None, _length: int) -> bool:
    return int(tag) >> 16 == _PIXEL_GROUP and int(tag) & 0xFFFF in {0x0008, 0x0009, 0x0010}


def _announced_transfer_syntax(handle: BinaryIO, path: Path) -> str:
    """Return the encoding, read before pydicom sees the rest: it inflates without a bound.

    It is "" where the file does not say. The handle is left behind the file's meta information.
    """
    meta = read_meta(handle)
    syntax = str(meta.get("TransferSyntaxUID", "") or "")
    if str(meta.get("MediaStorageSOPClassUID", "")) == MEDIA_DIRECTORY:
        raise UnreadableImage(
            f"{shown_name(path)} is a DICOMDIR: a list of images, not an image.",
            "Choose one of the images beside it.",
        )
    if syntax:
        check_transfer_syntax(syntax, path)
    return syntax


def _inflated(handle: BinaryIO, path: Path) -> bytes:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    data = inflater.decompress(handle.read(), _LARGEST_INFLATED_BYTES)
    if inflater.unconsumed_tail:
        raise UnreadableImage(
            f"{shown_name(path)} is a deflated DICOM file that unpacks to more than 256 MiB.",
            "Export the image uncompressed, RLE or JPEG Baseline from the scanner or PACS.",
        )
    return data
