"""The percentiles of a standard that charts show, and how each is drawn."""

from dataclasses import dataclass
from statistics import NormalDist

from PySide6.QtCore import Qt

from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.gui.charts.axes import pen
from fhc_desktop.gui.charts.labelled_curves import LabelledCurve
from fhc_desktop.gui.widgets import style


@dataclass(frozen=True, slots=True)
class Curve:
    """One percentile of the chart, its label and how strongly it is drawn."""

    label: str
    probability: float
    color: str
    width_px: float
    dash: Qt.PenStyle


CURVES = (
    Curve("3rd", 0.03, style.DISABLED_TEXT, 1.0, Qt.PenStyle.DashLine),
    Curve("10th", 0.10, style.DISABLED_TEXT, 1.0, Qt.PenStyle.SolidLine),
    Curve("50th", 0.50, style.TEXT, 1.6, Qt.PenStyle.SolidLine),
    Curve("90th", 0.90, style.DISABLED_TEXT, 1.0, Qt.PenStyle.SolidLine),
    Curve("97th", 0.97, style.DISABLED_TEXT, 1.0, Qt.PenStyle.DashLine),
)


def curve_points(standard: GrowthStandard, probability: float) -> tuple[list[float], list[float]]:
    """Return the ages in weeks and the HC in mm of one percentile, day by day."""
    z = NormalDist().inv_cdf(probability)
    ages = [GestationalAge(day) for day in range(standard.first_day, standard.last_day + 1)]
    heights = [(one.weeks, standard.hc_at(z, one)) for one in ages]
    on_chart = [(weeks, hc_mm) for weeks, hc_mm in heights if hc_mm is not None]
    return [weeks for weeks, _ in on_chart], [hc_mm for _, hc_mm in on_chart]


def percentile_curves(standard: GrowthStandard) -> tuple[LabelledCurve, ...]:
    """Return the curves that a standard has, the lowest first.

    A local chart may end at its 10th and 90th percentile.
    """
    drawn = ((curve, *curve_points(standard, curve.probability)) for curve in CURVES)
    return tuple(
        LabelledCurve(curve.label, weeks, hc_mm, pen(curve.color, curve.width_px, curve.dash))
        for curve, weeks, hc_mm in drawn
        if hc_mm
    )


def ends_mm(standard: GrowthStandard) -> tuple[float, float]:
    """Return the smallest and the largest HC on a standard's curves."""
    heights = [hc_mm for curve in CURVES for hc_mm in curve_points(standard, curve.probability)[1]]
    return min(heights), max(heights)
