import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fhc_desktop.domain.examination.outline_state import OutlineState
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.scale_bar import scale_bar
from fhc_desktop.reporting import colours
from fhc_desktop.reporting.rendering import (
    WHITE,
    Pen,
    draw_outline,
    in_picture,
    pen_of,
    square_factors,
)
from tests.reporting.examinations import image

RED = Pen((255, 0, 0), 1)

DRAWN = (OutlineState.PROPOSED, OutlineState.EDITED, OutlineState.ACCEPTED)


def black(rows=160, columns=200, **changes):
    blank = np.zeros((rows, columns), np.uint8)
    return replace(image(), gray=blank, **changes)


def outlines():
    return st.builds(
        Ellipse,
        st.floats(70, 130),
        st.floats(70, 90),
        st.floats(25, 65),
        st.floats(25, 65),
        st.floats(0, math.pi),
    )


@settings(max_examples=40, deadline=None)
@given(outlines(), st.sampled_from([1.0, 1.5, 2.37]), st.sampled_from([0.7, 1.0, 1.4]))
def test_that_the_drawn_outline_lies_within_half_a_pixel_of_the_true_one(
    outline, magnification, aspect
):
    scan = black(pixel_aspect=aspect)
    drawn = draw_outline(scan, outline, pen=RED, magnification=magnification)[..., 0].astype(float)
    true = in_picture(outline, *square_factors(scan, magnification))
    # The line's centre of gravity across the line, at places all round it.
    for angle in np.linspace(0, 2 * math.pi, 24, endpoint=False):
        point, normal = point_and_normal(true, angle)
        offsets = np.linspace(-4, 4, 65)
        weights = np.array([sample(drawn, point + offset * normal) for offset in offsets])
        if weights.sum() == 0:
            assert not inside(drawn, point)
            continue
        if not all(inside(drawn, point + offset * normal) for offset in (-4, 4)):
            continue
        assert abs((weights * offsets).sum() / weights.sum()) <= 0.5


def point_and_normal(outline, turn):
    cosine, sine = math.cos(outline.angle), math.sin(outline.angle)
    rotation = np.array([[cosine, -sine], [sine, cosine]])
    a, b = outline.semi_axis_a, outline.semi_axis_b
    point = np.array(outline.center) + rotation @ [a * math.cos(turn), b * math.sin(turn)]
    normal = rotation @ [math.cos(turn) / a, math.sin(turn) / b]
    return point, normal / np.linalg.norm(normal)


def inside(picture, point):
    x, y = point
    return 2 <= x < picture.shape[1] - 3 and 2 <= y < picture.shape[0] - 3


def sample(picture, point):
    if not inside(picture, point):
        return 0.0
    x, y = int(point[0]), int(point[1])
    u, v = point[0] - x, point[1] - y
    corners = picture[y : y + 2, x : x + 2]
    return float([1 - v, v] @ corners @ [1 - u, u])


def test_that_pixels_become_square_without_losing_any():
    tall = draw_outline(black(pixel_aspect=1.5), None, pen=RED)
    flat = draw_outline(black(pixel_aspect=0.5), None, pen=RED)
    assert tall.shape == (240, 200, 3)
    assert flat.shape == (160, 400, 3)


def test_that_the_scan_itself_is_unchanged_at_its_own_size():
    scan = image()
    drawn = draw_outline(scan, None, pen=RED)
    assert all((drawn[..., channel] == scan.gray).all() for channel in range(3))


def test_that_a_coloured_scan_keeps_its_colours():
    colour = np.zeros((80, 120, 3), np.uint8)
    colour[..., 2] = 200
    drawn = draw_outline(image(color=colour), None, pen=RED)
    assert (drawn == colour).all()


def test_that_a_mark_on_the_scan_stays_under_the_outline_when_magnified():
    blank = np.zeros((80, 120), np.uint8)
    blank[30, 50] = 255
    scan = replace(image(), gray=blank)
    drawn = draw_outline(scan, None, pen=RED, magnification=3.0)[..., 0].astype(float)
    rows, columns = np.mgrid[: drawn.shape[0], : drawn.shape[1]]
    place = in_picture(Ellipse(50, 30, 1, 1, 0), 3.0, 3.0)
    assert (drawn * columns).sum() / drawn.sum() == pytest.approx(place.center_x, abs=0.05)
    assert (drawn * rows).sum() / drawn.sum() == pytest.approx(place.center_y, abs=0.05)


def test_that_a_proposal_is_dashed_and_an_accepted_outline_is_not():
    scan = black()
    outline = Ellipse(100, 80, 60, 50, 0)
    covered = {}
    for state in DRAWN:
        drawn = draw_outline(scan, outline, pen=pen_of(state))
        places = np.round(outline.points(360)).astype(int)
        covered[state] = (drawn[places[:, 1], places[:, 0]].max(axis=1) > 60).mean()
    assert covered[OutlineState.ACCEPTED] == covered[OutlineState.EDITED] == 1.0
    assert 0.4 < covered[OutlineState.PROPOSED] < 0.75


def test_that_each_standing_has_a_colour_of_its_own():
    assert len({pen_of(state).colour for state in DRAWN}) == len(DRAWN)
    drawn = draw_outline(black(), Ellipse(100, 80, 60, 50, 0), pen=pen_of(OutlineState.ACCEPTED))
    assert (drawn == colours.rgb(colours.ACCEPTED)).all(axis=-1).any()


def test_that_calipers_cross_at_the_centre():
    outline = Ellipse(100, 80, 60, 50, 0.3)
    plain = draw_outline(black(), outline, pen=RED)
    crossed = draw_outline(black(), outline, pen=RED, calipers=Pen(WHITE, 1))
    assert plain[80, 100].max() == 0
    assert crossed[80, 100].min() > 200


def test_that_an_outline_far_outside_the_scan_harms_nothing():
    drawn = draw_outline(black(), Ellipse(1e7, -1e7, 3e6, 1.0, 1), pen=RED)
    assert drawn.shape == (160, 200, 3)


def test_that_a_scan_of_one_pixel_can_be_drawn():
    scan = black(rows=1, columns=1)
    outline = Ellipse(0, 0, 2, 1, 0)
    assert draw_outline(scan, outline, pen=RED, mm_per_column=0.02).shape == (1, 1, 3)


def test_that_a_scale_bar_is_as_long_as_it_says():
    drawn = draw_outline(black(), None, pen=RED, mm_per_column=0.5)
    bar = scale_bar(0.5, 200)
    assert bar is not None
    assert (bar.length_mm, bar.length_px) == (20.0, 40.0)
    white = (drawn == 255).all(axis=-1)
    longest = max(int(row.sum()) for row in white[-20:])
    assert longest == pytest.approx(bar.length_px, abs=1.5)


def test_that_without_a_scale_there_is_no_scale_bar():
    assert draw_outline(black(), None, pen=RED).max() == 0


def test_that_shrinking_averages_speckle_instead_of_thinning_it():
    board = np.indices((400, 400)).sum(axis=0) % 2 * 255
    scan = replace(image(), gray=board.astype(np.uint8))
    drawn = draw_outline(scan, None, pen=RED, magnification=0.25).astype(float)
    assert drawn[5:-5, 5:-5].std() < 12
