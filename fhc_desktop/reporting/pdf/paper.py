"""The papers that a report is printed on."""

from enum import StrEnum

from reportlab.lib import pagesizes


class Paper(StrEnum):
    """A paper by its name; every page is laid out on A4, and made smaller where one is shorter."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        width, height = _SIZES[self]
        return float(width), float(height)

    @property
    def placement(self) -> tuple[float, float]:
        """How large A4 is drawn on it, as a factor, and how far from the left edge in points."""
        width, height = self.size
        a4_width, a4_height = Paper.A4.size
        factor = min(width / a4_width, height / a4_height)
        return factor, (width - factor * a4_width) / 2


_SIZES = {Paper.A4: pagesizes.A4, Paper.LETTER: pagesizes.LETTER}


def paper_of_height(points: float) -> Paper:
    """Return the paper of a page by its height: of any other one, the nearest."""
    return min(Paper, key=lambda paper: abs(paper.size[1] - points))
