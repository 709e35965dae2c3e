"""What was typed into a field, read forgivingly but never guessed at; pure, no Qt."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from fhc_desktop.domain.dating.gestation import (
    CRL_EQUATIONS,
    FARTHEST_EDD_DAYS,
    USUAL_CYCLE_DAYS,
    Dating,
    DatingMethod,
    GestationalAge,
    NoAge,
    edd_by,
)
from fhc_desktop.domain.dating.typed_dates import Wrong, parse_date, read_age, read_days, read_mm

# No woman who is examined now was dated before; such a year is a slip of the finger.
_FIRST_YEAR = 1900
_UNFINISHED = {
    DatingMethod.LMP: ("Enter the LMP as well.", ""),
    DatingMethod.TYPED_AGE: ("Enter the age as well.", ""),
    DatingMethod.CRL_INTERGROWTH: ("Enter the day of that scan as well.", "Enter the CRL as well."),
    DatingMethod.CRL_ROBINSON: ("Enter the day of that scan as well.", "Enter the CRL as well."),
    DatingMethod.EARLIER_SCAN: (
        "Enter the day of that scan as well.",
        "Enter the age at that scan as well.",
    ),
}


class Part(Enum):
    """The two fields that a dating is typed into: most methods need the first alone."""

    VALUE = "value"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that cannot be taken, and in which of the two fields it stands."""

    part: Part
    sentence: str


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An entry of which one part is still missing."""

    sentence: str


def parse_exam_date(text: str, *, order: str, today: date) -> date | Wrong | None:
    """Return the day of an examination that was typed; it cannot lie ahead."""
    found = parse_date(text, order=order)
    # One day's grace: the clock of a ward and that of the computer may lie a time zone apart.
    if isinstance(found, date) and found > today + timedelta(days=1):
        return Wrong(f"{found} is a day to come: check the examination date.")
    return found


def parse_dating(
    method: DatingMethod, value: str, extra: str = "", *, order: str, today: date
) -> Dating | Refused | Unfinished | None:
    """Return the dating that was typed; None where nothing was.

    ``value`` is a date, for a typed age the age; ``extra`` is the cycle of an LMP, the CRL, the
    age at an earlier scan, or the day of a typed age.
    """
    has_age_first = method is DatingMethod.TYPED_AGE
    first = read_age(value) if has_age_first else _read_day(value, method, order, today)
    second = _read_extra(method, extra, order=order, today=today)
    for part, found in ((Part.VALUE, first), (Part.EXTRA, second)):
        if isinstance(found, Wrong):
            return Refused(part, found.sentence)
    if first is None and second is None:
        return None
    without_value, without_extra = _UNFINISHED.get(method, ("", ""))
    if first is None:
        return Unfinished(without_value)
    if second is None and without_extra:
        return Unfinished(without_extra)
    dating = _built(method, first, second)
    edd = edd_by(dating)
    # A typed age without its day has no EDD, and is none the worse for it.
    if isinstance(edd, NoAge) and dating.on is not None:
        return Refused(Part.EXTRA, edd.reason)
    return dating


def dating_texts(dating: Dating) -> tuple[str, str]:
    """Return what would have to be typed for a dating; reading it gives the same dating."""
    on = "" if dating.on is None else dating.on.isoformat()
    if dating.method is DatingMethod.TYPED_AGE:
        return str(dating.age), on
    if dating.method is DatingMethod.EARLIER_SCAN:
        return on, str(dating.age)
    if dating.crl_mm is not None:
        return on, str(dating.crl_mm).removesuffix(".0")
    return on, "" if dating.cycle_days == USUAL_CYCLE_DAYS else str(dating.cycle_days)


def _read_day(text: str, method: DatingMethod, order: str, today: date) -> date | Wrong | None:
    found = parse_date(text, order=order)
    if not isinstance(found, date):
        return found
    if found.year < _FIRST_YEAR:
        return Wrong(f"{found} dates no pregnancy of today: check the year.")
    if method is DatingMethod.EDD:
        if found > today + timedelta(days=FARTHEST_EDD_DAYS + 1):
            return Wrong("The EDD lies more than 300 days after today.")
    elif found > today + timedelta(days=1):
        return Wrong(f"{found} is a day to come.")
    return found


def _read_extra(
    method: DatingMethod, text: str, *, order: str, today: date
) -> date | GestationalAge | float | Wrong | None:
    if method is DatingMethod.LMP:
        return read_days(text)
    if method in CRL_EQUATIONS:
        return read_mm(text)
    if method is DatingMethod.EARLIER_SCAN:
        return read_age(text)
    if method is DatingMethod.TYPED_AGE:
        return _read_day(text, method, order, today)
    return None


def _built(method: DatingMethod, first: object, second: object) -> Dating:
    match method, first, second:
        case DatingMethod.TYPED_AGE, GestationalAge() as age, on:
            return Dating(method, on=on if isinstance(on, date) else None, age=age)
        case DatingMethod.LMP, date() as on, int() as cycle_days:
            return Dating(method, on=on, cycle_days=cycle_days)
        case DatingMethod.EARLIER_SCAN, date() as on, GestationalAge() as age:
            return Dating(method, on=on, age=age)
        case _, date() as on, float() as crl_mm:
            return Dating(method, on=on, crl_mm=crl_mm)
        case _, date() as on, _:
            return Dating(method, on=on)
    raise TypeError(f"not the parts of a dating: {first}, {second}")
