import dataclasses
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.segmentation.trust.head_plane import HeadPlaneSpec
from fhc_desktop.segmentation.trust.quality import (
    ALL_ROUND,
    DOUBTFUL_PLANE,
    NO_HEAD,
    NO_PLANE,
    Weights,
    doubted,
    judged,
    quality_spec,
    reasons,
    without_outline,
)
from fhc_desktop.segmentation.trust.signals import SIGNAL_NAMES, Signals
from tests.segmentation.qualities import NO_DOUBT, a_quality


def with_signals(**values):
    return dataclasses.replace(NO_DOUBT, **values)


def test_that_an_outline_without_doubt_is_good_and_gives_no_reasons():
    found = judged(NO_DOUBT, a_quality())

    assert (found.grade, found.reasons) == (Grade.GOOD, ())
    assert found.expected_error == pytest.approx(0.01)
    assert found.interval_mm(100.0).low == pytest.approx(100 - 2 * 0.01 * 100)


def test_that_one_doubt_more_asks_for_another_look_and_comes_first():
    doubtful = doubted(judged(with_signals(spread=0.15), a_quality()), ALL_ROUND)

    assert doubtful.grade is Grade.LOOK_AGAIN
    assert doubtful.reasons[0] == ALL_ROUND
    assert len(doubtful.reasons) > 1
    assert doubted(judged(NO_DOUBT, a_quality()), ALL_ROUND).reasons == (ALL_ROUND,)


def test_that_what_is_not_measurable_is_no_better_for_a_doubt_more():
    assert doubted(without_outline(), ALL_ROUND) == without_outline()


def test_that_a_large_expected_error_asks_for_another_look_and_says_why():
    found = judged(with_signals(spread=0.15, hidden=0.52), a_quality())

    assert found.grade is Grade.LOOK_AGAIN
    assert found.expected_error == pytest.approx(0.16)
    assert found.reasons == (
        "Skull visible on 48 % of the outline.",
        "Mirrored views differ by 15.0 % of HC.",
    )


def test_that_the_expected_error_rests_on_all_signals_and_is_not_the_spread_alone():
    by_hidden = a_quality(error=Weights(0.0, tuple(float(n == "hidden") for n in SIGNAL_NAMES)))

    assert judged(with_signals(spread=0.15), by_hidden).expected_error == pytest.approx(0.01)
    assert judged(with_signals(hidden=0.15), by_hidden).expected_error == pytest.approx(0.16)


def test_that_what_is_no_head_is_not_measurable_whatever_else_is_said():
    found = judged(with_signals(doubt=0.6, hidden=0.9), a_quality())

    assert (found.grade, found.reasons) == (Grade.NOT_MEASURABLE, (NO_HEAD,))
    assert found.interval_mm(100.0) is None


def test_that_a_picture_without_an_outline_is_not_measurable():
    assert without_outline().grade is Grade.NOT_MEASURABLE
    assert without_outline().reasons


@given(st.lists(st.floats(0, 1), min_size=len(SIGNAL_NAMES), max_size=len(SIGNAL_NAMES)))
def test_that_there_is_always_a_reason_to_look_again(values):
    assert reasons(Signals(*values), a_quality())


@given(st.floats(0, 0.2), st.floats(0, 0.2))
def test_that_more_spread_never_narrows_the_interval(one, other):
    narrow, wide = (
        judged(with_signals(spread=spread), a_quality()).rule.half_width_mm(
            170.0, judged(with_signals(spread=spread), a_quality()).expected_error
        )
        for spread in sorted((one, other))
    )
    assert narrow <= wide


def test_that_a_rule_survives_its_json():
    spec = a_quality()
    assert quality_spec(json.loads(json.dumps(dataclasses.asdict(spec)))) == spec


def test_that_each_signal_needs_its_weight():
    with pytest.raises(ValueError, match="one number for each"):
        a_quality(error=Weights(0.0, (1.0,)))
    with pytest.raises(ValueError, match="one number for each"):
        a_quality(floors=(0.1,))


BY_PLANE = a_quality(head_plane=HeadPlaneSpec(0.0, 1.0, 2.0, 3.0))


def test_that_what_is_no_heads_plane_is_not_measurable_however_fine_its_outline():
    found = judged(NO_DOUBT, BY_PLANE, 0.99)

    assert (found.grade, found.reasons) == (Grade.NOT_MEASURABLE, (NO_PLANE,))


def test_that_a_doubtful_plane_is_looked_at_again_and_is_the_first_reason():
    found = judged(with_signals(spread=0.15), BY_PLANE, 1.5)

    assert judged(NO_DOUBT, BY_PLANE, 1.5).reasons == (DOUBTFUL_PLANE,)
    assert found.grade is Grade.LOOK_AGAIN
    assert found.reasons == (DOUBTFUL_PLANE, "Mirrored views differ by 15.0 % of HC.")


@pytest.mark.parametrize(("spec", "odds"), [(BY_PLANE, 2.0), (BY_PLANE, None), (a_quality(), -9.0)])
def test_that_a_plane_that_nobody_doubts_or_asks_for_changes_nothing(spec, odds):
    assert judged(NO_DOUBT, spec, odds).grade is Grade.GOOD


def test_that_a_rule_of_planes_comes_back_from_json_and_an_older_bundle_has_none():
    values = json.loads(json.dumps(dataclasses.asdict(BY_PLANE)))
    older = json.loads(json.dumps(dataclasses.asdict(BY_PLANE)))
    del older["head_plane"]

    assert quality_spec(values) == BY_PLANE
    assert quality_spec(older).head_plane is None
