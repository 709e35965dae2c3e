"""What a spreadsheet would take for a formula, in the tables that we write for one."""

from itertools import takewhile

# Their full-width forms included.
_FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
# Some programs begin another cell or line here, or pass over it.
_BREAKS = frozenset("\t\r\n\0")


def guarded(text: str) -> str:
    """Return a text that no spreadsheet runs: with an apostrophe in front where one might.

    What is not seen in front of a sign does not hide it. For texts only: a number may be negative.
    """
    unseen = "".join(takewhile(_is_unseen, text))
    is_formula = text[len(unseen) :].startswith(_FORMULA_SIGNS)
    return f"'{text}" if is_formula or not _BREAKS.isdisjoint(unseen) else text


def _is_unseen(character: str) -> bool:
    return character.isspace() or not character.isprintable()
