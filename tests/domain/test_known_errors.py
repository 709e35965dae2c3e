"""The errors that circulate about heads and dates, each planted and each caught."""

import math
import re
from pathlib import Path

import pytest

from fhc_desktop.domain.dating.gestation import DatingMethod, GestationalAge, NoAge
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.assessment import (
    Dimension,
    GrowthAssessment,
    NotAssessed,
    assess_bpd,
    assess_growth,
)
from fhc_desktop.domain.growth.bpd import BiparietalDiameter, BpdConvention
from fhc_desktop.domain.growth.redating import Disagreement, disagreement
from fhc_desktop.domain.growth.standards import HADLOCK_1984_GROWTH, INTERGROWTH_21ST, WHO_2017
from fhc_desktop.domain.growth.ultrasound_age import (
    HADLOCK_1984_CITATION,
    UltrasoundAge,
    hadlock_age,
    hadlock_age_with_bpd,
    intergrowth_age,
    intergrowth_days,
)
from tests.domain.growth.test_redating import BANDS
from tests.domain.growth.test_standards import WORKED as WORKED_SIZES
from tests.domain.growth.test_ultrasound_age import WORKED as WORKED_AGES
from tests.reporting.examinations import proposed

ROOT = Path(__file__).resolve().parents[2]
HADLOCK_WEEKS = {hc_mm: weeks for hc_mm, weeks, *_ in WORKED_AGES}
INTERGROWTH_DAYS = {hc_mm: days for hc_mm, *_, days, _ in WORKED_AGES}
LOINC = re.compile(r"\b(\d{3,5})-(\d)\b")


def wrong_by(equation, worked, tolerance):
    """Return the worked values that an equation misses."""
    return [x for x, known in worked.items() if abs(equation(x) - known) > tolerance]


def check_digit(number):
    """Return the LOINC (Luhn, mod 10) check digit of the part before the dash."""
    doubled = "".join(
        str(int(digit) * 2) if place % 2 == 0 else digit
        for place, digit in enumerate(reversed(number))
    )
    return -sum(map(int, doubled)) % 10


def wrong_codes(text):
    return [
        f"{number}-{check}"
        for number, check in LOINC.findall(text)
        if int(check) != check_digit(number)
    ]


def test_1_that_the_loinc_code_with_a_wrong_check_digit_is_nowhere():
    assert wrong_codes('("11984-0", "LN"), ("11984-2", "LN")') == ["11984-0"]
    assert wrong_codes("11820-8 11851-3 11823-2 11932-1 18185-9") == []

    sources = [file.read_text("utf-8") for file in (ROOT / "fhc_desktop").rglob("*.py")]
    assert [code for text in sources for code in wrong_codes(text)] == []


@pytest.mark.parametrize(
    "equation",
    [
        pytest.param(
            lambda mm: 8.96 + 0.540 * mm / 10 - 0.0040 * (mm / 10) ** 2 + 0.000399 * (mm / 10) ** 3,
            id="2 a quadratic term",
        ),
        pytest.param(
            lambda mm: 8.96 + 0.540 * mm / 10 + 0.0003 * (mm / 10) ** 2, id="3 HC squared"
        ),
    ],
)
def test_2_and_3_that_the_misprints_of_hadlock_are_caught(equation):
    assert wrong_by(equation, HADLOCK_WEEKS, 1e-4) == list(HADLOCK_WEEKS)
    assert wrong_by(lambda mm: hadlock_age(mm).days / 7, HADLOCK_WEEKS, 1e-4) == []


def test_4_that_the_table_of_1982_is_not_the_equation_of_1984():
    of_1982 = {360: 41.6}

    assert wrong_by(lambda mm: hadlock_age(mm).days / 7, of_1982, 0.1) == [360]
    assert hadlock_age(360).days / 7 == pytest.approx(42.4, abs=0.05)
    assert hadlock_age(360).method == "Hadlock 1984"
    assert "1984;152" in HADLOCK_1984_CITATION


