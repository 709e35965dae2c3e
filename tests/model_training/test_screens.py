"""A drawn screen says where the scan that was put on it lies."""

import cv2
import numpy as np
import pytest

from fhc_desktop.domain.image.geometry import Ellipse
from model_training.screens import a_screen

DISC = Ellipse(150.0, 90.0, 60.0, 45.0, 0.0)
LEVEL = 120


def a_scan():
    scan = np.zeros((200, 300), np.uint8)
    size = (2 * DISC.semi_axis_a, 2 * DISC.semi_axis_b)
    cv2.ellipse(scan, (DISC.center, size, 0.0), LEVEL, cv2.FILLED)
    return scan


@pytest.mark.parametrize("seed", range(8))
def test_that_an_outline_of_the_scan_lies_round_the_same_thing_on_the_screen(seed):
    rng = np.random.default_rng(seed)
    screen = a_screen(a_scan(), rng.uniform(0.28, 1), rng)
    left, top, width, height = screen.box
    part = screen.gray[top : top + height, left : left + width] > LEVEL // 2
    rows, columns = np.nonzero(part)
    placed = screen.placed(DISC)

    assert placed.center_x == pytest.approx(left + columns.mean(), abs=0.6)
    assert placed.center_y == pytest.approx(top + rows.mean(), abs=0.6)
    area = np.pi * placed.semi_axis_a * placed.semi_axis_b
    assert area == pytest.approx(part.sum(), rel=0.02)
