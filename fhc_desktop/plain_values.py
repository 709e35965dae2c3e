"""Values of the domain as JSON has them, each by the names of its fields, and back again.

A value that was written by another version, or altered, is refused by its own type. It lies on the
ground floor: drafts and reports are written alike.
"""

import json
from collections.abc import Iterable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

_PLAIN = (str, int, float, bool)


def told(value: Any) -> Any:
    """Return a value as JSON has it: by names, texts and numbers."""
    match value:
        case Enum():
            said: Any = value.name
        case date():
            said = value.isoformat()
        case Path():
            said = str(value)
        case tuple():
            said = [told(one) for one in value]
        case frozenset():
            # In an order of their own, so that one draft is one text.
            said = sorted((told(one) for one in value), key=json.dumps)
        case None | str() | int() | float():
            said = value
        case _:
            kind: type = type(value)
            said = {name: told(getattr(value, name)) for name in _parts(kind)}
    return said


def read(kind: Any, told: Any) -> Any:
    """Return the value of a type that JSON tells.

    Raises:
        AttributeError, KeyError, TypeError, ValueError: it tells none.
    """
    origin = get_origin(kind)
    if origin is UnionType:
        return None if told is None else read(_something(kind), told)
    if origin is tuple:
        return tuple(_read_parts(get_args(kind), told))
    if origin is frozenset:
        return frozenset(read(get_args(kind)[0], one) for one in told)
    return _read_single(kind, told)


def _read_single(kind: type[Any], told: Any) -> Any:
    if is_dataclass(kind):
        # A field that came later, and has a value without a word, is not there in older texts.
        later = _defaulted(kind) - told.keys()
        parts = {name: part for name, part in _parts(kind).items() if name not in later}
        return kind(**{name: read(part, told[name]) for name, part in parts.items()})
    if issubclass(kind, Enum):
        return kind[told]
    if issubclass(kind, datetime | date):
        return kind.fromisoformat(told)
    if issubclass(kind, Path):
        return Path(told)
    # A whole number may be told of a length; nothing else is taken for something else.
    if kind not in _PLAIN or not (isinstance(told, kind) or (kind is float and type(told) is int)):
        raise ValueError(f"not a {kind.__name__}")
    return told


def _read_parts(kinds: tuple[Any, ...], told: Any) -> Iterable[Any]:
    if kinds[-1] is ...:
        return (read(kinds[0], one) for one in told)
    return (read(kind, one) for kind, one in zip(kinds, told, strict=True))


def _something(kind: Any) -> Any:
    (found,) = (part for part in get_args(kind) if part is not NoneType)
    return found


@cache
def _defaulted(kind: type) -> frozenset[str]:
    return frozenset(field.name for field in fields(kind) if field.default is not MISSING)


@cache
def _parts(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    kept = [one for one in fields(kind) if one.init and one.metadata.get("is_kept", True)]
    return {field.name: hints[field.name] for field in kept}