def test_5_that_the_variant_coefficients_of_hadlocks_growth_are_caught():
    worked = {
        (hc, days): z for hc, days, standard, z, _ in WORKED_SIZES
        if standard is HADLOCK_1984_GROWTH
    }  # fmt: skip

    def by(coefficient, sd_mm):
        def z(case):
            weeks = case[1] / 7
            return (case[0] - 10 * (-11.48 + coefficient * weeks - 0.0002548 * weeks**3)) / sd_mm

        return z

    assert len(worked) == 8
    assert len(wrong_by(by(1.562, 9.56), worked, 1e-3)) == 8
    assert len(wrong_by(by(1.562, 10), worked, 1e-3)) == 8
    assert wrong_by(by(1.56, 9.56), worked, 1e-3)
    assert wrong_by(by(1.56, 10), worked, 1e-3) == []


def test_6_that_a_typing_error_in_an_intergrowth_coefficient_is_caught():
    # The one that circulates (0.03242 for 0.03243) is in the equation with FL, which is not here.
    def typo(mm):
        return math.exp(0.05969 * math.log(mm) ** 2 + 6.409e-9 * mm**3 + 3.3258)

    assert wrong_by(typo, INTERGROWTH_DAYS, 1 / 96) == list(INTERGROWTH_DAYS)
    assert wrong_by(intergrowth_days, INTERGROWTH_DAYS, 1 / 96) == []


def test_7_that_centimetres_are_not_taken_for_millimetres():
    assert intergrowth_days(17.5) < 60
    assert isinstance(intergrowth_age(17.5), NotAssessed)
    assert isinstance(hadlock_age(17.5), NotAssessed)


def test_8_that_shifted_redating_bands_are_caught():
    def bands_off(shift_days):
        return [
            band for band in BANDS
            if any(
                isinstance(
                    disagreement(
                        GestationalAge(day + shift_days),
                        GestationalAge(day + shift_days + band[3] + more),
                        band[0],
                    ),
                    Disagreement,
                ) != (more == 1)
                for day in band[1:3]
                for more in (0, 1)
            )
        ]  # fmt: skip

    assert bands_off(0) == []
    assert bands_off(7)
    assert bands_off(-7)


def test_10_that_a_head_never_dates_itself():
    # Planted: judged at its own age by HC every head is an ordinary one, however small.
    small_mm = 150.0
    circular = GestationalAge(round(hadlock_age(small_mm).days))
    assert 20 < assess_growth(small_mm, circular, INTERGROWTH_21ST).percentile < 80
    assert assess_growth(small_mm, GestationalAge(140), INTERGROWTH_21ST).percentile < 1

    undated: Examination = proposed().with_dating(None)
    assert isinstance(undated.ultrasound_age, UltrasoundAge)
    assert isinstance(undated.age, NoAge)
    assert not isinstance(undated.assessment, GrowthAssessment)
    assert not [method for method in DatingMethod if "hc" in method.value]


def test_10_that_a_smaller_head_stays_as_old_as_its_dating_says():
    exam = proposed()
    smaller = exam.with_outline(exam.outline_px.scaled(0.9, 0.9))

    assert smaller.ultrasound_age.days < exam.ultrasound_age.days
    assert smaller.age == exam.age
    assert smaller.assessment.percentile < exam.assessment.percentile


def test_11_that_an_outer_outer_bpd_is_not_read_off_an_outer_inner_chart():
    outer = BiparietalDiameter(80.0, BpdConvention.OUTER_OUTER)
    planted = BiparietalDiameter(outer.mm, BpdConvention.OUTER_INNER)
    at = GestationalAge(210)

    assert outer.measured_as(BpdConvention.OUTER_INNER).mm == pytest.approx(77.31, abs=0.005)
    assert assess_bpd(outer, at, WHO_2017).percentile < 62
    assert assess_bpd(planted, at, WHO_2017).percentile > 80
    assert hadlock_age_with_bpd(280, planted).days > hadlock_age_with_bpd(280, outer).days + 2
    # A chart of the same convention takes it as it is.
    as_it_is = assess_bpd(outer, at, INTERGROWTH_21ST)
    assert INTERGROWTH_21ST.length_at(as_it_is.z, at, Dimension.BPD) == pytest.approx(80.0)
