"""A grey picture in an ultrasound object, in the encodings and colour models that scanners use."""

import io
from dataclasses import dataclass
from pathlib import Path

import imagecodecs
import numpy as np
import pydicom
from PIL import Image
from pydicom.encaps import encapsulate
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    HTJ2KLossless,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGLossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    RLELossless,
)

from fhc_desktop.domain.image.ultrasound_image import Gray
from tests.phantom import write_ultrasound_dicom

JPEG_XL_LOSSLESS = UID("1.2.840.10008.1.2.4.110")
NATIVE = (
    ImplicitVRLittleEndian,
    ExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    DeflatedExplicitVRLittleEndian,
)
BY_PYDICOM = (RLELossless, JPEGLSLossless, JPEG2000Lossless)


def lossless_jpeg(pixels):
    return imagecodecs.jpeg8_encode(pixels, lossless=True, predictor=1, colorspace=None)


def lossless_jpeg_xl(pixels):
    return imagecodecs.jpegxl_encode(pixels, lossless=True)


def lossless_htj2k(pixels):
    return imagecodecs.htj2k_encode(pixels, reversible=True)


def jpeg_at_quality_90(pixels):
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


BY_HAND = {
    JPEGLossless: lossless_jpeg,
    JPEGLosslessSV1: lossless_jpeg,
    JPEG_XL_LOSSLESS: lossless_jpeg_xl,
    HTJ2KLossless: lossless_htj2k,
    JPEGBaseline8Bit: jpeg_at_quality_90,
}
LOSSLESS = (*NATIVE, *BY_PYDICOM, *(uid for uid in BY_HAND if uid != JPEGBaseline8Bit))


@dataclass(frozen=True, slots=True)
class Form:
    """How an object stores its picture."""

    syntax: UID = ExplicitVRLittleEndian
    photometric: str = "MONOCHROME2"
    planar: int = 0

    def __str__(self) -> str:
        planes = " by plane" if self.planar else ""
        return f"{self.photometric}{planes} in {self.syntax.name.split(' (')[0]}"


LOSSLESS_FORMS = (
    *(Form(syntax) for syntax in LOSSLESS),
    Form(photometric="MONOCHROME1"),
    Form(JPEGLSLossless, "MONOCHROME1"),
    Form(photometric="RGB"),
    Form(photometric="RGB", planar=1),
    Form(RLELossless, "RGB", 1),
    Form(JPEG2000Lossless, "RGB"),
    Form(photometric="YBR_FULL"),
    Form(photometric="YBR_FULL", planar=1),
    Form(JPEGLosslessSV1, "YBR_FULL"),
    Form(photometric="PALETTE COLOR"),
    Form(RLELossless, "PALETTE COLOR"),
)


def wrap(
    gray: Gray, target: Path, *, mm_per_column: float, mm_per_row: float, form: Form | None = None
) -> Path:
    """Write a picture as an ultrasound image whose one region holds the two pixel sides."""
    form = form or Form()
    write_ultrasound_dicom(gray, target, mm_per_pixel=mm_per_column)
    dataset = pydicom.dcmread(target)
    (region,) = dataset.SequenceOfUltrasoundRegions
    region.PhysicalDeltaX, region.PhysicalDeltaY = mm_per_column / 10, mm_per_row / 10
    _set_pixels(dataset, _stored(gray, form.photometric), form)
    dataset.set_original_encoding(None, None)
    # Written by force: pydicom does not know JPEG XL.
    pydicom.dcmwrite(
        target,
        dataset,
        implicit_vr=form.syntax == ImplicitVRLittleEndian,
        little_endian=form.syntax != ExplicitVRBigEndian,
        force_encoding=True,
    )
    return target


def _stored(gray, photometric):
    """Return the samples that show a grey picture in a colour model."""
    match photometric:
        case "MONOCHROME1" | "PALETTE COLOR":
            return 255 - gray
        case "RGB":
            return np.repeat(gray[..., None], 3, axis=2)
        case "YBR_FULL":
            neutral = np.full_like(gray, 128)
            return np.stack([gray, neutral, neutral], axis=-1)
        case _:
            return gray


def _set_pixels(dataset, pixels, form):
    dataset.PhotometricInterpretation = form.photometric
    if pixels.ndim == 3:
        dataset.SamplesPerPixel, dataset.PlanarConfiguration = 3, form.planar
    if form.photometric == "PALETTE COLOR":
        _set_palette(dataset)
    if form.syntax in BY_HAND:
        dataset.PixelData = encapsulate([BY_HAND[form.syntax](pixels)])
        dataset["PixelData"].is_undefined_length = True
    else:
        by_plane = form.planar and form.syntax not in BY_PYDICOM
        data = (np.moveaxis(pixels, 2, 0) if by_plane else pixels).tobytes()
        dataset.PixelData = data + bytes(len(data) % 2)
        dataset["PixelData"].VR = "OB"
    if form.syntax in BY_PYDICOM:
        dataset.PlanarConfiguration = 0  # that of what is compressed; RLE turns it into 1
        dataset.compress(form.syntax, generate_instance_uid=False)
    dataset.file_meta.TransferSyntaxUID = form.syntax


def _set_palette(dataset):
    """Give a palette of grey that runs backwards: its indices are no brightness."""
    table = (np.arange(255, -1, -1, dtype=np.uint16) * 257).astype("<u2").tobytes()
    for color in ("Red", "Green", "Blue"):
        setattr(dataset, f"{color}PaletteColorLookupTableDescriptor", [256, 0, 16])
        setattr(dataset, f"{color}PaletteColorLookupTableData", table)
