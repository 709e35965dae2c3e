"""Tool: what the hand means in the image."""

from enum import Enum


class Tool(Enum):
    """What a drag with the left button means where there is no handle."""

    PAN = "pan"
    DRAW = "draw"
    RULER = "ruler"
