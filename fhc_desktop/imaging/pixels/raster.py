"""PNG, JPEG, BMP and TIFF become pixels (Pillow)."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageOps

from fhc_desktop.imaging.pixels.density import read_pixel_aspect
from fhc_desktop.imaging.pixels.grayscale import Pixels, over_black
from fhc_desktop.imaging.unreadable import (
    LARGEST_SIDE_PX,
    UnreadableImage,
    check_size,
    foreign_decoder,
    shown_name,
)

_LARGEST_16_BIT = 65535
# The modes in which Pillow keeps numbers as they are, one per pixel.
_DEEP_MODES = ("I;16", "I;16B", "I;16L", "I;16N", "I")


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """``pixel_aspect`` is a pixel's height divided by its width, by the file's density."""

    pixels: Pixels
    pixel_aspect: float


def read_raster(handle: BinaryIO, path: Path, kind: str) -> Raster:
    """Return the picture in a file of the given kind: "PNG", "JPEG", "BMP" or "TIFF".

    Its pixels come as the viewer is meant to see them: turned as EXIF says, alpha on black, palette
    resolved; (rows, columns) or (rows, columns, 3), 8 or 16 bits. Of several pages, the first.
    """
    with foreign_decoder(path, kind):
        with _opened(handle, path, kind) as image:
            check_size(path, image.height, image.width)
            image.load()
            pixel_aspect = read_pixel_aspect(image)
            upright = ImageOps.exif_transpose(image)
        return Raster(_pixels(upright, path), pixel_aspect)


def read_raster_size(handle: BinaryIO, path: Path, kind: str) -> tuple[int, int]:
    """Return (rows, columns) as the file announces them; no pixel is decoded."""
    with foreign_decoder(path, kind), _opened(handle, path, kind) as image:
        check_size(path, image.height, image.width)
        return image.height, image.width


def _opened(handle: BinaryIO, path: Path, kind: str) -> Image.Image:
    """Open by the one decoder that belongs to the content; Pillow has forty others."""
    try:
        return Image.open(handle, formats=[kind])
    except Image.DecompressionBombError as cause:
        raise UnreadableImage(
            f"{shown_name(path)} is too large to open.",
            f"Choose an image of at most {LARGEST_SIDE_PX} × {LARGEST_SIDE_PX} pixels.",
        ) from cause


def _pixels(image: Image.Image, path: Path) -> Pixels:
    if image.mode in _DEEP_MODES:
        return _deep(np.asarray(image), path)
    if image.mode == "F":
        raise UnreadableImage(
            f"{shown_name(path)} holds fractional numbers instead of grey levels.",
            "Export the image with 8 or 16 bits per pixel.",
        )
    if image.has_transparency_data:
        return over_black(np.asarray(image.convert("RGBA")))
    if image.mode in {"1", "L"}:
        return np.asarray(image.convert("L"))
    return np.asarray(image.convert("RGB"))


def _deep(numbers: Pixels, path: Path) -> Pixels:
    if int(numbers.min()) < 0 or int(numbers.max()) > _LARGEST_16_BIT:
        raise UnreadableImage(
            f"{shown_name(path)} holds numbers beyond 16 bits instead of grey levels.",
            "Export the image with 8 or 16 bits per pixel.",
        )
    return numbers.astype(np.uint16)
