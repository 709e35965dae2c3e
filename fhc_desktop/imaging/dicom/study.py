"""What a DICOM data set says of patient, study and day."""

import warnings
from collections.abc import Callable
from datetime import date
from typing import Any

from fhc_desktop.domain.image.file_day import FileDay
from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.imaging.dicom.character_set import objections_to_text
from fhc_desktop.imaging.dicom.dates import NotADay, read_date, read_day_of_moment
from fhc_desktop.imaging.dicom.element import optional, text_of
from fhc_desktop.imaging.dicom.person_name import coded_person, shown_person

_GEOMETRY = ("DepthOfScanField", "ZoomFactor", "NominalScannedPixelSpacing", "ImagerPixelSpacing")
_FRAME_MOMENT, _MOMENT = "FrameAcquisitionDateTime", "AcquisitionDateTime"
_ANOTHER = "is of another day than the acquisition"
_APART_DAYS = 1  # two clocks may stand in two time zones


def read_study(dataset: Any, *, frame: int) -> StudyInfo:
    """Return what stands in a data set for one of its frames, counted from 1."""
    to_text = objections_to_text(dataset)  # before any text is touched
    days, to_days = _days(dataset, frame)
    return StudyInfo(
        patient_id=text_of(dataset, "PatientID"),
        issuer=_issuer(dataset),
        patient_name=optional(lambda: shown_person(dataset.get("PatientName"))),
        coded_name=optional(lambda: coded_person(dataset.get("PatientName"))),
        accession_number=text_of(dataset, "AccessionNumber"),
        institution=text_of(dataset, "InstitutionName"),
        manufacturer=text_of(dataset, "Manufacturer"),
        device=text_of(dataset, "ManufacturerModelName"),
        study_uid=text_of(dataset, "StudyInstanceUID"),
        study_time=text_of(dataset, "StudyTime"),
        study_id=text_of(dataset, "StudyID"),
        series_uid=text_of(dataset, "SeriesInstanceUID"),
        instance_uid=text_of(dataset, "SOPInstanceUID"),
        sop_class_uid=text_of(dataset, "SOPClassUID"),
        photometric=text_of(dataset, "PhotometricInterpretation"),
        scan_geometry=_scan_geometry(dataset),
        objections=(*to_text, *to_days),
        **days,
    )


def _issuer(dataset: Any) -> str | None:
    """Return who gave the identifier: by name or, where there is none, by a universal number.

    PS3.3 C.2.3: the qualifiers hold an OID, a URI or the like, in text, beside its type.
    """
    named = text_of(dataset, "IssuerOfPatientID")
    qualifiers = optional(lambda: dataset.get("IssuerOfPatientIDQualifiersSequence"))
    return named or (text_of(qualifiers[0], "UniversalEntityID") if qualifiers else None)


def _days(dataset: Any, frame: int) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the days by their place in ``StudyInfo``, and a sentence for each that is none."""
    days: dict[str, date | None] = {}
    objections: list[str] = []
    for told_in in FileDay:
        try:
            days[told_in.field] = _day(dataset, told_in.keyword, read_date)
        except NotADay as problem:
            objections.append(told_in.left_out(problem.fault))
    acquired = _acquired(dataset, frame, days.get(FileDay.ACQUISITION.field), objections)
    return days | {FileDay.ACQUISITION.field: acquired}, tuple(objections)


def _acquired(dataset: Any, frame: int, by_date: date | None, objections: list[str]) -> date | None:
    """Return the acquisition's day: the frame's own, else ``by_date``, else a moment's.

    A moment that is no day, or another one, adds a sentence to ``objections``.
    """
    moments: dict[str, date | None] = {}
    for keyword, where in ((_FRAME_MOMENT, _frame_content(dataset, frame)), (_MOMENT, dataset)):
        try:
            moments[keyword] = _day(where, keyword, read_day_of_moment)
        except NotADay as problem:
            objections.append(FileDay.ACQUISITION.left_out(problem.fault, keyword=keyword))
    of_frame, of_file = moments.get(_FRAME_MOMENT), moments.get(_MOMENT)
    taken = of_frame or by_date or of_file
    if taken is None:
        return None
    if by_date is not None and abs((by_date - taken).days) > _APART_DAYS:
        objections.append(FileDay.ACQUISITION.left_out("is not that of this frame"))
    if of_file is not None and abs((of_file - taken).days) > _APART_DAYS:
        objections.append(FileDay.ACQUISITION.left_out(_ANOTHER, keyword=_MOMENT))
    return taken


def _frame_content(dataset: Any, frame: int) -> Any:
    """Return what an enhanced object says of one frame; nothing where it says nothing."""
    found = optional(
        lambda: dataset.PerFrameFunctionalGroupsSequence[frame - 1].FrameContentSequence[0]
    )
    return {} if found is None else found


def _scan_geometry(dataset: Any) -> str | None:
    """Return what a scanner tells of depth and zoom, by which it tells two scales apart."""
    told = ((keyword, text_of(dataset, keyword)) for keyword in _GEOMETRY)
    return ", ".join(f"{keyword} {text}" for keyword, text in told if text) or None


def _day(dataset: Any, keyword: str, read: Callable[[str], date]) -> date | None:
    """Return the day in an element, None where it is empty or not there.

    Raises:
        NotADay: there is something in it, readable or not, and it is no day.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they would quote the patient's data
            written = str(dataset.get(keyword) or "").strip()
    except Exception as cause:
        raise NotADay("is damaged") from cause
    return read(written) if written else None
