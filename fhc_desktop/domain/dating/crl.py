"""The age of an embryo by its crown-rump length."""

import math
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CrlEquation:
    """Days since the last menstrual period from a CRL in mm, within the range it was made for."""

    name: str
    smallest_mm: float
    largest_mm: float
    days: Callable[[float], float]

    def covers(self, crl_mm: float) -> bool:
        return self.smallest_mm <= crl_mm <= self.largest_mm

    @property
    def range_text(self) -> str:
        return f"{self.smallest_mm:.0f} to {self.largest_mm:.0f} mm"


INTERGROWTH_CRL = CrlEquation(
    name="INTERGROWTH-21st",
    smallest_mm=15.0,
    largest_mm=95.0,
    days=lambda crl_mm: 40.9041 + 3.21585 * math.sqrt(crl_mm) + 0.348956 * crl_mm,
)

# The factor 1.037 belongs to the equation; copies without it give up to two days less.
ROBINSON_CRL = CrlEquation(
    name="Robinson 1975",
    smallest_mm=10.0,
    largest_mm=84.0,
    days=lambda crl_mm: 8.052 * math.sqrt(1.037 * crl_mm) + 23.73,
)
