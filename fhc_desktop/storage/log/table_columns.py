"""The columns of a table for other programs, and what each of them holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

Row = Mapping[str, Any]
Batches = Iterable[Sequence[Row]]


class Holds(Enum):
    """What the cells of a column are; any may be empty."""

    TEXT = auto()
    WHOLE = auto()
    NUMBER = auto()
    DAY = auto()
    TIME = auto()


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column by its name in the log; days and times are texts there, by ISO 8601."""

    name: str
    holds: Holds


_BY_SQL = {"TEXT": Holds.TEXT, "INTEGER": Holds.WHOLE, "REAL": Holds.NUMBER}
_BY_NAME = {
    "created_at": Holds.TIME,
    "dating_date": Holds.DAY,
    "exam_date": Holds.DAY,
    "patient_birth_date": Holds.DAY,
}


def table_column(name: str, sql_type: str) -> TableColumn:
    """Return the column of a name and type in the database."""
    return TableColumn(name, _BY_NAME.get(name, _BY_SQL[sql_type]))


def as_characters(text: str) -> str:
    """Return a text that any file can hold: half characters of file names are spelt out."""
    return text.encode("utf-8", errors="backslashreplace").decode("utf-8")
