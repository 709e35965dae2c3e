"""What a file is, by its first bytes and not by its name."""

import re

HEAD_BYTES = 1024
DICOM = "DICOM"
DICOM_DIRECTORY = "DICOMDIR"
DICOM_REPORT = "Structured Report"
DICOM_FILED_REPORT = "Structured Report of ours"
DICOM_DOCUMENT = "PDF in DICOM"
VIDEO = "video"
ARCHIVE = "ZIP"

_DICOM_MAGIC, _DICOM_MAGIC_AT, _META_AT = b"DICM", 128, 132
_MEDIA_DIRECTORY = b"1.2.840.10008.1.3.10"
# Media Storage SOP Class UID or, without a file's meta information, SOP Class UID, with the root
# of the classes of reports or the class of a PDF (PS3.4 B.5).
_CLASS = rb"(?:\x02\x00\x02\x00UI..|\x08\x00\x16\x00(?:UI..|....))1\.2\.840\.10008\.5\.1\.4\.1\.1\."
_REPORT_CLASS = re.compile(_CLASS + rb"88\.", re.DOTALL)
_DOCUMENT_CLASS = re.compile(_CLASS + rb"104\.1[^.0-9]", re.DOTALL)
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"PK\x03\x04", ARCHIVE),
    (b"PK\x05\x06", ARCHIVE),
)
# MP4 and MOV are boxes, each of a length and a name; old MOV files begin with any of these.
_FIRST_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"pnot")
_RIFF, _AVI = b"RIFF", b"AVI "
# Data sets that begin without the 128 bytes and "DICM" begin with group 0002 or 0008, and with a
# value representation or, where there is none, with a short length.
_FIRST_GROUPS = (b"\x02\x00", b"\x08\x00", b"\x00\x08")
_BIG_ENDIAN_GROUP = b"\x00\x08"
_FIRST_REPRESENTATIONS = (b"CS", b"UI", b"UL", b"DA", b"TM", b"LO", b"OB", b"SH")
_LONGEST_FIRST_VALUE = 512


def kind_of(head: bytes) -> str | None:
    """Return what a file of these first ``HEAD_BYTES`` is; None where it is nothing of ours."""
    if head[_DICOM_MAGIC_AT:].startswith(_DICOM_MAGIC) or _is_bare_dicom(head):
        return DICOM_DIRECTORY if _MEDIA_DIRECTORY in head else DICOM
    if head[4:8] in _FIRST_BOXES or (head.startswith(_RIFF) and head[8:12] == _AVI):
        return VIDEO
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)


def is_report(head: bytes) -> bool:
    """Say whether a file of these first ``HEAD_BYTES`` is a Structured Report."""
    return kind_of(head) == DICOM and _REPORT_CLASS.search(head) is not None


def is_document(head: bytes) -> bool:
    """Say whether a file of these first ``HEAD_BYTES`` is a PDF as a DICOM object."""
    return kind_of(head) == DICOM and _DOCUMENT_CLASS.search(head) is not None


def is_image(kind: str | None) -> bool:
    return kind not in {None, ARCHIVE, DICOM_DIRECTORY}


def _is_bare_dicom(head: bytes) -> bool:
    if len(head) < _META_AT or not head.startswith(_FIRST_GROUPS):
        return False
    if head[4:6] in _FIRST_REPRESENTATIONS:
        return True
    if head.startswith(_BIG_ENDIAN_GROUP):
        return False  # always explicit
    return int.from_bytes(head[4:8], "little") <= _LONGEST_FIRST_VALUE
