"""Where a head lies among heads of its age."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.dating.gestation import GestationalAge, weeks_and_days
from fhc_desktop.domain.growth.bpd import BiparietalDiameter, BpdConvention
from fhc_desktop.domain.growth.curves import NORMAL, Beyond, Curves, Side

# From 0 to a chart's 1st percentile, and room for rounding.
_ROUNDING = 1e-9
_WIDEST_OPEN_END = 1.0 + _ROUNDING
# The percentiles at which reports change their words.
CUTS = (3.0, 10.0, 90.0, 97.0)
# Behind the name of a clinic's own chart, wherever it is named.
LOCAL_MARK = "(local chart)"


class Dimension(StrEnum):
    """What of a head a chart is about."""

    HC = "hc"
    BPD = "bpd"
    OFD = "ofd"


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """One dimension's curves for ages in completed days, both ends included.

    ``bpd_convention`` is None for all but BPD.
    """

    first_day: int
    last_day: int
    curves: Curves
    bpd_convention: BpdConvention | None = None

    @property
    def range_text(self) -> str:
        return f"{weeks_and_days(self.first_day)} to {weeks_and_days(self.last_day)}"

    def covers(self, age: GestationalAge) -> bool:
        return self.first_day <= age.days <= self.last_day


@dataclass(frozen=True, slots=True, eq=False)
class GrowthStandard:
    """A growth standard with its charts, never evaluated outside the ages that they cover.

    ``first_day``, ``last_day`` and ``hc_at`` are those of HC. ``is_opt_in``: never shown unless
    somebody chose it; ``is_local``: a clinic's own, marked so wherever it is named.
    """

    key: str
    title: str
    citation: str
    population: str
    distribution: str
    charts: Mapping[Dimension, Chart] = field(repr=False)
    remark: str = ""
    is_opt_in: bool = False
    is_local: bool = False

    @property
    def name(self) -> str:
        return f"{self.title} {LOCAL_MARK}" if self.is_local else self.title

    @property
    def first_day(self) -> int:
        return self.charts[Dimension.HC].first_day

    @property
    def last_day(self) -> int:
        return self.charts[Dimension.HC].last_day

    @property
    def range_text(self) -> str:
        return self.charts[Dimension.HC].range_text

    def hc_at(self, z: float, age: GestationalAge) -> float | None:
        """Return the HC in mm at a z-score; None outside the chart's ages or percentiles."""
        return self.length_at(z, age, Dimension.HC)

    def length_at(self, z: float, age: GestationalAge, dimension: Dimension) -> float | None:
        """Return a length in mm at a z-score; None outside the chart, or without one."""
        chart = self.charts.get(dimension)
        if chart is None or not chart.covers(age):
            return None
        return chart.curves.length_mm(z, age)


@dataclass(frozen=True, slots=True)
class GrowthAssessment:
    """A place on a chart; ``percentile`` runs from 0 to 100."""

    z: float
    percentile: float
    standard: GrowthStandard


@dataclass(frozen=True, slots=True)
class BeyondPercentiles:
    """A head beyond the outermost percentile of its chart: no z, but it is known on which side."""

    beyond: Beyond
    standard: GrowthStandard

    @property
    def words(self) -> str:
        """The side and the percentile as a phrase: below the 1st percentile."""
        return f"{self.beyond.side.value} the {_outermost(self.beyond)} percentile"


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """Why there is no percentile or no age, in one sentence."""

    reason: str


Placed = GrowthAssessment | BeyondPercentiles
GrowthOutcome = Placed | NotAssessed


def assess_growth(hc_mm: float, age: GestationalAge, standard: GrowthStandard) -> GrowthOutcome:
    """Return z-score and percentile at an age that does not rest on the same HC."""
    return _assess(hc_mm, age, standard, dimension=Dimension.HC)


def assess_ofd(ofd_mm: float, age: GestationalAge, standard: GrowthStandard) -> GrowthOutcome:
    """Return z-score and percentile of an outer-outer occipitofrontal diameter."""
    return _assess(ofd_mm, age, standard, dimension=Dimension.OFD)


def assess_bpd(
    bpd: BiparietalDiameter, age: GestationalAge, standard: GrowthStandard
) -> GrowthOutcome:
    """Return z-score and percentile of a BPD, converted where the chart measures it otherwise."""
    chart = standard.charts.get(Dimension.BPD)
    charted = bpd
    if chart is not None and chart.bpd_convention is not None:
        charted = bpd.measured_as(chart.bpd_convention)
    return _assess(charted.mm, age, standard, dimension=Dimension.BPD)


