"""What a reader study comes to: each comparison of two columns of numbers, and all together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations

import numpy as np

from fhc_desktop.domain.reader_study.agreement import Agreement, agreement
from fhc_desktop.domain.reader_study.estimate import NotReckoned, Quantiles
from fhc_desktop.domain.reader_study.reliability import Reliability, reliability
from fhc_desktop.domain.reader_study.repeatability import Repeatability, repeatability

ByPicture = Mapping[str, float]
"""HC in mm by the picture's code."""


class Kind(Enum):
    """Who is compared with whom."""

    INTRA = "intra-observer"
    INTER = "inter-observer"
    MODEL = "model against reader"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two readings of the same pictures, HC in mm; differences are ``second`` minus ``first``."""

    kind: Kind
    first_name: str
    second_name: str
    first_mm: tuple[float, ...]
    second_mm: tuple[float, ...]

    @property
    def name(self) -> str:
        return f"{self.second_name} − {self.first_name}"

    @property
    def means_mm(self) -> tuple[float, ...]:
        return tuple((a + b) / 2 for a, b in zip(self.first_mm, self.second_mm, strict=True))

    @property
    def differences_mm(self) -> tuple[float, ...]:
        return tuple(b - a for a, b in zip(self.first_mm, self.second_mm, strict=True))

    @property
    def differences_percent(self) -> tuple[float, ...]:
        """Each difference in per cent of its pair's mean."""
        pairs = zip(self.differences_mm, self.means_mm, strict=True)
        return tuple(100 * difference / mean for difference, mean in pairs)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison with its statistics; repeatability is that of one reader alone."""

    compared: Compared
    agreement_mm: Agreement | NotReckoned
    agreement_percent: Agreement | NotReckoned
    reliability: Reliability | NotReckoned
    repeatability_mm: Repeatability | NotReckoned | None


@dataclass(frozen=True, slots=True)
class Results:
    """All comparisons; ``of_all`` is the reliability of all readers together, None of one alone."""

    comparisons: tuple[Comparison, ...]
    of_all: Reliability | NotReckoned | None


def results(
    occasions: Mapping[str, tuple[ByPicture, ByPicture]],
    by_model: ByPicture,
    quantiles: Quantiles,
) -> Results:
    """Return the statistics of each reader's first and second readings, and of the model's.

    Readers are compared with each other and with the model by their first readings: one pair for
    each picture, so that a repeated picture counts no more than any other.
    """
    firsts = {reader: first for reader, (first, _) in occasions.items()}
    found = [
        *(
            _paired(Kind.INTRA, (f"{reader}, first", first), (f"{reader}, second", second))
            for reader, (first, second) in occasions.items()
        ),
        *(
            _paired(Kind.INTER, (one, firsts[one]), (other, firsts[other]))
            for one, other in combinations(firsts, 2)
        ),
        *(_paired(Kind.MODEL, (one, first), ("model", by_model)) for one, first in firsts.items()),
    ]
    return Results(
        tuple(_comparison(compared, quantiles) for compared in found),
        _of_all(list(firsts.values()), quantiles),
    )


def _paired(kind: Kind, first: tuple[str, ByPicture], second: tuple[str, ByPicture]) -> Compared:
    codes = sorted(first[1].keys() & second[1].keys())
    return Compared(
        kind,
        first[0],
        second[0],
        tuple(first[1][code] for code in codes),
        tuple(second[1][code] for code in codes),
    )


def _comparison(compared: Compared, quantiles: Quantiles) -> Comparison:
    values = np.array([compared.first_mm, compared.second_mm]).T
    is_own = compared.kind is Kind.INTRA
    return Comparison(
        compared,
        agreement_mm=agreement(compared.differences_mm, quantiles),
        agreement_percent=agreement(compared.differences_percent, quantiles),
        reliability=reliability(values, quantiles),
        repeatability_mm=repeatability(compared.differences_mm, quantiles) if is_own else None,
    )


def _of_all(firsts: Sequence[ByPicture], quantiles: Quantiles) -> Reliability | NotReckoned | None:
    if len(firsts) < 2:  # noqa: PLR2004 - nobody to agree with
        return None
    codes = sorted(set.intersection(*(set(first) for first in firsts)))
    values = np.array([[first[code] for first in firsts] for code in codes])
    return reliability(values.reshape(len(codes), len(firsts)), quantiles)
