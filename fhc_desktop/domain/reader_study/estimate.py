"""An estimate with its 95 % confidence interval, and the distributions that it takes."""

from dataclasses import dataclass
from typing import Protocol

COVERAGE = 0.95
# The share of a distribution below the upper end of an interval with that coverage.
UPPER_SHARE = (1 + COVERAGE) / 2
LOWER_SHARE = (1 - COVERAGE) / 2
# 95 % of a normal distribution lie within so many standard deviations of its mean.
NORMAL_95 = 1.959963984540054


class Quantiles(Protocol):
    """The values below which a share of a distribution lies, by its degrees of freedom."""

    def t(self, share: float, freedom: float) -> float: ...

    def f(self, share: float, above: float, below: float) -> float: ...

    def chi_squared(self, share: float, freedom: float) -> float: ...


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and the ends of its 95 % confidence interval; None where none can be reckoned."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class NotReckoned:
    """Why a statistic is not there, in a sentence."""

    reason: str


FEWEST_PICTURES = 3
TOO_FEW = NotReckoned(f"Fewer than {FEWEST_PICTURES} pictures have all readings.")
