"""Pixels that are in memory already become an image to measure."""

from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.image.calibration import FileCalibration
from fhc_desktop.domain.image.ultrasound_image import ImageSource, StudyInfo, UltrasoundImage
from fhc_desktop.imaging.loader import LoadedImage
from fhc_desktop.imaging.pixels.grayscale import Pixels, to_gray8, to_rgb8
from fhc_desktop.imaging.unreadable import check_size

ARRAY_NAME = Path("array")
_DTYPES = ("uint8", "uint16")


class UnusableArray(FhcError):  # noqa: N818 - named for what the user meets
    """An array that is no picture."""


def image_of_array(pixels: NDArray[np.generic], *, pixel_aspect: float = 1.0) -> LoadedImage:
    """Return the image that an array shows; it tells nothing of study or scale.

    Takes (rows, columns), grey, or (rows, columns, 3), RGB, of uint8 or uint16; deep pixels become
    8 bits as those of a file do. The array stays the caller's: what is kept is a copy. Its digest
    is that of dtype, shape and values.

    Raises:
        UnusableArray: its values or its shape are no picture's.
        UnreadableImage: it is smaller or larger than any image to measure.
    """
    fault = _fault(pixels)
    if fault:
        raise UnusableArray(
            f"The array is no picture: {fault}.",
            "Give one frame, (rows, columns) in grey or (rows, columns, 3) in RGB, as uint8 or "
            "uint16.",
        )
    check_size(ARRAY_NAME, *pixels.shape[:2])
    kept: Pixels = np.array(pixels, order="C", copy=True)
    digest = sha256(f"{kept.dtype} {kept.shape} ".encode())
    digest.update(kept.tobytes())
    image = UltrasoundImage(
        gray=to_gray8(kept),
        color=to_rgb8(kept),
        source=ImageSource(ARRAY_NAME, digest.hexdigest()),
        pixel_aspect=pixel_aspect,
    )
    return LoadedImage(image, StudyInfo(), FileCalibration())


def _fault(pixels: NDArray[np.generic]) -> str:
    if pixels.dtype.name not in _DTYPES:
        return f"its values are {pixels.dtype.name}"
    is_gray, is_color = pixels.ndim == 2, pixels.ndim == 3 and pixels.shape[-1] == 3  # noqa: PLR2004
    return "" if is_gray or is_color else f"its shape is {pixels.shape}"
