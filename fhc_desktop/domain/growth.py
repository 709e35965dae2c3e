"""Where a head lies among heads of its age, and how old heads of its size are."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.gestation import GestationalAge, weeks_and_days

_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class GrowthStandard:
    """A chart of HC for gestational age whose values are normally distributed at each age.

    ``mean_mm`` and ``sd_mm`` take exact decimal weeks; they hold from ``first_day`` to
    ``last_day`` (completed days, both included) and are never evaluated outside.
    """

    key: str
    name: str
    citation: str
    first_day: int
    last_day: int
    mean_mm: Callable[[float], float]
    sd_mm: Callable[[float], float]

    @property
    def range_text(self) -> str:
        return f"{weeks_and_days(self.first_day)} to {weeks_and_days(self.last_day)}"

    def hc_at(self, z: float, age: GestationalAge) -> float | None:
        """Return the HC in mm at a z-score; None outside the chart."""
        if not self.first_day <= age.days <= self.last_day:
            return None
        return self.mean_mm(age.weeks) + z * self.sd_mm(age.weeks)


@dataclass(frozen=True, slots=True)
class GrowthAssessment:
    """A place on a chart; ``percentile`` runs from 0 to 100."""

    z: float
    percentile: float
    standard: GrowthStandard


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """Why there is no percentile or no age, in one sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class UltrasoundAge:
    """The age at which heads have this size: never a basis for the same head's percentile."""

    days: float
    two_sd_days: float
    method: str

    def __str__(self) -> str:
        return f"{weeks_and_days(self.days)} ± {self.two_sd_days:.0f} d"


def _intergrowth_mean_mm(weeks: float) -> float:
    squared = weeks * weeks
    return -28.2849 + 1.69267 * squared - 0.397485 * squared * math.log(weeks)


def _intergrowth_sd_mm(weeks: float) -> float:
    cubed, log = weeks**3, math.log(weeks)
    return 1.98735 + 0.0136772 * cubed - 0.00726264 * cubed * log + 0.000976253 * cubed * log**2


INTERGROWTH_21ST = GrowthStandard(
    key="intergrowth21",
    name="INTERGROWTH-21st 2014",
    citation="Papageorghiou et al., Lancet 2014;384:869-879",
    first_day=98,
    last_day=280,
    mean_mm=_intergrowth_mean_mm,
    sd_mm=_intergrowth_sd_mm,
)

HADLOCK_1984 = "Hadlock 1984"
HADLOCK_1984_CITATION = "Hadlock et al., Radiology 1984;152:497-501"
HADLOCK_RANGE_MM = (68.0, 360.0)
# (below this many weeks, two standard deviations in weeks); the last band has no upper end here
# because the range in millimetres already bounds it.
_HADLOCK_TWO_SD_WEEKS = ((18.0, 1.19), (24.0, 1.48), (30.0, 2.06), (36.0, 2.98), (math.inf, 3.20))


def assess_growth(
    hc_mm: float, age: GestationalAge, standard: GrowthStandard = INTERGROWTH_21ST
) -> GrowthAssessment | NotAssessed:
    """Return z-score and percentile at an age that does not rest on the same HC."""
    mean_mm = standard.hc_at(0.0, age)
    if mean_mm is None:
        return NotAssessed(
            f"{standard.name} covers {standard.range_text}; this age is {age}: no percentile."
        )
    z = (hc_mm - mean_mm) / standard.sd_mm(age.weeks)
    return GrowthAssessment(z=z, percentile=100 * _NORMAL.cdf(z), standard=standard)


def hadlock_age(hc_mm: float) -> UltrasoundAge | NotAssessed:
    """Return the age of heads of this size: 8.96 + 0.540 HC + 0.0003 HC^3 weeks, HC in cm.

    Hadlock et al., Radiology 1984;152:497-501, for 68 to 360 mm. Two circulating misprints
    (a quadratic term; HC^2 for HC^3) give up to a week less at mid-pregnancy.
    """
    smallest, largest = HADLOCK_RANGE_MM
    if not smallest <= hc_mm <= largest:
        return NotAssessed(
            f"Hadlock 1984 dates heads of {smallest:.0f} to {largest:.0f} mm; this one has "
            f"{hc_mm:.1f} mm."
        )
    hc_cm = hc_mm / 10
    weeks = 8.96 + 0.540 * hc_cm + 0.0003 * hc_cm**3
    two_sd_weeks = next(spread for below, spread in _HADLOCK_TWO_SD_WEEKS if weeks < below)
    return UltrasoundAge(days=weeks * 7, two_sd_days=two_sd_weeks * 7, method=HADLOCK_1984)


def percentile_text(percentile: float) -> str:
    """Return a percentile in words: 43rd percentile; beyond the first and last whole ones, so."""
    if percentile < 1:
        return "below the 1st percentile"
    if percentile > 99:  # noqa: PLR2004
        return "above the 99th percentile"
    return f"{_ordinal(percentile)} percentile"


def percentile_words(percentile: float, interval: Interval | None) -> str:
    """Return a percentile with its interval, where it has one: 43rd percentile, 28th–59th."""
    words = percentile_text(percentile)
    if interval is None:
        return words
    low, high = _end_text(interval.low), _end_text(interval.high)
    if low == high:
        return words
    # A dash before a sign would read as an arrow.
    is_plain = low[0].isdigit() and high[0].isdigit()
    return f"{words}, {low}{'–' if is_plain else ' to '}{high}"


def _end_text(percentile: float) -> str:
    if percentile < 1:
        return "<1st"
    return ">99th" if percentile > 99 else _ordinal(percentile)  # noqa: PLR2004


def _ordinal(percentile: float) -> str:
    whole = round(percentile)
    suffix = "th" if 10 <= whole % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")  # noqa: PLR2004
    return f"{whole}{suffix}"
