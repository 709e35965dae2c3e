"""What a file says of patient and pregnancy: what of it can be true, and whom it names."""

from dataclasses import replace
from datetime import date, timedelta
from enum import Enum
from typing import Any

from fhc_desktop.domain.dating.gestation import Dating, NoAge, gestational_age
from fhc_desktop.domain.examination.exam_day import (
    DAYS_OF_A_PICTURE,
    exam_day,
    fault_of_day,
    told_days,
)
from fhc_desktop.domain.identity import Sameness, compared
from fhc_desktop.domain.image.file_day import FileDay
from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.person_name import is_same_name

_LONGEST_LIFE_DAYS = 130 * 366


class FileItem(Enum):
    """An entry that a file can fill: its words on the screen, and the DICOM attribute it is in.

    Issuer and birth date come from a file alone, but may come from another one than the image's.
    """

    IDENTIFIER = ("Patient ID", "PatientID (0010,0020)")
    NAME = ("Name", "PatientName (0010,0010)")
    ISSUER = ("Issuer of the ID", "IssuerOfPatientID (0010,0021)")
    BIRTH_DATE = ("Birth date", "PatientBirthDate (0010,0030)")
    EXAM_DATE = (
        "Exam date",
        "AcquisitionDate (0008,0022), ContentDate (0008,0023), SeriesDate (0008,0021), StudyDate",
    )
    DATING = ("Dating", "LastMenstrualDate (0010,21D0)")

    @property
    def words(self) -> str:
        return self.value[0]

    @property
    def tag(self) -> str:
        """The attribute's keyword and number in PS3.6; of a day, the attributes in their order."""
        return self.value[1]


def checked(study: StudyInfo, *, today: date | None) -> StudyInfo:
    """Return the study without the dates that cannot be true, and a sentence for each of them.

    ``today`` bounds them all, and a birth date where the file does not say when the examination
    was.
    """
    study = _without_impossible_days(study, today=today)
    objections = list(study.objections)
    birth_date, lmp = study.birth_date, study.last_menstrual_date
    last_day = exam_day(study) or (None if today is None else today + timedelta(days=1))
    if birth_date is not None and last_day is not None and not _can_be_born(birth_date, last_day):
        objections.append(FileDay.BIRTH.left_out("cannot be true"))
        birth_date = None
    fault = "" if lmp is None else _fault_of_lmp(lmp, study)
    if fault:
        objections.append(f"The {FileDay.LMP.words} is left out. {fault}")
        lmp = None
    return replace(
        study, birth_date=birth_date, last_menstrual_date=lmp, objections=tuple(objections)
    )


def patient_of(study: StudyInfo) -> Patient:
    """Return whom the file names."""
    identifier = study.patient_id or ""
    issuer = (study.issuer or "") if identifier else ""
    return Patient(identifier, study.patient_name or "", issuer, study.birth_date)


def dating_of(study: StudyInfo) -> Dating | None:
    """Return the dating that the file gives; an image carries an LMP, never an EDD."""
    lmp = study.last_menstrual_date
    return None if lmp is None else Dating.from_lmp(lmp)


def names_another(one: Patient, other: Patient) -> bool:
    """Return whether two patients are different people, as far as both are named."""
    if one.identifier and other.identifier:
        return compared((one,), (other,)) is Sameness.ANOTHER
    return bool(one.name and other.name) and not is_same_name(one.name, other.name)


def _without_impossible_days(study: StudyInfo, *, today: date | None) -> StudyInfo:
    faults: dict[FileDay, str] = {}
    for told_in in (*DAYS_OF_A_PICTURE, FileDay.LMP):
        day = getattr(study, told_in.field)
        faults[told_in] = "" if day is None else fault_of_day(day, today=today)
    left_out: dict[str, Any] = {told_in.field: None for told_in, fault in faults.items() if fault}
    sentences = (told_in.left_out(fault) for told_in, fault in faults.items() if fault)
    return replace(study, objections=(*study.objections, *sentences), **left_out)


def _fault_of_lmp(lmp: date, study: StudyInfo) -> str:
    """Return why the LMP dates the picture on none of the days that its file gives for it."""
    dating = Dating.from_lmp(lmp)
    found = [gestational_age(dating, told.day) for told in told_days(study)]
    reasons = [one.reason for one in found if isinstance(one, NoAge)]
    return reasons[0] if reasons and len(reasons) == len(found) else ""


def _can_be_born(birth_date: date, last_day: date) -> bool:
    return 0 <= (last_day - birth_date).days <= _LONGEST_LIFE_DAYS
