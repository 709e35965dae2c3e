"""How old heads of a size are: never a basis for the same head's percentile."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from fhc_desktop.domain.confidence import Interval
from fhc_desktop.domain.dating.gestation import DAYS_OF_A_WEEK, weeks_and_days
from fhc_desktop.domain.growth.assessment import NotAssessed
from fhc_desktop.domain.growth.bpd import BiparietalDiameter, BpdConvention

HADLOCK_KEY = "hadlock1984"
INTERGROWTH_KEY = "intergrowth21"
HADLOCK_1984 = "Hadlock 1984"
HADLOCK_1984_CITATION = "Hadlock et al., Radiology 1984;152:497-501"
INTERGROWTH_2016 = "INTERGROWTH-21st 2016"
INTERGROWTH_2016_CITATION = "Papageorghiou et al., Ultrasound Obstet Gynecol 2016;48:719-726"
HADLOCK_RANGE_MM = (68.0, 360.0)
# By head circumference alone; the equation itself goes on to either side.
INTERGROWTH_RANGE_DAYS = (98, 181)
NEVER_REDATES = "An age by HC in the third trimester must not change an established EDD."
# (below this many weeks, two standard deviations in weeks); the last band has no upper end here
# because the range in millimetres already bounds it.
_HADLOCK_TWO_SD_WEEKS = ((18.0, 1.19), (24.0, 1.48), (30.0, 2.06), (36.0, 2.98), (math.inf, 3.20))


@dataclass(frozen=True, slots=True)
class UltrasoundAge:
    """The age at which heads have this size.

    ``two_sd_days`` is the spread between heads of one age, not the error of measuring; it is None
    where the source gives none, and ``remark`` may then say what it does give.
    """

    days: float
    two_sd_days: float | None
    method: str
    remark: str = ""

    def __str__(self) -> str:
        age = weeks_and_days(self.days)
        return age if self.two_sd_days is None else f"{age} ± {self.two_sd_days:.0f} d"


def hadlock_age(hc_mm: float) -> UltrasoundAge | NotAssessed:
    """Return the age of heads of this size: 8.96 + 0.540 HC + 0.0003 HC^3 weeks, HC in cm.

    Hadlock et al., Radiology 1984;152:497-501, for 68 to 360 mm. Two circulating misprints
    (a quadratic term; HC^2 for HC^3) give up to a week less at mid-pregnancy.
    """
    outside = _outside_hadlock(hc_mm)
    if outside is not None:
        return outside
    hc_cm = hc_mm / 10
    weeks = 8.96 + 0.540 * hc_cm + 0.0003 * hc_cm**3
    two_sd_weeks = next(spread for below, spread in _HADLOCK_TWO_SD_WEEKS if weeks < below)
    return UltrasoundAge(
        days=weeks * DAYS_OF_A_WEEK,
        two_sd_days=two_sd_weeks * DAYS_OF_A_WEEK,
        method=HADLOCK_1984,
    )


def hadlock_age_with_bpd(hc_mm: float, bpd: BiparietalDiameter) -> UltrasoundAge | NotAssessed:
    """Return the age by HC and BPD: 10.32 + 0.009 HC^2 + 1.32 BPD + 0.00012 HC^3 weeks, in cm.

    Hadlock et al., Radiology 1984;152:497-501. Its BPD is an outer-inner one, and an outer-outer
    one is converted first. No uncertainty of this equation is known to us.
    """
    outside = _outside_hadlock(hc_mm)
    if outside is not None:
        return outside
    hc_cm, bpd_cm = hc_mm / 10, bpd.measured_as(BpdConvention.OUTER_INNER).mm / 10
    weeks = 10.32 + 0.009 * hc_cm**2 + 1.3200 * bpd_cm + 0.00012 * hc_cm**3
    is_converted = bpd.convention is not BpdConvention.OUTER_INNER
    return UltrasoundAge(
        days=weeks * DAYS_OF_A_WEEK,
        two_sd_days=None,
        method=f"{HADLOCK_1984}, HC and BPD",
        remark="BPD converted from outer-outer to outer-inner (Wong 2018)" if is_converted else "",
    )


def intergrowth_days(hc_mm: float) -> float:
    """Return exp(0.05970 ln(HC)^2 + 6.409e-9 HC^3 + 3.3258) days, HC in mm, wherever asked.

    Papageorghiou et al., Ultrasound Obstet Gynecol 2016;48:719-726, for HC alone.
    """
    return math.exp(0.05970 * math.log(hc_mm) ** 2 + 6.409e-9 * hc_mm**3 + 3.3258)


def intergrowth_age(hc_mm: float) -> UltrasoundAge | NotAssessed:
    """Return the age by HC alone where INTERGROWTH-21st gives one: 98 to 181 days."""
    days = intergrowth_days(hc_mm)
    first, last = INTERGROWTH_RANGE_DAYS
    if not first <= days <= last:
        side = "smaller" if days < first else "larger"
        return NotAssessed(
            f"INTERGROWTH-21st dates by HC alone from {weeks_and_days(first)} to "
            f"{weeks_and_days(last)}; a head of {hc_mm:.1f} mm is {side}."
        )
    return UltrasoundAge(
        days=days,
        two_sd_days=None,
        method=INTERGROWTH_2016,
        remark="reported error 6 to 7 d at 14 weeks, 12 to 14 d at 26 weeks",
    )


# Each way to an age by HC alone, the default one first.
METHODS: dict[str, Callable[[float], UltrasoundAge | NotAssessed]] = {
    HADLOCK_KEY: hadlock_age,
    INTERGROWTH_KEY: intergrowth_age,
}


def ages_by_hc(hc_mm: float) -> dict[str, UltrasoundAge | NotAssessed]:
    """Return the age by each method, the default one first."""
    return {key: age_by(hc_mm) for key, age_by in METHODS.items()}


def age_range(
    hc_mm: Interval, age_by: Callable[[float], UltrasoundAge | NotAssessed]
) -> Interval | None:
    """Return the ages in days of both ends of an interval round HC; None if one has no age."""
    low, high = age_by(hc_mm.low), age_by(hc_mm.high)
    if isinstance(low, NotAssessed) or isinstance(high, NotAssessed):
        return None
    return Interval(low.days, high.days, hc_mm.coverage)


def _outside_hadlock(hc_mm: float) -> NotAssessed | None:
    smallest, largest = HADLOCK_RANGE_MM
    if smallest <= hc_mm <= largest:
        return None
    return NotAssessed(
        f"Hadlock 1984 dates heads of {smallest:.0f} to {largest:.0f} mm; this one has "
        f"{hc_mm:.1f} mm."
    )
