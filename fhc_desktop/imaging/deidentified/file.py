"""A file becomes its de-identified copy; this runs in the decoder's process.

Pixels are written as they are shown: eight bits of grey or RGB. Bits that no window shows could
hold text that nobody who looked at the picture has seen.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from PIL import Image

from fhc_desktop.domain.image.blanking import blank, default_blanking
from fhc_desktop.domain.image.calibration import RegionBox
from fhc_desktop.domain.image.ultrasound_image import Gray
from fhc_desktop.imaging.deidentified.wish import DeidentifiedFile, Wish
from fhc_desktop.imaging.files.file_kind import DICOM, DICOM_DIRECTORY, VIDEO
from fhc_desktop.imaging.pixels.grayscale import to_8_bits
from fhc_desktop.imaging.pixels.raster import Raster, read_raster
from fhc_desktop.imaging.unreadable import UnreadableImage, foreign_decoder, shown_name

_LOSSY_METHODS = {
    "1.2.840.10008.1.2.4.50": "ISO_10918_1",
    "1.2.840.10008.1.2.4.51": "ISO_10918_1",
    "1.2.840.10008.1.2.4.81": "ISO_14495_1",
    "1.2.840.10008.1.2.4.91": "ISO_15444_1",
    "1.2.840.10008.1.2.4.203": "ISO_15444_15",
    "1.2.840.10008.1.2.4.111": "ISO_18181_1",
    "1.2.840.10008.1.2.4.112": "ISO_18181_1",
}
_ALWAYS_LOSSY = ("1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51")
_LOSSY = "01"
_DPI = 254.0  # fine enough for the ratio of the two: PNG counts whole pixels along a metre


def deidentified(handle: BinaryIO, path: Path, kind: str, wish: Wish) -> DeidentifiedFile:
    """Return a file's de-identified copy: a DICOM file as such, any other picture as PNG.

    Raises:
        UnreadableImage: whatever is wrong with the file, in a sentence.
    """
    if kind in {DICOM_DIRECTORY, VIDEO}:
        raise UnreadableImage(
            f"{shown_name(path)} is a {kind}, of which no de-identified copy is made.",
            "Export the image as DICOM, PNG or JPEG from the scanner.",
        )
    if kind != DICOM:
        return _png(read_raster(handle, path, kind), wish)
    return _dicom(handle, path, wish)


def _png(raster: Raster, wish: Wish) -> DeidentifiedFile:
    picture = np.array(to_8_bits(raster.pixels))
    rows, columns = picture.shape[:2]
    blank(picture, _blanked(wish, rows, columns, ()))
    written = BytesIO()
    # From bare pixels: no metadata comes along but the pixels' shape, without which the copy
    # would measure otherwise. The density itself means nothing.
    shape = {} if raster.pixel_aspect == 1 else {"dpi": (_DPI * raster.pixel_aspect, _DPI)}
    Image.fromarray(picture).save(written, "PNG", **shape)
    return DeidentifiedFile(written.getvalue(), wish.key.name(wish.file_digest), ".png")


def _dicom(handle: BinaryIO, path: Path, wish: Wish) -> DeidentifiedFile:
    # Imported here: a quarter of a second that other files need not wait.
    from fhc_desktop.imaging.deidentified.attributes import deidentified_header  # noqa: PLC0415
    from fhc_desktop.imaging.deidentified.new_identity import NewIdentity  # noqa: PLC0415
    from fhc_desktop.imaging.deidentified.scale import keeps_scale  # noqa: PLC0415
    from fhc_desktop.imaging.dicom.calibration import read_scan_boxes  # noqa: PLC0415
    from fhc_desktop.imaging.dicom.file import find_pixels, read_header  # noqa: PLC0415
    from fhc_desktop.imaging.dicom.pixels import read_frame, read_pixel_header  # noqa: PLC0415

    with foreign_decoder(path, "DICOM"):
        opened = find_pixels(read_header(handle, path), path)
        dataset = opened.dataset
        announced = read_pixel_header(dataset, path)
        boxes = _blanked(wish, announced.rows, announced.columns, read_scan_boxes(dataset))
        identity = NewIdentity.of(dataset, wish.key, fallback=wish.file_digest)
        header, devices = deidentified_header(
            dataset, identity, vouched=wish.vouched, is_looked_at=wish.is_looked_at
        )
        has_lost_scale = not keeps_scale(header, dataset, announced.frame_count, path)
        _tell_lossy(header, opened.transfer_syntax)
        start = opened.handle.tell()

        def frames() -> Iterator[Gray]:
            for frame in range(1, announced.frame_count + 1):
                opened.handle.seek(start)
                pixels = np.array(read_frame(opened, announced, path, frame=frame).pixels)
                blank(pixels, boxes)
                yield pixels

        # The multi-frame classes ask for a number of frames even where it is one.
        content = _written(header, frames(), is_cine="NumberOfFrames" in dataset)
    return DeidentifiedFile(content, identity.name, ".dcm", devices, has_lost_scale)


def _blanked(
    wish: Wish, rows: int, columns: int, scan_boxes: Sequence[RegionBox]
) -> tuple[RegionBox, ...]:
    return default_blanking(rows, columns, scan_boxes) if wish.blanked is None else wish.blanked


def _tell_lossy(header: Any, syntax: str) -> None:
    """Keep in the header that detail was once lost, although the copy is compressed without loss.

    What the source says of it has been kept already; where it is silent its encoding tells.
    """
    method = _LOSSY_METHODS.get(syntax)
    says_lossless = header.get("LossyImageCompression") == "00" and syntax not in _ALWAYS_LOSSY
    if method is None or says_lossless:
        return
    header.LossyImageCompression = _LOSSY
    if "LossyImageCompressionMethod" not in header:
        header.LossyImageCompressionMethod = method


def _written(header: Any, frames: Iterator[Gray], *, is_cine: bool) -> bytes:
    """Return the file: a still without compression, a cine as RLE, which loses nothing either."""
    from pydicom.encaps import encapsulate  # noqa: PLC0415
    from pydicom.uid import ExplicitVRLittleEndian, RLELossless  # noqa: PLC0415

    first = next(frames)
    _describe_pixels(header, first)
    _set_meta(header, RLELossless if is_cine else ExplicitVRLittleEndian)
    if is_cine:
        encoded = [_rle(header, frame) for frame in chain((first,), frames)]
        header.NumberOfFrames = len(encoded)
        header.PixelData = encapsulate(encoded)
        header["PixelData"].is_undefined_length = True
    else:
        header.PixelData = first.tobytes() + b"\0" * (first.size % 2)
    header["PixelData"].VR = "OB"
    written = BytesIO()
    header.save_as(written, enforce_file_format=True)
    return written.getvalue()


def _describe_pixels(header: Any, pixels: Gray) -> None:
    header.Rows, header.Columns = pixels.shape[:2]
    header.SamplesPerPixel = pixels.shape[2] if pixels.ndim > 2 else 1  # noqa: PLR2004
    header.PhotometricInterpretation = "MONOCHROME2"
    if header.SamplesPerPixel > 1:
        header.PhotometricInterpretation = "RGB"
        header.PlanarConfiguration = 0
    header.BitsAllocated, header.BitsStored, header.HighBit = 8, 8, 7
    header.PixelRepresentation = 0


def _set_meta(header: Any, syntax: str) -> None:
    from pydicom.dataset import FileMetaDataset  # noqa: PLC0415

    header.file_meta = FileMetaDataset()
    header.file_meta.TransferSyntaxUID = syntax
    header.file_meta.MediaStorageSOPClassUID = header.SOPClassUID
    header.file_meta.MediaStorageSOPInstanceUID = header.SOPInstanceUID


def _rle(header: Any, pixels: Gray) -> bytes:
    from pydicom.pixels.encoders.base import get_encoder  # noqa: PLC0415
    from pydicom.uid import RLELossless  # noqa: PLC0415

    encoded: bytes = get_encoder(RLELossless).encode(
        pixels.tobytes(),
        encoding_plugin="pylibjpeg",
        rows=header.Rows,
        columns=header.Columns,
        samples_per_pixel=header.SamplesPerPixel,
        photometric_interpretation=header.PhotometricInterpretation,
        planar_configuration=0,
        bits_allocated=8,
        bits_stored=8,
        pixel_representation=0,
        number_of_frames=1,
    )
    return encoded
