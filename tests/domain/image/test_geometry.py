import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fhc_desktop.domain.image.geometry import Ellipse, Handle
from tests.strategies import ellipses, factors


def sampled_perimeter(ellipse, x_factor=1.0, y_factor=1.0):
    points = ellipse.points(20_000) * [x_factor, y_factor]
    return np.hypot(*(np.roll(points, -1, axis=0) - points).T).sum()


@pytest.mark.parametrize(
    ("bpd", "ofd", "perimeter"),
    [(47, 60, 168.696), (45, 62, 169.138), (50, 58, 169.879), (80, 102, 286.930)],
)
def test_that_the_perimeter_is_the_exact_one(bpd, ofd, perimeter):
    assert Ellipse(0, 0, bpd / 2, ofd / 2, 0).perimeter == pytest.approx(perimeter, abs=5e-4)


def test_that_a_circle_has_its_perimeter():
    assert Ellipse(3, 4, 10, 10, 1).perimeter == pytest.approx(20 * math.pi, rel=1e-14)


@given(ellipses())
def test_that_the_perimeter_is_the_length_of_the_curve(ellipse):
    assert ellipse.perimeter == pytest.approx(sampled_perimeter(ellipse), rel=1e-6)


@given(ellipses(), factors(), factors())
def test_that_unequal_scaling_maps_the_curve_itself(ellipse, x_factor, y_factor):
    scaled = ellipse.scaled(x_factor, y_factor)
    x, y = (ellipse.points(50) * [x_factor, y_factor]).T
    dx, dy = x - scaled.center_x, y - scaled.center_y
    cosine, sine = math.cos(scaled.angle), math.sin(scaled.angle)
    level = np.hypot(
        (cosine * dx + sine * dy) / scaled.semi_axis_a,
        (cosine * dy - sine * dx) / scaled.semi_axis_b,
    )
    assert level == pytest.approx(np.ones(50), abs=1e-6)


@given(ellipses(), factors(), factors())
def test_that_scaling_there_and_back_changes_nothing(ellipse, x_factor, y_factor):
    back = ellipse.scaled(x_factor, y_factor).scaled(1 / x_factor, 1 / y_factor)
    assert back.perimeter == pytest.approx(ellipse.perimeter, rel=1e-9)
    assert back.center == pytest.approx(ellipse.center, abs=1e-6)


def test_that_scaling_the_axes_separately_would_be_wrong():
    tilted = Ellipse(0, 0, 100, 70, math.radians(40))
    naive = Ellipse(0, 0, 100 * 0.2, 70 * 0.3, math.radians(40)).perimeter

    assert abs(tilted.scaled(0.2, 0.3).perimeter - naive) > 1


@given(ellipses())
def test_that_the_canonical_form_is_the_same_curve(ellipse):
    canonical = ellipse.canonical()
    assert canonical.semi_axis_a >= canonical.semi_axis_b
    assert 0 <= canonical.angle < math.pi
    assert canonical.perimeter == pytest.approx(ellipse.perimeter)
    assert canonical.extent == pytest.approx(ellipse.extent, abs=1e-6)


@given(ellipses(), ellipses())
def test_that_no_way_and_the_whole_way_lead_to_the_ellipses_themselves(first, second):
    for share, end in ((0.0, first), (1.0, second)):
        between = first.between(second, share)

        assert between.perimeter == pytest.approx(end.perimeter, rel=1e-6)
        assert between.center == pytest.approx(end.center, abs=1e-6)
        assert between.extent == pytest.approx(end.extent, rel=1e-6, abs=1e-6)


@given(ellipses(), st.floats(0.8, 1.25), st.floats(0, 1))
def test_that_a_share_of_the_way_to_another_size_is_about_that_share(ellipse, factor, share):
    other = ellipse.scaled(factor, factor)
    ratio = ellipse.between(other, share).perimeter / ellipse.perimeter

    assert ratio == pytest.approx(math.sqrt(1 + share * (factor**2 - 1)), rel=1e-6)


@given(ellipses(), ellipses(), st.floats(0, 1), factors(), factors())
def test_that_the_way_between_ellipses_is_stretched_with_the_plane(first, second, share, x, y):
    stretched = first.scaled(x, y).between(second.scaled(x, y), share)

    assert stretched.perimeter == pytest.approx(
        first.between(second, share).scaled(x, y).perimeter, rel=1e-6
    )


@given(ellipses())
def test_that_the_extent_touches_the_curve(ellipse):
    points = ellipse.points(5000)
    left, top, right, bottom = ellipse.extent
    assert (left, top) == pytest.approx(points.min(axis=0), abs=ellipse.semi_major * 1e-5)
    assert (right, bottom) == pytest.approx(points.max(axis=0), abs=ellipse.semi_major * 1e-5)


