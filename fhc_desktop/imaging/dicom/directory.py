"""The records of a DICOMDIR: which files it names, and what it says of each."""

from pathlib import Path
from typing import Any, BinaryIO

from pydicom import dcmread

from fhc_desktop.imaging.dicom.element import text_of
from fhc_desktop.imaging.dicom.file import MEDIA_DIRECTORY, check_preamble, read_meta
from fhc_desktop.imaging.dicom.header import Fields, header_fields
from fhc_desktop.imaging.dicom.transfer_syntaxes import DEFLATED
from fhc_desktop.imaging.unreadable import (
    UnreadableImage,
    damaged,
    foreign_decoder,
    shown_name,
)

_IMAGE, _REPORT = "IMAGE", "SR DOCUMENT"
# How far each lies below the others.
_LEVELS = {"PATIENT": 0, "STUDY": 1, "SERIES": 2, _IMAGE: 3, _REPORT: 3}
_INACTIVE = 0
_MOST_RECORDS = 20_000


def read_directory(handle: BinaryIO, path: Path) -> list[Fields]:
    """Return a header for each image or report that a DICOMDIR names, with its ``file`` in parts.

    Records are followed by their offsets (PS3.3 F.2); an image that no offset leads to belongs to
    the records before it.
    """
    with foreign_decoder(path, "DICOMDIR"):
        check_preamble(handle, path)
        meta = read_meta(handle)
        is_deflated = str(meta.get("TransferSyntaxUID", "")) == DEFLATED
        if is_deflated or str(meta.get("MediaStorageSOPClassUID", "")) != MEDIA_DIRECTORY:
            raise damaged(path, "DICOMDIR")  # no writer deflates it, and pydicom sets no bound
        handle.seek(0)
        dataset = dcmread(handle, force=True)
        records = list(dataset.get("DirectoryRecordSequence") or [])
        if len(records) > _MOST_RECORDS:
            raise UnreadableImage(
                f"{shown_name(path)} names more than {_MOST_RECORDS:,} things.",
                "Open one of the folders beside it.",
            )
        parents = _in_sequence(records) | _by_offsets(records)
        return [
            {**_inherited(records, parents, place), **_own(record)}
            for place, record in enumerate(records)
            if _kind(record) in {_IMAGE, _REPORT} and record.get("RecordInUseFlag") != _INACTIVE
        ]


def _by_offsets(records: list[Any]) -> dict[int, int]:
    """Return the place of each record's parent, for each that an offset of its parent leads to."""
    place_at = {record.seq_item_tell: place for place, record in enumerate(records)}
    parents: dict[int, int] = {}
    for parent, record in enumerate(records):
        child = place_at.get(record.get("OffsetOfReferencedLowerLevelDirectoryEntity"))
        while child is not None and child not in parents:  # a second visit is a circle
            parents[child] = parent
            child = place_at.get(records[child].get("OffsetOfTheNextDirectoryRecord"))
    return parents


def _in_sequence(records: list[Any]) -> dict[int, int | None]:
    """Return the place of each record's parent as the order of the records tells it."""
    parents: dict[int, int | None] = {}
    above: dict[int, int] = {}
    for place, record in enumerate(records):
        level = _LEVELS.get(_kind(record), 0)
        nearest = [above[higher] for higher in range(level - 1, -1, -1) if higher in above]
        parents[place] = nearest[0] if nearest else None
        above = {higher: at for higher, at in above.items() if higher < level} | {level: place}
    return parents


def _inherited(records: list[Any], parents: dict[int, int | None], place: int) -> Fields:
    """Return what a record and those above it say, whatever kind they claim to be."""
    fields: Fields = {}
    at: int | None = place
    for _ in range(_LEVELS[_IMAGE] + 2):
        if at is None:
            break
        fields = {**header_fields(records[at]), **fields}
        at = parents[at]
    return fields


def _own(record: Any) -> Fields:
    """Return what a record says of its file: which it is, and which object lies in it."""
    uid = text_of(record, "ReferencedSOPInstanceUIDInFile")
    return {
        "file": _file_id(record),
        **({} if uid is None else {"instance_uid": uid}),
        **({"is_report": True} if _kind(record) == _REPORT else {}),
    }


def _kind(record: Any) -> str:
    return str(record.get("DirectoryRecordType", "")).strip()


def _file_id(record: Any) -> list[str]:
    written = record.get("ReferencedFileID")
    if written is None:
        return []
    parts = [written] if isinstance(written, str) else list(written)
    return [str(part).strip() for part in parts]
