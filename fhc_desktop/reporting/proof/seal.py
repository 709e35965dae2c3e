"""The seal: a signature over every byte of a report's file, beside the key that proves it.

The signature's own digits count as zeros. So whatever is changed in the file, or added behind its
end, breaks the seal, and no version of a library has to write the same bytes again to prove it.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, NameObject, TextStringObject

from fhc_desktop.reporting.pdf.archival import describe_for_archives

MEASUREMENT = "measurement.json"
_NUMBERED = re.compile(r"measurement-[0-9]{2}\.json")
SEAL = "seal.txt"
# A JSON text has no line ends within its strings, so that no patient's name can look like a seal.
_FORM = "FHC Desktop report\nEd25519 key {key}\nEd25519 signature {signature}\n"
_FOUND = re.compile(
    rb"FHC Desktop report\nEd25519 key ([0-9a-f]{64})\nEd25519 signature ([0-9a-f]{128})\n"
)
_BLANK = b"0" * 128


class Holds(Enum):
    """What a seal proves."""

    WHOLE = auto()
    CHANGED = auto()
    NOT_SIGNED = auto()


@dataclass(frozen=True, slots=True)
class Seal:
    """What became of a file since it was signed, and the signer's public key in hexadecimal."""

    holds: Holds
    signer: str = ""


def signer_of(key: Ed25519PrivateKey) -> str:
    """Return a signer's public key, 64 hexadecimal digits."""
    return key.public_key().public_bytes_raw().hex()


def measurement_name(number: int) -> str:
    """Return what the measurement of an examination of a dossier is called; they count from 1."""
    return f"measurement-{number:02d}.json"


def is_numbered_measurement(name: str) -> bool:
    """Return whether an attachment is a measurement of a dossier."""
    return _NUMBERED.fullmatch(name) is not None


def sealed(pages: bytes, measurements: Mapping[str, bytes], key: Ed25519PrivateKey | None) -> bytes:
    """Return a PDF with its measurements attached by their names, and signed if there is a key.

    The same pages, measurements and key give the same bytes.
    """
    # Written as it is: pypdf would name itself as the producer.
    writer = PdfWriter(clone_from=io.BytesIO(pages))
    writer.metadata = PdfReader(io.BytesIO(pages)).metadata
    describe_for_archives(writer)
    attached = [
        _attached(writer, name, content, "/application/json", "/Data")
        for name, content in measurements.items()
    ]
    if key is not None:
        blank = _FORM.format(key=signer_of(key), signature=_BLANK.decode("ascii"))
        attached.append(_attached(writer, SEAL, blank.encode(), "/text/plain", "/Supplement"))
    writer.root_object[NameObject("/AF")] = ArrayObject(attached)
    written = io.BytesIO()
    writer.write(written)
    content = written.getvalue()
    return content if key is None else _signed(content, key)


def seal_of(content: bytes) -> Seal:
    """Return what the seal of a file proves; of several seals, nothing."""
    found = list(_FOUND.finditer(content))
    if not found:
        return Seal(Holds.NOT_SIGNED)
    key, signature = (digits.decode("ascii") for digits in found[-1].groups())
    if len(found) > 1:
        return Seal(Holds.CHANGED, key)
    start, end = found[0].span(2)
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(
            bytes.fromhex(signature), content[:start] + _BLANK + content[end:]
        )
    except (InvalidSignature, ValueError):
        return Seal(Holds.CHANGED, key)
    return Seal(Holds.WHOLE, key)


def _attached(writer: PdfWriter, name: str, content: bytes, kind: str, relation: str) -> Any:
    file = writer.add_attachment(name, content)
    file.subtype = NameObject(kind)
    file.associated_file_relationship = NameObject(relation)
    file.alternative_name = TextStringObject(name)
    return file.pdf_object.indirect_reference


def _signed(content: bytes, key: Ed25519PrivateKey) -> bytes:
    (blank,) = _FOUND.finditer(content)
    start, end = blank.span(2)
    return content[:start] + key.sign(content).hex().encode("ascii") + content[end:]
