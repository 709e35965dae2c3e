"""What is recorded keeps the raw facts, placed in time."""

from fhc_desktop.domain.dating.gestation import Dating, GestationalAge
from fhc_desktop.domain.pregnancy.recorded import placed_in_time
from tests.domain.recorded_examples import LMP, LMP_DAY

TYPED = Dating.from_age(GestationalAge(140))


def test_that_an_age_typed_for_an_examination_holds_from_its_day():
    assert placed_in_time(TYPED, LMP_DAY) == Dating.from_age(GestationalAge(140), LMP_DAY)
    assert placed_in_time(TYPED, None) is None
    assert placed_in_time(None, LMP_DAY) is None
    assert placed_in_time(LMP, None) == LMP
