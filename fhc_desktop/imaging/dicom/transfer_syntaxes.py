"""The encodings of DICOM pixels that are decoded, and by whom."""

from dataclasses import dataclass
from pathlib import Path

from pydicom.uid import UID

from fhc_desktop.imaging.unreadable import UnreadableImage, shown_name

DEFLATED = "1.2.840.10008.1.2.1.99"
BIG_ENDIAN = "1.2.840.10008.1.2.2"
RLE = "1.2.840.10008.1.2.5"
JPEG_BASELINE = "1.2.840.10008.1.2.4.50"
JPEG_EXTENDED = "1.2.840.10008.1.2.4.51"
IMAGECODECS = "imagecodecs"


@dataclass(frozen=True, slots=True)
class Decoding:
    """Who decodes: a plugin of pydicom, imagecodecs, or nobody where ``is_native``."""

    decoder: str = ""

    @property
    def is_native(self) -> bool:
        return not self.decoder


# Each is named: pydicom's own order would prefer decoders with open reports of memory faults, or
# under the GPL, where they happen to be installed.
DECODINGS = {
    "1.2.840.10008.1.2": Decoding(),
    "1.2.840.10008.1.2.1": Decoding(),
    DEFLATED: Decoding(),
    BIG_ENDIAN: Decoding(),
    RLE: Decoding("pylibjpeg"),
    JPEG_BASELINE: Decoding("pillow"),
    JPEG_EXTENDED: Decoding(IMAGECODECS),
    "1.2.840.10008.1.2.4.57": Decoding(IMAGECODECS),
    "1.2.840.10008.1.2.4.70": Decoding(IMAGECODECS),
    "1.2.840.10008.1.2.4.80": Decoding("pyjpegls"),
    "1.2.840.10008.1.2.4.81": Decoding("pyjpegls"),
    "1.2.840.10008.1.2.4.90": Decoding("pylibjpeg"),
    "1.2.840.10008.1.2.4.91": Decoding("pylibjpeg"),
    "1.2.840.10008.1.2.4.201": Decoding("pylibjpeg"),
    "1.2.840.10008.1.2.4.202": Decoding("pylibjpeg"),
    "1.2.840.10008.1.2.4.203": Decoding("pylibjpeg"),
    "1.2.840.10008.1.2.4.110": Decoding(IMAGECODECS),
    "1.2.840.10008.1.2.4.111": Decoding(IMAGECODECS),
    "1.2.840.10008.1.2.4.112": Decoding(IMAGECODECS),
}


def check_transfer_syntax(syntax: str, path: Path) -> None:
    """Refuse an encoding that we do not decode, by its name."""
    if syntax in DECODINGS:
        return
    if not syntax:
        problem = f"{shown_name(path)} does not say how its DICOM data are encoded."
    else:
        name = UID(syntax).name
        words = f"an unknown encoding ({syntax[:64]})" if name == syntax else name
        problem = f"{shown_name(path)} is compressed in a way that cannot be decoded here: {words}."
    raise UnreadableImage(
        problem, "Export the image uncompressed, RLE or JPEG Baseline from the scanner or PACS."
    )
