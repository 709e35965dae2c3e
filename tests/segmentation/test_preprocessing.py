import math
import tracemalloc
from dataclasses import replace

import contourpy
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.outline import fit_ellipse
from fhc_desktop.segmentation.preprocessing import (
    PreprocessingSpec,
    close_up,
    normalised,
    placed,
    to_network_mask,
    turned,
    whole_picture,
)

SPEC = PreprocessingSpec(224, 192)
CENTER = ((SPEC.width - 1) / 2, (SPEC.height - 1) / 2)

# No test depends on how fast the machine is.
unhurried = settings(deadline=None)


def shapes():
    # In a square one of square pixels both factors are the same number.
    some = st.tuples(st.integers(120, 1200), st.integers(120, 1600))
    return st.one_of(st.just((300, 300)), some)


def aspects():
    return st.one_of(st.just(1.0), st.floats(0.4, 2.5))


def outlines(smallest=15, flattest=0.6):
    """Heads anywhere in pictures of those shapes, some of them reaching beyond."""
    return st.builds(
        lambda x, y, a, ratio, angle: Ellipse(x, y, a, a * ratio, angle),
        st.floats(-50, 1600),
        st.floats(-50, 1200),
        st.floats(smallest, 500),
        st.floats(flattest, 1.0),
        st.floats(-4, 4),
    )


@st.composite
def placements(draw):
    """Whole pictures and close-ups of any picture with any pixels."""
    shape, aspect = draw(shapes()), draw(aspects())
    if draw(st.booleans()):
        return shape, whole_picture(shape, aspect, SPEC)
    return shape, close_up(shape, aspect, draw(outlines()), SPEC)


def in_network(placement, x, y):
    return placement.to_network(Ellipse(x, y, 1, 1, 0)).center


def same_curve(one, other, tolerance):
    ours, theirs = one.points(40), other.points(2000)
    gaps = np.hypot(*(ours[:, None] - theirs[None]).transpose(2, 0, 1)).min(axis=1)
    # Between two of so many points the curve is this far from either.
    return gaps.max() <= tolerance + other.semi_major * math.pi / 2000


# --- there and back ---------------------------------------------------------------------------


@unhurried
@given(placements(), outlines())
def test_that_an_outline_there_and_back_is_the_same(placement, outline):
    back = placement[1].to_image(placement[1].to_network(outline))

    assert back.perimeter == pytest.approx(outline.perimeter, rel=1e-9)
    assert back.center == pytest.approx(outline.center, abs=1e-6)
    assert all(outline.is_on_rim(tuple(point), tolerance=1e-5) for point in back.points(24))


@unhurried
@given(placements(), outlines())
def test_that_an_outline_is_placed_as_its_points_are(placement, outline):
    _, lies = placement
    moved = lies.to_network(outline)

    for point in outline.points(12):
        assert moved.is_on_rim(in_network(lies, *point), tolerance=1e-5)


@unhurried
@given(shapes(), aspects())
def test_that_a_whole_picture_fits_its_frame_and_touches_two_sides(shape, aspect):
    lies = whole_picture(shape, aspect, SPEC)

    assert lies.width == SPEC.width or lies.height == SPEC.height
    assert lies.width <= SPEC.width
    assert lies.height <= SPEC.height
    assert abs(SPEC.width - lies.width - 2 * lies.left) <= 1
    assert abs(SPEC.height - lies.height - 2 * lies.top) <= 1
    # Square again, but for the rounding to whole pixels.
    rounding = 0.51 / min(lies.width, lies.height)
    assert lies.x_factor * aspect == pytest.approx(lies.y_factor, rel=2 * rounding)


@unhurried
@given(shapes(), aspects(), st.floats(-math.pi, math.pi))
def test_that_a_picture_is_turned_about_its_own_middle(shape, aspect, turn):
    level = whole_picture(shape, aspect, SPEC)
    aslant = turned(level, turn)
    middle = Ellipse(shape[1] / 2 - 0.5, shape[0] / 2 - 0.5, 4.0, 3.0, 0.0)

    assert aslant.to_network(middle).center == pytest.approx(level.to_network(middle).center)
    assert aslant.to_image(aslant.to_network(middle)).center == pytest.approx(middle.center)
    assert turned(level, 0.0) == level


# --- the close-up -----------------------------------------------------------------------------


@unhurried
@given(shapes(), aspects(), outlines())
def test_that_a_close_up_shows_the_longer_axis_level_centred_and_in_its_size(
    shape, aspect, outline
):
    lies = close_up(shape, aspect, outline, SPEC)
    shown = lies.to_network(outline).canonical()

    assert shown.center == pytest.approx(CENTER, abs=1e-6)
    assert math.sin(shown.angle) == pytest.approx(0, abs=1e-6)
    rounding = 0.51 / min(lies.width, lies.height)
    assume(max(lies.width, lies.height) < 8190)
    assert shown.semi_axis_a == pytest.approx(SPEC.head * SPEC.width / 2, rel=2 * rounding)


