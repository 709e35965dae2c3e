"""How far a proposal can be trusted: its grade in words, and the interval round its HC."""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np


class Grade(StrEnum):
    """What the model says of its own proposal, in a word; a new value must be read everywhere."""

    GOOD = "good"
    LOOK_AGAIN = "look again"
    NOT_MEASURABLE = "not measurable"


@dataclass(frozen=True, slots=True)
class Interval:
    """Two ends, and the share of heads whose true value lies between them.

    The name of the variable says what is counted and in which unit.

    Raises:
        ValueError: the ends are the wrong way round, or the coverage is no share.
    """

    low: float
    high: float
    coverage: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"not an interval: {self}")
        _check_coverage(self.coverage)

    @property
    def coverage_text(self) -> str:
        return f"{100 * self.coverage:.0f} %"

    @property
    def text(self) -> str:
        """Both ends with one decimal, and no unit: 173.4–179.6."""
        return f"{self.low:.1f}–{self.high:.1f}"


@dataclass(frozen=True, slots=True)
class IntervalRule:
    """How wide the interval of a head is, fitted on heads that the model never saw.

    The half width in mm is ``base_mm + hc_share * hc_mm + spread_share * expected_error * hc_mm``,
    times a factor that runs through ``multiples`` at ``knots_mm`` and is constant beyond the ends.
    It was fitted by split conformal prediction: of ``heads`` like those, the share ``coverage``
    lies inside. ``spread_share``, of the expected error, has the name that bundles know it by.

    Raises:
        ValueError: no interval could follow from these numbers.
    """

    coverage: float
    knots_mm: tuple[float, ...]
    multiples: tuple[float, ...]
    base_mm: float
    hc_share: float
    spread_share: float
    heads: int

    def __post_init__(self) -> None:
        _check_coverage(self.coverage)
        if not self.knots_mm or len(self.knots_mm) != len(self.multiples):
            raise ValueError(f"each knot needs its multiple: {self}")
        if not np.all(np.isfinite(self.knots_mm)) or not np.all(np.diff(self.knots_mm) > 0):
            raise ValueError(f"knots must increase: {self.knots_mm}")
        if not all(0 < multiple < math.inf for multiple in self.multiples):
            raise ValueError(f"multiples must be positive: {self.multiples}")
        parts = (self.base_mm, self.hc_share, self.spread_share)
        if not all(0 <= part < math.inf for part in parts) or not any(parts):
            raise ValueError(f"an interval without width: {self}")
        if self.heads < 1:
            raise ValueError(f"fitted on no head: {self}")

    def half_width_mm(self, hc_mm: float, expected_error: float) -> float:
        multiple = float(np.interp(hc_mm, self.knots_mm, self.multiples))
        return multiple * (
            self.base_mm + self.hc_share * hc_mm + self.spread_share * expected_error * hc_mm
        )


@dataclass(frozen=True, slots=True)
class Confidence:
    """The model's word on its own proposal; an outline that was edited has none.

    ``reasons`` are phrases or sentences in words. ``expected_error`` is by how much HC is likely
    off, as a share of it. ``rule`` is None where the bundle has no fitted interval.

    Raises:
        ValueError: ``expected_error`` is negative or no number.
    """

    grade: Grade
    reasons: tuple[str, ...] = ()
    expected_error: float = 0.0
    rule: IntervalRule | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.expected_error < math.inf:
            raise ValueError(f"not a share of HC: {self.expected_error}")

    @property
    def is_measurable(self) -> bool:
        return self.grade is not Grade.NOT_MEASURABLE

    @property
    def reasons_text(self) -> str:
        """All reasons in one line, as phrases: without full stops or capitals in between."""
        phrases = [reason.strip().removesuffix(".") for reason in self.reasons]
        return "; ".join([*phrases[:1], *map(_uncapitalised, phrases[1:])])

    def interval_mm(self, hc_mm: float) -> Interval | None:
        """Return the interval round an HC; None without a rule, or where nothing is measured."""
        if self.rule is None or not self.is_measurable:
            return None
        half_mm = self.rule.half_width_mm(hc_mm, self.expected_error)
        return Interval(max(0.0, hc_mm - half_mm), hc_mm + half_mm, self.rule.coverage)


def _uncapitalised(phrase: str) -> str:
    # A word in capitals is a name: HC, GPU.
    is_name = not phrase[1:2].islower()
    return phrase if is_name else phrase[:1].lower() + phrase[1:]


def _check_coverage(coverage: float) -> None:
    if not 0 < coverage < 1:
        raise ValueError(f"not a share of heads: {coverage}")
