"""JSON whose decimals keep their digits: FHIR tells 48.0 from 48, and a float does not."""

import json
from decimal import Decimal
from typing import Any


def json_text(value: Any) -> str:
    """Return a resource as JSON, indented by two, in plain ASCII: one value gives one text."""
    return f"{_text(value, '')}\n"


def _text(value: Any, margin: str) -> str:
    inner = f"{margin}  "
    match value:
        case dict():
            lines = [f"{_text(key, inner)}: {_text(part, inner)}" for key, part in value.items()]
            return _block("{", lines, "}", margin)
        case list():
            return _block("[", [_text(part, inner) for part in value], "]", margin)
        case Decimal():
            return f"{value:f}"
        case str():
            # Half a character, as a damaged file name holds, is no text of JSON's.
            return json.dumps(value.encode("utf-8", "replace").decode("utf-8"))
        case bool() | int():
            return json.dumps(value)
        case _:
            raise TypeError(type(value))


def _block(opening: str, lines: list[str], closing: str, margin: str) -> str:
    joined = ",\n".join(f"{margin}  {line}" for line in lines)
    return f"{opening}\n{joined}\n{margin}{closing}"
