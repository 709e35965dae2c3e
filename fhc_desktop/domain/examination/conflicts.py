"""Where the entries differ from the file: asked of the clinician, never decided for her."""

from dataclasses import dataclass, replace
from datetime import date

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.examination.exam_day import days_apart, exam_day, told_days
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.file_data import (
    FileItem,
    dating_of,
    names_another,
    patient_of,
)
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.person_name import is_same_name

_ENTERED_IDENTITY = frozenset({FileItem.IDENTIFIER, FileItem.NAME})
_TAKEN_IDENTITY = frozenset({FileItem.ISSUER, FileItem.BIRTH_DATE})
_IDENTITY = _ENTERED_IDENTITY | _TAKEN_IDENTITY


@dataclass(frozen=True, slots=True)
class Conflict:
    """One entry that says something else than the file; both as they are shown.

    ``attributes`` are those of both, where they stand in the file that contradicts itself.
    """

    item: FileItem
    entered: str
    in_file: str
    attributes: tuple[str, str] | None = None

    @property
    def is_of_identity(self) -> bool:
        """Whether it leaves open whose head this is."""
        return self.item in _IDENTITY

    @property
    def sentence(self) -> str:
        if self.attributes is None:
            how = "from the image before" if self.item in _TAKEN_IDENTITY else "entered"
            return f"{self.item.words}: “{self.entered}” {how}, “{self.in_file}” in the file."
        one, other = self.attributes
        return (
            f"{self.item.words}: “{self.entered}” by the file’s {one}, “{self.in_file}” by its "
            f"{other}."
        )

    @property
    def answers(self) -> tuple[str, str]:
        """The words for keeping the entry, and for taking what stands against it."""
        if self.attributes is None:
            return "Keep typed", "Take from file"
        return f"Keep {self.entered}", f"Take {self.in_file}"


@dataclass(frozen=True, slots=True)
class Told:
    """Something that only the file says: the words for it, and the attribute it is in."""

    text: str
    tag: str


def told_by_file(exam: Examination) -> tuple[Told, ...]:
    """Return what the file says of patient and device beside the entries.

    Birth date and accession number are left out where the file names another patient: they
    would stand beside the wrong name.
    """
    study, named = exam.study, patient_of(exam.study)
    device = " ".join(part for part in (study.manufacturer, study.device) if part)
    of_patient = (
        (f"born {study.birth_date}", FileItem.BIRTH_DATE.tag, study.birth_date),
        (f"ID {named.issuer_words}", FileItem.ISSUER.tag, named.issuer),
        (
            f"accession {study.accession_number}",
            "AccessionNumber (0008,0050)",
            study.accession_number,
        ),
    )
    of_device = (
        (device, "Manufacturer (0008,0070), ManufacturerModelName (0008,1090)", device),
        (study.institution or "", "InstitutionName (0008,0080)", study.institution),
    )
    is_hers = not names_another(named, exam.patient)
    found = (*of_patient, *of_device) if is_hers else of_device
    return tuple(Told(text, tag) for text, tag, value in found if value)


def conflicts(exam: Examination) -> tuple[Conflict, ...]:
    """Return the entries that differ from the file and that nobody has decided on yet.

    An answer holds for the entry it was given for: another entry is asked about anew. Whoever
    says whose name or identifier holds says it of issuer and birth date too.
    """
    entered, in_file = _entered(exam), _in_file(exam)
    found = tuple(
        Conflict(item, entered[item], in_file[item], _attributes(item, exam))
        for item in FileItem
        if entered[item]
        and in_file[item]
        and not _agree(item, entered[item], in_file[item])
        and (item, entered[item]) not in exam.kept
    )
    is_named_otherwise = any(one.item in _ENTERED_IDENTITY for one in found)
    return tuple(one for one in found if not (is_named_otherwise and one.item in _TAKEN_IDENTITY))


def items_from_file(exam: Examination) -> frozenset[FileItem]:
    """Return the entries that say what the file says."""
    entered, in_file = _entered(exam), _in_file(exam)
    same = {item for item in FileItem if in_file[item] and entered[item] == in_file[item]}
    is_told = any(told.day == exam.exam_date for told in told_days(exam.study))
    return frozenset(same | ({FileItem.EXAM_DATE} if is_told else set()))


