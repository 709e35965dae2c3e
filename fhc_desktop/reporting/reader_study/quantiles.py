"""The quantiles that intervals take, from scipy; needs the extra ``research``."""

import importlib
from types import ModuleType

from fhc_desktop.domain.errors import FhcError


class NoStatistics(FhcError):  # noqa: N818 - named for what the user meets
    """The library that knows the distributions is not there."""


class ScipyQuantiles:
    """The quantiles of t, F and chi squared.

    Raises:
        NoStatistics: scipy is not installed.
    """

    def __init__(self) -> None:
        try:
            # Slow to import, and asked for by those alone who want results.
            self._stats: ModuleType = importlib.import_module("scipy.stats")
        except ModuleNotFoundError as cause:
            raise NoStatistics(
                "The statistics need scipy, which is not installed.",
                "Install it with pip install 'fhc-desktop[research]'; the reads are kept as they "
                "are.",
            ) from cause

    def t(self, share: float, freedom: float) -> float:
        return float(self._stats.t.ppf(share, freedom))

    def f(self, share: float, above: float, below: float) -> float:
        return float(self._stats.f.ppf(share, above, below))

    def chi_squared(self, share: float, freedom: float) -> float:
        return float(self._stats.chi2.ppf(share, freedom))
