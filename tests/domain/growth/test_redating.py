from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.dating.gestation import Dating, DatingMethod, GestationalAge
from fhc_desktop.domain.growth.assessment import NotAssessed
from fhc_desktop.domain.growth.redating import (
    Biometry,
    Disagreement,
    disagreement,
    disagreement_by_hc,
    disagreement_of_datings,
)
from fhc_desktop.domain.growth.ultrasound_age import hadlock_age

# First and last day by LMP of each band, and the days that it allows (ACOG Opinion 700).
BANDS = [
    (Biometry.CRL, 35, 8 * 7 + 6, 5),
    (Biometry.CRL, 9 * 7, 13 * 7 + 6, 7),
    (Biometry.HC, 14 * 7, 15 * 7 + 6, 7),
    (Biometry.HC, 16 * 7, 21 * 7 + 6, 10),
    (Biometry.HC, 22 * 7, 27 * 7 + 6, 14),
    (Biometry.HC, 28 * 7, 38 * 7, 21),
]


@pytest.mark.parametrize(("biometry", "first", "last", "allowed"), BANDS)
def test_that_only_more_days_than_the_limit_are_pointed_out(biometry, first, last, allowed):
    for days in (first, last):
        by_lmp = GestationalAge(days)
        for sign in (-1, 1):
            at_limit = GestationalAge(days + sign * allowed)
            beyond = GestationalAge(days + sign * (allowed + 1))
            assert disagreement(by_lmp, at_limit, biometry) is None
            found = disagreement(by_lmp, beyond, biometry)
            assert isinstance(found, Disagreement)
            assert (found.days, found.limit_days) == (sign * (allowed + 1), allowed)


def test_that_the_band_is_that_of_the_age_by_lmp():
    # 21w6d by LMP allows 10 days, though ultrasound says 23w3d, where 14 would do.
    assert disagreement(GestationalAge(153), GestationalAge(164), Biometry.HC).limit_days == 10


def test_that_before_14_weeks_only_a_crl_is_compared():
    found = disagreement(GestationalAge(97), GestationalAge(120), Biometry.HC)

    assert isinstance(found, NotAssessed)
    assert "CRL only before 14w0d" in found.reason


def test_that_a_disagreement_is_told_and_nothing_is_applied():
    said = str(disagreement(GestationalAge(140), GestationalAge(128), Biometry.HC))

    assert said.startswith("By HC the age is 18w2d, 12 days behind the LMP (20w0d);")
    assert "ACOG Committee Opinion 700 allows 10. The dating is unchanged." in said
    assert "HC alone only suggests" in said
    assert "growth restriction" not in said


def test_that_a_late_disagreement_carries_its_caution():
    said = str(disagreement(GestationalAge(196), GestationalAge(218), Biometry.CRL))

    assert "22 days ahead of" in said
    assert said.endswith("So late, a new date may hide a growth restriction.")
    assert "HC alone" not in said


@given(st.integers(98, 280), st.floats(70, 350))
def test_that_what_is_no_lmp_is_not_compared(days, hc_mm):
    age, by_hc = GestationalAge(days), hadlock_age(hc_mm)

    assert disagreement_by_hc(None, age, by_hc) is None
    assert disagreement_by_hc(Dating.from_edd(date(2026, 1, 1)), age, by_hc) is None
    assert disagreement_by_hc(Dating.from_crl(60, date(2026, 1, 1)), age, by_hc) is None


def test_that_an_lmp_is_compared_with_the_age_by_hc():
    lmp = Dating.from_lmp(date(2026, 1, 1))

    assert disagreement_by_hc(lmp, GestationalAge(140), hadlock_age(150)).days == -13
    assert disagreement_by_hc(lmp, GestationalAge(140), hadlock_age(175)) is None
    assert disagreement_by_hc(lmp, GestationalAge(140), hadlock_age(400)) is None
    # Before 14 weeks the rule compares with a CRL only.
    assert disagreement_by_hc(lmp, GestationalAge(97), hadlock_age(150)) is None


LMP = Dating.from_lmp(date(2026, 1, 10))
# A CRL of 60 mm is 12w3d by INTERGROWTH-21st (86.75 d).
OF_87_DAYS = 60.0


@pytest.mark.parametrize(("by_lmp", "is_told"), [(79, True), (80, False), (94, False), (95, True)])
def test_that_an_lmp_and_a_crl_are_compared_on_the_day_of_the_crl(by_lmp, is_told):
    crl = Dating.from_crl(OF_87_DAYS, date(2026, 1, 10) + timedelta(days=by_lmp))

    found = disagreement_of_datings(LMP, crl)

    assert found == disagreement_of_datings(crl, LMP)
    assert (found is not None) is is_told
    if found is not None:
        assert (found.by_lmp.days, found.by_ultrasound.days, found.limit_days) == (by_lmp, 87, 7)
        assert str(found).startswith("By CRL the age is 12w3d, 8 days ")


def test_that_an_lmp_is_compared_with_an_earlier_scan_too():
    scan = Dating.from_earlier_scan(GestationalAge(130), date(2026, 5, 30))

    assert disagreement_of_datings(scan, LMP) is None
    later = Dating.from_earlier_scan(GestationalAge(129), date(2026, 5, 30))
    assert str(disagreement_of_datings(later, LMP)).startswith(
        "By the dating scan the age is 18w3d, 11 days behind the LMP (20w0d);"
    )


@pytest.mark.parametrize(
    "other",
    [
        None,
        LMP,
        Dating.from_edd(date(2026, 12, 1)),
        Dating.from_age(GestationalAge(100), date(2026, 3, 1)),
        Dating(DatingMethod.DAY_5_TRANSFER, on=date(2026, 3, 1)),
        Dating.from_crl(200.0, date(2026, 4, 1)),
        Dating.from_crl(60.0, date(2027, 4, 1)),
    ],
)
def test_that_an_lmp_is_compared_with_ultrasound_alone(other):
    assert disagreement_of_datings(LMP, other) is None
    assert disagreement_of_datings(other, LMP) is None
