from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.dating.gestation import GestationalAge, NoAge
from fhc_desktop.domain.fetus import Fetus
from fhc_desktop.domain.growth.assessment import GrowthAssessment, NotAssessed
from fhc_desktop.domain.growth.standards import INTERGROWTH_21ST, STANDARDS, WHO_2017
from fhc_desktop.domain.pregnancy.course import (
    SAME_OBSERVER_Z,
    Change,
    change,
    changes,
    course,
    examination_before,
    is_fetus_known,
)
from fhc_desktop.domain.pregnancy.pregnancy import pregnancies
from fhc_desktop.domain.pregnancy.recorded import SaidThen
from tests.domain.pregnancy.test_pregnancy import lmp_later
from tests.domain.recorded_examples import on_day

KNOWN = {standard.key: standard for standard in STANDARDS}


def points_of(*recorded, standard=INTERGROWTH_21ST):
    (only,) = pregnancies(recorded)
    return course(only, standard, KNOWN)


def changed(*recorded, standard=INTERGROWTH_21ST):
    first, second = points_of(*recorded, standard=standard)
    return change(first, second, standard)


def test_that_the_worked_example_of_the_reference_comes_out():
    found = changed(on_day(133, hc_mm=160.0), on_day(161, hc_mm=205.0))

    assert found.days == 28
    assert found.mm == pytest.approx(45.0, abs=1e-9)
    assert found.mm_per_week == pytest.approx(11.25, abs=1e-9)
    assert found.z_change == pytest.approx(-0.313, abs=1e-3)
    assert found.expected_mm == pytest.approx(207.54, abs=0.01)
    assert found.remarks == (
        "Within measurement variability, ±0.67 z of one observer (Sarris 2012).",
    )


def test_that_a_head_that_keeps_its_z_score_is_as_large_as_expected():
    first, second = points_of(on_day(133, hc_mm=160.0), on_day(161, hc_mm=205.0))
    expected = change(first, second, INTERGROWTH_21ST).expected_mm
    again = changed(on_day(133, hc_mm=160.0), on_day(161, hc_mm=expected))

    assert again.z_change == pytest.approx(0.0, abs=1e-9)


@given(st.floats(150, 300), st.floats(150, 300))
def test_that_a_change_turned_round_has_the_other_sign(before, after):
    there = changed(on_day(154, hc_mm=before), on_day(210, hc_mm=after))
    back = changed(on_day(154, hc_mm=after), on_day(210, hc_mm=before))

    assert there.mm == pytest.approx(-back.mm)
    is_within = abs(there.z_change) <= SAME_OBSERVER_Z
    assert there.remarks[-1].startswith("Within" if is_within else "Beyond")


def test_that_a_change_beyond_the_error_says_so_and_of_whom():
    first, second = on_day(133, hc_mm=160.0), on_day(161, hc_mm=190.0)
    same = changed(first, second)
    other = changed(first, replace(second, operator="Dr B"))
    unknown = changed(replace(first, operator=""), replace(second, operator=""))

    assert same.remarks[0].startswith("Beyond measurement variability")
    assert "two observers" in other.remarks[0]
    assert unknown.remarks == other.remarks


@pytest.mark.parametrize(
    ("days", "has_velocity", "words"),
    [(13, False, "Less than 14 days"), (14, True, "three weeks"), (20, True, "three weeks")],
)
def test_that_a_short_interval_has_no_velocity_or_a_caution(days, has_velocity, words):
    found = changed(on_day(140, hc_mm=172.0), on_day(140 + days, hc_mm=190.0))

    assert (found.mm_per_week is not None) == has_velocity
    assert words in found.remarks[0]


def test_that_three_weeks_need_no_caution():
    found = changed(on_day(140, hc_mm=172.0), on_day(161, hc_mm=204.0))

    assert len(found.remarks) == 1


def test_that_without_millimetres_there_is_no_change():
    found = changed(on_day(140, calibration=None), on_day(168))

    assert found == NotAssessed("No calibration in one of them: no millimetres, no change.")


def test_that_without_a_day_there_is_no_change():
    found = changed(on_day(140), on_day(168, exam_date=None))

    assert found == NotAssessed("No examination date in one of them.")


def test_that_outside_the_standard_the_millimetres_remain():
    early = changed(on_day(91, hc_mm=80.0), on_day(140))
    late = changed(on_day(140), on_day(287, hc_mm=340.0))

    assert (early.z_change, early.expected_mm) == (None, None)
    assert early.mm == pytest.approx(95.0)
    assert (late.z_change, late.expected_mm, late.remarks) == (None, None, ())


