"""How each percentile of a standard is drawn."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPen

from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.growth.chart_curves import chart_curves
from fhc_desktop.gui.charts.axes import pen
from fhc_desktop.gui.charts.labelled_curves import LabelledCurve
from fhc_desktop.gui.widgets import style

_MEDIAN = 50
_DASHED = (3, 97)


def percentile_curves(standard: GrowthStandard) -> tuple[LabelledCurve, ...]:
    """Return the curves that a standard has, the lowest first."""
    return tuple(
        LabelledCurve(curve.name, curve.weeks, curve.hc_mm, _pen(curve.percent))
        for curve in chart_curves(standard)
    )


def _pen(percent: int) -> QPen:
    if percent == _MEDIAN:
        return pen(style.TEXT, 1.6)
    dash = Qt.PenStyle.DashLine if percent in _DASHED else Qt.PenStyle.SolidLine
    return pen(style.DISABLED_TEXT, 1.0, dash)