def keep_entered(exam: Examination, item: FileItem) -> Examination:
    """Return the examination with the word that this entry holds, against the file's."""
    entered = _entered(exam)
    items = {item, *_TAKEN_IDENTITY} if item in _IDENTITY else {item}
    return replace(exam, kept=exam.kept | {(one, entered[one]) for one in items if entered[one]})


def keep_all_entered(exam: Examination) -> Examination:
    """Return the examination with every entry upheld against the file's."""
    for conflict in conflicts(exam):
        exam = keep_entered(exam, conflict.item)
    return exam


def take_from_file(exam: Examination, item: FileItem) -> Examination:
    """Return the examination with the file's word in place of the entry."""
    named = patient_of(exam.study)
    match item:
        case FileItem.IDENTIFIER:
            return exam.with_patient(_as_in_file(exam, named.identifier, exam.patient.name))
        case FileItem.NAME:
            return exam.with_patient(_as_in_file(exam, exam.patient.identifier, named.name))
        case FileItem.ISSUER:
            return exam.with_patient(replace(exam.patient, issuer=named.issuer))
        case FileItem.BIRTH_DATE:
            return exam.with_patient(replace(exam.patient, birth_date=named.birth_date))
        case FileItem.EXAM_DATE:
            day = _day_in_file(exam)
            is_chosen = _attributes(item, exam) is not None
            taken = exam.with_exam_date(day)
            # Of the file's own two days the other is no question any more.
            return keep_entered(taken, item) if is_chosen else taken
        case FileItem.DATING:
            return exam.with_dating(dating_of(exam.study))


def with_entered_patient(exam: Examination, identifier: str, name: str) -> Examination:
    """Return the examination of whom these entries name.

    Issuer and birth date belong to the identifier that they came with: under another one they
    would make her another woman, unless it is the file's own.
    """
    if identifier == exam.patient.identifier:
        return exam.with_patient(replace(exam.patient, name=name))
    return exam.with_patient(_as_in_file(exam, identifier, name))


def _as_in_file(exam: Examination, identifier: str, name: str) -> Patient:
    """Return whom entries name, with issuer and birth date of the file where it names her."""
    named, entered = patient_of(exam.study), Patient(identifier, name)
    return replace(
        entered,
        issuer=named.issuer if identifier == named.identifier else "",
        birth_date=None if names_another(named, entered) else named.birth_date,
    )


def _entered(exam: Examination) -> dict[FileItem, str]:
    return {
        FileItem.IDENTIFIER: exam.patient.identifier,
        FileItem.NAME: exam.patient.name,
        FileItem.ISSUER: exam.patient.issuer,
        FileItem.BIRTH_DATE: _day_text(exam.patient.birth_date),
        FileItem.EXAM_DATE: _day_text(exam.exam_date),
        FileItem.DATING: _dating_text(exam.dating),
    }


def _in_file(exam: Examination) -> dict[FileItem, str]:
    study, named = exam.study, patient_of(exam.study)
    return {
        FileItem.IDENTIFIER: named.identifier,
        FileItem.NAME: named.name,
        FileItem.ISSUER: named.issuer,
        FileItem.BIRTH_DATE: _day_text(named.birth_date),
        FileItem.EXAM_DATE: _day_text(_day_in_file(exam)),
        FileItem.DATING: _dating_text(dating_of(study)),
    }


def _day_in_file(exam: Examination) -> date | None:
    """Return the day that the file has for the entry, or has against the one that it offered."""
    apart = days_apart(exam.study)
    if apart is not None and exam.exam_date == apart.taken.day:
        return apart.other.day
    return exam_day(exam.study)


def _attributes(item: FileItem, exam: Examination) -> tuple[str, str] | None:
    """Return where entry and answer stand in the file, where it is the file that asks."""
    apart = days_apart(exam.study)
    if item is not FileItem.EXAM_DATE or apart is None:
        return None
    if exam.exam_date not in {apart.taken.day, apart.other.day}:
        return None
    both = (apart.taken.told_in.keyword, apart.other.told_in.keyword)
    return both if exam.exam_date == apart.taken.day else both[::-1]


def _day_text(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _dating_text(dating: Dating | None) -> str:
    if dating is None:
        return ""
    return f"age {dating.age}" if dating.age is not None else dating.text


def _agree(item: FileItem, entered: str, in_file: str) -> bool:
    return is_same_name(entered, in_file) if item is FileItem.NAME else entered == in_file
