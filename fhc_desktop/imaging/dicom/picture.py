"""A DICOM file becomes a picture, its study and its scales (pydicom)."""

import logging
import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from fhc_desktop.domain.image.calibration import FileCalibration, Uncalibrated
from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.imaging.dicom.calibration import (
    read_calibration,
    read_pixel_aspect,
    read_scan_boxes,
)
from fhc_desktop.imaging.dicom.dates import read_date
from fhc_desktop.imaging.dicom.file import find_pixels, read_header
from fhc_desktop.imaging.dicom.person_name import plain, shown_person
from fhc_desktop.imaging.dicom.pixels import read_frame, read_pixel_header
from fhc_desktop.imaging.pixels.decoded_picture import DecodedPicture
from fhc_desktop.imaging.pixels.grayscale import to_gray8, to_rgb8
from fhc_desktop.imaging.unreadable import check_frame, foreign_decoder

T = TypeVar("T")

# pydicom's log quotes values from the file, patient data among them; faults reach us as exceptions.
logging.getLogger("pydicom").setLevel(logging.CRITICAL + 1)

_GEOMETRY = ("DepthOfScanField", "ZoomFactor", "NominalScannedPixelSpacing", "ImagerPixelSpacing")
_DATES = {
    "PatientBirthDate": "birth date",
    "LastMenstrualDate": "LMP",
    "StudyDate": "study date",
}


def read_dicom(handle: BinaryIO, path: Path, *, frame: int) -> DecodedPicture:
    """Return a frame, counted from 1, with what the file says; no other frame is decoded."""
    with foreign_decoder(path, "DICOM"):
        header = read_header(handle, path)
        announced = read_pixel_header(header.dataset, path)
        opened = find_pixels(header, path)
        check_frame(path, frame, announced.frame_count)
        pixels = read_frame(opened, announced, path, frame=frame)
    dataset = opened.dataset
    calibration = _calibration(dataset, frame)
    return DecodedPicture(
        gray=to_gray8(pixels),
        color=to_rgb8(pixels),
        frame_count=announced.frame_count,
        study=_study(dataset),
        calibration=calibration,
        pixel_aspect=(
            calibration.pixel_aspect if calibration.candidates else read_pixel_aspect(dataset)
        ),
        scan_boxes=read_scan_boxes(dataset),
    )


def _calibration(dataset: Any, frame: int) -> FileCalibration:
    found = _optional(lambda: read_calibration(dataset, frame=frame))
    if found is not None:
        return found
    return FileCalibration(
        objection=Uncalibrated("What the file says about the size of its pixels is damaged.")
    )


def _study(dataset: Any) -> StudyInfo:
    dates = {keyword: _day(dataset, keyword) for keyword in _DATES}
    return StudyInfo(
        patient_id=_text(dataset, "PatientID"),
        patient_name=_optional(lambda: shown_person(dataset.get("PatientName"))),
        issuer=_issuer(dataset),
        birth_date=dates["PatientBirthDate"],
        last_menstrual_date=dates["LastMenstrualDate"],
        study_date=dates["StudyDate"],
        accession_number=_text(dataset, "AccessionNumber"),
        institution=_text(dataset, "InstitutionName"),
        manufacturer=_text(dataset, "Manufacturer"),
        device=_text(dataset, "ManufacturerModelName"),
        series_uid=_text(dataset, "SeriesInstanceUID"),
        scan_geometry=_scan_geometry(dataset),
        objections=tuple(
            f"The {_DATES[keyword]} in the file is not a date and is left out."
            for keyword, day in dates.items()
            if day is None and _is_written(dataset, keyword)
        ),
    )


def _issuer(dataset: Any) -> str | None:
    """Return who gave the identifier: by name or, where there is none, by a universal number.

    PS3.3 C.2.3: the qualifiers hold an OID, a URI or the like, in text, beside its type.
    """
    named = _text(dataset, "IssuerOfPatientID")
    qualifiers = _optional(lambda: dataset.get("IssuerOfPatientIDQualifiersSequence"))
    return named or (_text(qualifiers[0], "UniversalEntityID") if qualifiers else None)


def _day(dataset: Any, keyword: str) -> date | None:
    return _optional(lambda: read_date(str(dataset.get(keyword) or "")))


def _is_written(dataset: Any, keyword: str) -> bool:
    """Return whether there is anything in an element, readable or not."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return bool(str(dataset.get(keyword) or "").strip())
    except Exception:  # noqa: BLE001 - what raises is there, and damaged
        return True


def _scan_geometry(dataset: Any) -> str | None:
    """Return what a scanner tells of depth and zoom, by which it tells two scales apart."""
    told = ((keyword, _text(dataset, keyword)) for keyword in _GEOMETRY)
    return ", ".join(f"{keyword} {text}" for keyword, text in told if text) or None


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
    return _optional(lambda: plain(str(dataset.get(keyword) or "")))
