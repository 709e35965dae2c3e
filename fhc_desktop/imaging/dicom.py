"""A DICOM file becomes a picture, its study and its scales (pydicom)."""

import logging
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from pydicom import dcmread
from pydicom.filereader import read_dataset, read_preamble

from fhc_desktop.domain.calibration import FileCalibration, Uncalibrated
from fhc_desktop.domain.image import StudyInfo
from fhc_desktop.imaging.dicom_calibration import read_calibration, read_pixel_aspect
from fhc_desktop.imaging.dicom_pixels import (
    check_transfer_syntax,
    read_frame,
    read_pixel_header,
)
from fhc_desktop.imaging.grayscale import Pixels
from fhc_desktop.imaging.unreadable import UnreadableImage, check_frame, foreign_decoder, shown_name

T = TypeVar("T")

# pydicom's log quotes values from the file, patient data among them; faults reach us as exceptions.
logging.getLogger("pydicom").setLevel(logging.CRITICAL + 1)

_META_GROUP = 0x0002
_MEDIA_DIRECTORY = "1.2.840.10008.1.3.10"
_PIXEL_DATA_TAGS = (b"\xe0\x7f\x10\x00", b"\x7f\xe0\x00\x10")
_LONGEST_TEXT = 128


@dataclass(frozen=True, slots=True)
class DicomPicture:
    """All that one frame of a DICOM file gives."""

    pixels: Pixels
    frame_count: int
    study: StudyInfo
    calibration: FileCalibration
    pixel_aspect: float


def read_dicom(handle: BinaryIO, path: Path, *, frame: int) -> DicomPicture:
    """Return a frame, counted from 1, with what the file says; no other frame is decoded."""
    with foreign_decoder(path, "DICOM"):
        syntax = _announced_transfer_syntax(handle, path)
        handle.seek(0)
        dataset = dcmread(handle, stop_before_pixels=True)
        header = read_pixel_header(dataset, syntax, path)
        if handle.read(4) not in _PIXEL_DATA_TAGS:
            raise UnreadableImage(
                f"{shown_name(path)} ends before its pixels: it is cut short or holds none.",
                "Export the image again from the scanner, or copy the file again.",
            )
        check_frame(path, frame, header.frame_count)
        pixels = read_frame(handle, dataset, header, frame=frame)
    calibration = _calibration(dataset)
    return DicomPicture(
        pixels=pixels,
        frame_count=header.frame_count,
        study=_study(dataset),
        calibration=calibration,
        pixel_aspect=(
            calibration.pixel_aspect if calibration.candidates else read_pixel_aspect(dataset)
        ),
    )


def _announced_transfer_syntax(handle: BinaryIO, path: Path) -> str:
    """Return the encoding, read before pydicom sees the rest: it inflates without a bound."""
    handle.seek(0)
    read_preamble(handle, force=False)
    meta = read_dataset(
        handle,
        is_implicit_VR=False,
        is_little_endian=True,
        stop_when=lambda tag, _vr, _length: tag >> 16 != _META_GROUP,
    )
    syntax = str(meta.get("TransferSyntaxUID", "") or "")
    if str(meta.get("MediaStorageSOPClassUID", "")) == _MEDIA_DIRECTORY:
        raise UnreadableImage(
            f"{shown_name(path)} is a DICOMDIR: a list of images, not an image.",
            "Choose one of the images beside it.",
        )
    check_transfer_syntax(syntax, path)
    return syntax


def _calibration(dataset: Any) -> FileCalibration:
    found = _optional(lambda: read_calibration(dataset))
    if found is not None:
        return found
    return FileCalibration(
        objection=Uncalibrated("What the file says about the size of its pixels is damaged.")
    )


def _study(dataset: Any) -> StudyInfo:
    return StudyInfo(
        patient_id=_text(dataset, "PatientID"),
        patient_name=_optional(lambda: _person(dataset.get("PatientName"))),
        study_date=_optional(lambda: _date(str(dataset.get("StudyDate") or ""))),
        manufacturer=_text(dataset, "Manufacturer"),
        device=_text(dataset, "ManufacturerModelName"),
    )


def _optional(read: Callable[[], T | None]) -> T | None:
    """Return what an accessor gives, or None where the element is damaged.

    pydicom decodes an element when it is first touched, and may then raise anything; a damaged
    name or date is no reason to refuse the picture.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they would quote the patient's data
            return read()
    except Exception:  # noqa: BLE001
        return None


def _text(dataset: Any, keyword: str) -> str | None:
    return _optional(lambda: _plain(str(dataset.get(keyword) or "")))


def _person(name: Any) -> str | None:
    """Return "Family, Given Middle" from a name's alphabetic form, else from its next one."""
    for group in str(name or "").split("="):
        family, _, rest = group.partition("^")
        given = " ".join(rest.split("^")[:2])
        parts = [text for text in (_plain(family), _plain(given)) if text]
        if parts:
            return ", ".join(parts)
    return None


def _plain(text: str) -> str | None:
    """Return text fit for one line, or None where nothing is left of it."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())[:_LONGEST_TEXT] or None


def _date(written: str) -> date | None:
    """Read DA as the standard writes it today, or as ACR-NEMA did: 2024.01.31."""
    return datetime.strptime(written.replace(".", "").strip(), "%Y%m%d").date()  # noqa: DTZ007
