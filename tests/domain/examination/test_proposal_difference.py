"""An edited outline says by how much it is another one than was proposed, and in what unit."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.examination.proposal_difference import proposal_difference
from fhc_desktop.domain.growth.assessment import GrowthAssessment
from fhc_desktop.domain.growth.standards import WHO_2017
from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from tests.reporting.examinations import (
    HEAD,
    SCALE,
    edited,
    headless,
    proposed,
    small,
    uncalibrated,
    undated,
)

LONGER = replace(HEAD, semi_axis_a=42.0)
TALL_PIXELS = Calibration(0.8, 1.0, CalibrationSource.TYPED)


@given(st.floats(-8.0, 8.0))
def test_that_the_difference_is_that_of_the_two_numbers(grown_px):
    before = proposed()
    after = before.with_outline(HEAD.grown(grown_px))
    found = proposal_difference(after)

    if not after.is_edited:
        assert found is None
        return
    assert found.hc_mm == pytest.approx(after.measurement.hc_mm - before.measurement.hc_mm)
    assert found.perimeter_px * SCALE.mm_per_column == pytest.approx(found.hc_mm)
    places = before.assessment, after.assessment
    if all(isinstance(place, GrowthAssessment) for place in places):
        assert found.percentiles == pytest.approx(places[1].percentile - places[0].percentile)


def test_that_a_scale_given_since_measures_both():
    after = edited().with_manual_calibration(TALL_PIXELS)
    before = proposed().with_manual_calibration(TALL_PIXELS)

    found = proposal_difference(after)

    assert found.hc_mm == pytest.approx(after.measurement.hc_mm - before.measurement.hc_mm)


def test_that_without_a_scale_it_is_in_pixels_alone():
    found = proposal_difference(uncalibrated().with_outline(LONGER))

    assert found.perimeter_px == pytest.approx(LONGER.perimeter - HEAD.perimeter)
    assert (found.hc_mm, found.percentiles) == (None, None)


@pytest.mark.parametrize(
    "exam",
    [
        undated().with_outline(LONGER),
        small().with_standard(WHO_2017),
    ],
    ids=["no age", "no place on the chart"],
)
def test_that_without_two_percentiles_there_is_no_difference_of_them(exam):
    found = proposal_difference(exam)

    assert found.hc_mm is not None
    assert found.percentiles is None


@pytest.mark.parametrize(
    "exam",
    [proposed(), edited().with_outline(None), headless().with_outline(HEAD)],
    ids=["as proposed", "no outline", "nothing was proposed"],
)
def test_that_what_was_not_edited_has_no_difference(exam):
    assert proposal_difference(exam) is None
