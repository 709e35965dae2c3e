"""The order of names that people expect: image 2 before image 10."""

import re

_DIGITS = re.compile(r"([0-9]+)")


def natural_order(name: str) -> tuple[list[tuple[int, str]], str]:
    """Return what to sort a name by; capitals count only where all else is equal."""
    parts = _DIGITS.split(name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], name
