"""PNG, JPEG, BMP and TIFF become pixels (Pillow)."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from PIL import Image, ImageOps
from PIL.TiffImagePlugin import TiffImageFile

from fhc_desktop.imaging.pixels.density import read_pixel_aspect
from fhc_desktop.imaging.pixels.display_settings import (
    display_remarks,
    keeps_picture,
    lost_levels,
)
from fhc_desktop.imaging.pixels.grayscale import Pixels, over_black, to_gray8
from fhc_desktop.imaging.pixels.jpeg_runs import lacks_scans, with_longer_runs
from fhc_desktop.imaging.unreadable import (
    LARGEST_SIDE_PX,
    UnreadableImage,
    check_size,
    foreign_decoder,
    incomplete,
    shown_name,
)

_EXTRA, _ASSOCIATED = 338, 1
_LARGEST_16_BIT = 65535
# The modes in which Pillow keeps numbers as they are, one per pixel.
_DEEP_MODES = ("I;16", "I;16B", "I;16L", "I;16N", "I")
_ORIENTATION, _QUARTER_TURNS = 274, (5, 6, 7, 8)
_ONE_OF_MANY = (
    "The file holds more than one picture, of which only the first is shown: export the others as "
    "files of their own."
)


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """``pixel_aspect`` is a pixel's height divided by its width, by the file's density.

    ``remarks`` are sentences on how the pixels came out of the file.
    """

    pixels: Pixels
    pixel_aspect: float
    remarks: tuple[str, ...] = ()


def read_raster(handle: BinaryIO, path: Path, kind: str) -> Raster:
    """Return the picture in a file of the given kind: "PNG", "JPEG", "BMP" or "TIFF".

    Its pixels come as the viewer is meant to see them: turned as EXIF says, alpha on black unless
    it hides the picture, palette resolved; (rows, columns) or (rows, columns, 3), 8 or 16 bits. Of
    several pages, the first.

    Raises:
        UnreadableImage: whatever is wrong with the file, also that its data end before its picture.
    """
    with foreign_decoder(path, kind):
        with _opened(handle, path, kind) as image:
            check_size(path, image.height, image.width)
            of_pages = (_ONE_OF_MANY,) if getattr(image, "is_animated", False) else ()
            is_premultiplied = _keep_premultiplied(image)
            image.load()
            if not _is_whole(image, handle, path, kind):
                raise incomplete(path, kind)
            pixel_aspect = read_pixel_aspect(image)
            upright = ImageOps.exif_transpose(image)
        if upright.has_transparency_data and upright.mode not in _DEEP_MODES:
            rgba = _with_alpha(upright)
            pixels, remarks = _through_alpha(rgba, is_premultiplied=is_premultiplied)
            return Raster(pixels, pixel_aspect, (*of_pages, *remarks))
        return Raster(_pixels(upright, path), pixel_aspect, of_pages)


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
        _keep_premultiplied(again)
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
    if image.mode in {"1", "L"}:
        return np.asarray(image.convert("L"))
    return np.asarray(image.convert("RGB"))


def _keep_premultiplied(image: Image.Image) -> bool:
    """Say whether colours are stored as they show on black, and let Pillow leave them as they are.

    It would divide them by an alpha that may be nought (TIFF 6.0, section 18).
    """
    if not isinstance(image, TiffImageFile) or _ASSOCIATED not in image.tag_v2.get(_EXTRA, ()):
        return False
    image.tile = [tile._replace(args=_undivided(tile.args)) for tile in image.tile]
    return True


def _undivided(decoding: Any) -> tuple[Any, ...]:
    raw_mode, *others = decoding
    return (raw_mode.replace("RGBa", "RGBA"), *others)


def _with_alpha(image: Image.Image) -> Pixels:
    if image.mode != "La":
        return np.asarray(image.convert("RGBA"))
    gray, alpha = (np.asarray(image.getchannel(band)) for band in range(2))
    return np.dstack([gray, gray, gray, alpha])


def _through_alpha(rgba: Pixels, *, is_premultiplied: bool) -> tuple[Pixels, tuple[str, ...]]:
    """Return what shows on black; what is stored, and a sentence, where next to nothing does."""
    stored, alpha = rgba[..., :3], rgba[..., 3:]
    shown = np.minimum(stored, alpha) if is_premultiplied else over_black(rgba)
    stored_gray, shown_gray = to_gray8(stored), to_gray8(shown)
    if keeps_picture(shown_gray, stored_gray):
        return shown, ()
    fault = lost_levels("its transparency", shown_gray, stored_gray)
    return np.ascontiguousarray(stored), display_remarks((fault,), is_stored_shown=True)


def _deep(numbers: Pixels, path: Path) -> Pixels:
    if int(numbers.min()) < 0 or int(numbers.max()) > _LARGEST_16_BIT:
        raise UnreadableImage(
            f"{shown_name(path)} holds numbers beyond 16 bits instead of grey levels.",
            "Export the image with 8 or 16 bits per pixel.",
        )
    return numbers.astype(np.uint16)
