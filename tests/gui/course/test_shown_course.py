"""What is told of patient and pregnancies, and what of it may be seen while somebody looks on."""

from datetime import date

import pytest

from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, STANDARDS
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.pregnancy import pregnancies
from fhc_desktop.gui.course.content import CourseView, course_content
from fhc_desktop.gui.course.model import COLUMNS
from fhc_desktop.gui.course.row import course_rows
from fhc_desktop.gui.course.shown_course import deidentified, shown_course
from fhc_desktop.gui.course.words import chosen_words, closer_look
from tests.gui.course_examples import (
    CRL,
    FIVE,
    OUTSIDE,
    PATIENT,
    REDATED,
    TWINS,
    entries_of,
    seen,
)

SCARRED = Fetus("A", "beside Zoë’s scar")
TOLD_BY_HER = (
    seen(140, fetus=SCARRED),
    seen(168, fetus=SCARRED, dating=CRL, dating_reason="Zoë said so", comment="Zoë moved"),
)
SEVERAL = (seen(140), seen(150, lmp=date(2027, 6, 1)))


def shown(exams, **more):
    recorded = [entry.recorded for entry in entries_of(exams, **more)]
    return shown_course(PATIENT, pregnancies(recorded)[::-1])


def all_words(course):
    """Everything that window, chart, table, tips and picture say of a course."""
    said = [course.patient, course.picture_title]
    for one in course.pregnancies:
        rows = course_rows(one, INTERGROWTH_21ST, STANDARDS)
        content = course_content(rows, INTERGROWTH_21ST)
        said += [one.title, *one.names, *one.dating_lines, *content.in_words(CourseView.Z)]
        said += [line for row in rows for line in closer_look(row)]
        said += [words(row) for row in rows for c in COLUMNS for words in (c.text, c.tip)]
        said += [chosen_words((row,), rows, INTERGROWTH_21ST) for row in rows]
    return "\n".join(said)


def test_that_a_course_names_its_patient_and_dates():
    said = all_words(shown(TOLD_BY_HER))

    for words in ("4711 · Zoë Müller", "2026-05-30", "EDD 2026-10-28", "scar", "Zoë said so"):
        assert words in said


@pytest.mark.parametrize("exams", [FIVE, TWINS, REDATED, OUTSIDE, SEVERAL, TOLD_BY_HER])
def test_that_what_may_be_seen_tells_neither_patient_nor_days_nor_own_words(exams):
    said = all_words(deidentified(shown(exams)))

    for secret in ("4711", "Zoë", "Müller", "2026", "2027", "scar", "Operator A", "A. Operator"):
        assert secret not in said


def test_that_the_patient_is_not_even_in_the_value_that_is_shown():
    course = deidentified(shown(TOLD_BY_HER))

    examinations = [one for shown in course.pregnancies for one in shown.pregnancy.examinations]
    assert {one.facts.patient for one in examinations} == {Patient()}
    assert {one.facts.dating_reason for one in examinations} == {""}
    assert {one.facts.comment for one in examinations} == {""}
    assert not course.names_patient


def test_that_pregnancies_and_examinations_are_numbered_the_oldest_first():
    newest, oldest = deidentified(shown(SEVERAL)).pregnancies

    assert (newest.title, oldest.title) == (
        "Pregnancy 2 · 1 examination",
        "Pregnancy 1 · 1 examination",
    )
    assert deidentified(shown(FIVE)).pregnancies[0].names[-1] == "Examination 5"


def test_that_observers_stay_told_from_each_other():
    (only,) = deidentified(shown(FIVE, operators=("Dr A", "Dr B"))).pregnancies

    assert [one.operator for one in only.pregnancy.examinations] == [
        "Operator 1",
        "Operator 2",
        "Operator 1",
        "Operator 2",
        "Operator 1",
    ]


def test_that_numbers_are_the_same_whoever_looks_on():
    (whole,), (hidden,) = shown(FIVE).pregnancies, deidentified(shown(FIVE)).pregnancies
    rows, seen_rows = (course_rows(one, INTERGROWTH_21ST, STANDARDS) for one in (whole, hidden))

    assert [row.point.now for row in rows] == [row.point.now for row in seen_rows]
    assert [row.change for row in rows] == [row.change for row in seen_rows]


def test_that_an_entry_leads_to_its_pregnancy_and_an_unknown_one_to_the_newest():
    course = shown(SEVERAL)
    (oldest,) = course.pregnancies[1].pregnancy.examinations

    assert course.place_of([oldest.entry_id]) == 1
    assert course.place_of(["nobody"]) == course.place_of([]) == 0
