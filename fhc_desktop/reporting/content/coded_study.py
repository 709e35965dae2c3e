"""Whose study a machine-readable report belongs to, and which picture it speaks of."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.file_data import names_another, patient_of
from fhc_desktop.domain.image.ultrasound_image import StudyInfo

# PS3.5 9.1: at most 64 characters, no part with a nought before other digits. A reader that finds
# another one refuses the whole report.
_UID = re.compile(r"(?=.{1,64}$)(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*))*")
_TIME = re.compile(r"(?:[01]\d|2[0-3])(?:[0-5]\d(?:[0-5]\d(?:\.\d{1,6})?)?)?")
# VR PN: 64 characters a group; shown names have none of the signs that separate its parts.
_LONGEST_NAME = 64
_LONGEST_NUMBER = 16


@dataclass(frozen=True, slots=True)
class ImageReference:
    """One DICOM object by its UIDs; ``frame`` counts from 1, None where there is but one.

    ``photometric`` says what its pixels are: MONOCHROME2, RGB, PALETTE COLOR.
    """

    sop_class_uid: str
    instance_uid: str
    series_uid: str
    study_uid: str
    frame: int | None
    photometric: str


@dataclass(frozen=True, slots=True)
class CodedPatient:
    """Who is examined; ``coded_name`` is a DICOM person name: Family^Given=家族^名.

    All parts may be empty.
    """

    identifier: str
    issuer: str
    name: str
    coded_name: str
    birth_date: date | None

    @classmethod
    def of(cls, exam: Examination) -> Self:
        """Return the patient of an examination, with what her file adds to what is entered."""
        patient, study = exam.patient, _study_of(exam)
        is_files = bool(patient.name) and patient.name == study.patient_name
        coded = study.coded_name if is_files else None
        return cls(
            identifier=patient.identifier,
            issuer=patient.issuer,
            name=patient.name,
            coded_name=coded or coded_name(patient.name),
            birth_date=study.birth_date,
        )


@dataclass(frozen=True, slots=True)
class CodedStudy:
    """The study that everything written of an examination belongs to.

    ``own_reason`` says why it is one of its own; it is empty where it is the study of the image.
    ``unnamed_reason`` says why nothing refers to an image that has a UID. ``time`` has the form
    HHMMSS.
    """

    uid: str
    day: date | None
    time: str
    identifier: str
    accession_number: str
    own_reason: str = ""
    unnamed_reason: str = ""

    @classmethod
    def of(cls, exam: Examination) -> Self:
        """Return the image's own study or, where it has none to give, one made for the picture.

        It is the same one for each report of that picture and patient.
        """
        study = _study_of(exam)
        if study is not exam.study:
            return cls._made(exam, "The image’s file names another patient.")
        if study.study_uid is None or not _UID.fullmatch(study.study_uid):
            return cls._made(exam, "The image’s file belongs to no study.")
        time = study.study_time or ""
        return cls(
            uid=study.study_uid,
            day=study.study_date,
            time=time if _TIME.fullmatch(time) else "",
            identifier=_number(study.study_id),
            accession_number=_number(study.accession_number),
            unnamed_reason=_unnamed_reason(exam),
        )

    @classmethod
    def _made(cls, exam: Examination, reason: str) -> Self:
        told = (exam.image.source.sha256, exam.patient.identifier, exam.patient.name)
        unnamed = _unnamed_reason(exam)
        return cls(uid_of("study", *told), exam.exam_date, "", "", "", reason, unnamed)


def image_reference(exam: Examination) -> ImageReference | None:
    """Return the image's place among DICOM objects; None where its file is none of them."""
    study, source = exam.study, exam.image.source
    frame = source.frame if source.frame_count > 1 else None
    found = ImageReference(
        sop_class_uid=study.sop_class_uid or "",
        instance_uid=study.instance_uid or "",
        series_uid=study.series_uid or "",
        study_uid=study.study_uid or "",
        frame=frame,
        photometric=study.photometric or "",
    )
    uids = (found.sop_class_uid, found.instance_uid, found.series_uid, found.study_uid)
    return found if all(map(_UID.fullmatch, uids)) else None


def _unnamed_reason(exam: Examination) -> str:
    if exam.study.instance_uid is None or image_reference(exam) is not None:
        return ""
    return "The UIDs of the image’s file are none by the standard: nothing refers to the image."


def uid_of(*parts: str) -> str:
    """Return the UID that belongs to these texts, always the same one.

    It is a UUID as a number under 2.25 (PS3.5 B.2), which needs no root of anybody's.
    """
    # A typed name may hold half a character, which UTF-8 has no form for.
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()
    return f"2.25.{UUID(bytes=digest[:16], version=5).int}"


def coded_name(shown: str) -> str:
    """Return a name that was typed, or shown from a file, as DICOM has it: Family^Given.

    What stands before its first comma is the family name; without a comma all of it is, and the
    sign behind it says that there is no more. A longer name than DICOM has room for is cut.
    """
    plain = "".join(" " if c in "^=\\" or not c.isprintable() else c for c in shown)
    family, comma, given = plain.partition(",")
    parts = (" ".join(part.split()) for part in ((family, given) if comma else (family,)))
    coded = "^".join(parts)[: _LONGEST_NAME - 1].rstrip(" ^")
    return coded if "^" in coded or not coded else f"{coded}^"


def _study_of(exam: Examination) -> StudyInfo:
    """Return what the file says of the study, as far as it speaks of the patient at all."""
    is_anothers = names_another(patient_of(exam.study), exam.patient)
    return StudyInfo() if is_anothers else exam.study


def _number(text: str | None) -> str:
    """Return a number of VR SH; nothing where it is longer, since a part of it is another one."""
    is_one = text is not None and len(text) <= _LONGEST_NUMBER and "\\" not in text
    return text if is_one and text is not None else ""
