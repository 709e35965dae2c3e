"""The little pictures that show whether each decoder is there and gives what was drawn.

``python -m tests.decoder_pictures resources/check`` writes them.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import imagecodecs
import numpy as np
import pydicom
from pydicom.encaps import encapsulate
from pydicom.uid import UID, ExplicitVRBigEndian, ImplicitVRLittleEndian

from fhc_desktop.domain.image.ultrasound_image import Gray
from fhc_desktop.imaging.dicom.transfer_syntaxes import DECODINGS, JPEG_EXTENDED
from fhc_desktop.workflow.decoder_check import drawn_ramp
from tests.phantom import write_ultrasound_dicom
from tests.wrapping import jpeg_at_quality_90, lossless_htj2k, lossless_jpeg, lossless_jpeg_xl

_DEEPER = 16  # twelve bits for eight


def _twelve_bit_jpeg(pixels: Gray) -> bytes:
    deep = pixels.astype(np.uint16) * _DEEPER
    return bytes(imagecodecs.jpeg8_encode(deep, level=95, bitspersample=12))


ENCODERS: dict[str, Callable[[Gray], bytes]] = {
    "1.2.840.10008.1.2.4.50": jpeg_at_quality_90,
    JPEG_EXTENDED: _twelve_bit_jpeg,
    "1.2.840.10008.1.2.4.57": lossless_jpeg,
    "1.2.840.10008.1.2.4.70": lossless_jpeg,
    "1.2.840.10008.1.2.4.80": imagecodecs.jpegls_encode,
    "1.2.840.10008.1.2.4.81": lambda pixels: imagecodecs.jpegls_encode(pixels, level=1),
    "1.2.840.10008.1.2.4.90": lambda pixels: imagecodecs.jpeg2k_encode(
        pixels, reversible=True, codecformat="j2k"
    ),
    "1.2.840.10008.1.2.4.91": lambda pixels: imagecodecs.jpeg2k_encode(
        pixels, level=70, codecformat="j2k"
    ),
    "1.2.840.10008.1.2.4.110": lossless_jpeg_xl,
    "1.2.840.10008.1.2.4.111": lambda pixels: imagecodecs.jpegxl_encode_jpeg(
        jpeg_at_quality_90(pixels)
    ),
    "1.2.840.10008.1.2.4.112": lambda pixels: imagecodecs.jpegxl_encode(pixels, level=95),
    "1.2.840.10008.1.2.4.201": lossless_htj2k,
    "1.2.840.10008.1.2.4.202": lossless_htj2k,
    "1.2.840.10008.1.2.4.203": lossless_htj2k,
}


def write_picture(syntax: str, target: Path) -> Path:
    """Write the ramp in one encoding."""
    pixels = drawn_ramp()
    write_ultrasound_dicom(pixels, target, mm_per_pixel=0.1)
    dataset = pydicom.dcmread(target)
    if syntax in ENCODERS:
        dataset.PixelData = encapsulate([ENCODERS[syntax](pixels)])
        dataset["PixelData"].is_undefined_length = True
    elif not DECODINGS[syntax].is_native:
        dataset.compress(UID(syntax), generate_instance_uid=False)
    if syntax == JPEG_EXTENDED:
        dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, 12, 11
    dataset.file_meta.TransferSyntaxUID = UID(syntax)
    dataset.set_original_encoding(None, None)
    # Written by force: pydicom does not know JPEG XL.
    pydicom.dcmwrite(
        target,
        dataset,
        implicit_vr=syntax == ImplicitVRLittleEndian,
        little_endian=syntax != ExplicitVRBigEndian,
        force_encoding=True,
    )
    return target


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for syntax in DECODINGS:
        write_picture(syntax, folder / f"{syntax}.dcm")


if __name__ == "__main__":
    main()
