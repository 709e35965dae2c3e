"""Row: the smallest piece of a report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One fact with its label; ``note`` is what a reader may need to weigh it."""

    label: str
    value: str
    note: str = ""
