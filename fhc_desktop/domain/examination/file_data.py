"""What a file says of patient and pregnancy: what of it can be true, and whom it names."""

from dataclasses import replace
from datetime import date, timedelta
from enum import Enum

from fhc_desktop.domain.dating.gestation import Dating, NoAge, gestational_age
from fhc_desktop.domain.identity import Sameness, compared
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
    EXAM_DATE = ("Exam date", "StudyDate (0008,0020)")
    DATING = ("Dating", "LastMenstrualDate (0010,21D0)")

    @property
    def words(self) -> str:
        return self.value[0]

    @property
    def tag(self) -> str:
        """The attribute's keyword and number in PS3.6."""
        return self.value[1]


def checked(study: StudyInfo, *, today: date | None) -> StudyInfo:
    """Return the study without the dates that cannot be true, and a sentence for each of them.

    ``today`` bounds a birth date where the file does not say when the examination was.
    """
    objections = list(study.objections)
    birth_date, lmp = study.birth_date, study.last_menstrual_date
    last_day = study.study_date or (None if today is None else today + timedelta(days=1))
    if birth_date is not None and last_day is not None and not _can_be_born(birth_date, last_day):
        objections.append("The birth date in the file cannot be true and is left out.")
        birth_date = None
    fault = "" if lmp is None else _fault_of_lmp(lmp, study.study_date, last_day)
    if fault:
        objections.append(f"The LMP in the file is left out. {fault}")
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


def _fault_of_lmp(lmp: date, exam_date: date | None, last_day: date | None) -> str:
    if exam_date is None:
        # An old scan without its day: nothing but a day to come is wrong for certain.
        return "It is a day to come." if last_day is not None and lmp > last_day else ""
    found = gestational_age(Dating.from_lmp(lmp), exam_date)
    return found.reason if isinstance(found, NoAge) else ""


def _can_be_born(birth_date: date, last_day: date) -> bool:
    return 0 <= (last_day - birth_date).days <= _LONGEST_LIFE_DAYS
