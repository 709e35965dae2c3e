"""A picture accepted again is a correction, or nothing; a row of its own only on purpose."""

from dataclasses import replace

import pytest

from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.identity_standing import answered, identity_standing
from fhc_desktop.domain.pregnancy.picture_standing import (
    Repeat,
    head_question,
    heads_beside,
    own_readings,
    picture_standing,
    row_opened,
    row_replaced,
)
from tests.domain.recorded_examples import on_day
from tests.reporting.examinations import accepted, proposed
from tests.several_heads import LEFT, RIGHT, TWO_HEADS

EXAM = proposed()


def row(exam=EXAM, **changes):
    """The row that accepting an examination left."""
    facts = exam.facts.by_the_word_of(changes.get("operator", "Dr A"))
    return replace(on_day(140), facts=facts, entry_id="first", **changes)


def standing_of(exam, *rows, operator="Dr A", opened=None):
    under = [one for one in rows if one.facts.patient.identifier == exam.patient.identifier]
    identity = identity_standing(exam, under if exam.patient.identifier else [])
    return picture_standing(exam, rows, identity, operator=operator, opened=opened)


def repeat(exam, *rows, operator="Dr A"):
    found = standing_of(exam, *rows, operator=operator)
    return None if found is None else found.repeat


def test_that_the_same_facts_add_nothing_and_others_correct():
    assert repeat(EXAM, row()) is Repeat.UNCHANGED
    assert repeat(EXAM.with_outline(EXAM.outline_px.grown(1)), row()) is Repeat.CORRECTION
    assert repeat(EXAM.with_outline(None), row()) is Repeat.CORRECTION
    assert repeat(EXAM) is None


def test_that_a_scale_holds_by_whoever_accepts_it():
    ruler = Calibration(0.8, 0.8, CalibrationSource.RULER, "10 mm", "somebody")

    assert repeat(
        EXAM.with_manual_calibration(ruler), row(EXAM.with_manual_calibration(ruler))
    ) is (Repeat.UNCHANGED)


def test_that_another_operators_row_is_left_alone():
    assert repeat(EXAM, row(operator="Dr B")) is None
    assert repeat(EXAM, row(operator=" Dr A ")) is not None


def test_that_the_other_fetus_of_two_is_another_head():
    exam = EXAM.with_fetus(Fetus("B"))

    assert repeat(exam, row(EXAM.with_fetus(Fetus("A")))) is None
    assert repeat(exam, row()) is Repeat.CORRECTION


@pytest.mark.parametrize(
    ("patient", "said"),
    [
        (Patient("999", "Somebody Else"), Repeat.OTHER_PATIENT),
        (replace(EXAM.patient, issuer="SOUTH"), Repeat.OTHER_PATIENT),
        (Patient(), Repeat.UNIDENTIFIED),
        (Patient("", EXAM.patient.name), Repeat.UNIDENTIFIED),
        (replace(EXAM.patient, name="Example, Ada M."), Repeat.CORRECTION),
    ],
)
def test_that_a_row_of_another_patient_is_told_and_not_corrected(patient, said):
    logged = row(EXAM.with_patient(replace(EXAM.patient, issuer="NORTH")))
    found = standing_of(EXAM.with_patient(patient), logged)

    assert found.repeat is said
    assert (found.corrected is None) is (said is not Repeat.CORRECTION)


def test_that_while_it_is_open_who_she_is_nothing_is_corrected():
    """One picture, exported under two names of one number: Anna's row must not become Berta's."""
    berta = EXAM.with_patient(replace(EXAM.patient, name="Beta, Berta"))
    identity = identity_standing(berta, [row()])
    assert identity.question is not None
    assert picture_standing(berta, [row()], identity, operator="Dr A") is None

    apart = answered(berta, identity.question, is_same=False)
    assert repeat(apart, row()) is Repeat.OTHER_PATIENT
    same = answered(berta, identity.question, is_same=True)
    assert repeat(same, row()) is Repeat.CORRECTION


def test_that_a_nameless_row_is_corrected_by_whoever_names_her():
    nameless = row(EXAM.with_patient(Patient()))

    assert repeat(EXAM, nameless) is Repeat.CORRECTION
    assert repeat(EXAM.with_patient(Patient()), nameless) is Repeat.UNCHANGED


