"""The PDF inside a DICOM object, byte for byte, as it was put there (PS3.3 C.24.2)."""

from pathlib import Path
from typing import Any, BinaryIO

from fhc_desktop.imaging.dicom.element import optional
from fhc_desktop.imaging.dicom.file import read_header
from fhc_desktop.imaging.dicom.report_class import is_document_class
from fhc_desktop.imaging.unreadable import UnreadableImage, foreign_decoder, incomplete, shown_name


def read_document(handle: BinaryIO, path: Path) -> bytes:
    """Return the document that an object holds.

    Raises:
        UnreadableImage: it is damaged, or holds no PDF.
    """
    with foreign_decoder(path, "DICOM"):
        dataset = read_header(handle, path).dataset
        if not is_document_class(str(dataset.get("SOPClassUID", "") or "")):
            raise UnreadableImage(
                f"{shown_name(path)} holds no PDF.", "Choose a report that FHC Desktop has written."
            )
        content = bytes(dataset.get("EncapsulatedDocument") or b"")
        length = _length(dataset, content)
        if not content or length > len(content):
            raise incomplete(path, "DICOM")
        return content[:length]


def _length(dataset: Any, content: bytes) -> int:
    """Return how long it is; where its object does not say, without what made the length even."""
    told = optional(lambda: int(dataset.get("EncapsulatedDocumentLength") or 0))
    return told or len(content.removesuffix(b"\0"))
