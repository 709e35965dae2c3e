import pytest

from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.growth.assessment import GrowthAssessment, assess_growth
from fhc_desktop.domain.growth.flags import growth_flags, index_flags
from fhc_desktop.domain.growth.standards import HADLOCK_1984_GROWTH, INTERGROWTH_21ST, WHO_2017
from fhc_desktop.domain.image.measurement import HeadMeasurement

AGE = GestationalAge(140)


def flags_at(z):
    return growth_flags(GrowthAssessment(z, 0.0, INTERGROWTH_21ST))


@pytest.mark.parametrize(
    ("z", "words"),
    [
        (-2.001, "more than 2 SD below"),
        (-2.999, "more than 2 SD below"),
        (-3.0, "3 SD or more below"),
        (-5.0, "3 SD or more below"),
        (-5.001, "more than 5 SD below"),
        (2.001, "more than 2 SD above"),
        (6.0, "more than 2 SD above"),
    ],
)
def test_that_the_farthest_limit_is_named_with_standard_and_source(z, words):
    (flag,) = flags_at(z)

    assert words in flag.words
    assert flag.words.endswith("the mean by INTERGROWTH-21st 2014")
    assert flag.source
    assert str(flag) == f"{flag.words} ({flag.source})."


@pytest.mark.parametrize("z", [-2.0, -1.881, 0.0, 2.0])
def test_that_within_two_standard_deviations_nothing_is_flagged(z):
    assert flags_at(z) == ()


def test_that_the_3rd_percentile_is_not_minus_two_standard_deviations():
    hc_mm = INTERGROWTH_21ST.hc_at(-1.95, AGE)
    found = assess_growth(hc_mm, AGE, INTERGROWTH_21ST)

    assert found.percentile < 3
    assert growth_flags(found) == ()


@pytest.mark.parametrize(
    ("hc_mm", "words"),
    [
        (120, "below the mean by WHO 2017, which has no −3 SD"),
        (195, "above the mean by WHO 2017, which has no +3 SD"),
    ],
)
def test_that_beyond_whos_percentiles_no_more_is_said_than_they_imply(hc_mm, words):
    (flag,) = growth_flags(assess_growth(hc_mm, AGE, WHO_2017))

    assert flag.words == f"HC more than 2 SD {words}"


def test_that_without_a_place_there_is_no_flag():
    assert growth_flags(assess_growth(100, GestationalAge(70), WHO_2017)) == ()


def test_that_a_flag_names_no_disease():
    said = " ".join(str(*flags_at(z)) for z in (-2.5, -3.5, -6, 2.5)).lower()

    assert not any(word in said for word in ("microceph", "macroceph", "patholog", "abnormal"))


def test_that_one_head_may_be_flagged_by_one_standard_and_not_another():
    age = GestationalAge(245)

    assert growth_flags(assess_growth(300, age, INTERGROWTH_21ST)) == ()
    assert growth_flags(assess_growth(300, age, HADLOCK_1984_GROWTH)) != ()


@pytest.mark.parametrize(
    ("bpd_mm", "ofd_mm", "words"),
    [
        (45, 62, "72.6 %, below 74 to 83 %: a long, narrow head"),
        (50, 58, "86.2 %, above 74 to 83 %: a short, broad head"),
        (47, 60, None),
        (74, 100, None),
        (83, 100, None),
    ],
)
def test_that_a_cephalic_index_outside_its_range_is_flagged(bpd_mm, ofd_mm, words):
    found = index_flags(HeadMeasurement(170.0, ofd_mm, bpd_mm))

    assert bool(found) == (words is not None)
    if words is not None:
        assert found[0].words == f"Cephalic index {words}"
        assert "Hadlock 1981" in found[0].source