@unhurried
@given(shapes(), aspects(), outlines(flattest=0.3), st.floats(-math.pi / 2, math.pi / 2))
def test_that_a_close_up_is_turned_by_the_lesser_of_two_ways(shape, aspect, outline, angle):
    lies = close_up(shape, aspect, replace(outline, angle=angle), SPEC)

    assert abs(lies.turn) <= math.pi / 2 + 1e-9


@unhurried
@given(shapes(), aspects(), outlines(flattest=0.6))
def test_that_how_an_outline_is_written_down_does_not_matter(shape, aspect, outline):
    # A circle has no direction to be written down.
    assume(not math.isclose(outline.semi_axis_a, outline.semi_axis_b, rel_tol=1e-6))
    same = Ellipse(
        outline.center_x,
        outline.center_y,
        outline.semi_axis_b,
        outline.semi_axis_a,
        outline.angle + math.pi / 2,
    )
    one, other = (close_up(shape, aspect, each, SPEC) for each in (outline, same))
    shown = [each.to_network(outline).canonical() for each in (one, other)]

    assert (one.width, one.height) == (other.width, other.height)
    assert shown[0].semi_axis_a == pytest.approx(shown[1].semi_axis_a)
    assert shown[0].center == pytest.approx(shown[1].center)
    assert all(math.sin(each.angle) == pytest.approx(0, abs=1e-6) for each in shown)


def test_that_a_tiny_outline_in_a_huge_picture_asks_for_little_memory():
    gray, tiny = np.zeros((6000, 8000), np.uint8), Ellipse(4000, 3000, 3, 2, 0.2)
    lies = close_up(gray.shape, 1.0, tiny, SPEC)
    # First: a picture of the size that the outline asks for would fill this machine.
    assert max(lies.width, lies.height) <= 8192
    assert lies.to_network(tiny).center == pytest.approx(CENTER)
    tracemalloc.start()
    try:
        frame = placed(gray, lies, SPEC)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert frame.shape == (SPEC.height, SPEC.width)
    assert 10e6 < peak < 400e6


@unhurried
@given(shapes(), aspects(), outlines(smallest=0.5, flattest=0.05))
def test_that_no_outline_asks_for_more_than_a_side_of_8192(shape, aspect, outline):
    lies = close_up(shape, aspect, outline, SPEC)

    assert min(lies.width, lies.height) >= 1
    assert max(lies.width, lies.height) <= 8192


# --- where the picture ends -------------------------------------------------------------------


@unhurried
@given(placements(), st.floats(0.01, 1))
def test_that_is_inside_knows_the_pictures_four_corners(placement, share):
    (rows, columns), lies = placement
    step_x, step_y = 0.3 * share / lies.x_factor, 0.3 * share / lies.y_factor
    for x, way_x in ((-0.5, 1), (columns - 0.5, -1)):
        for y, way_y in ((-0.5, 1), (rows - 0.5, -1)):
            within = in_network(lies, x + way_x * step_x, y + way_y * step_y)
            beyond = [
                in_network(lies, x - way_x * step_x, y + way_y * step_y),
                in_network(lies, x + way_x * step_x, y - way_y * step_y),
            ]
            assert lies.is_inside(np.array([within]), margin=0.0).all()
            assert not lies.is_inside(np.array(beyond), margin=0.0).any()


@unhurried
@given(placements())
def test_that_the_margin_is_counted_in_pixels_of_the_network(placement):
    (rows, _), lies = placement
    middle_y = (rows - 1) / 2
    assume(lies.height > 4)
    for distance, is_inside in ((1.4, False), (1.6, True)):
        point = in_network(lies, -0.5 + distance / lies.x_factor, middle_y)
        assume(lies.width > 4)
        assert lies.is_inside(np.array([point]), margin=1.5)[0] == is_inside


# --- mask and picture -------------------------------------------------------------------------


@settings(unhurried, max_examples=40)
@given(placements(), st.data())
def test_that_level_one_half_of_a_mask_is_the_outline(placement, data):
    _, lies = placement
    shown = data.draw(
        st.builds(
            lambda x, y, a, ratio, angle: Ellipse(x, y, a, a * ratio, angle),
            st.floats(95, 129),
            st.floats(85, 107),
            st.floats(20, 80),
            st.floats(0.6, 1.0),
            st.floats(0, 3.1),
        )
    )
    mask = to_network_mask(lies.to_image(shown), lies, SPEC)
    (line,) = contourpy.contour_generator(z=mask).lines(0.5)
    fitted = fit_ellipse(np.asarray(line))

    assert same_curve(fitted, shown, tolerance=0.03)
    assert mask.sum() == pytest.approx(math.pi * shown.semi_axis_a * shown.semi_axis_b, rel=2e-3)
    assert {0.0, 1.0} <= set(np.unique(mask))


