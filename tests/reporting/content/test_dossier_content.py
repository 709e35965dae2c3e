"""A dossier is of one patient, has a line for each examination, and says which are drafts."""

from dataclasses import replace
from datetime import date

import pytest

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.identity import Answer
from fhc_desktop.domain.institution import Institution
from fhc_desktop.domain.patient import Patient
from fhc_desktop.reporting.content.dossier_content import (
    MOST_EXAMINATIONS,
    DossierPart,
    NoDossier,
    in_order,
)
from fhc_desktop.reporting.content.rows import Row
from tests.reporting.content.test_mean_rows import mean_of
from tests.reporting.dossiers import course, dossier_of, mixed, repeated, seen, twins
from tests.reporting.examinations import accepted, graded, headless, proposed, small

ADA = Patient("4711", "Ada Example")


def named(patient, sha="1"):
    return DossierPart(seen(proposed().with_patient(patient), "a.dcm", sha=sha))


def test_that_each_examination_has_a_line_with_what_was_measured():
    first, second, *_ = dossier_of(course()).lines

    assert (first.number, first.day, first.age, first.hc) == (1, "2026-10-02", "14w1d", "176.8 mm")
    assert (first.interval, first.place, first.grade) == ("173.2–180.5", ">99th", "good")
    assert (first.outline, second.outline) == ("As proposed", "Edited")
    assert second.interval == "–"
    assert first.image == "scan 0.dcm"
    assert first.notes == ("Accepted.",)


def test_that_a_line_says_what_is_missing():
    accepted_one, edited, unscaled = dossier_of(mixed()).lines

    assert edited.notes == ("Draft: not accepted by an operator.",)
    assert unscaled.hc == "221.0 px"
    assert unscaled.place == "not assessed"
    assert "no calibration: pixels only" in unscaled.notes
    (found,) = dossier_of([DossierPart(headless())]).lines
    assert (found.hc, found.outline) == ("–", "None")
    (below,) = dossier_of([DossierPart(accepted(small()))]).lines
    assert below.place
    assert accepted_one.notes == ("Accepted.",)


def test_that_one_line_says_how_much_is_to_be_looked_at():
    (line, _) = dossier_of(twins()).lines

    assert line.fetus == "A"
    assert line.image == "scan 2.dcm, frame 3 of 9"
    assert line.notes == ("Accepted.", "1 thing to look at again")


def test_that_the_order_is_that_of_the_days_and_of_one_day_as_given():
    parts = course()
    undated = DossierPart(replace(parts[0].exam, exam_date=None))

    assert in_order([undated, *parts[::-1]]) == (*parts, undated)
    again = repeated(None)
    assert in_order(again) == again
    assert dossier_of(parts[::-1]) == dossier_of(parts)


@pytest.mark.parametrize(
    ("parts", "reason", "standing"),
    [
        (course(), "", "examined 2026-10-02 to 2026-12-25  ·  5 of 5 accepted"),
        (twins(), "", "examined 2026-10-02  ·  2 of 2 accepted"),
        (
            mixed(),
            "Draft: 2 of 3 not accepted.",
            "examined 2026-10-02 to 2026-10-30  ·  1 of 3 accepted",
        ),
        (
            mixed()[1:],
            "Draft: not accepted by an operator.",
            "examined 2026-10-16 to 2026-10-30  ·  0 of 2 accepted",
        ),
    ],
    ids=["course", "twins", "mixed", "drafts"],
)
def test_that_it_is_a_draft_until_all_are_accepted(parts, reason, standing):
    content = dossier_of(parts)

    assert (content.draft_reason, content.standing) == (reason, standing)
    assert content.is_draft == content.imprint.is_draft == bool(reason)
    assert ("not-reviewed" in content.suggested_name("pdf")) == bool(reason)


def test_that_its_name_tells_the_time_and_how_many_and_nothing_of_the_patient():
    name = "head-circumference-20261123-114007-5-examinations.pdf"
    assert dossier_of(course()).suggested_name("pdf") == name


def test_that_patient_and_mean_are_told_once():
    content = dossier_of(repeated(mean_of(3)))

    assert content.patient == (Row("Patient", "Ada Example"), Row("Identifier", "4711"))
    assert [row.label for row in content.means] == ["Mean HC of 3"]
    assert content.patient_banner == "Ada Example  ·  4711"


def test_that_every_spelling_of_her_name_is_told():
    content = dossier_of([named(ADA), named(Patient("4711", "ADA EXAMPLE"), "2")])

    assert [row.value for row in content.patient] == ["Ada Example", "4711", "ADA EXAMPLE"]


def test_that_each_report_has_the_institution():
    clinic = Institution("A Clinic", "A street")
    content = dossier_of(course(), institution=clinic)

    assert {content.institution, *(one.institution for one in content.reports)} == {clinic}


def test_that_the_same_measurement_twice_is_told():
    first, second, *_ = course()

    (remark,) = dossier_of([first, second, first, first]).remarks
    assert remark == "One picture and one outline, so one measurement: examinations 1, 2, 3."


# --- never of two patients ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (Patient("4712", "Ada Example"), "Examinations 1 and 2 have different identifiers"),
        (Patient("4711", "Ada Example", issuer="SOUTH"), "have different identifiers"),
        (Patient(), "have different identifiers"),
        (Patient("4711", "Eve Another"), "in ways that do not go together"),
        (Patient("4711", "Ada Example", birth_date=date(1990, 1, 2)), "do not go together"),
    ],
)
def test_that_two_patients_make_no_dossier(other, why):
    one = replace(ADA, issuer="NORTH", birth_date=date(1991, 1, 2))

    with pytest.raises(NoDossier, match=why) as refused:
        dossier_of([named(one), named(other, "2")])

    said = str(refused.value)
    assert said.endswith("Report each patient by herself, or enter the patient in the window.")
    assert not any(word in said for word in ("4711", "Ada", "Eve", "a.dcm"))


def test_that_a_third_who_could_be_either_joins_nobody():
    with pytest.raises(NoDossier):
        dossier_of(
            [named(ADA), named(Patient("4711"), "2"), named(Patient("4711", "Eve Another"), "3")]
        )


def test_that_without_a_name_only_one_picture_is_of_one_patient():
    nobody = named(Patient())

    assert len(dossier_of([nobody, nobody]).lines) == 2
    with pytest.raises(NoDossier, match="Examinations 1 and 2 name no patient"):
        dossier_of([nobody, named(Patient(), "2")])


def test_that_a_clinician_who_knows_her_joins_and_parts():
    other = Patient("4711", "Eve Another")

    def answered(*, is_same):
        answer = Answer(ADA, other, is_same=is_same)
        exam: Examination = named(ADA).exam.with_answers(frozenset((answer,)))
        return DossierPart(exam)

    assert len(dossier_of([answered(is_same=True), named(other, "2")]).lines) == 2
    with pytest.raises(NoDossier):
        dossier_of([answered(is_same=True), answered(is_same=False), named(other, "2")])


def test_that_none_and_too_many_make_no_dossier():
    with pytest.raises(NoDossier, match="no examination"):
        dossier_of([])
    with pytest.raises(NoDossier, match="holds 40 examinations at most, and these are 41"):
        dossier_of([DossierPart(graded())] * (MOST_EXAMINATIONS + 1))
