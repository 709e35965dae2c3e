"""What a DICOM data set says of an image for a list of images: names, dates and numbers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from pydicom.uid import UID

from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.imaging.dicom.dates import read_date
from fhc_desktop.imaging.dicom.element import optional
from fhc_desktop.imaging.dicom.file import read_header
from fhc_desktop.imaging.dicom.person_name import plain, shown_person
from fhc_desktop.imaging.dicom.pixels import read_pixel_header
from fhc_desktop.imaging.dicom.report_class import is_report_class
from fhc_desktop.imaging.dicom.study import read_study
from fhc_desktop.imaging.unreadable import foreign_decoder

# What an ``ImageHeader`` is made of, without its path, in the form in which JSON takes it.
Fields = dict[str, str | int | list[str]]


def read_image_header(handle: BinaryIO, path: Path) -> tuple[list[Fields], StudyInfo]:
    """Return the header of the image in a DICOM file, and what it says of patient and study.

    A Structured Report has one too, which says so; there is none where the file holds another kind
    of object. The study is that of the first frame.

    Raises:
        UnreadableImage: what is wrong with the file, as opening it would say.
    """
    with foreign_decoder(path, "DICOM"):
        header = read_header(handle, path)
        if is_report_class(str(header.dataset.get("SOPClassUID", "") or "")):
            fields = header_fields(header.dataset) | {"is_report": True}
            return [fields], read_study(header.dataset, frame=1)
        if "Rows" not in header.dataset and not _should_be_image(header.dataset):
            return [], StudyInfo()
        read_pixel_header(header.dataset, path)
        study = read_study(header.dataset, frame=1)
        return [header_fields(header.dataset)], study


def _should_be_image(dataset: Any) -> bool:
    """Say whether the kind of object has pixels; a report or a presentation state has none."""
    kind = str(dataset.get("SOPClassUID", "") or "")
    return not kind or "Image" in UID(kind).name


def header_fields(dataset: Any) -> Fields:
    """Return what a data set says; what it does not say, or says damaged, is left out."""
    found = {name: _read(read, dataset, keyword) for name, (keyword, read) in _READ.items()}
    return {name: value for name, value in found.items() if value is not None}


def _read(
    read: Callable[[Any, str], str | int | None], dataset: Any, keyword: str
) -> str | int | None:
    return optional(lambda: read(dataset, keyword))


def _text(dataset: Any, keyword: str) -> str | None:
    return plain(str(dataset.get(keyword) or ""))


def _number(dataset: Any, keyword: str) -> int | None:
    value = dataset.get(keyword)
    return None if value is None or value == "" else int(value)


def _person(dataset: Any, keyword: str) -> str | None:
    return shown_person(dataset.get(keyword))


def _day(dataset: Any, keyword: str) -> str | None:
    written = str(dataset.get(keyword) or "").strip()
    return read_date(written).isoformat() if written else None


_READ: dict[str, tuple[str, Callable[[Any, str], str | int | None]]] = {
    "patient_id": ("PatientID", _text),
    "patient_name": ("PatientName", _person),
    "study_uid": ("StudyInstanceUID", _text),
    "study_date": ("StudyDate", _day),
    "study_description": ("StudyDescription", _text),
    "series_uid": ("SeriesInstanceUID", _text),
    "series_number": ("SeriesNumber", _number),
    "series_description": ("SeriesDescription", _text),
    "modality": ("Modality", _text),
    "instance_uid": ("SOPInstanceUID", _text),
    "instance_number": ("InstanceNumber", _number),
    "frame_count": ("NumberOfFrames", _number),
    "rows": ("Rows", _number),
    "columns": ("Columns", _number),
}
