"""Burnt-in dots go; what an outline is seen by stays."""

from itertools import pairwise

import cv2
import numpy as np
import pytest

from fhc_desktop.resources import resource
from fhc_desktop.segmentation.overlays import without_dots
from tests.reading import load_image

GROUND = 20


def tissue(rows=540, columns=800):
    noise = np.random.default_rng(4).normal(GROUND, 6, (rows, columns))
    return cv2.GaussianBlur(np.clip(noise, 0, 255).astype(np.uint8), (0, 0), 1.2)


@pytest.mark.parametrize("radius", [1, 2])
@pytest.mark.parametrize("scale", [1, 2])
def test_that_dots_that_stand_alone_are_taken_out(radius, scale):
    bare = tissue(540 * scale, 800 * scale)
    dotted = bare.copy()
    for turn in np.linspace(0, 2 * np.pi, 60, endpoint=False):
        x, y = 400 + 250 * np.cos(turn), 270 + 180 * np.sin(turn)
        place = (round(x * scale), round(y * scale))
        cv2.circle(dotted, place, radius * scale, 230, -1, cv2.LINE_AA)

    left = without_dots(dotted)

    assert dotted.max() > 200
    assert int(left.max()) < 2 * GROUND + 30
    assert np.abs(left.astype(int) - bare).mean() < 0.5


@pytest.mark.parametrize(("x_factor", "y_factor"), [(2, 1), (1, 2)])
def test_that_pixels_that_are_not_square_hide_no_dots(x_factor, y_factor):
    dotted = tissue()
    for turn in np.linspace(0, 2 * np.pi, 60, endpoint=False):
        place = (round(400 + 250 * np.cos(turn)), round(270 + 180 * np.sin(turn)))
        cv2.circle(dotted, place, 2, 230, -1, cv2.LINE_AA)
    dotted = dotted.repeat(y_factor, axis=0).repeat(x_factor, axis=1)

    assert int(without_dots(dotted, x_factor / y_factor).max()) < 2 * GROUND + 30


@pytest.mark.parametrize("thickness", [1, 3, 8])
def test_that_a_line_of_bone_stays(thickness):
    picture = tissue()
    cv2.ellipse(picture, (400, 270), (250, 180), 10, 0, 300, 220, thickness)
    is_bone, changed = picture > 150, without_dots(picture) != picture

    # Of a thick line a crumb of its jagged edge may pass for a dot.
    assert changed.sum() < 0.02 * is_bone.sum()


def test_that_a_real_scan_hardly_changes():
    gray = load_image(resource("demo/demo_head.png")).image.gray
    left = without_dots(gray)

    assert left.shape == gray.shape
    assert left.dtype == np.uint8
    assert (left <= gray).all()
    assert (left != gray).mean() < 0.01


def test_that_the_picture_itself_is_not_written_on():
    picture = tissue()
    picture.setflags(write=False)
    without_dots(picture)


@pytest.mark.parametrize("shape", [(16, 16), (8, 400), (1, 1)])
def test_that_tiny_pictures_pass_through(shape):
    assert without_dots(np.full(shape, 90, np.uint8)).shape == shape


def test_that_a_speck_goes_gradually_with_its_contrast():
    left = []
    for brightness in range(GROUND + 50, GROUND + 120, 5):
        picture = np.full((540, 800), GROUND, np.uint8)
        cv2.circle(picture, (400, 270), 2, brightness, -1)
        left.append(int(without_dots(picture)[270, 400]) - GROUND)

    assert left[0] == 50
    assert left[-1] == 0
    # No step of five grey values decides over all of a speck.
    assert max(abs(a - b) for a, b in pairwise(left)) < 25
