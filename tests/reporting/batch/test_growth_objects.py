"""An outcome has the same keys for the same kind, and a reason wherever it has no number."""

import pytest

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.growth.assessment import GrowthAssessment, NotAssessed, assess_growth
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, WHO_2017
from fhc_desktop.domain.growth.ultrasound_age import UltrasoundAge
from fhc_desktop.reporting.batch.growth_objects import age_object, growth_object, interval_list

AGE = GestationalAge(140)


def test_that_a_place_on_the_chart_is_z_and_percentile_with_every_digit():
    found = assess_growth(174.8, AGE, INTERGROWTH_21ST)
    assert isinstance(found, GrowthAssessment)

    assert growth_object(found) == {"z": found.z, "percentile": found.percentile}


def test_that_beyond_a_charts_percentiles_there_is_the_side_and_no_number():
    assert growth_object(assess_growth(150.0, AGE, WHO_2017)) == {
        "z": None,
        "percentile": None,
        "reason": "below the 1st percentile",
    }


def test_that_without_an_assessment_there_is_the_reason_alone():
    assert growth_object(NotAssessed("No dating.")) == {"reason": "No dating."}
    assert age_object(NotAssessed("No head.")) == {"reason": "No head."}


@pytest.mark.parametrize(
    ("age", "keys"),
    [
        (UltrasoundAge(140, 8.4, "Hadlock 1984"), {"days": 140, "two_sd_days": 8.4}),
        (UltrasoundAge(140, None, "INTERGROWTH-21st 2016"), {"days": 140}),
    ],
)
def test_that_an_age_has_its_spread_where_its_source_gives_one(age, keys):
    assert age_object(age) == keys


def test_that_an_interval_is_its_two_ends():
    assert interval_list(None) is None
    assert interval_list(Interval(170.0, 180.0, 0.9)) == [170.0, 180.0]
