"""Readers are compared with themselves, with each other and with the model."""

import pytest

from fhc_desktop.domain.reader_study.agreement import Agreement
from fhc_desktop.domain.reader_study.estimate import NotReckoned
from fhc_desktop.domain.reader_study.results import Kind, results
from tests.domain.reader_study.quantiles import SCIPY

CODES = ("P1", "P2", "P3", "P4", "P5")
A = dict(zip(CODES, (150.0, 160.0, 170.0, 180.0, 190.0), strict=True))
A_AGAIN = {"P1": 151.0, "P2": 162.0, "P3": 169.0}
B = {code: hc_mm + 2 for code, hc_mm in A.items() if code != "P5"}
MODEL = {code: hc_mm - 1 for code, hc_mm in A.items()}
FOUND = results({"A": (A, A_AGAIN), "B": (B, {})}, MODEL, SCIPY)


def of(kind, first="A"):
    return next(
        one
        for one in FOUND.comparisons
        if one.compared.kind is kind and one.compared.first_name.startswith(first)
    )


def test_that_a_reader_is_compared_with_herself_by_what_she_read_twice():
    own = of(Kind.INTRA)

    assert own.compared.differences_mm == (1, 2, -1)
    assert own.agreement_mm.bias.value == pytest.approx(2 / 3)
    assert own.repeatability_mm.within_subject_sd.value == pytest.approx(1.0)


def test_that_readers_are_compared_by_first_readings_of_what_both_have_read():
    both = of(Kind.INTER)

    assert both.compared.name == "B − A"
    assert both.compared.means_mm == (151, 161, 171, 181)
    assert both.agreement_mm.pairs == 4
    assert both.agreement_mm.bias.value == pytest.approx(2)
    assert both.repeatability_mm is None


def test_that_the_model_is_compared_with_each_reader():
    assert of(Kind.MODEL).agreement_mm.bias.value == pytest.approx(-1)
    assert of(Kind.MODEL, "B").compared.name == "model − B"


def test_that_differences_are_told_in_per_cent_of_each_pairs_mean_too():
    both = of(Kind.INTER)

    assert both.compared.differences_percent[0] == pytest.approx(200 / 151)
    assert isinstance(both.agreement_percent, Agreement)


def test_that_all_readers_together_are_judged_by_what_all_have_read():
    assert (FOUND.of_all.pictures, FOUND.of_all.readers) == (4, 2)


def test_that_one_reader_alone_has_nobody_to_agree_with():
    alone = results({"A": (A, {})}, {}, SCIPY)

    assert alone.of_all is None
    assert {one.compared.kind for one in alone.comparisons} == {Kind.INTRA, Kind.MODEL}
    for one in alone.comparisons:
        assert isinstance(one.agreement_mm, NotReckoned)
        assert isinstance(one.reliability, NotReckoned)


def test_that_readers_with_no_picture_in_common_have_a_reason_and_no_number():
    apart = results({"A": ({"P1": 1.0}, {}), "B": ({"P2": 1.0}, {})}, {}, SCIPY)

    assert isinstance(apart.of_all, NotReckoned)
