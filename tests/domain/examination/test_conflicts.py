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
    with_entered_patient,
)
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.file_data import FileItem
from fhc_desktop.domain.image.ultrasound_image import ImageSource, StudyInfo, UltrasoundImage
from fhc_desktop.domain.patient import Patient

STUDY = StudyInfo(
    patient_id="17",
    patient_name="Doe, Jane",
    issuer="NORTH",
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
    patient=Patient("17", "Doe, Jane", "NORTH", date(1996, 5, 4)),
    exam_date=date(2026, 1, 15),
    dating=Dating.from_lmp(date(2025, 8, 28)),
)
BORN = date(1990, 2, 3)
IDENTITY = {FileItem.IDENTIFIER, FileItem.NAME, FileItem.ISSUER, FileItem.BIRTH_DATE}
ENTRIES = [
    (FileItem.IDENTIFIER, with_entered_patient(AS_IN_FILE, "18", "Doe, Jane")),
    (FileItem.NAME, with_entered_patient(AS_IN_FILE, "17", "Roe, Jane")),
    (FileItem.ISSUER, AS_IN_FILE.with_patient(replace(AS_IN_FILE.patient, issuer="SOUTH"))),
    (FileItem.BIRTH_DATE, AS_IN_FILE.with_patient(replace(AS_IN_FILE.patient, birth_date=BORN))),
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
    assert conflict.is_of_identity is (item in IDENTITY)
    assert conflict.entered in conflict.sentence
    assert conflict.in_file in conflict.sentence
    taken = {FileItem.ISSUER, FileItem.BIRTH_DATE} if item is FileItem.IDENTIFIER else set()
    assert items_from_file(exam) == set(FileItem) - {item} - taken
    assert conflicts(keep_entered(exam, item)) == ()
    assert take_from_file(exam, item) == AS_IN_FILE


def test_that_an_answer_holds_for_its_own_entry_only():
    kept = keep_all_entered(AS_IN_FILE.with_patient(Patient("18", "Roe, Jane")))
    assert conflicts(kept) == ()

    (asked,) = conflicts(kept.with_patient(Patient("19", "Roe, Jane")))

    assert asked.item is FileItem.IDENTIFIER


def test_that_who_another_image_was_of_is_one_question_not_three():
    before = Patient("17", "Roe, Ann", "SOUTH", BORN)
    exam = AS_IN_FILE.with_patient(before)

    (asked,) = conflicts(exam)

    assert asked.item is FileItem.NAME
    assert conflicts(keep_entered(exam, FileItem.NAME)) == ()
    assert keep_entered(exam, FileItem.NAME).patient == before
    assert take_from_file(exam, FileItem.NAME) == AS_IN_FILE


def test_that_issuer_and_birth_date_stay_with_the_identifier_they_came_with():
    known = AS_IN_FILE.patient
    another = with_entered_patient(AS_IN_FILE, "18", "Doe, Jane")
    carried = replace(AS_IN_FILE, study=StudyInfo())

    assert another.patient == Patient("18", "Doe, Jane")
    assert with_entered_patient(another, "17", "Doe, Jane").patient == known
    assert with_entered_patient(carried, "17", "Doe, Jane A").patient == replace(
        known, name="Doe, Jane A"
    )
    assert with_entered_patient(carried, "", "Doe, Jane").patient == Patient("", "Doe, Jane")


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
        "ID issued by NORTH",
        "accession A-1",
        "Maker Model",
        "Clinic",
    ]
    assert [told.text for told in told_by_file(other)] == ["Maker Model", "Clinic"]
    assert not any("another patient" in sentence for sentence in AS_IN_FILE.warnings)
    assert "The dating comes from a file that names another patient." in other.warnings


REOPENED = replace(
    AS_IN_FILE,
    study=replace(STUDY, study_date=date(2026, 1, 1), acquisition_date=date(2026, 1, 15)),
)


def test_that_a_file_that_gives_two_days_asks_which_holds():
    (asked,) = conflicts(REOPENED)

    assert asked.item is FileItem.EXAM_DATE
    assert asked.sentence == (
        "Exam date: “2026-01-15” by the file’s AcquisitionDate, “2026-01-01” by its StudyDate."
    )
    assert asked.answers == ("Keep 2026-01-15", "Take 2026-01-01")
    assert not asked.is_of_identity
    assert items_from_file(REOPENED) == set(FileItem)
    assert REOPENED.days_apart.sentence in REOPENED.warnings


def test_that_either_answer_ends_the_question_and_the_warning():
    kept = keep_entered(REOPENED, FileItem.EXAM_DATE)
    taken = take_from_file(REOPENED, FileItem.EXAM_DATE)

    assert (kept.exam_date, taken.exam_date) == (date(2026, 1, 15), date(2026, 1, 1))
    for decided in (kept, taken):
        assert conflicts(decided) == ()
        assert decided.days_apart is None
        assert decided.warnings == AS_IN_FILE.warnings
        assert items_from_file(decided) == set(FileItem)


def test_that_a_third_day_is_asked_about_as_any_entry_is():
    typed = REOPENED.with_exam_date(date(2026, 1, 8))

    (asked,) = conflicts(typed)

    assert asked.answers == ("Keep typed", "Take from file")
    assert (asked.entered, asked.in_file) == ("2026-01-08", "2026-01-15")
    assert typed.days_apart is None
    assert take_from_file(typed, FileItem.EXAM_DATE) == REOPENED


def test_that_the_studys_own_day_typed_is_asked_about_by_its_name():
    (asked,) = conflicts(REOPENED.with_exam_date(date(2026, 1, 1)))

    assert asked.sentence == (
        "Exam date: “2026-01-01” by the file’s StudyDate, “2026-01-15” by its AcquisitionDate."
    )
