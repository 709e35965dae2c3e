"""Synthetic heads whose size is known, written as the files that people open."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pydicom
from PIL import Image
from pydicom.uid import UltrasoundMultiFrameImageStorage

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import Gray, ImageSource, UltrasoundImage
from fhc_desktop.imaging.sandbox.bare_picture import BarePicture
from tests.phantom import DEMO_OUTLINE_PX, draw_phantom, write_ultrasound_dicom

SMALL_OUTLINE_PX = Ellipse(92.0, 73.0, 56.5, 43.25, DEMO_OUTLINE_PX.angle)
SMALL_MM_PER_PIXEL = 0.56
SMALL_ROWS, SMALL_COLUMNS = 135, 200


@dataclass(frozen=True, slots=True)
class Phantom:
    """A drawn head with the truth about it; a quarter of the demonstration scan's size."""

    gray: Gray
    outline_px: Ellipse = SMALL_OUTLINE_PX
    mm_per_pixel: float = SMALL_MM_PER_PIXEL

    @property
    def hc_mm(self) -> float:
        return self.outline_px.perimeter * self.mm_per_pixel

    @property
    def image(self) -> UltrasoundImage:
        return UltrasoundImage(self.gray.copy(), ImageSource(Path("phantom.png"), "0" * 64))


def small_phantom(seed: int = 1) -> Phantom:
    return Phantom(
        draw_phantom(SMALL_OUTLINE_PX, rows=SMALL_ROWS, columns=SMALL_COLUMNS, seed=seed)
    )


def write_png(phantom: Phantom, target: Path) -> Path:
    Image.fromarray(phantom.gray).save(target, "PNG")
    return target


def write_dicom(phantom: Phantom, target: Path) -> Path:
    write_ultrasound_dicom(phantom.gray, target, mm_per_pixel=phantom.mm_per_pixel)
    return target


def write_cine(phantom: Phantom, target: Path, *, frames: int) -> Path:
    """Write a loop of one head, whose frames differ in a line that moves down."""
    dataset = pydicom.dcmread(write_dicom(phantom, target))
    pixels = np.repeat(dataset.pixel_array[np.newaxis], frames, axis=0)
    for index in range(frames):
        pixels[index, index] = 255
    dataset.SOPClassUID = UltrasoundMultiFrameImageStorage
    dataset.NumberOfFrames = frames
    dataset.PixelData = pixels.tobytes()
    dataset.save_as(target)
    return target


def write_pixel_size_table(folder: Path, sizes: dict[str, object]) -> Path:
    table = folder / "pixel_size_and_HC.csv"
    lines = [f"{name},{size},100.0" for name, size in sizes.items()]
    header = "filename,pixel size(mm),head circumference (mm)"
    table.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return table


def bare(image: UltrasoundImage) -> BarePicture:
    """Return an image's picture as a decoder tells it, before anything else is said of it."""
    color = None if image.color is None else bytearray(image.color.tobytes())
    gray = bytearray(image.gray.tobytes())
    return BarePicture(image.rows, image.columns, image.pixel_aspect, gray, color)
