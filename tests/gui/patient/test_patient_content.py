"""What is asked of patient and dating is asked where something differs, and is not told on."""

from dataclasses import replace
from datetime import date

import pytest

from fhc_desktop.domain.dating.gestation import Dating
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.picture_standing import PictureStanding, Repeat
from fhc_desktop.domain.pregnancy.pregnancy import pregnancies
from fhc_desktop.gui.patient.patient_content import AgeContent, PatientContent
from tests.domain.recorded_examples import on_day
from tests.gui.course_examples import LMP, TWINS, entries_of, seen
from tests.reporting.examinations import proposed, undated


def known(*exams):
    return pregnancies(entry.recorded for entry in entries_of(exams))


@pytest.mark.parametrize(
    ("exam", "is_known", "is_wrong"),
    [
        (proposed(), True, False),
        (undated(), False, False),
        (replace(proposed(), exam_date=None), False, False),
        (replace(proposed(), dating=Dating.from_lmp(date(2025, 12, 1))), False, True),
    ],
)
def test_that_an_age_is_known_or_wanted_or_contradicts_its_day(exam, is_known, is_wrong):
    age = AgeContent.of(exam)

    assert (age.is_known, age.is_wrong) == (is_known, is_wrong)
    assert age.words


def test_that_another_dating_than_the_one_in_force_needs_a_reason():
    exam = seen(170, dating=Dating.from_lmp(date(2026, 1, 14)))

    notes = PatientContent.of(exam, known(seen(140))).notes

    assert "days later" in notes.question
    assert notes.is_reason_wanted
    assert notes.shows_reason
    assert notes.offered_in_force == f"LMP {LMP}, EDD 2026-10-17"
    answered = PatientContent.of(replace(exam, dating_reason="a letter"), known(seen(140))).notes
    assert answered.is_answered
    assert not answered.is_reason_wanted


def test_that_the_same_dating_asks_nothing():
    notes = PatientContent.of(seen(170), known(seen(140))).notes

    assert (notes.question, notes.offered_in_force) == ("", "")
    assert not notes.shows_reason


@pytest.mark.parametrize(("fetus", "must"), [(Fetus(), True), (Fetus("B"), False)])
def test_that_in_a_multiple_pregnancy_the_fetus_must_be_named(fetus, must):
    exam = seen(200, fetus=fetus)

    assert PatientContent.of(exam, known(*TWINS)).must_name_fetus is must
    assert not PatientContent.of(exam, known(seen(140))).must_name_fetus


def test_that_of_another_head_in_the_picture_it_is_asked_which_fetus_it_is():
    other = PictureStanding(on_day(140), Repeat.OTHER_HEAD)

    content = PatientContent.of(seen(200), (), picture=other)

    assert content.must_name_fetus
    assert content.is_asked
    assert "Another head of this picture" in content.fetus_question


def test_that_hidden_the_entries_are_kept_and_no_word_of_the_notes_is_left():
    exam = seen(170, dating=Dating.from_lmp(date(2026, 1, 14)), dating_reason="letter of Dr Miller")
    content = PatientContent.of(exam, known(seen(140)))

    hidden = content.deidentified

    assert hidden.is_hidden
    assert hidden.patient == Patient("4711", "Zoë Müller")
    notes = hidden.notes
    words = (notes.line, notes.in_force_line, notes.history, notes.history_tip, notes.question)
    assert "".join(words) + notes.offered_in_force == ""
    assert notes.reason == "letter of Dr Miller"
    assert not notes.shows_reason
    assert (hidden.conflicts, hidden.told) == ((), ())
