"""Pseudonyms: one patient keeps hers within an export, and nobody keeps one across two."""

from datetime import date
from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st
from pydicom.uid import UID

from fhc_desktop.domain.pseudonym import PseudonymKey, shifted

KEY, OTHER_KEY = PseudonymKey(b"1" * 32), PseudonymKey(b"2" * 32)
texts = st.text("abcé中 ^=0", max_size=12)


@given(texts, texts)
def test_that_the_same_patient_gets_the_same_and_another_gets_another(one, other):
    assert KEY.name(one) == KEY.name(one)
    assert KEY.uid(one) == KEY.uid(one)
    assert (KEY.name(one) == KEY.name(other)) == (one == other)
    assert (KEY.uid(one) == KEY.uid(other)) == (one == other)


@given(texts)
def test_that_two_exports_share_nothing(text):
    assert KEY.name(text) != OTHER_KEY.name(text)
    assert KEY.uid(text) != OTHER_KEY.uid(text)


def test_that_each_export_has_a_key_of_its_own():
    assert PseudonymKey.fresh() != PseudonymKey.fresh()


@given(texts)
def test_that_a_new_uid_is_a_valid_one(text):
    uid = UID(KEY.uid(text))

    assert uid.is_valid
    assert uid.startswith("2.25.")


@given(texts)
def test_that_dates_move_by_one_to_ten_years_into_the_past(text):
    assert -3652 <= KEY.shift_days(text) <= -366


def test_that_patients_dates_move_each_by_her_own_days():
    assert len({KEY.shift_days(patient) for patient in "abcdefgh"}) > 1
    assert KEY.shift_days("a") == KEY.shift_days("a") != OTHER_KEY.shift_days("a")


@given(texts)
def test_that_a_new_uid_says_that_it_was_made_by_a_rule_of_ones_own(text):
    made = UUID(int=int(KEY.uid(text).removeprefix("2.25.")))

    assert (made.version, made.variant) == (8, RFC_4122)


@given(st.dates(min_value=date(1900, 1, 1)), st.dates(min_value=date(1900, 1, 1)))
def test_that_the_time_between_two_dates_stays(one, other):
    days = KEY.shift_days("somebody")

    assert shifted(one, days) - shifted(other, days) == one - other


def test_that_a_date_at_the_calendars_end_is_lost_and_not_wrong():
    assert shifted(date(1, 1, 1), -1) is None
