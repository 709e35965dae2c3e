from dataclasses import replace
from datetime import date, timedelta

import pytest

from fhc_desktop.domain.dating.gestation import Dating, GestationalAge, NoAge
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.patient import Patient
from fhc_desktop.domain.pregnancy.pregnancy import (
    changes_dating,
    overlapped_by,
    pregnancies,
    pregnancy_of,
    record_of,
)
from tests.domain.recorded_examples import LMP, LMP_DAY, on_day
from tests.storage.log_examples import EXAM

NEXT_LMP = LMP_DAY + timedelta(days=400)


def lmp_later(days):
    return Dating.from_lmp(LMP_DAY + timedelta(days=days))


def days_of(pregnancy):
    return [(one.facts.exam_date - LMP_DAY).days for one in pregnancy.examinations]


def on_screen(days, **changes):
    facts = {
        "patient": Patient("4711", "Zoë Müller"),
        "exam_date": LMP_DAY + timedelta(days=days),
        "dating": LMP,
    }
    return replace(EXAM, **(facts | changes))


def test_that_examinations_stand_in_the_order_of_their_days():
    (only,) = pregnancies([on_day(196), on_day(84), on_day(140)])

    assert days_of(only) == [84, 140, 196]
    assert only.identifier == "4711"
    assert only.starts == LMP_DAY
    assert only.age_on(LMP_DAY + timedelta(days=100)) == GestationalAge(100)


def test_that_another_beginning_is_another_pregnancy():
    second = on_day(500, dating=Dating.from_lmp(NEXT_LMP))

    assert [days_of(one) for one in pregnancies([second, on_day(140)])] == [[140], [500]]


def test_that_beginnings_up_to_eight_weeks_apart_are_one_pregnancy():
    assert len(pregnancies([on_day(140), on_day(168, dating=lmp_later(56))])) == 1
    assert len(pregnancies([on_day(140), on_day(168, dating=lmp_later(57))])) == 2


def test_that_a_reason_joins_what_its_dates_would_part():
    moved = on_day(168, dating=lmp_later(70), dating_reason="wrong month entered")

    (only,) = pregnancies([on_day(140), moved])

    assert only.dating == lmp_later(70)


@pytest.mark.parametrize("days", [0, 150, 301])
def test_that_an_undated_examination_goes_to_the_pregnancy_of_its_day(days):
    assert len(pregnancies([on_day(140), on_day(days, dating=None, hc_mm=180.0)])) == 1


@pytest.mark.parametrize("days", [-1, 302])
def test_that_an_undated_examination_outside_stands_alone(days):
    assert len(pregnancies([on_day(140), on_day(days, dating=None)])) == 2


def test_that_undated_examinations_alone_are_joined_by_their_days():
    known = pregnancies(on_day(days, dating=None) for days in (0, 301, 302))

    assert [days_of(one) for one in known] == [[0, 301], [302]]
    assert known[0].dating is None
    assert isinstance(known[0].age_on(LMP_DAY), NoAge)


def test_that_two_identifiers_are_never_joined():
    with pytest.raises(ValueError, match="equal identifier"):
        pregnancies([on_day(140), on_day(168, patient=Patient("4712", "Zoë Müller"))])


def test_that_a_name_alone_joins_nothing():
    with pytest.raises(ValueError, match="without an identifier"):
        pregnancies([on_day(140, patient=Patient("", "Zoë Müller"))])


def test_that_nothing_recorded_is_no_pregnancy():
    assert pregnancies([]) == ()


def test_that_what_was_corrected_is_left_out_but_its_dating_stays_in_sight():
    wrong = on_day(140, dating=lmp_later(7), is_superseded=True)
    right = replace(
        on_day(140, hc_mm=176.0, dating_reason="misheard"),
        accepted_at=wrong.accepted_at + timedelta(hours=1),
    )

    (only,) = pregnancies([wrong, right])

    assert [one.entry_id for one in only.examinations] == [right.entry_id]
    assert [basis.dating for basis in only.record.bases] == [lmp_later(7), LMP]


