"""One frame of a DICOM file becomes pixels as the viewer is meant to see them (pydicom)."""

from pathlib import Path
from typing import Any

import numpy as np
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut, apply_voi

from fhc_desktop.imaging.dicom.codecs import PixelHeader, decode_frame
from fhc_desktop.imaging.dicom.file import OpenedDicom
from fhc_desktop.imaging.dicom.transfer_syntaxes import BIG_ENDIAN
from fhc_desktop.imaging.pixels.grayscale import Pixels, to_8_bits_from
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
        raise UnreadableImage(
            f"{shown_name(path)} is a DICOM file without an image.",
            "Choose the ultrasound image of the study, not a report or a directory.",
        )
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
    bits_stored = int(dataset.get("BitsStored") or bits)
    if not 1 <= bits_stored <= bits:
        raise _unsupported(path, f"{bits_stored} of {bits} bits stored")
    is_signed = int(dataset.get("PixelRepresentation") or 0) == 1
    return PixelHeader(
        rows, columns, samples, bits, bits_stored, photometric, is_signed, frame_count
    )


def read_frame(opened: OpenedDicom, header: PixelHeader, path: Path, *, frame: int) -> Pixels:
    """Return one frame, decoded alone: 8 bits, (rows, columns) or (rows, columns, 3) in RGB."""
    stored = decode_frame(opened, header, path, frame=frame)
    dataset = opened.dataset
    if header.photometric == "PALETTE COLOR":
        return _through_palette(stored, dataset, opened.transfer_syntax)
    if stored.ndim == 3:  # noqa: PLR2004
        return to_8_bits_from(stored, lowest=0, highest=2**header.bits_stored - 1)
    gray = _through_window(stored, dataset, header)
    return 255 - gray if header.photometric == "MONOCHROME1" else gray


def _through_palette(stored: Pixels, dataset: Any, syntax: str) -> Pixels:
    colors = apply_color_lut(stored, dataset)[..., :3]
    if colors.dtype == np.uint8:
        return colors
    if syntax == BIG_ENDIAN:
        colors = colors.byteswap()  # pydicom reads the palette's words as little endian
    # Some writers keep 8-bit entries in 16-bit words.
    highest = 65535 if int(colors.max()) > 255 else 255  # noqa: PLR2004
    return to_8_bits_from(colors, lowest=0, highest=highest)


def _through_window(stored: Pixels, dataset: Any, header: PixelHeader) -> Pixels:
    """Apply the file's first VOI LUT or window; without one, its bit depth is the range.

    Signed pixels have no black of their own: without a window theirs is the lowest in the frame.
    """
    if dataset.get("VOILUTSequence"):
        values = apply_voi(apply_modality_lut(stored, dataset).astype(np.int64), dataset)
        bits = int(dataset.VOILUTSequence[0].LUTDescriptor[2])
        return to_8_bits_from(values, lowest=0, highest=2**bits - 1)
    window = _window(dataset)
    if window is not None:
        return _windowed(apply_modality_lut(stored, dataset), dataset, *window)
    if header.is_signed:
        return to_8_bits_from(stored, lowest=int(stored.min()), highest=int(stored.max()))
    return to_8_bits_from(stored, lowest=0, highest=2**header.bits_stored - 1)


def _window(dataset: Any) -> tuple[float, float] | None:
    """Return centre and width of the first window; None where there is none worth the name."""
    centers, widths = dataset.get("WindowCenter"), dataset.get("WindowWidth")
    if centers is None or widths is None:
        return None
    center = float(centers[0] if _is_many(centers) else centers)
    width = float(widths[0] if _is_many(widths) else widths)
    return (center, width) if np.isfinite(center) and 1 <= width < np.inf else None


def _is_many(value: Any) -> bool:
    return hasattr(value, "__len__") and not isinstance(value, str)


def _windowed(values: Pixels, dataset: Any, center: float, width: float) -> Pixels:
    """Follow PS3.3 C.11.2.1.2 and C.11.2.1.3 for the file's VOI LUT function."""
    function = str(dataset.get("VOILUTFunction") or "LINEAR").strip()
    if function == "SIGMOID":
        exponent = np.clip(-4 * (values.astype(np.float64) - center) / width, -50, 50)
        return to_8_bits_from(1 / (1 + np.exp(exponent)), lowest=0, highest=1)
    if function == "LINEAR_EXACT":
        return to_8_bits_from(values, lowest=center - width / 2, highest=center + width / 2)
    half = max(width - 1, 1e-6) / 2
    return to_8_bits_from(values, lowest=center - 0.5 - half, highest=center - 0.5 + half)


def _unsupported(path: Path, what: str) -> UnreadableImage:
    return UnreadableImage(
        f"{shown_name(path)} announces {what}, which is not opened.",
        "Export the image as an ordinary 8-bit still or cine from the scanner.",
    )