def _assess(
    length_mm: float, age: GestationalAge, standard: GrowthStandard, *, dimension: Dimension
) -> GrowthOutcome:
    chart = standard.charts.get(dimension)
    if chart is None:
        return NotAssessed(f"{standard.name} has no chart of {dimension.upper()}.")
    if not chart.covers(age):
        return NotAssessed(
            f"{standard.name} covers {chart.range_text}; this age is {age}: no percentile."
        )
    found = chart.curves.z_of(length_mm, age)
    if isinstance(found, Beyond):
        return BeyondPercentiles(found, standard)
    return GrowthAssessment(z=found, percentile=100 * NORMAL.cdf(found), standard=standard)


def percentile_bounds(outcome: GrowthOutcome) -> tuple[float, float] | None:
    """Return between which percentiles, 0 to 100, a head lies; None where there is no place.

    Both are the same on a chart that gives its percentile.
    """
    match outcome:
        case GrowthAssessment(percentile=percentile):
            return percentile, percentile
        case BeyondPercentiles(beyond=Beyond(side=Side.BELOW, percentile=percentile)):
            return 0.0, percentile
        case BeyondPercentiles(beyond=Beyond(percentile=percentile)):
            return percentile, 100.0
        case NotAssessed():
            return None
        case _:  # pragma: no cover
            assert_never(outcome)


def percentile_range(
    hc_mm: Interval, age: GestationalAge, standard: GrowthStandard
) -> Interval | None:
    """Return the percentiles, 0 to 100, between which the ends of an interval round HC lie.

    An end below a chart's 1st percentile counts as 0, one above its 99th as 100; None where an
    end has no place, or lies beyond a percentile further in than these.
    """
    low = percentile_bounds(assess_growth(hc_mm.low, age, standard))
    high = percentile_bounds(assess_growth(hc_mm.high, age, standard))
    if low is None or high is None:
        return None
    if max(low[1] - low[0], high[1] - high[0]) > _WIDEST_OPEN_END:
        return None
    return Interval(low[0], high[1], hc_mm.coverage)


def percentile_text(percentile: float) -> str:
    """Return a percentile in words: 43rd percentile; beyond the first and last whole ones, so."""
    if percentile < 1:
        return "below the 1st percentile"
    if percentile > 99:  # noqa: PLR2004
        return "above the 99th percentile"
    return f"{_named(percentile)} percentile"


def percentile_words(percentile: float, interval: Interval | None) -> str:
    """Return a percentile with its interval, where it has one: 43rd percentile, 28th–59th."""
    words = percentile_text(percentile)
    if interval is None:
        return words
    ends = percentile_ends(interval)
    return f"{words}, {ends}" if ends else words


def percentile_ends(interval: Interval) -> str:
    """Return both ends of percentiles, 0 to 100, as 28th–59th; nothing where they are one."""
    low, high = short_percentile(interval.low), short_percentile(interval.high)
    if low == high:
        return ""
    # A dash before a sign would read as an arrow.
    is_plain = low[0].isdigit() and high[0].isdigit()
    return f"{low}{'–' if is_plain else ' to '}{high}"


def ordinal(percentile: float) -> str:
    """Return a percentile, rounded to a whole one, as it is spoken: 3rd, 50th."""
    whole = round(percentile)
    suffix = "th" if 10 <= whole % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")  # noqa: PLR2004
    return f"{whole}{suffix}"


def _named(percentile: float) -> str:
    """Return a percentile by its whole number; one just below a limit of reports, 2.9, by tenths.

    Rounded, it would stand on the limit's other side.
    """
    whole = round(percentile)
    if whole not in CUTS or percentile > whole - _ROUNDING:
        return ordinal(percentile)
    return f"{math.floor(10 * percentile) / 10:.1f}th"


def short_beyond(beyond: Beyond) -> str:
    """Return on which side of a chart's last percentile, for where there is little room: <1st."""
    return f"{'<' if beyond.side is Side.BELOW else '>'}{_outermost(beyond)}"


def _outermost(beyond: Beyond) -> str:
    # A chart may end at its 2.5th percentile.
    shown = round(beyond.percentile, 6)
    return ordinal(shown) if shown == round(shown) else f"{shown:g}th"


def short_percentile(percentile: float) -> str:
    """Return a percentile for where there is little room: 43rd, <1st, >99th."""
    if percentile < 1:
        return "<1st"
    return ">99th" if percentile > 99 else _named(percentile)  # noqa: PLR2004
