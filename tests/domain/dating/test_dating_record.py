from datetime import UTC, date, datetime, timedelta

import pytest

from fhc_desktop.domain.dating.dating_record import (
    DatingBasis,
    DatingRecord,
    DatingRefused,
    author_of,
    days_moved,
)
from fhc_desktop.domain.dating.gestation import Dating, GestationalAge

AT = datetime(2026, 3, 1, 10, 30, tzinfo=UTC)
LATER = AT + timedelta(days=30)
LMP = Dating.from_lmp(date(2026, 1, 10))
CRL = Dating.from_crl(60, date(2026, 4, 4))


@pytest.fixture
def record():
    return DatingRecord.begun(LMP, author="Dr A", at=AT)


def test_that_the_basis_in_force_says_method_date_and_author(record):
    assert record.in_force.text == ("LMP 2026-01-10, EDD 2026-10-17; Dr A, 2026-03-01 10:30 UTC")
    assert record.changes == ()


def test_that_a_change_is_a_new_fact_and_the_old_one_stays(record):
    changed = record.changed(CRL, author="Dr B", at=LATER, reason="CRL 10 days off")

    assert changed.in_force.dating == CRL
    assert changed.bases[0] == record.in_force
    assert record.in_force.dating == LMP
    assert changed.changes == (
        (
            "LMP 2026-01-10 → CRL 60.0 mm on 2026-04-04 (INTERGROWTH-21st): "
            "EDD 2026-10-17 → 2026-10-14, 3 days earlier; "
            "Dr B, 2026-03-31 10:30 UTC; CRL 10 days off"
        ),
    )
    assert changed.in_force.text.endswith("UTC; CRL 10 days off")


def test_that_going_back_is_a_change_too(record):
    back = record.changed(CRL, author="Dr B", at=LATER, reason="CRL").changed(
        LMP, author="Dr A", at=LATER, reason="CRL was of the other twin"
    )

    assert [basis.dating for basis in back.bases] == [LMP, CRL, LMP]
    assert "3 days later" in back.changes[1]


def test_that_the_same_day_by_another_method_is_a_change_of_no_days(record):
    same = record.changed(
        Dating.from_edd(date(2026, 10, 17)), author="Dr A", at=LATER, reason="from her card"
    )

    assert "2026-10-17 → 2026-10-17, as before" in same.changes[0]


@pytest.mark.parametrize(
    ("dating", "author", "reason", "words"),
    [
        (CRL, "Dr B", " ", "for a reason only"),
        (CRL, "", "CRL", "needs its author"),
        (LMP, "Dr B", "again", "in force already"),
        (Dating.from_crl(100, date(2026, 4, 4)), "Dr B", "CRL", "15 to 95 mm"),
        (Dating.from_age(GestationalAge(80)), "Dr B", "typed", "one examination only"),
    ],
)
def test_that_a_change_without_what_it_needs_is_refused(record, dating, author, reason, words):
    with pytest.raises(DatingRefused, match=words):
        record.changed(dating, author=author, at=LATER, reason=reason)
    assert record.in_force.dating == LMP


def test_that_a_record_is_what_its_bases_say():
    first, second = DatingBasis(LMP, "Dr A", LATER), DatingBasis(CRL, "Dr B", AT, "CRL")

    with pytest.raises(ValueError, match="not a change"):
        DatingRecord((first, second))
    with pytest.raises(ValueError, match="not a change"):
        DatingRecord((second, first))
    with pytest.raises(ValueError, match="begins with a basis"):
        DatingRecord(())


def test_that_times_are_in_utc():
    with pytest.raises(ValueError, match="UTC"):
        DatingBasis(LMP, "Dr A", AT.replace(tzinfo=None))


def test_that_an_operator_is_named_or_said_to_be_unknown():
    assert author_of(" Dr A ") == "Dr A"
    assert author_of(" ") == "operator not given"


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "as before"), (1, "1 day later"), (-1, "1 day earlier"), (3, "3 days later")],
)
def test_that_a_date_of_delivery_moves_by_days(days, words):
    assert days_moved(date(2026, 10, 17), date(2026, 10, 17) + timedelta(days=days)) == words


def test_that_a_refused_change_says_what_to_do(record):
    with pytest.raises(DatingRefused) as without_reason:
        record.changed(CRL, author="Dr B", at=LATER, reason="")
    with pytest.raises(DatingRefused) as nothing_new:
        record.changed(LMP, author="Dr B", at=LATER, reason="again")

    assert without_reason.value.remedy == "Enter the reason."
    assert nothing_new.value.remedy == "Enter the one to change to."
