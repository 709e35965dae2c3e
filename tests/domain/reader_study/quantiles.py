"""The distributions as scipy has them, for what takes them as a parameter."""

import pytest

stats = pytest.importorskip("scipy.stats", reason="needs scipy (the extra research)")


class Scipy:
    def t(self, share, freedom):
        return stats.t.ppf(share, freedom)

    def f(self, share, above, below):
        return stats.f.ppf(share, above, below)

    def chi_squared(self, share, freedom):
        return stats.chi2.ppf(share, freedom)


SCIPY = Scipy()