def test_that_a_head_beyond_the_percentiles_has_an_expected_size_to_compare_with():
    found = changed(on_day(140), on_day(168, hc_mm=150.0), standard=WHO_2017)

    assert found.z_change is None
    assert found.expected_mm > 200


def test_that_an_examination_without_millimetres_is_passed_over():
    points = points_of(
        on_day(140), on_day(150, calibration=None), on_day(161), on_day(168, exam_date=None)
    )

    first, bare, second, undated = points
    assert examination_before(second, points) is first
    assert examination_before(bare, points) is first
    assert undated not in [examination_before(point, points) for point in points]
    assert changes(points, INTERGROWTH_21ST)[second.recorded.entry_id].days == 21


def test_that_twins_are_never_compared_with_each_other():
    a, b = Fetus("A"), Fetus("B")
    points = points_of(
        on_day(140, fetus=a, hc_mm=170.0),
        on_day(140, fetus=b, hc_mm=180.0),
        on_day(168, fetus=a, hc_mm=210.0),
        on_day(168, fetus=b, hc_mm=215.0),
    )

    found = changes(points, INTERGROWTH_21ST)

    assert [round(one.mm) for one in found.values()] == [40, 35]
    with pytest.raises(ValueError, match="one fetus"):
        change(points[0], points[1], INTERGROWTH_21ST)


def test_that_what_was_said_then_stays_beside_what_follows_now():
    then = on_day(140, said=SaidThen(1750.0, 175.0, 0.339, 63.26))
    redated = on_day(168, hc_mm=205.0, dating=lmp_later(7), dating_reason="CRL")
    point = points_of(then, redated)[0]

    assert point.has_moved
    assert (point.age_then, point.age) == (GestationalAge(140), GestationalAge(133))
    assert point.recorded.said == then.said
    assert isinstance(point.now, GrowthAssessment)
    assert point.now.z > point.recorded.said.z + 1


def test_that_nothing_moves_where_the_dating_stays():
    (point,) = points_of(on_day(140, said=SaidThen(1750.0, 175.0, 0.3388, 63.3)))

    assert not point.has_moved


def test_that_a_percentile_that_appears_or_goes_has_moved():
    (appeared,) = points_of(on_day(140))
    (other,) = points_of(on_day(140, said=SaidThen(1750.0, 175.0, 0.5, 69.1)))

    assert appeared.has_moved
    assert other.has_moved


def test_that_now_is_on_the_standard_named_then_and_the_chart_has_its_own():
    (point,) = points_of(on_day(140, standard_key="hadlock1984"), standard=WHO_2017)

    assert point.now.standard == KNOWN["hadlock1984"]
    assert point.charted.standard == WHO_2017


def test_that_a_standard_that_is_gone_is_said_to_be():
    (point,) = points_of(on_day(140, standard_key="local_clinic"))

    assert point.now == NotAssessed("The standard of then, clinic (local chart), is not at hand.")


def test_that_without_calibration_a_point_says_why_it_has_no_place():
    (point,) = points_of(on_day(140, calibration=None))

    assert point.hc_mm is None
    assert "No calibration" in point.charted.reason
    assert not point.has_moved


def test_that_without_a_dating_a_point_says_why_it_has_no_age():
    (point,) = points_of(on_day(140, dating=None))

    assert isinstance(point.age, NoAge)
    assert "No dating" in point.charted.reason


def test_that_a_change_is_a_value():
    assert isinstance(changed(on_day(140), on_day(168)), Change)


def test_that_an_examination_that_names_no_fetus_is_compared_with_none_of_twins():
    twins = Fetus("A")
    points = points_of(on_day(133), on_day(140, fetus=twins), on_day(161), on_day(168, fetus=twins))

    found = changes(points, INTERGROWTH_21ST)

    assert set(found) == {points[3].recorded.entry_id}
    assert [is_fetus_known(point, points) for point in points] == [False, True, False, True]


def test_that_one_fetus_alone_needs_no_name():
    points = points_of(on_day(133), on_day(161))

    assert all(is_fetus_known(point, points) for point in points)


@pytest.mark.parametrize(
    ("more", "has_moved"), [(0.0049, False), (-0.0049, False), (0.0051, True), (-0.0051, True)]
)
def test_that_a_z_score_has_moved_where_two_decimals_may_tell(more, has_moved):
    (now,) = points_of(on_day(140))
    (point,) = points_of(on_day(140, said=SaidThen(1750.0, 175.0, now.now.z + more, 50.0)))

    assert point.has_moved == has_moved
