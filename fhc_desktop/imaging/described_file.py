"""What a file says of itself before it is opened: asked of the child, checked field by field."""

import os
from contextlib import suppress
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from fhc_desktop.domain.catalogue import ImageHeader
from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.imaging.files.file_access import opened
from fhc_desktop.imaging.files.file_kind import DICOM, HEAD_BYTES, kind_of
from fhc_desktop.imaging.sandbox.message import study_from_message
from fhc_desktop.imaging.sandbox.sandbox import Sandbox
from fhc_desktop.imaging.unreadable import UnreadableImage, shown_name

# Most headers end within the first piece; where one does not, the whole file is handed over.
_FIRST_BYTES = 64 * 2**10
_ALL_BYTES = 2**30
_MOST_IMAGES = 20_000
_LONGEST_TEXT = 1000
_LARGEST_NUMBER = 2**31
_NUMBERS = ("series_number", "instance_number", "frame_count", "rows", "columns")


def read_study(path: Path, *, sandbox: Sandbox) -> StudyInfo:
    """Return what a file says of patient and study, by its header; nothing but DICOM says any.

    Raises:
        UnreadableImage: what is wrong with the file, as opening it would say.
    """
    with opened(path) as handle:
        if kind_of(handle.read(HEAD_BYTES)) != DICOM:
            return StudyInfo()
        said = described(sandbox, handle, path, DICOM)
    try:
        return study_from_message(said["study"])
    except (AttributeError, LookupError, TypeError, ValueError) as cause:
        raise liar(path) from cause


def read_header(path: Path, *, sandbox: Sandbox) -> ImageHeader | None:
    """Return what a DICOM file says of itself; None where it is no image or report of DICOM.

    Raises:
        UnreadableImage: what is wrong with the file, as opening it would say.
    """
    with opened(path) as handle:
        if kind_of(handle.read(HEAD_BYTES)) != DICOM:
            return None
        found = headers_in(described(sandbox, handle, path, DICOM), path)
    return found[0][0] if found else None


def described(sandbox: Sandbox, handle: BinaryIO, path: Path, kind: str) -> Any:
    """Return what the child says of the headers in a file, from no more of it than that takes.

    Raises:
        UnreadableImage: what is wrong with the file.
    """
    if handle.seek(0, os.SEEK_END) > _FIRST_BYTES:
        # Cut short, a file may look broken in any way: only what is said of all of it counts.
        with suppress(UnreadableImage):
            said = sandbox.describe(handle, path, kind, most_bytes=_FIRST_BYTES)
            if isinstance(said, dict) and said.get("is_cut") is False:
                return said
    return sandbox.describe(handle, path, kind, most_bytes=_ALL_BYTES)


def headers_in(said: Any, path: Path) -> list[tuple[ImageHeader, tuple[str, ...]]]:
    """Return what the child described, checked field by field: it may have been taken over."""
    try:
        return [
            (_header(path, dict(fields)), tuple(_text(part) for part in fields.get("file", ())))
            for fields in islice(said["headers"], _MOST_IMAGES)
        ]
    except (AttributeError, LookupError, TypeError, ValueError) as cause:
        raise liar(path) from cause


def _header(path: Path, fields: dict[str, Any]) -> ImageHeader:
    fields.pop("file", None)
    is_report = fields.pop("is_report", False) is True
    day = fields.pop("study_date", None)
    values: dict[str, Any] = {
        name: _number(value) if name in _NUMBERS else _text(value) for name, value in fields.items()
    }
    study_date = None if day is None else date.fromisoformat(day)
    return ImageHeader(path, study_date=study_date, is_report=is_report, **values)


def _number(number: object) -> int:
    if not isinstance(number, int) or not -_LARGEST_NUMBER <= number < _LARGEST_NUMBER:
        raise ValueError(number)
    return number


def _text(text: object) -> str:
    if not isinstance(text, str) or len(text) > _LONGEST_TEXT:
        raise TypeError(type(text))
    return text


def liar(path: Path) -> UnreadableImage:
    """Return what is told of a file over which the child said what no decoder of ours would."""
    return UnreadableImage(
        f"{shown_name(path)} ended the decoder: it is damaged, or made to do harm.",
        "Export the image again from the scanner, or copy the file again.",
    )
