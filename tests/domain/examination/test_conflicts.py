"""An entry that differs from the file is asked about until somebody has decided."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from fhc_desktop.domain.dating.gestation import Dating, GestationalAge
from fhc_desktop.domain.examination.conflicts import (
    conflicts,
    items_from_file,
    keep_all_entered,
    keep_entered,
    take_from_file,
    told_by_file,
)
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.file_data import FileItem
from fhc_desktop.domain.image.ultrasound_image import ImageSource, StudyInfo, UltrasoundImage
from fhc_desktop.domain.patient import Patient

STUDY = StudyInfo(
    patient_id="17",
    patient_name="Doe, Jane",
    birth_date=date(1996, 5, 4),
    last_menstrual_date=date(2025, 8, 28),
    study_date=date(2026, 1, 15),
    accession_number="A-1",
    institution="Clinic",
    manufacturer="Maker",
    device="Model",
)
AS_IN_FILE = Examination(
    UltrasoundImage(np.zeros((4, 4), np.uint8), ImageSource("scan.dcm", "0" * 64)),
    study=STUDY,
    patient=Patient("17", "Doe, Jane"),
    exam_date=date(2026, 1, 15),
    dating=Dating.from_lmp(date(2025, 8, 28)),
)
ENTRIES = [
    (FileItem.IDENTIFIER, AS_IN_FILE.with_patient(Patient("18", "Doe, Jane"))),
    (FileItem.NAME, AS_IN_FILE.with_patient(Patient("17", "Roe, Jane"))),
    (FileItem.EXAM_DATE, AS_IN_FILE.with_exam_date(date(2026, 1, 16))),
    (FileItem.DATING, AS_IN_FILE.with_dating(Dating.from_lmp(date(2025, 8, 29)))),
    (FileItem.DATING, AS_IN_FILE.with_dating(Dating.from_age(GestationalAge(140)))),
]


def test_that_what_the_file_says_is_its_own_and_no_question():
    assert conflicts(AS_IN_FILE) == ()
    assert items_from_file(AS_IN_FILE) == set(FileItem)


@pytest.mark.parametrize(("item", "exam"), ENTRIES)
def test_that_another_entry_is_asked_about_and_stays_until_answered(item, exam):
    (conflict,) = conflicts(exam)

    assert conflict.item is item
    assert conflict.is_of_identity is (item in {FileItem.IDENTIFIER, FileItem.NAME})
    assert conflict.entered in conflict.sentence
    assert conflict.in_file in conflict.sentence
    assert items_from_file(exam) == set(FileItem) - {item}
    assert conflicts(keep_entered(exam, item)) == ()
    assert take_from_file(exam, item) == AS_IN_FILE


def test_that_an_answer_holds_for_its_own_entry_only():
    kept = keep_all_entered(AS_IN_FILE.with_patient(Patient("18", "Roe, Jane")))
    assert conflicts(kept) == ()

    (asked,) = conflicts(kept.with_patient(Patient("19", "Roe, Jane")))

    assert asked.item is FileItem.IDENTIFIER


@pytest.mark.parametrize(
    "exam",
    [
        replace(AS_IN_FILE, patient=Patient(), exam_date=None, dating=None),
        replace(AS_IN_FILE, study=StudyInfo()),
        AS_IN_FILE.with_patient(Patient("17", "JANE DOE")),
    ],
)
def test_that_nothing_is_asked_where_one_side_is_silent_or_both_agree(exam):
    assert conflicts(exam) == ()


def test_that_birth_date_and_dating_of_the_files_patient_are_not_passed_off_as_anothers():
    other = AS_IN_FILE.with_patient(Patient("18", "Roe, Ann"))

    assert [told.text for told in told_by_file(AS_IN_FILE)] == [
        "born 1996-05-04",
        "accession A-1",
        "Maker Model",
        "Clinic",
    ]
    assert [told.text for told in told_by_file(other)] == ["Maker Model", "Clinic"]
    assert not any("another patient" in sentence for sentence in AS_IN_FILE.warnings)
    assert "The dating comes from a file that names another patient." in other.warnings
