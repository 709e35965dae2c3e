"""How far a pregnancy is, and on whose word. Calendar days only: no clocks, no time zones."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fhc_desktop.domain.dating.crl import INTERGROWTH_CRL, ROBINSON_CRL, CrlEquation

DAYS_OF_A_WEEK = 7
DAYS_OF_PREGNANCY = 280
LONGEST_PREGNANCY_DAYS = 43 * DAYS_OF_A_WEEK
FARTHEST_EDD_DAYS = 300
USUAL_CYCLE_DAYS = 28
# Beyond these a cycle is too irregular to tell when the pregnancy began.
CYCLE_RANGE_DAYS = (20, 45)


@dataclass(frozen=True, slots=True, order=True)
class GestationalAge:
    """Completed days since the first day of the last menstrual period.

    Raises:
        ValueError: below 0 or above 43 weeks.
    """

    days: int

    def __post_init__(self) -> None:
        if not 0 <= self.days <= LONGEST_PREGNANCY_DAYS:
            raise ValueError(f"not the age of a pregnancy: {self.days} days")

    @property
    def weeks(self) -> float:
        """Exact decimal weeks, as growth equations take them."""
        return self.days / DAYS_OF_A_WEEK

    def __str__(self) -> str:
        return weeks_and_days(self.days)


class DatingMethod(StrEnum):
    """On what a gestational age rests."""

    LMP = "lmp"
    EDD = "edd"
    TYPED_AGE = "typed_age"
    CRL_INTERGROWTH = "crl_intergrowth21"
    CRL_ROBINSON = "crl_robinson1975"
    EARLIER_SCAN = "earlier_scan"
    RETRIEVAL = "oocyte_retrieval"
    DAY_3_TRANSFER = "day_3_transfer"
    DAY_5_TRANSFER = "day_5_transfer"


CRL_EQUATIONS: dict[DatingMethod, CrlEquation] = {
    DatingMethod.CRL_INTERGROWTH: INTERGROWTH_CRL,
    DatingMethod.CRL_ROBINSON: ROBINSON_CRL,
}
# Each assisted method with its name and the age on its day: 14 days and the embryo's own.
_ASSISTED = {
    DatingMethod.RETRIEVAL: ("oocyte retrieval", 14),
    DatingMethod.DAY_3_TRANSFER: ("transfer of a day-3 embryo", 17),
    DatingMethod.DAY_5_TRANSFER: ("transfer of a day-5 embryo", 19),
}
_WITH_AGE = {DatingMethod.TYPED_AGE, DatingMethod.EARLIER_SCAN}


@dataclass(frozen=True, slots=True)
class Dating:
    """A dating as it was entered: what was found, and the day on which it was.

    ``on`` is the LMP, the EDD, or the day of scan, retrieval or transfer; an age typed for the
    examination may have none, and is then that of any examination. ``cycle_days`` belongs to an
    LMP, ``crl_mm`` to a CRL.

    Raises:
        ValueError: a part is missing, or there that does not belong to the method.
    """

    method: DatingMethod
    on: date | None = None
    age: GestationalAge | None = None
    cycle_days: int = USUAL_CYCLE_DAYS
    crl_mm: float | None = None

    def __post_init__(self) -> None:
        if (self.method in _WITH_AGE) != (self.age is not None):
            raise ValueError(f"an age is entered for an age or a scan and only there: {self}")
        if self.on is None and self.method is not DatingMethod.TYPED_AGE:
            raise ValueError(f"a date is entered for all but a typed age: {self}")
        if (self.method in CRL_EQUATIONS) != (self.crl_mm is not None):
            raise ValueError(f"a length is entered for CRL and only there: {self}")
        if self.cycle_days != USUAL_CYCLE_DAYS and self.method is not DatingMethod.LMP:
            raise ValueError(f"a cycle is entered for LMP and only there: {self}")

    @classmethod
    def from_lmp(cls, lmp: date, cycle_days: int = USUAL_CYCLE_DAYS) -> "Dating":
        return cls(DatingMethod.LMP, on=lmp, cycle_days=cycle_days)

    @classmethod
    def from_edd(cls, edd: date) -> "Dating":
        return cls(DatingMethod.EDD, on=edd)

    @classmethod
    def from_age(cls, age: GestationalAge, on: date | None = None) -> "Dating":
        return cls(DatingMethod.TYPED_AGE, on=on, age=age)

    @classmethod
    def from_crl(
        cls, crl_mm: float, on: date, method: DatingMethod = DatingMethod.CRL_INTERGROWTH
    ) -> "Dating":
        return cls(method, on=on, crl_mm=crl_mm)

    @classmethod
    def from_earlier_scan(cls, age: GestationalAge, on: date) -> "Dating":
        return cls(DatingMethod.EARLIER_SCAN, on=on, age=age)

    @property
    def text(self) -> str:
        """The method with what was entered, for the panel and the report."""
        if self.method is DatingMethod.LMP:
            is_usual = self.cycle_days == USUAL_CYCLE_DAYS
            return f"LMP {self.on}{'' if is_usual else f', cycle of {self.cycle_days} days'}"
        if self.method is DatingMethod.EDD:
            return f"EDD {self.on}"
        if self.method in CRL_EQUATIONS:
            return f"CRL {self.crl_mm:.1f} mm on {self.on} ({CRL_EQUATIONS[self.method].name})"
        if self.method is DatingMethod.EARLIER_SCAN:
            return f"scan of {self.on}: {self.age}"
        if self.method in _ASSISTED:
            return f"{_ASSISTED[self.method][0]} on {self.on}"
        day = "the examination date" if self.on is None else self.on
        return f"age {self.age} entered for {day}"


@dataclass(frozen=True, slots=True)
class NoAge:
    """Why no gestational age follows from what was entered."""

    reason: str


def gestational_age(dating: Dating | None, exam_date: date | None) -> GestationalAge | NoAge:
    """Return the age on the day of the examination, or why there is none.

    EDD is LMP + 280 days (ACOG Committee Opinion 700).
    """
    if dating is None:
        return NoAge("No dating: enter LMP, EDD or the gestational age.")
    if dating.age is not None and dating.on is None:
        return dating.age
    if exam_date is None:
        return NoAge("No examination date.")
    if dating.method is DatingMethod.EDD:
        return _age_before(dating, exam_date)
    return _age_since(dating, exam_date)


def rests_on_its_own_day(dating: Dating, exam_date: date) -> bool:
    """Return whether the age of a scan would judge a head of that same scan.

    Nobody can tell whether it came from HC; what does has no place on a chart of HC. A CRL of the
    same day is no HC, and an age typed for the day is the clinician's own word.
    """
    return dating.method is DatingMethod.EARLIER_SCAN and dating.on == exam_date


def first_day(dating: Dating) -> date | NoAge:
    """Return the day on which the age is 0: the LMP, or what stands for it.

    A cycle moves it by its difference from 28 days, which is common but not part of ACOG 700.
    The fraction of a day that a CRL gives is rounded, half up, once and here.
    """
    if dating.on is None:
        return NoAge("An age without its day fits one examination only: enter the day as well.")
    days = _days_on_its_day(dating)
    return days if isinstance(days, NoAge) else _earlier(dating.on, days)


def edd_by(dating: Dating) -> date | NoAge:
    """Return the estimated date of delivery that a dating stands for."""
    if dating.method is DatingMethod.EDD and dating.on is not None:
        return dating.on
    start = first_day(dating)
    return start if isinstance(start, NoAge) else _earlier(start, -DAYS_OF_PREGNANCY)


def weeks_and_days(days: float) -> str:
    """Return days as completed weeks and days, rounded half up to a whole day once: 20w0d."""
    whole = whole_days(days)
    return f"{whole // DAYS_OF_A_WEEK}w{whole % DAYS_OF_A_WEEK}d"


def whole_days(days: float) -> int:
    """Return days rounded half up."""
    return int(days + 0.5)


def _days_on_its_day(dating: Dating) -> int | NoAge:
    """Return how far the pregnancy was, in days, on the day that was entered."""
    if dating.age is not None:
        return dating.age.days
    if dating.crl_mm is not None:
        return _days_by_crl(CRL_EQUATIONS[dating.method], dating.crl_mm)
    if dating.method in _ASSISTED:
        return _ASSISTED[dating.method][1]
    if dating.method is DatingMethod.EDD:
        return DAYS_OF_PREGNANCY
    shortest, longest = CYCLE_RANGE_DAYS
    if not shortest <= dating.cycle_days <= longest:
        return NoAge(f"A cycle of {dating.cycle_days} days dates nothing: {shortest} to {longest}.")
    return USUAL_CYCLE_DAYS - dating.cycle_days


def _days_by_crl(equation: CrlEquation, crl_mm: float) -> int | NoAge:
    if not equation.covers(crl_mm):
        return NoAge(
            f"{equation.name} dates a CRL of {equation.range_text}; this one has {crl_mm:.1f} mm."
        )
    return whole_days(equation.days(crl_mm))


def _earlier(day: date, days: int) -> date | NoAge:
    try:
        return day - timedelta(days=days)
    except OverflowError:
        return NoAge("This date lies beyond the calendar: check the year.")


def _age_since(dating: Dating, exam_date: date) -> GestationalAge | NoAge:
    start = first_day(dating)
    if isinstance(start, NoAge):
        return start
    event = _event(dating)
    if dating.on is not None and dating.on > exam_date:
        return NoAge(f"The {event} lies after the examination date.")
    if rests_on_its_own_day(dating, exam_date):
        return NoAge(
            "The dating scan is of this very day: its age may rest on the head measured here."
        )
    days = (exam_date - start).days
    if days < 0:
        return NoAge(f"By this {event} the pregnancy had not begun on the examination date.")
    if days > LONGEST_PREGNANCY_DAYS:
        named = "LMP" if dating.method is DatingMethod.LMP else f"the {event}"
        return NoAge(f"The age would be over 43 weeks: check {named} and examination date.")
    return GestationalAge(days)


def _age_before(dating: Dating, exam_date: date) -> GestationalAge | NoAge:
    edd = edd_by(dating)
    if isinstance(edd, NoAge):  # pragma: no cover - an EDD is its own
        return edd
    ahead = (edd - exam_date).days
    if ahead > FARTHEST_EDD_DAYS:
        return NoAge("The EDD lies more than 300 days after the examination date.")
    days = DAYS_OF_PREGNANCY - ahead
    if days < 0:
        return NoAge("By this EDD the pregnancy had not begun on the examination date.")
    if days > LONGEST_PREGNANCY_DAYS:
        return NoAge("The age would be over 43 weeks: check EDD and examination date.")
    return GestationalAge(days)


def _event(dating: Dating) -> str:
    """Return what happened on the day that was entered, in words."""
    if dating.method is DatingMethod.LMP:
        return "last menstrual period"
    if dating.method in _ASSISTED:
        return _ASSISTED[dating.method][0]
    return "day of the age" if dating.method is DatingMethod.TYPED_AGE else "dating scan"
