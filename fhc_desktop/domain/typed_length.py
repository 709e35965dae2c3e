"""A length that was typed, read forgivingly but never guessed at."""

import re
import unicodedata
from collections.abc import Collection

_LENGTH = re.compile(r"(?P<number>\d+(?:[.,]\d*)?|[.,]\d+)\s*(?P<unit>mm|cm|mm/px)?")
_MM_PER_CM = 10


def typed_mm(text: str, units: Collection[str] = ("mm",)) -> float | None:
    """Return a length in mm that was written with a comma or a point; None if it is none.

    ``units`` are those of mm, cm and mm/px that may be named; without one it is millimetres.
    """
    found = _LENGTH.fullmatch(unicodedata.normalize("NFKC", text.strip()).lower())
    if found is None or found["unit"] not in {None, *units}:
        return None
    number = float(found["number"].replace(",", "."))
    return number * _MM_PER_CM if found["unit"] == "cm" else number
