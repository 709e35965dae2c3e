"""De-identified copies, read back."""

import io

import pydicom

from fhc_desktop.domain.image.calibration import RegionBox
from tests.reading import load_image

SCAN = RegionBox(20, 20, 180, 125)


def reread(copy):
    return pydicom.dcmread(io.BytesIO(copy.content))


def load(copy, folder):
    path = folder / f"{copy.pseudonym}{copy.suffix}"
    path.write_bytes(copy.content)
    return load_image(path)


def inside(pixels, box):
    return pixels[box.top : box.bottom + 1, box.left : box.right + 1]
