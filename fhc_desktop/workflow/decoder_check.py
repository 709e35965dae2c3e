"""Whether every encoding that the program says it reads is read here, shown on a drawn picture."""

from pathlib import Path

import numpy as np
from pydicom.uid import UID

from fhc_desktop.domain.image.ultrasound_image import Gray
from fhc_desktop.imaging.dicom.transfer_syntaxes import DECODINGS
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.imaging.unreadable import UnreadableImage

_ROWS, _COLUMNS = 24, 32
_DARKEST, _LEVELS_A_COLUMN = 12, 7
# Encodings that give what was stored only nearly, and how many grey levels they may be off.
_LOSSY_WITHIN = 6
_LOSSY = {
    "1.2.840.10008.1.2.4.50",
    "1.2.840.10008.1.2.4.51",
    "1.2.840.10008.1.2.4.81",
    "1.2.840.10008.1.2.4.91",
    "1.2.840.10008.1.2.4.111",
    "1.2.840.10008.1.2.4.112",
}


def drawn_ramp() -> Gray:
    """Return what the pictures show: grey levels of shape (24, 32), brighter to the lower right."""
    rows, columns = np.mgrid[0:_ROWS, 0:_COLUMNS]
    return np.asarray(_DARKEST + _LEVELS_A_COLUMN * columns + rows, dtype=np.uint8)


def undecoded(folder: Path, readers: Readers) -> list[str]:
    """Return a word for each encoding that is not read as it was drawn: its name, and why.

    ``folder`` holds one picture for each, named after the encoding.
    """
    faults = (_fault(syntax, folder / f"{syntax}.dcm", readers) for syntax in DECODINGS)
    return [words for words in faults if words]


def _fault(syntax: str, picture: Path, readers: Readers) -> str:
    name = UID(syntax).name
    try:
        gray = readers.images.load(picture).image.gray
    except UnreadableImage as fault:
        return f"{name}: {fault.problem}"
    drawn = drawn_ramp()
    if gray.shape != drawn.shape:
        return f"{name}: another size than was drawn"
    off = int(np.abs(gray.astype(int) - drawn).max())
    allowed = _LOSSY_WITHIN if syntax in _LOSSY else 0
    return "" if off <= allowed else f"{name}: {off} grey levels off"
