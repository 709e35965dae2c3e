"""Where ultrasound and the last menstrual period disagree: pointed out, never applied."""

from dataclasses import dataclass
from enum import Enum

from fhc_desktop.domain.dating.gestation import (
    DAYS_OF_A_WEEK,
    DAYS_OF_PREGNANCY,
    Dating,
    DatingMethod,
    GestationalAge,
    NoAge,
    edd_by,
    gestational_age,
    weeks_and_days,
    whole_days,
)
from fhc_desktop.domain.growth.assessment import NotAssessed
from fhc_desktop.domain.growth.ultrasound_age import UltrasoundAge

SOURCE = "ACOG Committee Opinion 700"
_CRL_BELOW_DAYS = 14 * DAYS_OF_A_WEEK
_CAUTION_FROM_DAYS = 28 * DAYS_OF_A_WEEK
# (age by LMP below this many days, differences of more days than this count).
_LIMITS = (
    (9 * DAYS_OF_A_WEEK, 5),
    (_CRL_BELOW_DAYS, 7),
    (16 * DAYS_OF_A_WEEK, 7),
    (22 * DAYS_OF_A_WEEK, 10),
    (_CAUTION_FROM_DAYS, 14),
    (44 * DAYS_OF_A_WEEK, 21),
)


class Biometry(Enum):
    """By what the ultrasound dated; HC has no limit before 14 weeks, which are for CRL."""

    CRL = "CRL"
    HC = "HC"
    SCAN = "the dating scan"


_BIOMETRY = {
    DatingMethod.CRL_INTERGROWTH: Biometry.CRL,
    DatingMethod.CRL_ROBINSON: Biometry.CRL,
    DatingMethod.EARLIER_SCAN: Biometry.SCAN,
}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An age by ultrasound that is off the age by LMP by more days than the limit."""

    by_lmp: GestationalAge
    by_ultrasound: GestationalAge
    biometry: Biometry
    limit_days: int

    @property
    def days(self) -> int:
        """How many days ultrasound is ahead of the LMP."""
        return self.by_ultrasound.days - self.by_lmp.days

    def __str__(self) -> str:
        ahead = "ahead of" if self.days > 0 else "behind"
        said = (
            f"By {self.biometry.value} the age is {self.by_ultrasound}, {abs(self.days)} days "
            f"{ahead} the LMP ({self.by_lmp}); {SOURCE} allows {self.limit_days}. "
            "The dating is unchanged."
        )
        if self.biometry is Biometry.HC:
            said += " HC alone only suggests: the rule is for several measurements together."
        if self.by_lmp.days >= _CAUTION_FROM_DAYS:
            said += " So late, a new date may hide a growth restriction."
        return said


def disagreement(
    by_lmp: GestationalAge, by_ultrasound: GestationalAge, biometry: Biometry
) -> Disagreement | NotAssessed | None:
    """Return whether two ages of one day differ by more than ACOG 700 allows; None if not.

    The band is that of the age by LMP; the difference, of whole days, must be strictly greater
    than its limit.
    """
    if biometry is Biometry.HC and by_lmp.days < _CRL_BELOW_DAYS:
        return NotAssessed(
            f"{SOURCE} compares with CRL only before {weeks_and_days(_CRL_BELOW_DAYS)}."
        )
    limit = next(days for below, days in _LIMITS if by_lmp.days < below)
    if abs(by_ultrasound.days - by_lmp.days) <= limit:
        return None
    return Disagreement(by_lmp, by_ultrasound, biometry, limit)


def disagreement_of_datings(one: Dating | None, other: Dating | None) -> Disagreement | None:
    """Return how far a dating by ultrasound is off an LMP; None where nothing is said.

    Both are compared on the day of the scan, whichever of them is in force.
    """
    lmp, scan = (one, other) if one is not None and one.method is DatingMethod.LMP else (other, one)
    if lmp is None or scan is None or lmp.method is not DatingMethod.LMP or scan.on is None:
        return None
    biometry = _BIOMETRY.get(scan.method)
    by_lmp, edd = gestational_age(lmp, scan.on), edd_by(scan)
    if biometry is None or isinstance(by_lmp, NoAge) or isinstance(edd, NoAge):
        return None
    by_scan = GestationalAge(DAYS_OF_PREGNANCY - (edd - scan.on).days)
    found = disagreement(by_lmp, by_scan, biometry)
    return found if isinstance(found, Disagreement) else None


def disagreement_by_hc(
    dating: Dating | None, by_lmp: GestationalAge, by_hc: UltrasoundAge | NotAssessed
) -> Disagreement | None:
    """Return how far an age by HC is off an age that rests on an LMP; None where nothing is said.

    Only an LMP is compared: what was dated by ultrasound or assisted reproduction stays.
    """
    if dating is None or dating.method is not DatingMethod.LMP or isinstance(by_hc, NotAssessed):
        return None
    found = disagreement(by_lmp, GestationalAge(whole_days(by_hc.days)), Biometry.HC)
    return found if isinstance(found, Disagreement) else None
