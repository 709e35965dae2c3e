"""The program with a head of a known age, and what judges it."""

from functools import partial

import pytest

from fhc_desktop.domain.confidence import Confidence, Grade, IntervalRule
from fhc_desktop.domain.dating.gestation import Dating, GestationalAge
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.gui.growth.chart_content import chart_content
from fhc_desktop.gui.growth.growth_chart import GrowthChart
from tests.fakes import FakeSegmenter
from tests.gui.growth.drawn_charts import plot_width_px
from tests.gui.hand import open_and_wait
from tests.local_charts import OURS_TOML

RULE = IntervalRule(0.9, (100.0, 300.0), (1.5, 1.0), 1.0, 0.01, 0.1, heads=161)
GOOD = Confidence(Grade.GOOD, (), expected_error=0.001, rule=RULE)


@pytest.fixture
def start(start, phantom):
    """Start the program with a model that stands by its outline."""
    return partial(start, segmenter=FakeSegmenter(phantom.outline_px, confidence=GOOD))


@pytest.fixture
def shown(qtbot, start, calibrated):
    """Start it, and open a head of 20 weeks."""

    def show(settings=None, *, days=140):
        window = start(settings)
        open_and_wait(qtbot, window, calibrated)
        window.controller.set_dating(Dating.from_age(GestationalAge(days)))
        return window

    return show


@pytest.fixture
def chart(tmp_path):
    path = tmp_path / "our_heads.toml"
    path.write_text(OURS_TOML)
    return path


@pytest.fixture
def drawn(qtbot):
    """Draw an examination's chart in the size it has in the side panel."""
    kept = []  # a chart that nobody holds may be collected in the middle of being painted

    def draw(exam: Examination, width_px: int = 320) -> GrowthChart:
        chart = GrowthChart()
        kept.append(chart)
        qtbot.addWidget(chart)
        chart.resize(width_px, chart.height())
        chart.show_content(chart_content(exam))
        chart.show()
        # The plot has its size only in the turn of the event loop after it was drawn.
        qtbot.waitUntil(lambda: plot_width_px(chart) > width_px / 2, timeout=20_000)
        return chart

    return draw
