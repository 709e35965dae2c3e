"""How a draft lies in its file: as JSON, each value by the names of its fields.

A value that was written by another version, or altered, is refused by the types of the domain.
"""

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from fhc_desktop.domain.examination.draft import Draft
from fhc_desktop.domain.image.display import Display

# Of the texts below; a change of any type that a draft holds makes another one. What is only added
# does not: an older version passes over it, and a newer one has it from here.
FORM = 1
_ADDED = {"display": Display()}
_PLAIN = (str, int, float, bool)


def text_of(draft: Draft) -> str:
    """Return a draft as ASCII: names that are not Unicode are escaped."""
    return json.dumps(_told(draft))


def draft_of(text: str) -> Draft:
    """Return the draft that a text tells.

    Raises:
        ValueError: it tells none.
    """
    try:
        told = json.loads(text)
        found = _read(Draft, {name: _told(one) for name, one in _ADDED.items()} | told)
    except (AttributeError, KeyError, TypeError) as cause:
        raise ValueError("not a draft of this form") from cause
    if not isinstance(found, Draft):
        raise ValueError("not a draft of this form")  # noqa: TRY004 - of the text, not of a type
    return found


def _told(value: Any) -> Any:
    """Return a value of the domain as JSON has it: by names, texts and numbers."""
    match value:
        case Enum():
            told: Any = value.name
        case date():
            told = value.isoformat()
        case Path():
            told = str(value)
        case tuple():
            told = [_told(one) for one in value]
        case frozenset():
            # In an order of their own, so that one draft is one text.
            told = sorted((_told(one) for one in value), key=json.dumps)
        case None | str() | int() | float():
            told = value
        case _:
            told = {field.name: _told(getattr(value, field.name)) for field in fields(value)}
    return told


def _read(kind: Any, told: Any) -> Any:
    """Return the value of a type that JSON tells."""
    origin = get_origin(kind)
    if origin is UnionType:
        return None if told is None else _read(_something(kind), told)
    if origin is tuple:
        return tuple(_read_parts(get_args(kind), told))
    if origin is frozenset:
        return frozenset(_read(get_args(kind)[0], one) for one in told)
    return _read_single(kind, told)


def _read_single(kind: type[Any], told: Any) -> Any:
    if is_dataclass(kind):
        return kind(**{name: _read(part, told[name]) for name, part in _parts(kind).items()})
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
        return (_read(kinds[0], one) for one in told)
    return (_read(kind, one) for kind, one in zip(kinds, told, strict=True))


def _something(kind: Any) -> Any:
    (found,) = (part for part in get_args(kind) if part is not NoneType)
    return found


@cache
def _parts(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind) if field.init}
