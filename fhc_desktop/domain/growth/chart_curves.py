"""The percentiles of a standard that every chart shows, computed once a standard."""

from dataclasses import dataclass
from functools import lru_cache

from fhc_desktop.domain.dating.gestation import GestationalAge
from fhc_desktop.domain.growth.assessment import GrowthStandard, ordinal
from fhc_desktop.domain.growth.curves import NORMAL

PERCENTS = (3, 10, 50, 90, 97)
# More standards than anybody looks at; those of a clinic come and go.
_KEPT = 32


@dataclass(frozen=True, slots=True)
class ChartCurve:
    """One percentile day by day: ages in decimal weeks, ascending, and the HC in mm at each."""

    percent: int
    weeks: tuple[float, ...]
    hc_mm: tuple[float, ...]

    @property
    def name(self) -> str:
        return ordinal(self.percent)

    @property
    def places(self) -> tuple[tuple[float, float], ...]:
        """Each week with its HC."""
        return tuple(zip(self.weeks, self.hc_mm, strict=True))


@lru_cache(_KEPT)
def chart_curves(standard: GrowthStandard) -> tuple[ChartCurve, ...]:
    """Return the curves that a standard has, the lowest first.

    A local chart may end at its 10th and 90th percentile.
    """
    found = (_curve(standard, percent) for percent in PERCENTS)
    return tuple(curve for curve in found if curve.weeks)


@lru_cache(_KEPT)
def chart_ends_mm(standard: GrowthStandard) -> tuple[float, float]:
    """Return the smallest and the largest HC on a standard's curves."""
    heights = [hc_mm for curve in chart_curves(standard) for hc_mm in curve.hc_mm]
    return min(heights), max(heights)


def _curve(standard: GrowthStandard, percent: int) -> ChartCurve:
    z = NORMAL.inv_cdf(percent / 100)
    ages = [GestationalAge(day) for day in range(standard.first_day, standard.last_day + 1)]
    heights = [(age.weeks, standard.hc_at(z, age)) for age in ages]
    on_chart = [(weeks, hc_mm) for weeks, hc_mm in heights if hc_mm is not None]
    return ChartCurve(
        percent,
        tuple(weeks for weeks, _ in on_chart),
        tuple(hc_mm for _, hc_mm in on_chart),
    )
