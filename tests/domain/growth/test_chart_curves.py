import pytest

from fhc_desktop.domain.growth.chart_curves import chart_curves, chart_ends_mm
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, STANDARDS, WHO_2017
from tests.local_charts import NARROW


def curve(standard, percent):
    return next(one for one in chart_curves(standard) if one.percent == percent)


@pytest.mark.parametrize(("percent", "at_28_weeks_mm"), [(3, 243.6), (50, 260.4), (97, 277.2)])
def test_that_curves_run_through_the_published_values(percent, at_28_weeks_mm):
    found = curve(INTERGROWTH_21ST, percent)

    assert (found.weeks[0], found.weeks[-1]) == (14.0, 40.0)
    assert len(found.weeks) == 26 * 7 + 1
    assert dict(found.places)[28.0] == pytest.approx(at_28_weeks_mm, abs=0.1)


def test_that_whos_curves_cover_its_ages():
    found = curve(WHO_2017, 50)

    assert (found.weeks[0], found.weeks[-1]) == (14.0, 40.0)
    assert found.hc_mm[6 * 7] == pytest.approx(173.389, abs=1e-3)


def test_that_each_curve_is_named_and_the_lowest_comes_first():
    names = [one.name for one in chart_curves(INTERGROWTH_21ST)]
    assert names == ["3rd", "10th", "50th", "90th", "97th"]


def test_that_a_local_chart_has_the_curves_between_its_percentiles():
    assert [one.name for one in chart_curves(NARROW)] == ["10th", "50th", "90th"]


@pytest.mark.parametrize("standard", [*STANDARDS, NARROW], ids=lambda one: one.key)
def test_that_all_curves_lie_between_the_ends(standard):
    heights = [hc_mm for one in chart_curves(standard) for hc_mm in one.hc_mm]

    assert chart_ends_mm(standard) == (min(heights), max(heights))


def test_that_a_standards_curves_are_computed_once():
    assert chart_curves(WHO_2017) is chart_curves(WHO_2017)
    assert chart_ends_mm(WHO_2017) is chart_ends_mm(WHO_2017)
