"""The value of an attribute that may stay: checked against what it may be, moved or replaced."""

import re
from collections.abc import Callable
from typing import Any

from pydicom.datadict import tag_for_keyword
from pydicom.uid import UID

from fhc_desktop.domain.pseudonym import shifted
from fhc_desktop.imaging.deidentified.identifying import Identifying
from fhc_desktop.imaging.deidentified.kept_attributes import Kind, Rule, Span
from fhc_desktop.imaging.deidentified.new_identity import NewIdentity
from fhc_desktop.imaging.dicom.dates import read_date

_FEW = 8  # values that together may be read as a day; more of them are the times of frames
_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,2})?")
_TIME = re.compile(r"([01][0-9]|2[0-3])([0-5][0-9](([0-5][0-9]|60)(\.[0-9]{1,6})?)?)?")
_MOMENT = re.compile(r"([0-9]{8})([0-9.]{2,13})?([+-][0-9]{4})?")
_FRACTIONS = {"DS", "FD", "FL"}
_POINTERS = frozenset(tag_for_keyword(name) for name in ("FrameTime", "FrameTimeVector"))
_NOTHING = 1e-12  # smaller than anything measured, as are letters taken for a number
_SOP_CLASS = "SOP Class"


def cleaned(value: Any, rule: Rule, value_representation: str, identity: NewIdentity) -> Any:
    """Return a value, or each of several, as its rule lets it stay; None where it must not.

    pydicom and what it is asked for may raise anything over a damaged value.
    """
    is_many = hasattr(value, "__iter__") and not isinstance(value, str | bytes)
    values = list(value) if is_many else [value]
    harmless = [_cleaned_one(one, rule, value_representation, identity) for one in values]
    # One value that cannot be kept makes the others mean something else.
    if any(one is None for one in harmless) or _is_day_in_parts(values, identity.identifying):
        return None
    return harmless if is_many else harmless[0]


def _cleaned_one(value: Any, rule: Rule, value_representation: str, identity: NewIdentity) -> Any:
    if isinstance(rule, Span):
        return _number(value, rule, value_representation, identity.identifying)
    if rule is Kind.POINTER:
        return int(value) if int(value) in _POINTERS else None
    text = str(value).strip("\0 ")
    if isinstance(rule, Kind):
        return _TEXTS[rule](text, identity)
    return text if text in rule and not identity.identifying.is_in_text(text) else None


def _is_day_in_parts(values: list[Any], identifying: Identifying) -> bool:
    written = [str(value) for value in values]
    is_of_integers = all(one.isdigit() for one in written)
    return is_of_integers and 1 < len(values) <= _FEW and identifying.is_day_in(" ".join(written))


def _number(
    value: Any, span: Span, value_representation: str, identifying: Identifying
) -> int | float | str | None:
    """Return a number within its span that is none of hers, in the file's own digits."""
    if value_representation in _FRACTIONS:
        number = float(value)
        # PixelSpacing would otherwise change in the last of its digits.
        written = str(getattr(value, "original_string", value)).strip()
    else:
        number = int(value)
        written = str(number)
    is_possible = span.least <= number <= span.most and (number == 0 or abs(number) > _NOTHING)
    if not (_DECIMAL.fullmatch(written) and is_possible):
        return None
    if identifying.is_in_measure(written) or (span.is_free and identifying.is_number(int(number))):
        return None
    if value_representation == "DS":
        return written
    is_spelled = isinstance(number, float) and identifying.is_in_bytes(number)
    return None if is_spelled else number


def _known_class(text: str, identity: NewIdentity) -> str | None:
    return text if UID(text).type == _SOP_CLASS else _new_uid(text, identity)


def _new_uid(text: str, identity: NewIdentity) -> str | None:
    return identity.key.uid(text) if text else None


def _moved(text: str, identity: NewIdentity) -> str | None:
    moved = shifted(read_date(text), identity.key.shift_days(identity.patient))
    return None if moved is None else f"{moved:%Y%m%d}".rjust(8, "0")


def _moved_moment(text: str, identity: NewIdentity) -> str | None:
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    day, time = _moved(found[1], identity), _time(found[2] or "00", identity)
    # The zone would tell the country.
    return None if day is None or time is None else day + (time if found[2] else "")


def _time(text: str, identity: NewIdentity) -> str | None:
    is_hers = identity.identifying.is_in_text(text)
    return text if _TIME.fullmatch(text) and not is_hers else None


_TEXTS: dict[Kind, Callable[[str, NewIdentity], str | None]] = {
    Kind.CLASS: _known_class,
    Kind.INSTANCE: _new_uid,
    Kind.DAY: _moved,
    Kind.MOMENT: _moved_moment,
    Kind.TIME: _time,
}
