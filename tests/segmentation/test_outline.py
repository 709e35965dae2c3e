import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.outline import (
    find_outline,
    fit_ellipse,
    parted,
    second_area_share,
    without_largest_area,
)
from fhc_desktop.segmentation.preprocessing import (
    PreprocessingSpec,
    close_up,
    to_network_mask,
    whole_picture,
)

SPEC = PreprocessingSpec()

# No test depends on how fast the machine is.
unhurried = settings(deadline=None)


def heads(rows=540, columns=800):
    return st.builds(
        lambda x, y, a, ratio, angle: Ellipse(x, y, a, a * ratio, angle),
        st.floats(columns * 0.4, columns * 0.6),
        st.floats(rows * 0.45, rows * 0.55),
        st.floats(90, 220),
        st.floats(0.66, 0.96),
        st.floats(0, 3.1),
    )


def through_the_map(outline, *, rows=540, columns=800, pixel_aspect=1.0, around=None):
    """What comes back from an outline's mask, in the whole picture or close up round another."""
    shape = (rows, columns)
    if around is None:
        placement = whole_picture(shape, pixel_aspect, SPEC)
    else:
        placement = close_up(shape, pixel_aspect, around, SPEC)
    found = find_outline(to_network_mask(outline, placement, SPEC), placement)
    return None if found is None else placement.to_image(found.ellipse)


@settings(unhurried, max_examples=60)
@given(heads())
def test_that_an_outline_comes_back_from_its_mask_without_the_half_pixel(outline):
    back = through_the_map(outline)

    assert back.perimeter == pytest.approx(outline.perimeter, rel=2e-3)
    assert back.center == pytest.approx(outline.center, abs=0.5)


@settings(unhurried, max_examples=60)
@given(heads(), st.floats(-0.05, 0.05), st.floats(0.93, 1.07), st.floats(-0.2, 0.2))
def test_that_a_close_up_round_a_poor_guess_gives_back_the_outline(outline, off, size, tilt):
    guess = Ellipse(
        center_x=outline.center_x + off * outline.semi_axis_a,
        center_y=outline.center_y - off * outline.semi_axis_a,
        semi_axis_a=outline.semi_axis_a * size,
        semi_axis_b=outline.semi_axis_b / size,
        angle=outline.angle + tilt,
    )
    back = through_the_map(outline, around=guess)

    assert back.perimeter == pytest.approx(outline.perimeter, rel=2e-3)
    assert back.center == pytest.approx(outline.center, abs=0.5)


@settings(unhurried, max_examples=30)
@given(heads(rows=800, columns=800), st.sampled_from([0.7, 1.25, 1.5]))
def test_that_pixels_that_are_not_square_do_not_distort_the_outline(physical, aspect):
    outline = physical.scaled(1, 1 / aspect)
    back = through_the_map(outline, rows=round(800 / aspect), pixel_aspect=aspect)

    assert back.scaled(1, aspect).perimeter == pytest.approx(physical.perimeter, rel=3e-3)


@pytest.mark.parametrize("turn", [0.0, 0.6])
def test_that_points_on_the_frame_are_left_out_of_the_fit(turn):
    leaving = Ellipse(400, 60, 200, 150, turn)
    for around in (None, leaving):
        back = through_the_map(leaving, around=around)
        assert back.perimeter == pytest.approx(leaving.perimeter, rel=0.01)


def test_that_what_lies_beyond_the_picture_counts_as_not_visible():
    leaving = Ellipse(400, 0, 200, 150, 0.6)
    placement = close_up((540, 800), 1.0, leaving, SPEC)
    found = find_outline(to_network_mask(leaving, placement, SPEC), placement)

    assert found.visible_share == pytest.approx(0.5, abs=0.01)


def test_that_an_empty_map_has_no_outline():
    assert through_the_map(None) is None


def test_that_a_flat_bar_is_not_a_head():
    placement = whole_picture((540, 800), 1.0, SPEC)
    probability = np.zeros((SPEC.height, SPEC.width), np.float32)
    probability[80:100, 40:240] = 1.0

    assert find_outline(probability, placement) is None


def test_that_a_hole_and_a_second_area_do_not_move_the_outline():
    outline = Ellipse(400, 270, 200, 150, 0.4)
    placement = whole_picture((540, 800), 1.0, SPEC)
    mask = to_network_mask(outline, placement, SPEC)
    clean = find_outline(mask, placement).ellipse
    mask[90:100, 140:150] = 0.0
    mask[5:12, 5:12] = 1.0

    disturbed = find_outline(mask, placement).ellipse
    assert disturbed.perimeter == pytest.approx(clean.perimeter, rel=1e-3)


def test_that_without_the_largest_area_the_second_is_found():
    larger, smaller = Ellipse(200, 270, 150, 120, 0.2), Ellipse(560, 270, 120, 100, 0.4)
    placement = whole_picture((540, 800), 1.0, SPEC)
    both = np.maximum(*(to_network_mask(head, placement, SPEC) for head in (larger, smaller)))
    left = without_largest_area(both)

    first, second = (find_outline(p, placement) for p in (both, left))
    assert placement.to_image(first.ellipse).center == pytest.approx(larger.center, abs=1)
    assert placement.to_image(second.ellipse).center == pytest.approx(smaller.center, abs=1)
    assert placement.to_image(second.ellipse).perimeter == pytest.approx(
        smaller.perimeter, rel=0.005
    )


@pytest.mark.parametrize("angle", [0.2, 0.9, 1.5])
def test_that_two_touching_areas_are_parted_at_their_waist(angle):
    larger, smaller = Ellipse(240, 270, 150, 110, angle), Ellipse(560, 270, 120, 100, angle + 0.4)
    placement = whole_picture((540, 800), 1.0, SPEC)
    both = np.maximum(*(to_network_mask(head, placement, SPEC) for head in (larger, smaller)))
    bridge = Ellipse(410, 270, 120, 25, 0)
    touching = np.maximum(both, to_network_mask(bridge, placement, SPEC))
    assert find_outline(touching, placement) is None

    areas = parted(touching)
    assert second_area_share(areas) > 0.4
    for expected, areas_left in ((larger, areas), (smaller, without_largest_area(areas))):
        found = placement.to_image(find_outline(areas_left, placement).ellipse)
        assert found.center == pytest.approx(expected.center, abs=15)
        assert found.perimeter == pytest.approx(expected.perimeter, rel=0.08)


@settings(unhurried, max_examples=30)
@given(heads())
def test_that_one_head_has_no_waist(outline):
    placement = whole_picture((540, 800), 1.0, SPEC)

    mask = to_network_mask(outline, placement, SPEC)
    assert parted(mask) is mask


def test_that_a_map_that_is_full_has_no_waist():
    full = np.ones((192, 288), np.float32)

    assert parted(full) is full


def test_that_a_spur_is_not_parted_from_its_area():
    placement = whole_picture((540, 800), 1.0, SPEC)
    head, spur = Ellipse(300, 270, 180, 140, 0), Ellipse(560, 270, 60, 30, 0)
    bridge = Ellipse(470, 270, 60, 12, 0)
    masks = [to_network_mask(one, placement, SPEC) for one in (head, spur, bridge)]

    together = np.maximum.reduce(masks)
    assert parted(together) is together


def test_that_an_empty_map_has_no_area_to_lose():
    empty = np.zeros((192, 288), np.float32)

    assert np.array_equal(without_largest_area(empty), empty)
    assert parted(empty) is empty


def test_that_too_few_points_are_no_ellipse():
    assert fit_ellipse(np.zeros((5, 2))) is None
