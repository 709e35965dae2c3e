"""Limits of agreement are those of the paper that brought them, and of any two columns."""

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.reader_study.agreement import Agreement, agreement
from fhc_desktop.domain.reader_study.estimate import NORMAL_95, NotReckoned
from tests.domain.reader_study.peak_flow import MINI, WRIGHT, differences
from tests.domain.reader_study.quantiles import SCIPY, stats

LENGTHS = st.lists(st.floats(-40, 40), min_size=3, max_size=40)


def test_that_bias_and_spread_are_those_of_bland_and_altman_1986():
    found = agreement(differences(WRIGHT, MINI), SCIPY)

    assert found.pairs == 17
    assert found.bias.value == pytest.approx(-2.1, abs=0.05)
    assert found.sd == pytest.approx(38.8, abs=0.05)
    # As printed there; for the limits the paper takes two standard deviations instead of 1.96.
    assert (found.bias.low, found.bias.high) == pytest.approx((-22.0, 17.8), abs=0.1)
    assert found.bias.value - 2 * found.sd == pytest.approx(-79.7, abs=0.1)
    assert found.bias.value + 2 * found.sd == pytest.approx(75.5, abs=0.1)


def test_that_the_limits_have_intervals_as_wide_as_bland_and_altman_1999_say():
    found = agreement(differences(WRIGHT, MINI), SCIPY)

    # Section 2.2: the variance of a limit is (1/n + 1.96²/(2(n-1))) s², about 1.71² s²/n.
    half = stats.t.ppf(0.975, 16) * 38.765 * math.sqrt(1 / 17 + 1.96**2 / 32)
    for limit in (found.lower_limit, found.upper_limit):
        assert (limit.high - limit.low) / 2 == pytest.approx(half, rel=1e-3)
    assert half == pytest.approx(stats.t.ppf(0.975, 16) * 1.71 * 38.765 / math.sqrt(17), rel=0.02)


@given(LENGTHS)
def test_that_it_is_the_mean_and_1_96_standard_deviations(lengths):
    found = agreement(lengths, SCIPY)

    mean, sd = statistics.fmean(lengths), statistics.stdev(lengths)
    assert found.bias.value == pytest.approx(mean, abs=1e-9)
    assert found.sd == pytest.approx(sd, abs=1e-6)
    assert found.upper_limit.value - found.lower_limit.value == pytest.approx(
        2 * NORMAL_95 * sd, abs=1e-6
    )


@given(LENGTHS, st.floats(-10, 10))
def test_that_a_constant_added_moves_everything_by_as_much(lengths, by):
    before, after = agreement(lengths, SCIPY), agreement([one + by for one in lengths], SCIPY)

    for one, other in zip(_ends(before), _ends(after), strict=True):
        assert other - one == pytest.approx(by, abs=1e-6)


@given(LENGTHS)
def test_that_the_other_way_round_it_is_the_mirror_image(lengths):
    one, other = agreement(lengths, SCIPY), agreement([-length for length in lengths], SCIPY)

    assert _ends(other) == pytest.approx([-end for end in reversed(_ends(one))], abs=1e-9)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_that_two_pairs_or_fewer_tell_nothing(count):
    found = agreement([1.0] * count, SCIPY)

    assert found == NotReckoned("Fewer than 3 pictures have all readings.")


def _ends(found: Agreement):
    estimates = (found.lower_limit, found.bias, found.upper_limit)
    return [end for one in estimates for end in (one.low, one.value, one.high)]
