"""What the chart shows is a head with its place, or the reason why there is none."""

import pytest

from fhc_desktop.domain.growth.assessment import NotAssessed
from fhc_desktop.gui.growth.chart_content import ChartPoint, chart_content
from tests.gui.growth.drawn_charts import edited, examination, graded


def test_that_the_content_names_the_head_or_the_reason():
    assert isinstance(chart_content(examination()).head, ChartPoint)
    assert chart_content(examination(age_text=None)).head == NotAssessed(
        "No dating: enter LMP, EDD or the gestational age."
    )


def test_that_a_point_knows_its_interval_only_while_the_outline_is_the_models():
    assert chart_content(graded()).head.heights_mm == pytest.approx((149.8, 174.8, 199.8))
    assert chart_content(edited(graded())).head.interval_mm is None
