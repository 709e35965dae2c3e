"""One frame of a DICOM file becomes pixels as the viewer is meant to see them (pydicom)."""

from pathlib import Path
from typing import Any

from fhc_desktop.imaging.dicom.codecs import PixelHeader, decode_frame
from fhc_desktop.imaging.dicom.display import ShownFrame, announced_range, shown_gray
from fhc_desktop.imaging.dicom.element import optional
from fhc_desktop.imaging.dicom.file import OpenedDicom
from fhc_desktop.imaging.dicom.palette import shown_palette
from fhc_desktop.imaging.dicom.report_class import is_report_class
from fhc_desktop.imaging.dicom.stored_values import read_values
from fhc_desktop.imaging.dicom.transfer_syntaxes import BIG_ENDIAN
from fhc_desktop.imaging.unreadable import (
    LARGEST_FRAME_COUNT,
    UnreadableImage,
    check_size,
    shown_name,
)

_LARGEST_IMAGE_BYTES = 2**30
_BITS_ALLOCATED = (8, 16)
_SAMPLES = (1, 3)
_GRAY_PHOTOMETRICS = ("MONOCHROME1", "MONOCHROME2", "PALETTE COLOR")
_COLOR_PHOTOMETRICS = ("RGB", "YBR_FULL", "YBR_FULL_422", "YBR_ICT", "YBR_RCT")


def read_pixel_header(dataset: Any, path: Path) -> PixelHeader:
    """Return what is announced, refusing what no ultrasound image is before decoding any of it."""
    if "Rows" not in dataset or "Columns" not in dataset:
        raise _without_image(dataset, path)
    rows, columns = int(dataset.Rows), int(dataset.Columns)
    check_size(path, rows, columns)
    frame_count = int(dataset.get("NumberOfFrames") or 1)
    samples = int(dataset.get("SamplesPerPixel") or 1)
    bits = int(dataset.get("BitsAllocated") or 0)
    photometric = str(dataset.get("PhotometricInterpretation", "")).strip()
    if not 1 <= frame_count <= LARGEST_FRAME_COUNT:
        raise _unsupported(path, f"{frame_count} frames")
    if samples not in _SAMPLES or bits not in _BITS_ALLOCATED:
        raise _unsupported(path, f"pixels of {samples} × {bits} bits")
    if photometric not in (_GRAY_PHOTOMETRICS if samples == 1 else _COLOR_PHOTOMETRICS):
        raise _unsupported(path, f"{samples} samples of the kind “{photometric[:16]}”")
    if rows * columns * samples * (bits // 8) * frame_count > _LARGEST_IMAGE_BYTES:
        raise _unsupported(path, "more than 1 GiB of pixels")
    bits_stored = _whole(dataset, "BitsStored") or bits
    high_bit = _whole(dataset, "HighBit")
    return PixelHeader(
        rows,
        columns,
        samples,
        bits,
        bits_stored,
        bits_stored - 1 if high_bit is None else high_bit,
        photometric,
        is_signed=_whole(dataset, "PixelRepresentation") == 1,
        frame_count=frame_count,
    )


def read_frame(opened: OpenedDicom, header: PixelHeader, path: Path, *, frame: int) -> ShownFrame:
    """Return one frame, decoded alone: 8 bits, (rows, columns) or (rows, columns, 3) in RGB."""
    values = read_values(decode_frame(opened, header, path, frame=frame), header)
    is_big_endian = opened.transfer_syntax == BIG_ENDIAN
    if header.photometric == "PALETTE COLOR":
        return shown_palette(values, opened.dataset, is_big_endian=is_big_endian)
    if header.samples > 1:
        return announced_range(values)
    return shown_gray(
        values, opened.dataset, photometric=header.photometric, is_big_endian=is_big_endian
    )


def _without_image(dataset: Any, path: Path) -> UnreadableImage:
    if is_report_class(str(dataset.get("SOPClassUID", "") or "")):
        return UnreadableImage(
            f"{shown_name(path)} is a Structured Report, which tells measurements: a DICOM file "
            "without an image.",
            "See what it tells in the window or with fhc-desktop show-sr; to measure, choose the "
            "ultrasound image of the study.",
        )
    return UnreadableImage(
        f"{shown_name(path)} is a DICOM file without an image.",
        "Choose the ultrasound image of the study, not a report or a directory.",
    )


def _whole(dataset: Any, keyword: str) -> int | None:
    """Return a number that only serves to read pixels: a damaged one is as good as none."""
    return optional(lambda: int(dataset.get(keyword)))


def _unsupported(path: Path, what: str) -> UnreadableImage:
    return UnreadableImage(
        f"{shown_name(path)} announces {what}, which is not opened.",
        "Export the image as an ordinary 8-bit still or cine from the scanner.",
    )