@given(ellipses(), st.sampled_from(list(Handle)))
def test_that_a_drag_that_goes_nowhere_changes_nothing(ellipse, handle):
    dragged = ellipse.dragged(handle, ellipse.handle_position(handle, rotation_arm=12))
    assert dragged.extent == pytest.approx(ellipse.extent, abs=1e-6)


@given(ellipses(), st.floats(2, 50))
def test_that_an_axis_drag_leaves_the_opposite_end_where_it_is(ellipse, further):
    end, start = ellipse.handle_position(Handle.A_END), ellipse.handle_position(Handle.A_START)
    along = ((end[0] - start[0]), (end[1] - start[1]))
    length = math.hypot(*along)
    to = (end[0] + along[0] / length * further, end[1] + along[1] / length * further)
    dragged = ellipse.dragged(Handle.A_END, to)
    assert dragged.handle_position(Handle.A_START) == pytest.approx(start, abs=1e-6)
    assert dragged.handle_position(Handle.A_END) == pytest.approx(to, abs=1e-6)


@given(ellipses(), st.floats(2, 50))
def test_that_a_symmetric_axis_drag_leaves_the_centre_where_it_is(ellipse, reach):
    to = ellipse.handle_position(Handle.B_END)
    to = (to[0] + reach, to[1] + reach)
    assert ellipse.dragged(Handle.B_END, to, symmetric=True).center == ellipse.center


@given(ellipses())
def test_that_the_handles_of_the_axes_stand_on_the_curve_a_quarter_apart(ellipse):
    handles = (Handle.A_END, Handle.B_END, Handle.A_START, Handle.B_START)
    positions = np.array([ellipse.handle_position(handle) for handle in handles])

    assert positions == pytest.approx(ellipse.points(4), abs=1e-9)


@given(ellipses(), st.floats(-500, 500), st.floats(-500, 500))
def test_that_the_centre_goes_where_it_is_dragged(ellipse, x, y):
    dragged = ellipse.dragged(Handle.CENTER, (x, y))

    assert dragged == replace(ellipse, center_x=x, center_y=y)


@given(ellipses(), st.floats(-math.pi, math.pi))
def test_that_the_rotation_handle_turns_the_first_axis_to_the_hand(ellipse, angle):
    x, y = ellipse.center
    dragged = ellipse.dragged(Handle.ROTATION, (x + 90 * math.cos(angle), y + 90 * math.sin(angle)))

    assert math.cos(dragged.angle - angle) == pytest.approx(1)
    assert replace(dragged, angle=ellipse.angle) == ellipse


@pytest.mark.parametrize(
    ("handle", "to", "symmetric", "expected"),
    [
        (Handle.A_END, (170, 90), False, Ellipse(110, 100, 60, 30, 0)),
        (Handle.A_START, (30, 90), False, Ellipse(90, 100, 60, 30, 0)),
        (Handle.B_END, (90, 150), False, Ellipse(100, 110, 50, 40, 0)),
        (Handle.B_START, (90, 50), False, Ellipse(100, 90, 50, 40, 0)),
        (Handle.A_END, (170, 90), True, Ellipse(100, 100, 70, 30, 0)),
        (Handle.B_START, (90, 50), True, Ellipse(100, 100, 50, 50, 0)),
    ],
)
def test_that_an_end_of_an_axis_goes_along_it_with_the_hand(handle, to, symmetric, expected):
    assert Ellipse(100, 100, 50, 30, 0).dragged(handle, to, symmetric=symmetric) == expected


def test_that_an_axis_cannot_be_dragged_through_the_other_end():
    dragged = Ellipse(0, 0, 10, 8, 0).dragged(Handle.A_END, (-500, 0))
    assert dragged.semi_axis_a == 1.0


def test_that_the_nearest_handle_is_hit_and_nothing_farther_than_the_radius():
    ellipse = Ellipse(100, 100, 50, 30, 0)
    assert ellipse.hit_test((151, 101), radius=8, rotation_arm=30) is Handle.A_END
    assert ellipse.hit_test((180, 100), radius=8, rotation_arm=30) is Handle.ROTATION
    assert ellipse.hit_test((100, 131), radius=8, rotation_arm=30) is Handle.B_END
    assert ellipse.hit_test((125, 115), radius=8, rotation_arm=30) is None


