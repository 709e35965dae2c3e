import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.dating.crl import INTERGROWTH_CRL, ROBINSON_CRL


@pytest.mark.parametrize(
    ("equation", "days"), [(ROBINSON_CRL, 87.24), (INTERGROWTH_CRL, 86.75)], ids=["R", "IG"]
)
def test_that_the_worked_crl_of_60_mm_is_reproduced(equation, days):
    assert equation.days(60) == pytest.approx(days, abs=0.005)


@given(st.floats(15, 84), st.floats(0.1, 5))
def test_that_a_longer_embryo_is_older(crl_mm, more):
    for equation in (INTERGROWTH_CRL, ROBINSON_CRL):
        assert equation.days(crl_mm + more) > equation.days(crl_mm)


def test_that_an_equation_covers_the_lengths_it_was_made_for():
    assert [INTERGROWTH_CRL.covers(mm) for mm in (14.9, 15, 95, 95.1)] == [False, True, True, False]
    assert INTERGROWTH_CRL.range_text == "15 to 95 mm"
