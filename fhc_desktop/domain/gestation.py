"""How far a pregnancy is, and on whose word. Calendar days only: no clocks, no time zones."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAYS_OF_PREGNANCY = 280
LONGEST_PREGNANCY_DAYS = 43 * 7
FARTHEST_EDD_DAYS = 300

_AGE_PATTERNS = (
    re.compile(r"(?P<weeks>\d{1,2})\s*(?:w|wk|wks|weeks?)?\s*\+\s*(?P<days>\d)\s*(?:d|days?)?"),
    re.compile(
        r"(?P<weeks>\d{1,2})\s*(?:w|wk|wks|weeks?)\s*(?:(?P<days>\d)\s*(?:d|days?)?)?",
    ),
    re.compile(r"(?P<weeks>\d{1,2})\s+(?P<days>\d)\s*/\s*7"),
    re.compile(r"(?P<weeks>\d{1,2})"),
)


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
        return self.days / 7

    def __str__(self) -> str:
        return weeks_and_days(self.days)


class DatingMethod(StrEnum):
    """On what a gestational age rests."""

    LMP = "lmp"
    EDD = "edd"
    TYPED_AGE = "typed_age"


@dataclass(frozen=True, slots=True)
class Dating:
    """A dating as it was entered: a date, or an age on the day of the examination."""

    method: DatingMethod
    on: date | None = None
    age: GestationalAge | None = None

    def __post_init__(self) -> None:
        if (self.method is DatingMethod.TYPED_AGE) != (self.age is not None):
            raise ValueError(f"an age is entered for typed dating and only there: {self}")
        if (self.method is DatingMethod.TYPED_AGE) == (self.on is not None):
            raise ValueError(f"a date is entered for LMP and EDD and only there: {self}")

    @classmethod
    def from_lmp(cls, lmp: date) -> "Dating":
        return cls(DatingMethod.LMP, on=lmp)

    @classmethod
    def from_edd(cls, edd: date) -> "Dating":
        return cls(DatingMethod.EDD, on=edd)

    @classmethod
    def from_age(cls, age: GestationalAge) -> "Dating":
        return cls(DatingMethod.TYPED_AGE, age=age)

    @property
    def text(self) -> str:
        """The method with what was entered, for the panel and the report."""
        if self.method is DatingMethod.LMP:
            return f"LMP {self.on:%Y-%m-%d}"
        if self.method is DatingMethod.EDD:
            return f"EDD {self.on:%Y-%m-%d}"
        return f"age {self.age} entered for the examination date"


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
    if dating.age is not None:
        return dating.age
    if exam_date is None:
        return NoAge("No examination date.")
    if dating.on is None:  # pragma: no cover - excluded by Dating itself
        return NoAge("No date.")
    if dating.method is DatingMethod.LMP:
        return _age_since(dating.on, exam_date)
    return _age_before(dating.on, exam_date)


def edd_of(age: GestationalAge, exam_date: date) -> date:
    """Return the estimated date of delivery: the day on which the age will be 280 days."""
    return exam_date + timedelta(days=DAYS_OF_PREGNANCY - age.days)


def parse_age(text: str) -> GestationalAge | None:
    """Return the age written as 20w3d, 20+3, 20 3/7, 20w or 20; None when it is none of these."""
    cleaned = text.strip().lower()
    for pattern in _AGE_PATTERNS:
        found = pattern.fullmatch(cleaned)
        if found is None:
            continue
        parts = found.groupdict()
        days = int(parts.get("days") or 0)
        total = int(parts["weeks"]) * 7 + days
        if days > 6 or total > LONGEST_PREGNANCY_DAYS:  # noqa: PLR2004
            return None
        return GestationalAge(total)
    return None


def weeks_and_days(days: float) -> str:
    """Return days as completed weeks and days, rounded half up to a whole day once: 20w0d."""
    whole = int(days + 0.5)
    return f"{whole // 7}w{whole % 7}d"


def _age_since(lmp: date, exam_date: date) -> GestationalAge | NoAge:
    days = (exam_date - lmp).days
    if days < 0:
        return NoAge("The last menstrual period lies after the examination date.")
    if days > LONGEST_PREGNANCY_DAYS:
        return NoAge("The age would be over 43 weeks: check LMP and examination date.")
    return GestationalAge(days)


def _age_before(edd: date, exam_date: date) -> GestationalAge | NoAge:
    ahead = (edd - exam_date).days
    if ahead > FARTHEST_EDD_DAYS:
        return NoAge("The EDD lies more than 300 days after the examination date.")
    days = DAYS_OF_PREGNANCY - ahead
    if days < 0:
        return NoAge("By this EDD the pregnancy had not begun on the examination date.")
    if days > LONGEST_PREGNANCY_DAYS:
        return NoAge("The age would be over 43 weeks: check EDD and examination date.")
    return GestationalAge(days)
