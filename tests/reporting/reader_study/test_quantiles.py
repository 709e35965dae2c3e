"""The distributions' quantiles are those of printed tables; without scipy a sentence says so."""

import importlib
import sys

import pytest

from fhc_desktop.reporting.reader_study.quantiles import NoStatistics, ScipyQuantiles

needs_scipy = pytest.mark.skipif(
    importlib.util.find_spec("scipy") is None, reason="needs scipy (the extra research)"
)


@needs_scipy
def test_that_they_are_those_of_printed_tables():
    quantiles = ScipyQuantiles()

    assert quantiles.t(0.975, 16) == pytest.approx(2.120, abs=5e-4)
    assert quantiles.f(0.975, 5, 15) == pytest.approx(3.576, abs=5e-4)
    assert quantiles.chi_squared(0.975, 10) == pytest.approx(20.483, abs=5e-4)


def test_that_without_the_extra_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy", None)
    monkeypatch.setitem(sys.modules, "scipy.stats", None)

    with pytest.raises(NoStatistics) as refused:
        ScipyQuantiles()
    assert "fhc-desktop[research]" in refused.value.remedy