def test_that_without_an_outline_the_mask_is_empty():
    lies = whole_picture((540, 800), 1.0, SPEC)

    assert to_network_mask(None, lies, SPEC).max() == 0


def dot(shape, x, y, sigma_x, sigma_y):
    """A bright spot whose centre lies between the pixels."""
    row, column = np.mgrid[0 : shape[0], 0 : shape[1]]
    level = np.exp(-(((column - x) / sigma_x) ** 2 + ((row - y) / sigma_y) ** 2) / 2)
    return np.rint(255 * level).astype(np.uint8)


def centroid(frame):
    y, x = np.mgrid[0 : frame.shape[0], 0 : frame.shape[1]]
    return (frame * x).sum() / frame.sum(), (frame * y).sum() / frame.sum()


@settings(unhurried, max_examples=60)
@given(
    st.tuples(st.integers(200, 500), st.integers(200, 600)),
    st.floats(0.6, 1.7),
    st.floats(60, 120),
    st.floats(0.6, 1.0),
    st.floats(0, 3.1),
    st.tuples(st.floats(-0.5, 0.5), st.floats(-0.4, 0.4)),
    st.booleans(),
)
def test_that_a_bright_dot_lands_where_the_placement_says(
    shape, aspect, size, ratio, angle, off, is_whole
):
    rows, columns = shape
    around = Ellipse(columns / 2, rows / 2, size, size * ratio, angle)
    lies = whole_picture(shape, aspect, SPEC) if is_whole else close_up(shape, aspect, around, SPEC)
    x, y = columns / 2 + off[0] * size, rows / 2 + off[1] * size
    gray = dot(shape, x, y, max(3.0, 2 / lies.x_factor), max(3.0, 2 / lies.y_factor))
    expected = in_network(lies, x, y)
    reach = 4 * max(3.0 * lies.x_factor, 3.0 * lies.y_factor, 2)
    assume(reach < expected[0] < SPEC.width - reach)
    assume(reach < expected[1] < SPEC.height - reach)

    # cv2 places to a thirty-second of a pixel.
    assert centroid(placed(gray, lies, SPEC)) == pytest.approx(expected, abs=0.06)


def test_that_a_whole_picture_in_its_own_size_is_left_as_it_is():
    gray = np.random.default_rng(1).integers(0, 256, (SPEC.height, SPEC.width), dtype=np.uint8)

    assert (placed(gray, whole_picture(gray.shape, 1.0, SPEC), SPEC) == gray).all()


def test_that_round_the_picture_there_is_black():
    gray = np.full((300, 300), 200, np.uint8)
    lies = close_up(gray.shape, 1.0, Ellipse(20, 150, 90, 70, 1.0), SPEC)
    frame = placed(gray, lies, SPEC)
    y, x = np.mgrid[0 : SPEC.height, 0 : SPEC.width]
    points = np.column_stack([x.ravel(), y.ravel()])
    deep = lies.is_inside(points, margin=1.0).reshape(frame.shape)
    near = lies.is_inside(points, margin=-1.0).reshape(frame.shape)

    assert (frame[~near] == 0).all()
    assert np.allclose(frame[deep], 200, atol=0.5)
    assert 0.1 < deep.mean() < 0.9


def test_that_grey_values_are_brought_round_the_mean():
    spec = PreprocessingSpec(mean=0.4, deviation=0.2)
    frame = np.array([[0, 102, 255]], np.float32)

    assert normalised(frame, spec)[0].tolist() == pytest.approx([-2.0, 0.0, 3.0], abs=1e-6)
    assert normalised(frame, spec).dtype == np.float32


@pytest.mark.parametrize("wrong", [{"width": 0}, {"height": -1}, {"deviation": 0.0}, {"head": 0.0}])
def test_that_an_impossible_preprocessing_is_refused(wrong):
    with pytest.raises(ValueError, match="not a preprocessing"):
        PreprocessingSpec(**wrong)


@pytest.mark.parametrize(
    ("shape", "pixel_aspect", "sides"),
    [
        ((540, 800), 1.0, (192, 128)),
        ((800, 540), 1.0, (128, 192)),
        ((540, 800), 2.0, (128, 192)),
        ((600, 600), 1.0, (192, 128)),
    ],
)
def test_that_the_frame_stands_upright_where_the_picture_does(shape, pixel_aspect, sides):
    found = PreprocessingSpec(192, 128).facing(shape, pixel_aspect)

    assert (found.width, found.height) == sides
