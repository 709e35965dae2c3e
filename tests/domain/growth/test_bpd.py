import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.growth.bpd import BiparietalDiameter, BpdConvention

OO, OI = BpdConvention.OUTER_OUTER, BpdConvention.OUTER_INNER


@pytest.mark.parametrize(("outer", "inner"), [(47.0, 45.25), (80.0, 77.31), (93.0, 89.94)])
def test_that_worked_conversions_are_reproduced(outer, inner):
    assert BiparietalDiameter(outer, OO).measured_as(OI).mm == pytest.approx(inner, abs=0.005)


@given(st.floats(20, 110), st.sampled_from([OO, OI]))
def test_that_there_and_back_is_near_where_it_began(mm, convention):
    other = OI if convention is OO else OO
    there = BiparietalDiameter(mm, convention).measured_as(other)

    assert there.convention is other
    assert there.measured_as(convention).mm == pytest.approx(mm, abs=0.4)
    assert (there.mm < mm) == (other is OI)


@given(st.floats(20, 110))
def test_that_what_is_measured_so_already_stays(mm):
    bpd = BiparietalDiameter(mm, OO)

    assert bpd.measured_as(OO) is bpd
