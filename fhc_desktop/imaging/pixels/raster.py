"""PNG, JPEG, BMP and TIFF become pixels (Pillow)."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageOps

from fhc_desktop.imaging.pixels.density import read_pixel_aspect
from fhc_desktop.imaging.pixels.grayscale import Pixels, over_black
from fhc_desktop.imaging.pixels.jpeg_runs import lacks_scans, with_longer_runs
from fhc_desktop.imaging.unreadable import (
    LARGEST_SIDE_PX,
    UnreadableImage,
    check_size,
    foreign_decoder,
    incomplete,
    shown_name,
)

_LARGEST_16_BIT = 65535
# The modes in which Pillow keeps numbers as they are, one per pixel.
_DEEP_MODES = ("I;16", "I;16B", "I;16L", "I;16N", "I")
_ORIENTATION, _QUARTER_TURNS = 274, (5, 6, 7, 8)


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """``pixel_aspect`` is a pixel's height divided by its width, by the file's density.

    ``is_one_of_many`` says that the file holds more pictures than this one, its first.
    """

    pixels: Pixels
    pixel_aspect: float
    is_one_of_many: bool = False


def read_raster(handle: BinaryIO, path: Path, kind: str) -> Raster:
    """Return the picture in a file of the given kind: "PNG", "JPEG", "BMP" or "TIFF".

    Its pixels come as the viewer is meant to see them: turned as EXIF says, alpha on black, palette
    resolved; (rows, columns) or (rows, columns, 3), 8 or 16 bits. Of several pages, the first.

    Raises:
        UnreadableImage: whatever is wrong with the file, also that its data end before its picture.
    """
    with foreign_decoder(path, kind):
        with _opened(handle, path, kind) as image:
            check_size(path, image.height, image.width)
            is_one_of_many = bool(getattr(image, "is_animated", False))
            image.load()
            if not _is_whole(image, handle, path, kind):
                raise incomplete(path, kind)
            pixel_aspect = read_pixel_aspect(image)
            upright = ImageOps.exif_transpose(image)
        return Raster(_pixels(upright, path), pixel_aspect, is_one_of_many)


def read_raster_size(handle: BinaryIO, path: Path, kind: str) -> tuple[int, int]:
    """Return (rows, columns) as the file announces them; no pixel is decoded."""
    with foreign_decoder(path, kind), _opened(handle, path, kind) as image:
        check_size(path, image.height, image.width)
        return image.height, image.width


def _is_whole(image: Image.Image, handle: BinaryIO, path: Path, kind: str) -> bool:
    """Say whether each pixel is the file's: decoders leave those alone that its data do not reach.

    Decoded once more over white, or with more data behind its own, such a picture is another.
    """
    handle.seek(0)
    if kind == "JPEG":
        encoded = handle.read()
        if lacks_scans(encoded):
            return False
        longer = with_longer_runs(encoded)
        if longer is None:
            return True
        with _opened(BytesIO(longer), path, kind) as again:
            again.load()
            return again.tobytes() == image.tobytes()
    with _opened(handle, path, kind) as again:
        is_turned = kind == "TIFF" and again.getexif().get(_ORIENTATION) in _QUARTER_TURNS
        size = again.size[::-1] if is_turned else again.size
        white = (255,) * len(again.getbands())
        again.im = Image.new(again.mode, size, white if len(white) > 1 else 255).im
        again.load()
        return again.tobytes() == image.tobytes()


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
