"""One frame of DICOM pixels is decoded, by the decoder that belongs to its encoding."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from pydicom.encaps import get_frame
from pydicom.pixels.decoders.base import get_decoder
from pydicom.pixels.processing import convert_color_space
from pydicom.pixels.utils import as_pixel_options
from pydicom.uid import UID

from fhc_desktop.imaging.dicom.file import OpenedDicom
from fhc_desktop.imaging.dicom.transfer_syntaxes import (
    DECODINGS,
    IMAGECODECS,
    JPEG_BASELINE,
    JPEG_EXTENDED,
    RLE,
)
from fhc_desktop.imaging.pixels.grayscale import Pixels
from fhc_desktop.imaging.pixels.jpeg_runs import with_longer_runs
from fhc_desktop.imaging.unreadable import UnreadableImage, damaged, incomplete, shown_name

_JPEG = (JPEG_BASELINE, JPEG_EXTENDED, "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70")
_JPEG_XL = ("1.2.840.10008.1.2.4.110", "1.2.840.10008.1.2.4.111", "1.2.840.10008.1.2.4.112")
# JPEG and JPEG-LS: the markers that begin a frame header, and those that stand alone.
_FRAME_MARKERS = {*range(0xC0, 0xD0), 0xF7} - {0xC4, 0xC8, 0xCC}
_LONE_MARKERS = {0x01, *range(0xD0, 0xD9)}
_FILL = 0xFF  # begins a marker, and any number of them may stand before it
_SIZ = b"\xff\x4f\xff\x51"
_NEED_THE_END = (IMAGECODECS, "pyjpegls")
_START_OF_IMAGE = b"\xff\xd8"
_END_OF_IMAGE = b"\xff\xd9"
_LONGEST_FILLING = 16
_LARGEST_RLE_GAIN = 64
_RLE_HEADER_BYTES = 64


@dataclass(frozen=True, slots=True)
class PixelHeader:
    """What a header announces about its pixels, within the limits that we decode.

    What it says of the bits of a word, ``bits_stored``, ``high_bit`` and ``is_signed``, may
    contradict itself and the words: see ``stored_values``.
    """

    rows: int
    columns: int
    samples: int
    bits_allocated: int
    bits_stored: int
    high_bit: int
    photometric: str
    is_signed: bool
    frame_count: int

    @property
    def can_have_sign(self) -> bool:
        """Whether its values may be below nought: colours are not, nor what stands for them."""
        return self.samples == 1 and self.photometric != "PALETTE COLOR"

    @property
    def frame_bytes(self) -> int:
        """How many bytes one frame takes without compression."""
        whole = self.rows * self.columns * self.samples * (self.bits_allocated // 8)
        return whole * 2 // 3 if self.photometric == "YBR_FULL_422" else whole


def decode_frame(opened: OpenedDicom, header: PixelHeader, path: Path, *, frame: int) -> Pixels:
    """Return one frame as stored, colours in RGB; no other frame is decoded.

    Bits of a word that are not in use may hold anything.
    """
    decoding = DECODINGS[opened.transfer_syntax]
    if decoding.is_native:
        _check_length(opened, header, path)
    else:
        encoded = _encoded_frame(opened, header, frame - 1)
        _check_codestream(encoded, opened.transfer_syntax, header, path)
        _check_reach(encoded, opened.transfer_syntax, header, path)
        if decoding.decoder == IMAGECODECS:
            return _by_imagecodecs(encoded, opened.transfer_syntax, header, path)
    options = as_pixel_options(opened.dataset)
    options["pixel_keyword"] = "PixelData"
    options["pixel_vr"] = opened.pixel_vr
    options["bits_stored"] = min(header.bits_stored, header.bits_allocated)
    options["pixel_representation"] = int(header.is_signed and header.can_have_sign)
    options["correct_unused_bits"] = False
    decoder = get_decoder(UID(opened.transfer_syntax))
    pixels, _ = decoder.as_array(
        opened.handle, index=frame - 1, decoding_plugin=decoding.decoder, **options
    )
    return np.asarray(pixels)


def _check_length(opened: OpenedDicom, header: PixelHeader, path: Path) -> None:
    """Refuse fewer pixels than announced: what stands behind them would be read as pixels."""
    expected = header.frame_bytes * header.frame_count
    if opened.pixel_bytes is None or opened.pixel_bytes < expected:
        raise damaged(path, "DICOM")


def _encoded_frame(opened: OpenedDicom, header: PixelHeader, index: int) -> bytes:
    start = opened.handle.tell()
    offsets = None
    if "ExtendedOffsetTable" in opened.dataset and "ExtendedOffsetTableLengths" in opened.dataset:
        offsets = (opened.dataset.ExtendedOffsetTable, opened.dataset.ExtendedOffsetTableLengths)
    encoded = get_frame(
        opened.handle, index, number_of_frames=header.frame_count, extended_offsets=offsets
    )
    opened.handle.seek(start)
    return bytes(encoded)


def _check_codestream(encoded: bytes, syntax: str, header: PixelHeader, path: Path) -> None:
    """Refuse compressed data of another size than the header's before they are decoded."""
    if syntax == RLE:
        held = max(len(encoded) - _RLE_HEADER_BYTES, 0)
        whole = header.rows * header.columns * header.samples * (header.bits_allocated // 8)
        if held * _LARGEST_RLE_GAIN < whole:
            raise damaged(path, "DICOM")
        return
    if DECODINGS[syntax].decoder in _NEED_THE_END and encoded.startswith(_START_OF_IMAGE):
        # libjpeg would make the rest up, and CharLS look for it for many seconds.
        _check_end(encoded, path)
    size = codestream_size(encoded)
    if size is not None and size != (header.rows, header.columns):
        raise UnreadableImage(
            f"{shown_name(path)} contradicts itself: its header announces {header.columns} × "
            f"{header.rows} pixels, its compressed data {size[1]} × {size[0]}.",
            "Export the image again from the scanner, or copy the file again.",
        )


def _check_end(encoded: bytes, path: Path) -> None:
    if _END_OF_IMAGE not in encoded[-_LONGEST_FILLING:]:
        raise damaged(path, "DICOM")


def _check_reach(encoded: bytes, syntax: str, header: PixelHeader, path: Path) -> None:
    """Refuse a JPEG whose data end before its picture: libjpeg would make the rest up."""
    longer = with_longer_runs(encoded) if syntax in _JPEG else None
    if longer is None:
        return
    decode = _imagecodec(syntax, header) if syntax != JPEG_BASELINE else _by_pillow
    if not np.array_equal(decode(encoded), decode(longer)):
        raise incomplete(path, "JPEG")


def codestream_size(encoded: bytes) -> tuple[int, int] | None:
    """Return (rows, columns) as JPEG, JPEG-LS or JPEG 2000 data say; None where they do not."""
    size_at = encoded.find(_SIZ, 0, 256)
    if size_at >= 0:
        right, bottom, left, top = (
            int.from_bytes(encoded[at : at + 4], "big")
            for at in range(size_at + 8, size_at + 24, 4)
        )
        return bottom - top, right - left
    at = 2
    while encoded.startswith(b"\xff\xd8") and at + 9 <= len(encoded) and encoded[at] == _FILL:
        marker = encoded[at + 1]
        if marker in _FRAME_MARKERS:
            rows = int.from_bytes(encoded[at + 5 : at + 7], "big")
            return rows, int.from_bytes(encoded[at + 7 : at + 9], "big")
        if marker in _LONE_MARKERS:
            at += 2
        elif marker == _FILL:
            at += 1
        else:
            at += 2 + int.from_bytes(encoded[at + 2 : at + 4], "big")
    return None


def _by_pillow(encoded: bytes) -> Pixels:
    with Image.open(BytesIO(encoded), formats=["JPEG"]) as image:
        return np.asarray(image)


def _by_imagecodecs(encoded: bytes, syntax: str, header: PixelHeader, path: Path) -> Pixels:
    pixels = np.asarray(_imagecodec(syntax, header)(encoded))
    shape: tuple[int, ...] = (header.rows, header.columns)
    if header.samples > 1:
        shape += (header.samples,)
    if pixels.shape != shape or pixels.dtype not in {np.dtype(np.uint8), np.dtype(np.uint16)}:
        raise damaged(path, "DICOM")
    if header.photometric.startswith("YBR_FULL") and _keeps_colours(syntax):
        return np.asarray(convert_color_space(pixels, "YBR_FULL", "RGB"))
    return pixels


def _keeps_colours(syntax: str) -> bool:
    """Say whether the codec gives the colours as stored; the others give RGB."""
    return syntax not in {*_JPEG_XL, JPEG_EXTENDED}


def _imagecodec(syntax: str, header: PixelHeader) -> Callable[[bytes], Any]:
    import imagecodecs  # noqa: PLC0415 - large, and few files need it

    if syntax in _JPEG_XL:
        return lambda encoded: imagecodecs.jpegxl_decode(encoded, numthreads=1)
    if header.samples == 1 or syntax == JPEG_EXTENDED:
        return imagecodecs.jpeg8_decode
    # Lossless data are never transformed, whatever their markers make libjpeg guess.
    return lambda encoded: imagecodecs.jpeg8_decode(encoded, colorspace="RGB", outcolorspace="RGB")