def test_that_a_second_reading_corrects_nothing_until_it_is_accepted_itself():
    exam = EXAM.with_second_reading(is_wanted=True)
    found = standing_of(exam, row())

    assert found.repeat is Repeat.SECOND_READING
    assert row_replaced(exam, found, None) is None
    assert row_replaced(exam, found, "first") is None
    assert row_replaced(accepted(exam), found, "second") == "second"


def test_that_the_row_an_image_was_opened_from_is_the_one_that_is_corrected():
    found = standing_of(EXAM.with_outline(EXAM.outline_px.grown(1)), row())

    assert row_replaced(EXAM, found, None) == "first"
    assert row_replaced(EXAM, found, "opened") == "opened"
    assert row_replaced(EXAM, None, None) is None


# Several heads ------------------------------------------------------------------------------------


def head(outline_px, letter=""):
    """The examination of one of two heads that the model found."""
    return EXAM.with_proposal(TWO_HEADS).with_outline(outline_px).with_fetus(Fetus(letter))


def row_of(outline_px, letter="", entry_id="first", **changes):
    return replace(row(head(outline_px, letter), **changes), entry_id=entry_id)


@pytest.mark.parametrize(
    ("letter", "logged", "words"),
    [
        ("", "", "say which fetus this one is"),
        ("", "A", "say which fetus this one is"),
        ("B", "", "without a letter: go back to it"),
        ("A", "A", "as the same fetus"),
    ],
)
def test_that_of_another_head_it_is_asked_which_fetus_it_is(letter, logged, words):
    exam = head(RIGHT, letter)
    found = standing_of(exam, row_of(LEFT, logged))

    assert found.repeat is Repeat.OTHER_HEAD
    assert found.corrected is None
    assert words in head_question(exam, found)


def test_that_of_two_lettered_heads_neither_corrects_the_other():
    exam, rows = head(RIGHT, "B"), (row_of(LEFT, "A"), row_of(RIGHT, "B", "second"))

    assert standing_of(exam, rows[0]) is None
    assert head_question(exam, None) == ""
    assert standing_of(exam, *rows).repeat is Repeat.UNCHANGED
    corrected = standing_of(head(RIGHT.grown(1), "B"), *rows)
    assert (corrected.repeat, corrected.corrected) == (Repeat.CORRECTION, "second")


def test_that_the_row_that_was_opened_may_be_moved_to_another_head():
    found = standing_of(head(RIGHT), row_of(LEFT), opened="first")

    assert (found.repeat, found.corrected) == (Repeat.CORRECTION, "first")


@pytest.mark.parametrize(
    ("letter", "logged", "said"),
    [("", "", Repeat.SECOND_READING), ("A", "A", Repeat.OTHER_HEAD), ("B", "A", None)],
)
def test_that_a_second_reading_of_a_fetus_with_a_letter_is_not_of_the_other_head(
    letter, logged, said
):
    exam = head(RIGHT, letter).with_second_reading(is_wanted=True)

    assert repeat(exam, row_of(LEFT, logged)) is said


def test_that_a_row_is_not_opened_any_more_where_the_other_fetus_is_shown():
    rows = (row_of(LEFT, "A"),)

    assert row_opened(head(RIGHT, "B"), rows, "first") is None
    for exam in (head(RIGHT, "A"), head(RIGHT), head(LEFT, "B")):
        assert row_opened(exam, rows, "first") == "first"
    assert row_opened(head(RIGHT, "B"), rows, "another") == "another"
    assert row_opened(head(RIGHT, "B"), rows, None) is None


def test_that_beside_a_head_stand_her_rows_of_the_others_alone():
    left, right = row_of(LEFT, "A"), row_of(RIGHT, "B", "second")
    others = row_of(LEFT, "A", "third", operator="Dr B")
    identity = identity_standing(EXAM, [left, right, others])

    def beside(exam, opened=None):
        own = own_readings(exam, [left, right, others], identity, operator="Dr A")
        standing = picture_standing(exam, own, identity, operator="Dr A", opened=opened)
        return heads_beside(exam, own, standing, opened)

    assert beside(head(RIGHT, "B"), "second") == (left,)
    assert beside(head(LEFT, "A")) == (right,)
    assert beside(head(RIGHT.moved(300, 0), "A"), "first") == (right,)
    assert beside(head(None)) == (left,)  # the newest is what accepting would correct
    assert beside(head(RIGHT, "B").with_second_reading(is_wanted=True)) == ()