def test_that_a_pregnancy_of_which_all_is_corrected_elsewhere_still_shows():
    (only,) = pregnancies([on_day(140, is_superseded=True)])

    assert days_of(only) == [140]


def test_that_letters_tell_a_multiple_pregnancy():
    (single,) = pregnancies([on_day(140)])
    (twins,) = pregnancies([on_day(140, fetus=Fetus("B")), on_day(140, fetus=Fetus("A"))])

    assert (single.is_multiple, single.fetus_labels) == (False, ("",))
    assert (twins.is_multiple, twins.fetus_labels) == (True, ("A", "B"))


def test_that_the_first_dating_begins_the_record():
    record = record_of([on_day(140)])

    assert record.in_force.text == "LMP 2026-01-10, EDD 2026-10-17; Dr A, 2026-05-30 09:00 UTC"


def test_that_another_date_is_a_change_with_its_reason():
    record = record_of(
        [on_day(140), on_day(168, dating=lmp_later(10), dating_reason="CRL found again")]
    )

    assert record.in_force.reason == "CRL found again"
    assert len(record.changes) == 1


def test_that_a_change_without_a_reason_says_so():
    record = record_of([on_day(140), on_day(168, dating=lmp_later(10))])

    assert record.in_force.reason == "no reason was recorded"


def test_that_the_same_date_said_again_changes_nothing():
    again = on_day(168, dating=Dating.from_edd(date(2026, 10, 17)))
    typed = on_day(196, dating=Dating.from_age(GestationalAge(196)))

    assert len(record_of([on_day(140), again, typed]).bases) == 1


def test_that_another_method_of_the_same_date_counts_where_a_reason_is_given():
    by_edd = Dating.from_edd(date(2026, 10, 17))
    record = record_of([on_day(140), on_day(168, dating=by_edd, dating_reason="letter")])

    assert record.in_force.dating == by_edd


def test_that_the_record_goes_by_the_time_of_entry_not_by_the_day_of_the_scan():
    late = replace(on_day(84, dating=lmp_later(3)), accepted_at=on_day(200).accepted_at)

    assert record_of([late, on_day(140)]).in_force.dating == lmp_later(3)


def test_that_an_operator_without_a_name_is_said_to_be_unknown():
    assert "operator not given" in record_of([on_day(140, operator=" ")]).in_force.text


def test_that_a_dating_that_gives_no_date_begins_nothing():
    short = Dating.from_crl(2.0, LMP_DAY)

    assert record_of([on_day(140, dating=short), on_day(150, dating=None)]) is None
    assert record_of([on_day(140, dating=short), on_day(150)]).in_force.dating == LMP


def test_that_without_a_dating_or_a_day_a_pregnancy_says_why_it_has_no_age():
    (dated,), (undated,) = pregnancies([on_day(140)]), pregnancies([on_day(140, dating=None)])

    assert dated.age_on(None) == NoAge("No examination date.")
    assert "No dating" in undated.age_on(LMP_DAY).reason


def test_that_the_image_on_the_screen_finds_its_pregnancy_by_dating_or_day():
    known = pregnancies([on_day(140), on_day(500, dating=Dating.from_lmp(NEXT_LMP))])
    first, second = known

    assert pregnancy_of(on_screen(168), known) == first
    assert pregnancy_of(on_screen(510, dating=Dating.from_lmp(NEXT_LMP)), known) == second
    assert pregnancy_of(on_screen(510, dating=None), known) == second
    assert pregnancy_of(on_screen(800, dating=None), known) is None
    assert pregnancy_of(on_screen(0, exam_date=None, dating=None), known) is None


