"""How the dating on the screen stands to the record of its pregnancy."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from fhc_desktop.domain.dating.gestation import Dating, GestationalAge
from fhc_desktop.domain.examination.examination import Acceptance
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.dating_standing import (
    basis_of,
    dating_standing,
    edd_text,
    step_line,
)
from fhc_desktop.domain.pregnancy.pregnancy import pregnancies
from tests.domain.recorded_examples import LMP, LMP_DAY, on_day
from tests.storage.log_examples import EXAM

EDD = LMP_DAY + timedelta(days=280)
AT = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)


def lmp_later(days):
    return Dating.from_lmp(LMP_DAY + timedelta(days=days))


def on_screen(**changes):
    shown = {
        "patient": Patient("4711", "Zoë Müller"),
        "exam_date": LMP_DAY + timedelta(days=150),
        "dating": LMP,
        "dating_reason": "",
        "acceptance": None,
    }
    return replace(EXAM, **(shown | changes))


def accepted(exam, operator="Dr B"):
    return exam.with_acceptance(Acceptance(exam.facts, operator, AT, "row"))


@pytest.fixture
def known():
    return pregnancies([on_day(140)])


def test_that_a_new_dating_is_not_recorded_yet():
    standing = dating_standing(on_screen(), ())

    assert standing.line == f"by LMP {LMP_DAY} · EDD {EDD} · not recorded yet"
    assert (standing.line_in_force, standing.question) == ("", "")
    assert not standing.offers_in_force


def test_that_the_dating_in_force_has_the_author_of_its_record(known):
    standing = dating_standing(on_screen(), known)
    author = known[0].record.in_force

    assert standing.basis == author
    assert standing.line == f"by LMP {LMP_DAY} · EDD {EDD} · {author.author}, {author.at:%Y-%m-%d}"
    assert standing.line_in_force == ""
    assert not standing.needs_reason


def test_that_whoever_accepts_is_the_author_of_what_the_log_does_not_know():
    exam = accepted(on_screen())

    assert dating_standing(exam, ()).line.endswith("· Dr B, 2026-07-01")
    assert "operator not given" in dating_standing(accepted(on_screen(), " "), ()).line
    changed = exam.with_dating(lmp_later(1))
    assert dating_standing(changed, ()).line.endswith("not recorded yet")


def test_that_another_edd_is_asked_about_until_there_is_a_reason(known):
    exam = on_screen(dating=lmp_later(-1))
    asked = dating_standing(exam, known)

    assert asked.question == (
        f"EDD {EDD - timedelta(days=1)} is 1 day earlier than the one in force ({EDD})."
    )
    assert asked.needs_reason
    assert asked.offers_in_force
    assert asked.line_in_force.startswith(f"In force: by LMP {LMP_DAY}")
    answered = dating_standing(exam.with_dating_reason("first scan"), known)
    assert answered.question == asked.question
    assert not answered.needs_reason


def test_that_the_same_edd_by_another_method_is_no_question_and_both_are_in_sight(known):
    standing = dating_standing(on_screen(dating=Dating.from_edd(EDD)), known)

    assert standing.line == f"by EDD {EDD} · not recorded yet"
    assert standing.line_in_force.startswith("In force: by LMP")
    assert standing.question == ""
    assert not standing.offers_in_force


def test_that_an_undated_image_is_offered_the_dating_in_force(known):
    standing = dating_standing(on_screen(dating=None), known)

    assert (standing.line, standing.question) == ("", "")
    assert standing.offers_in_force
    assert standing.in_force.dating == LMP


def test_that_dates_of_another_pregnancy_that_overlaps_are_named(known):
    far = on_screen(dating=lmp_later(95))
    standing = dating_standing(far, known)

    assert standing.begins_another
    assert "another pregnancy begins" in standing.question
    assert not standing.needs_reason
    assert standing.offers_in_force
    joined = dating_standing(far.with_dating_reason("wrong month"), known)
    assert not joined.begins_another
    assert "95 days later" in joined.question


def test_that_an_undated_pregnancy_asks_nothing():
    undated = pregnancies([on_day(140, dating=None)])

    assert dating_standing(on_screen(), undated).question == ""
    assert not dating_standing(on_screen(dating=None), undated).offers_in_force


def test_that_what_contradicts_its_day_stands_for_nothing(known):
    standing = dating_standing(on_screen(dating=lmp_later(-400)), known)

    assert (standing.dating, standing.basis, standing.question) == (None, None, "")
    assert standing.offers_in_force


def test_that_an_age_without_any_day_has_no_edd_and_no_author():
    exam = on_screen(dating=Dating.from_age(GestationalAge(140)), exam_date=None)

    standing = dating_standing(accepted(exam), ())
    assert standing.line == "by age 20w0d entered for the examination date · not recorded yet"
    assert standing.edd is None
    assert basis_of(exam, None) is None


@pytest.mark.parametrize(
    ("dating", "text"),
    [
        (LMP, f"EDD {EDD}"),
        (Dating.from_edd(EDD), ""),
        (Dating.from_age(GestationalAge(140)), ""),
    ],
)
def test_that_an_edd_is_said_once(dating, text):
    assert edd_text(dating) == text


def test_that_a_change_says_old_and_new_who_when_and_why():
    rows = [on_day(100), on_day(140, dating=lmp_later(3), dating_reason="first scan found")]
    ((before, after),) = pregnancies(rows)[0].record.steps

    assert step_line(before, after) == (
        f"EDD {EDD} → {EDD + timedelta(days=3)}, 3 days later · "
        f"{after.author}, {after.at:%Y-%m-%d} · first scan found"
    )
    assert date.fromisoformat(str(before.edd)) == EDD


def test_that_a_reason_is_dropped_with_the_dating_it_was_given_for():
    exam = on_screen().with_dating_reason("first scan found")

    assert exam.with_dating(LMP).dating_reason == "first scan found"
    assert exam.with_dating(lmp_later(1)).dating_reason == ""
    assert exam.with_dating(None).dating_reason == ""


def test_that_a_crl_far_off_the_lmp_in_force_is_pointed_out(known):
    # 60 mm is 87 days by INTERGROWTH-21st.
    far = Dating.from_crl(60.0, LMP_DAY + timedelta(days=79))
    near = Dating.from_crl(60.0, LMP_DAY + timedelta(days=80))

    asked = dating_standing(on_screen(dating=far), known).question
    assert "By CRL the age is 12w3d, 8 days ahead of the LMP (11w2d);" in asked
    assert "ACOG Committee Opinion 700 allows 7." in asked
    assert "ACOG" not in dating_standing(on_screen(dating=near), known).question


def test_that_a_dating_of_a_later_day_is_offered_by_its_edd():
    later = Dating.from_crl(60.0, LMP_DAY + timedelta(days=86))
    known = pregnancies([on_day(140, dating=later)])
    edd = known[0].expected

    standing = dating_standing(on_screen(dating=None), known)
    assert standing.offered == later
    before = dating_standing(on_screen(dating=None, exam_date=LMP_DAY + timedelta(days=84)), known)
    assert before.offered == Dating.from_edd(edd)
    undated = dating_standing(on_screen(dating=None, exam_date=None), known)
    assert undated.offered is None or undated.offered == later
    assert dating_standing(on_screen(), ()).offered is None


def test_that_who_accepts_is_named_with_the_reason_and_the_time_in_utc():
    two_hours_east = timezone(timedelta(hours=2))
    exam = on_screen(dating_reason="CRL of the first scan")
    stated = Acceptance(exam.facts, "Dr B", AT.astimezone(two_hours_east), "row")
    basis = basis_of(exam.with_acceptance(stated), None)

    assert basis.reason == "CRL of the first scan"
    assert (basis.at, basis.at.utcoffset()) == (AT, timedelta(0))


def test_that_an_age_typed_for_an_image_has_the_edd_of_its_day():
    standing = dating_standing(on_screen(dating=Dating.from_age(GestationalAge(150))), ())

    assert standing.edd == EDD