def test_that_the_rim_is_near_the_curve_and_not_inside():
    ellipse = Ellipse(100, 100, 50, 30, 0.5)
    assert all(ellipse.is_on_rim(tuple(point), tolerance=0.5) for point in ellipse.points(40))
    assert not ellipse.is_on_rim((100, 100), tolerance=5)


@pytest.mark.parametrize(
    ("outward", "is_on_rim"), [(-4.1, False), (-3.9, True), (3.9, True), (4.1, False)]
)
@pytest.mark.parametrize("handle", [Handle.A_END, Handle.A_START, Handle.B_END, Handle.B_START])
def test_that_the_rim_reaches_as_far_as_it_is_tolerated(handle, outward, is_on_rim):
    # On the axes the distance of first order is exact.
    ellipse = Ellipse(100, 100, 50, 30, 0.5)
    x, y = ellipse.handle_position(handle)
    share = 1 + outward / math.dist((x, y), ellipse.center)
    point = (100 + share * (x - 100), 100 + share * (y - 100))

    assert ellipse.is_on_rim(point, tolerance=4) == is_on_rim


@given(ellipses(), st.floats(-50, 50), st.floats(-50, 50))
def test_that_a_moved_ellipse_is_the_same_one_elsewhere(ellipse, dx, dy):
    moved = ellipse.moved(dx, dy)

    assert moved.points(8) == pytest.approx(ellipse.points(8) + np.array([dx, dy]))


@given(ellipses(), st.floats(-500, 500))
def test_that_a_grown_ellipse_has_longer_axes_but_never_shorter_than_the_least(ellipse, radius):
    grown = ellipse.grown(radius)

    assert grown.semi_axis_a == max(ellipse.semi_axis_a + radius, 1.0)
    assert grown.semi_axis_b == max(ellipse.semi_axis_b + radius, 1.0)
    assert (grown.center, grown.angle) == (ellipse.center, ellipse.angle)


@given(ellipses(), st.floats(0, 2))
def test_that_an_ellipse_contains_what_lies_within_its_curve(ellipse, share):
    assume(abs(share - 1) > 1e-6)
    away = ellipse.points(12) - ellipse.center

    for x, y in ellipse.center + share * away:
        assert ellipse.contains((x, y)) == (share < 1)


def test_that_a_box_holds_its_ellipse():
    inside = Ellipse.in_box((10, 60), (50, 30))

    assert inside.extent == pytest.approx((10, 30, 50, 60))
    assert (inside.semi_axis_a, inside.semi_axis_b, inside.angle) == (20.0, 15.0, 0.0)


@pytest.mark.parametrize("numbers", [(0, 0, 0, 1, 0), (0, 0, 1, -1, 0), (math.nan, 0, 1, 1, 0)])
def test_that_no_ellipse_can_be_made_of_impossible_numbers(numbers):
    with pytest.raises(ValueError, match=r"ellipse|positive"):
        Ellipse(*numbers)


@given(ellipses(), st.floats(-math.pi, math.pi))
def test_that_a_turned_ellipse_turns_with_the_plane(ellipse, angle):
    cosine, sine = math.cos(angle), math.sin(angle)
    x, y = ellipse.points(12).T
    turned = np.stack([cosine * x - sine * y, sine * x + cosine * y], axis=1)

    assert ellipse.turned(angle).points(12) == pytest.approx(turned, abs=1e-6)


@given(ellipses(), st.floats(0.1, 3))
def test_that_points_are_covered_up_to_a_share_of_the_axes(ellipse, share):
    def out_along(part):
        return (ellipse.center + part * (ellipse.points(8) - ellipse.center)).T

    assert ellipse.covers(*out_along(0.999 * share), share=share).all()
    assert not ellipse.covers(*out_along(1.001 * share), share=share).any()


def test_that_a_grid_is_covered_where_its_points_lie_within():
    ellipse = Ellipse(10.3, 7.8, 6.1, 3.2, 0.7)
    y, x = np.ogrid[0:16, 0:21]

    expected = [[ellipse.contains((column, row)) for column in range(21)] for row in range(16)]
    assert ellipse.covers(x, y).tolist() == expected


@given(ellipses(), st.floats(0.1, 3))
def test_that_points_lie_out_along_the_axes_by_their_shares(ellipse, share):
    x, y = (ellipse.center + share * (ellipse.points(8) - ellipse.center)).T
    along, across = ellipse.shares_of_axes(x, y)

    turn = np.linspace(0, 2 * math.pi, 8, endpoint=False)
    assert along == pytest.approx(share * np.cos(turn), abs=1e-6)
    assert across == pytest.approx(share * np.sin(turn), abs=1e-6)