def test_that_dates_far_off_begin_another_pregnancy_unless_a_reason_is_given():
    known = pregnancies([on_day(140)])
    far = on_screen(168, dating=lmp_later(70))

    assert pregnancy_of(far, known) is None
    assert overlapped_by(far, known) == known[0]
    assert pregnancy_of(far.with_dating_reason("wrong month"), known) == known[0]


@pytest.mark.parametrize("patient", [Patient("", "Zoë Müller"), Patient("4712", "Zoë Müller")])
def test_that_another_identifier_or_none_belongs_to_no_pregnancy(patient):
    known = pregnancies([on_day(140)])

    assert pregnancy_of(on_screen(168, patient=patient), known) is None
    assert pregnancy_of(on_screen(168, patient=patient, dating=None), known) is None


def test_that_a_change_of_the_date_of_delivery_is_noticed():
    (known,) = pregnancies([on_day(140)])
    (undated,) = pregnancies([on_day(140, dating=None)])

    assert changes_dating(on_screen(168, dating=lmp_later(1)), known)
    assert not changes_dating(on_screen(168), known)
    assert not changes_dating(on_screen(168, dating=Dating.from_edd(date(2026, 10, 17))), known)
    assert not changes_dating(on_screen(168, dating=None), known)
    assert not changes_dating(on_screen(168, dating=Dating.from_crl(2.0, LMP_DAY)), known)
    assert not changes_dating(on_screen(168), undated)
    assert not changes_dating(on_screen(168), None)


def test_that_the_dating_in_force_dates_the_examinations_before_its_own_day():
    typed = Dating.from_age(GestationalAge(175))
    (only,) = pregnancies([on_day(140), on_day(168, dating=typed, dating_reason="CRL was found")])

    assert only.dating == Dating.from_age(GestationalAge(175), LMP_DAY + timedelta(days=168))
    assert only.age_on(LMP_DAY + timedelta(days=140)) == GestationalAge(147)
    assert isinstance(only.age_on(LMP_DAY - timedelta(days=8)), NoAge)
    assert isinstance(only.age_on(None), NoAge)


def test_that_a_dating_scan_does_not_judge_its_own_head():
    scan = Dating.from_earlier_scan(GestationalAge(147), LMP_DAY + timedelta(days=140))
    (only,) = pregnancies([on_day(140), on_day(168, dating=scan, dating_reason="by ultrasound")])

    assert "measured here" in only.age_on(LMP_DAY + timedelta(days=140)).reason
    assert only.age_on(LMP_DAY + timedelta(days=139)) == GestationalAge(146)
    assert only.age_on(LMP_DAY + timedelta(days=168)) == GestationalAge(175)


def test_that_a_dating_that_contradicts_its_own_examination_dates_no_other():
    impossible = Dating.from_lmp(LMP_DAY + timedelta(days=141))
    mistaken = on_day(140, dating=impossible)

    assert record_of([mistaken]) is None
    (only,) = pregnancies([on_day(133), mistaken])
    assert only.dating == LMP
    assert not changes_dating(on_screen(130, dating=impossible), only)


def test_that_a_pregnancy_of_which_all_was_corrected_takes_no_image():
    typo = on_day(140, dating=lmp_later(-70), is_superseded=True)
    known = pregnancies([typo, on_day(140, hc_mm=176.0)])

    assert len(known) == 2
    assert pregnancy_of(on_screen(150, dating=None), known).dating == LMP
    assert pregnancy_of(on_screen(150, dating=None), [known[0]]) is None
    assert pregnancy_of(on_screen(150, dating=lmp_later(-70)), [known[0]]) is None


def test_that_an_age_typed_for_the_image_finds_its_pregnancy_by_its_beginning():
    known = pregnancies([on_day(140)])
    typed = on_screen(200, dating=Dating.from_age(GestationalAge(200)))
    other = on_screen(200, dating=Dating.from_age(GestationalAge(100)))

    assert pregnancy_of(typed, known) == known[0]
    assert pregnancy_of(other, known) is None
