import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.dating.gestation import weeks_and_days
from fhc_desktop.domain.growth.assessment import NotAssessed
from fhc_desktop.domain.growth.bpd import BiparietalDiameter, BpdConvention
from fhc_desktop.domain.growth.ultrasound_age import (
    HADLOCK_KEY,
    INTERGROWTH_KEY,
    UltrasoundAge,
    age_range,
    ages_by_hc,
    hadlock_age,
    hadlock_age_with_bpd,
    intergrowth_age,
    intergrowth_days,
)

AN_HOUR = 1 / 24
# HC in mm; Hadlock 1984 in weeks, w+d and two SD in weeks; INTERGROWTH-21st in days and w+d.
WORKED = [
    (100, 14.6600, "14w5d", 1.19, 99.32, "14w1d"),
    (150, 18.0725, "18w1d", 1.48, 127.27, "18w1d"),
    (175, 20.0178, "20w0d", 1.48, 141.55, "20w2d"),
    (200, 22.1600, "22w1d", 1.48, 156.49, "22w2d"),
    (250, 27.1475, "27w1d", 2.06, 189.80, "27w1d"),
    (280, 30.6656, "30w5d", 2.98, 213.15, "30w3d"),
    (300, 33.2600, "33w2d", 2.98, 230.69, "33w0d"),
    (330, 37.5611, "37w4d", 3.20, 260.81, "37w2d"),
]


@pytest.mark.parametrize(("hc_mm", "weeks", "text", "two_sd_weeks", "days", "words"), WORKED)
def test_that_worked_ages_are_reproduced_to_the_hour(hc_mm, weeks, text, two_sd_weeks, days, words):
    found = hadlock_age(hc_mm)

    assert isinstance(found, UltrasoundAge)
    assert found.days == pytest.approx(weeks * 7, abs=AN_HOUR / 10)
    assert weeks_and_days(found.days) == text
    assert found.two_sd_days == pytest.approx(two_sd_weeks * 7)
    assert intergrowth_days(hc_mm) == pytest.approx(days, abs=AN_HOUR / 4)
    assert weeks_and_days(intergrowth_days(hc_mm)) == words


@pytest.mark.parametrize(("hc_mm", "days"), [(130, 116.088), (250, 189.8)])
def test_that_the_papers_own_examples_are_reproduced(hc_mm, days):
    assert intergrowth_days(hc_mm) == pytest.approx(days, abs=0.005)


def test_that_the_worked_age_by_hc_and_bpd_is_reproduced():
    found = hadlock_age_with_bpd(175, BiparietalDiameter(47, BpdConvention.OUTER_INNER))

    assert found.days / 7 == pytest.approx(19.9234, abs=1e-4)
    assert str(found) == "19w6d"
    assert found.two_sd_days is None
    assert found.remark == ""


def test_that_an_outer_outer_bpd_is_converted_before_it_dates():
    outer = BiparietalDiameter(47.0, BpdConvention.OUTER_OUTER)
    found = hadlock_age_with_bpd(175, outer)
    inner = hadlock_age_with_bpd(175, outer.measured_as(BpdConvention.OUTER_INNER))

    assert found.days == inner.days
    assert found.method == "Hadlock 1984, HC and BPD"
    assert found.remark == "BPD converted from outer-outer to outer-inner (Wong 2018)"
    assert inner.remark == ""
    unconverted = hadlock_age_with_bpd(175, BiparietalDiameter(47.0, BpdConvention.OUTER_INNER))
    assert unconverted.days - found.days == pytest.approx(7 * 1.32 * 0.175, abs=0.01)


@pytest.mark.parametrize(("hc_mm", "is_dated"), [(67.9, 0), (68, 1), (360, 1), (360.1, 0)])
def test_that_hadlock_dates_heads_from_68_to_360_mm(hc_mm, is_dated):
    bpd = BiparietalDiameter(47, BpdConvention.OUTER_INNER)

    assert isinstance(hadlock_age(hc_mm), UltrasoundAge) == is_dated
    assert isinstance(hadlock_age_with_bpd(hc_mm, bpd), UltrasoundAge) == is_dated


@pytest.mark.parametrize(
    ("hc_mm", "is_dated"), [(97.6, 0), (97.8, 1), (175, 1), (237.5, 1), (237.7, 0), (330, 0)]
)
def test_that_intergrowth_dates_by_hc_alone_from_98_to_181_days(hc_mm, is_dated):
    found = intergrowth_age(hc_mm)

    assert isinstance(found, UltrasoundAge) == is_dated == (98 <= intergrowth_days(hc_mm) <= 181)
    if not is_dated:
        assert "14w0d to 25w6d" in found.reason
        assert found.reason.endswith("smaller." if hc_mm < 100 else "larger.")


def test_that_each_method_answers_by_its_key():
    found = ages_by_hc(300)

    assert list(found) == [HADLOCK_KEY, INTERGROWTH_KEY]
    assert isinstance(found[HADLOCK_KEY], UltrasoundAge)
    assert isinstance(found[INTERGROWTH_KEY], NotAssessed)


@pytest.mark.parametrize(
    ("hc_mm", "days_per_mm"), [(100, 0.44), (175, 0.57), (250, 0.77), (300, 0.95), (340, 1.11)]
)
def test_that_a_millimetre_is_worth_the_days_it_should_be(hc_mm, days_per_mm):
    found = (hadlock_age(hc_mm + 0.5).days - hadlock_age(hc_mm - 0.5).days) / 1

    assert found == pytest.approx(days_per_mm, abs=0.005)


@given(st.floats(68, 350), st.floats(0.1, 10))
def test_that_a_larger_head_is_older(hc_mm, more):
    assert hadlock_age(hc_mm + more).days > hadlock_age(hc_mm).days
    assert intergrowth_days(hc_mm + more) > intergrowth_days(hc_mm)


def test_that_the_ends_of_an_interval_have_ages():
    found = age_range(Interval(170, 180, 0.9), hadlock_age)

    assert (found.low, found.high) == (hadlock_age(170).days, hadlock_age(180).days)
    assert age_range(Interval(230, 240, 0.9), intergrowth_age) is None


def test_that_an_age_says_its_spread_where_there_is_one():
    assert str(hadlock_age(175)) == "20w0d ± 10 d"
    assert str(intergrowth_age(175)) == "20w2d"
    assert intergrowth_age(175).method == "INTERGROWTH-21st 2016"
    assert intergrowth_age(175).remark == (
        "reported error 6 to 7 d at 14 weeks, 12 to 14 d at 26 weeks"
    )
