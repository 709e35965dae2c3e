"""The first frame of an image, small enough to be one of many."""

from pathlib import Path

import numpy as np

from fhc_desktop.domain.image.ultrasound_image import Gray
from fhc_desktop.imaging.files.file_access import opened
from fhc_desktop.imaging.files.file_kind import HEAD_BYTES, is_image, kind_of
from fhc_desktop.imaging.sandbox.sandbox import Sandbox
from fhc_desktop.imaging.unreadable import UnreadableImage, shown_name


def read_thumbnail(path: Path, *, width_px: int, height_px: int, sandbox: Sandbox) -> Gray:
    """Return an image of at most this size, (rows, columns, 3) in RGB, its pixels made square.

    Raises:
        UnreadableImage: whatever is wrong with the file, as opening it would say.
    """
    from PIL import Image  # noqa: PLC0415 - a window on one picture needs none small

    with opened(path) as handle:
        kind = kind_of(handle.read(HEAD_BYTES))
        if kind is None or not is_image(kind):
            raise UnreadableImage(
                f"{shown_name(path)} is not an image.", "Choose the image that was exported."
            )
        picture, _ = sandbox.decode(handle, path, kind, frame=1)
    pixels = picture.gray if picture.color is None else picture.color
    rows, columns = pixels.shape[0] * picture.pixel_aspect, pixels.shape[1]
    scale = min(width_px / columns, height_px / rows)
    size = max(1, round(columns * scale)), max(1, round(rows * scale))
    small = Image.fromarray(pixels).resize(size, Image.Resampling.BOX)
    return np.ascontiguousarray(small.convert("RGB"))
