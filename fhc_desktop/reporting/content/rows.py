"""Row: the smallest piece of a report; and how a number with a sign is written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One fact with its label; ``note`` is what a reader may need to weigh it."""

    label: str
    value: str
    note: str = ""


def signed(number: float, decimals: int) -> str:
    """Return a number with its sign, a true minus, and no sign on what rounds to nought."""
    text = f"{abs(number):.{decimals}f}"
    if not float(text):
        return text
    return f"{'−' if number < 0 else '+'}{text}"
