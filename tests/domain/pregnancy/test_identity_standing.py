"""What is logged under an identifier is hers where it agrees; else somebody is asked first."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.identity import Answer
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.identity_standing import (
    answered,
    asked_again,
    identity_standing,
    standing_of_row,
)
from tests.domain.recorded_examples import on_day
from tests.reporting.examinations import accepted, proposed

BORN = date(1990, 2, 3)
ANNA = Patient("12345", "Alpha, Anna", "", BORN)
BERTA = Patient("12345", "Beta, Berta", "", date(1985, 5, 5))
NORTH = Patient("12345", "Alpha, Anna", "NORTH", BORN)
SOUTH = Patient("12345", "Beta, Berta", "SOUTH", date(1985, 5, 5))
NAMELESS = Patient("12345")


def rows_of(*patients):
    return [
        replace(on_day(100 + 14 * number, patient=patient), entry_id=str(number))
        for number, patient in enumerate(patients)
    ]


def screen(patient):
    return proposed().with_patient(patient)


def ids(standing):
    return [one.entry_id for one in standing.examinations]


QUESTIONS = [
    (ANNA, BERTA, "under another name: Beta, Berta, born 1985-05-05"),
    (
        ANNA,
        replace(ANNA, birth_date=date(1991, 2, 3)),
        "with another birth date: Alpha, Anna, born 1991-02-03",
    ),
    (
        replace(ANNA, name="Gamma, Anna"),
        replace(ANNA, issuer="NORTH"),
        "under another name: Alpha, Anna, born 1990-02-03, issued by NORTH",
    ),
]


@pytest.mark.parametrize(("patient", "logged", "said"), QUESTIONS)
def test_that_a_woman_in_doubt_is_named_in_a_question(patient, logged, said):
    standing = identity_standing(screen(patient), rows_of(logged))

    assert standing.question.sentence == (
        f"The log has this identifier {said}. Is it the same woman?"
    )
    assert standing.pregnancies == standing.examinations == ()


def test_that_while_a_question_is_open_not_even_her_own_are_offered():
    standing = identity_standing(screen(ANNA), rows_of(ANNA, BERTA))

    assert standing.pregnancies == ()
    assert ids(standing) == ["0"]


def test_that_the_same_woman_goes_by_both_names_and_another_by_neither():
    rows = rows_of(ANNA, BERTA)
    question = identity_standing(screen(ANNA), rows).question

    same = answered(screen(ANNA), question, is_same=True)
    apart = answered(screen(ANNA), question, is_same=False)

    assert ids(identity_standing(same, rows)) == ["0", "1"]
    assert len(identity_standing(same, rows).pregnancies) == 1
    assert ids(identity_standing(apart, rows)) == ["0"]
    assert identity_standing(apart, rows).others == (BERTA,)


def test_that_an_answer_in_the_log_is_not_asked_for_again():
    rows = rows_of(BERTA, ANNA)
    said = frozenset({Answer(ANNA, BERTA, is_same=True)})
    rows[1] = replace(rows[1], facts=replace(rows[1].facts, answers=said))

    assert ids(identity_standing(screen(ANNA), rows)) == ["0", "1"]
    assert ids(identity_standing(screen(BERTA), rows)) == ["0", "1"]


def test_that_a_corrected_row_has_still_answered_unless_it_was_of_somebody_else():
    said = frozenset({Answer(ANNA, BERTA, is_same=True)})
    berta, anna, corrected = rows_of(BERTA, ANNA, ANNA)
    then = replace(anna, facts=replace(anna.facts, answers=said), is_superseded=True)

    assert identity_standing(screen(ANNA), [berta, then, corrected]).question is None
    assert identity_standing(screen(ANNA), [berta, then]).question is not None


def test_that_what_was_taken_back_since_it_was_accepted_is_asked_again():
    rows = rows_of(BERTA, ANNA)
    exam = answered(screen(ANNA), identity_standing(screen(ANNA), rows).question, is_same=True)
    rows[1] = replace(rows[1], facts=replace(rows[1].facts, answers=exam.facts.answers))
    done = accepted(exam)

    assert identity_standing(done, rows, opened="1").question is None
    assert identity_standing(asked_again(done), rows, opened="1").question is not None


def test_that_an_answer_is_about_the_patient_it_was_given_for():
    rows = rows_of(BERTA)
    exam = answered(screen(ANNA), identity_standing(screen(ANNA), rows).question, is_same=True)

    assert exam.facts.answers == {Answer(ANNA, BERTA, is_same=True)}
    other = exam.with_patient(replace(ANNA, name="Gamma, Clara"))
    assert other.facts.answers == frozenset()
    assert identity_standing(other, rows).question is not None
    assert identity_standing(asked_again(exam), rows).question is not None


def test_that_issuers_part_two_women_and_say_who_the_other_is():
    standing = identity_standing(screen(SOUTH), rows_of(NORTH, SOUTH))

    assert standing.question is None
    assert ids(standing) == ["1"]
    assert standing.others == (NORTH,)


def test_that_who_has_no_name_goes_by_that_of_the_woman_she_is():
    rows = rows_of(ANNA, BERTA)
    asked = identity_standing(screen(NAMELESS), rows).question
    assert "for more than one woman, among them" in asked.sentence

    exam = answered(screen(NAMELESS), asked, is_same=True)

    assert exam.patient == asked.shown
    assert exam.answers == frozenset()


def test_that_a_row_without_a_name_is_asked_about_where_it_could_be_of_two():
    rows = rows_of(NAMELESS, BERTA)
    exam = screen(ANNA)
    asked = identity_standing(exam, rows).question
    assert asked.sentence == (
        "The log has this identifier for an examination without a name. Is it the same woman?"
    )


def test_that_a_row_that_is_corrected_says_nothing_more_of_her():
    rows = rows_of(BERTA, ANNA)

    corrected = [replace(rows[0], is_superseded=True), rows[1]]

    assert identity_standing(screen(ANNA), corrected).question is None
    assert identity_standing(screen(ANNA), rows, opened="0").question is None
    assert identity_standing(screen(ANNA), rows, opened="1").question is not None


def test_that_a_row_of_the_log_tells_which_woman_it_is_of():
    rows = rows_of(NORTH, SOUTH, NORTH)

    assert ids(standing_of_row("0", rows)) == ["0", "2"]
    assert ids(standing_of_row("1", rows)) == ["1"]
    assert standing_of_row("1", rows).others == (NORTH,)


PATIENTS = st.sampled_from((ANNA, BERTA, NORTH, SOUTH, NAMELESS))


@given(PATIENTS, st.lists(PATIENTS, max_size=4))
def test_that_no_dating_is_offered_of_a_woman_who_does_not_agree(patient, logged):
    rows = rows_of(*logged)
    standing = identity_standing(screen(patient), rows)

    offered = {row.facts.patient for one in standing.pregnancies for row in one.examinations}
    assert not ({ANNA, NORTH} & {patient, *offered} and {BERTA, SOUTH} & {patient, *offered})
