"""Within-subject standard deviation and repeatability coefficient of two readings each."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.reader_study.estimate import NotReckoned
from fhc_desktop.domain.reader_study.repeatability import repeatability
from tests.domain.reader_study.peak_flow import MINI, MINI_AGAIN, WRIGHT, WRIGHT_AGAIN, differences
from tests.domain.reader_study.quantiles import SCIPY, stats


def test_that_the_meters_of_bland_and_altman_repeat_as_they_say():
    """Stat Methods Med Res 1999;8:135-160: 15.3 l/min for the large meter, 19.9 for the small."""
    wright = repeatability(differences(WRIGHT, WRIGHT_AGAIN), SCIPY)
    mini = repeatability(differences(MINI, MINI_AGAIN), SCIPY)

    assert wright.within_subject_sd.value == pytest.approx(15.3, abs=0.05)
    assert mini.within_subject_sd.value == pytest.approx(19.9, abs=0.05)
    assert wright.coefficient.value == pytest.approx(1.96 * 2**0.5 * 15.3, abs=0.2)


@given(st.lists(st.floats(0.1, 40), min_size=3, max_size=30))
def test_that_the_variance_is_the_mean_of_the_pairs_own(lengths):
    found = repeatability(lengths, SCIPY)

    variance = statistics.fmean(statistics.variance([0, length]) for length in lengths)
    assert found.within_subject_sd.value**2 == pytest.approx(variance)
    ends = (found.within_subject_sd.low, found.within_subject_sd.high)
    count = len(lengths)
    assert ends == pytest.approx([
        (count * variance / stats.chi2.isf(tail, count)) ** 0.5 for tail in (0.025, 0.975)
    ])  # fmt: skip
    assert found.coefficient.high / found.within_subject_sd.high == pytest.approx(2.7718, abs=1e-4)


def test_that_two_pairs_tell_nothing():
    assert isinstance(repeatability([1.0, 2.0], SCIPY), NotReckoned)
