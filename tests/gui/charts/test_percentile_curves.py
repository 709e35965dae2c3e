"""The curves of a standard are its own, and the median stands out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST
from fhc_desktop.gui.charts.percentile_curves import percentile_curves
from fhc_desktop.gui.widgets import style
from tests.local_charts import NARROW

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]


def test_that_each_curve_is_that_of_its_percentile():
    curves = percentile_curves(INTERGROWTH_21ST)

    assert [curve.label for curve in curves] == ["3rd", "10th", "50th", "90th", "97th"]
    at_20_weeks = [curve.heights[curve.weeks.index(20.0)] for curve in curves]
    assert at_20_weeks == sorted(at_20_weeks)
    assert at_20_weeks[2] == pytest.approx(INTERGROWTH_21ST.hc_at(0.0, GestationalAge(140)))


def test_that_a_standard_with_fewer_percentiles_has_fewer_curves():
    assert [curve.label for curve in percentile_curves(NARROW)] == ["10th", "50th", "90th"]


def test_that_the_median_is_brightest_and_the_outermost_are_dashed():
    pens = {curve.label: curve.pen for curve in percentile_curves(INTERGROWTH_21ST)}

    assert [name for name in pens if pens[name].color() == QColor(style.TEXT)] == ["50th"]
    dashed = [name for name in pens if pens[name].style() is Qt.PenStyle.DashLine]
    assert dashed == ["3rd", "97th"]
