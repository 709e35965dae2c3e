"""The colours of the outline's states, in the window and on the page alike (Okabe and Ito's).

Each means one thing, is told apart by the colour-blind, and never speaks alone: a word, a sign or
the kind of line says the same.
"""

PROPOSAL = "#56b4e9"  # sky blue, and the line is dashed
EDITED = "#e69f00"  # orange
ACCEPTED = "#1fc493"  # bluish green, lighter than theirs: thin lines on black
ACCEPTED_ON_WHITE = "#009e73"
WARNING = "#f0e442"  # yellow
WARNING_ON_WHITE = "#7a6a00"
ERROR_ON_WHITE = "#d55e00"  # their red


def rgb(colour: str) -> tuple[int, int, int]:
    """Return the three parts of a colour written as #rrggbb."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue
