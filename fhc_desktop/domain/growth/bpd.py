"""The biparietal diameter, and between which borders of the skull it is measured."""

from dataclasses import dataclass
from enum import StrEnum


class BpdConvention(StrEnum):
    """Between which borders of the two skull bones a BPD is measured."""

    OUTER_OUTER = "outer-outer"
    OUTER_INNER = "outer-inner"


@dataclass(frozen=True, slots=True)
class BiparietalDiameter:
    """A BPD with its convention; the minor axis of an outline is an outer-outer one.

    Conversion: Wong et al., AJUM 2018;21:161-168 (543 fetuses of 14 to 40 weeks). Its two
    regressions are no inverses of each other: there and back differs by up to 0.2 mm.
    """

    mm: float
    convention: BpdConvention

    def measured_as(self, convention: BpdConvention) -> "BiparietalDiameter":
        """Return the diameter in another convention; itself where it has that already."""
        if convention is self.convention:
            return self
        if convention is BpdConvention.OUTER_INNER:
            return BiparietalDiameter(-0.403458 + 0.9714153 * self.mm, convention)
        return BiparietalDiameter(0.555934 + 1.027318 * self.mm, convention)
