"""Where a scan lies on a screen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.preprocessing import PreprocessingSpec, whole_picture
from fhc_desktop.segmentation.scan_box import SURROUNDINGS, ScanBox, scan_boxes
from fhc_desktop.segmentation.tissue import tissue_of
from model_training.screens import a_screen, side_by_side
from tests.heads import small_phantom

SCAN = small_phantom().gray


@pytest.mark.parametrize("seed", range(6))
def test_that_the_largest_box_on_a_screen_holds_the_scan_and_little_more(seed):
    rng = np.random.default_rng(seed)
    screen = a_screen(SCAN, rng.uniform(0.28, 0.9), rng)
    box = scan_boxes(tissue_of(screen.gray))[0]
    left, top, width, height = screen.box

    # The sector leaves the scan's corners black.
    assert box.holds((left + width / 2, top + height / 2))
    assert box.share_of(screen.gray) < 1.6 * width * height / screen.gray.size + 0.03


def test_that_two_scans_beside_each_other_have_a_box_each():
    gray, places = side_by_side([SCAN, small_phantom(2).gray], np.random.default_rng(3))
    first, second = sorted(scan_boxes(tissue_of(gray)), key=lambda box: box.left)

    for box, place in ((first, places[0]), (second, places[1])):
        left, top, width, height = place.box
        assert box.holds((left + width / 2, top + height / 2))
    assert first.right < second.left


@pytest.mark.parametrize("level", [0, 90, 255])
def test_that_an_empty_picture_has_no_scan(level):
    assert scan_boxes(tissue_of(np.full((200, 300), level, np.uint8))) == []


def test_that_text_alone_is_no_scan():
    screen = a_screen(np.zeros((10, 10), np.uint8), 0.01, np.random.default_rng(8))
    ground = np.bincount(screen.gray.ravel()).argmax()
    text = np.where(screen.gray == 255, screen.gray, ground).astype(np.uint8)

    assert scan_boxes(tissue_of(text)) == []


def test_that_the_smallest_of_pictures_has_boxes_within_it():
    for box in scan_boxes(tissue_of(np.arange(12, dtype=np.uint8).reshape(3, 4) * 20)):
        assert 0 <= box.left < box.right <= 4
        assert 0 <= box.top < box.bottom <= 3


@given(st.integers(0, 100), st.integers(0, 80), st.floats(0.5, 2.0))
def test_that_a_point_has_one_place_in_the_boxs_frame_whichever_way_it_goes_there(x, y, aspect):
    shape, spec = (240, 320), PreprocessingSpec(96, 64)
    box = ScanBox(x, y, x + 150, y + 100)
    own = whole_picture((100, 150), aspect, spec)
    outline = Ellipse(x + 60.0, y + 40.0, 30.0, 20.0, 0.4)

    whole = box.in_picture(own, shape).to_network(outline)
    part = own.to_network(outline.moved(-x, -y))
    assert whole.center == pytest.approx(part.center, abs=1e-9)
    assert whole.perimeter == pytest.approx(part.perimeter)


def test_that_a_thumbnail_is_no_scan():
    small, screen = SCAN[::3, ::3], np.zeros((400, 600), np.uint8)
    screen[50 : 50 + SCAN.shape[0], 300 : 300 + SCAN.shape[1]] = SCAN
    screen[200 : 200 + small.shape[0], 30 : 30 + small.shape[1]] = small
    (box,) = scan_boxes(tissue_of(screen))

    assert box.holds((300 + SCAN.shape[1] / 2, 50 + SCAN.shape[0] / 2))


@given(st.integers(0, 90), st.integers(0, 90), st.integers(1, 200), st.integers(1, 200))
def test_that_surroundings_hold_the_box_and_stay_in_the_picture(x, y, width, height):
    box = ScanBox(x, y, min(x + width, 100), min(y + height, 100))
    part = box.with_surroundings((100, 100))

    assert 0 <= part.left <= box.left < box.right <= part.right <= 100
    assert 0 <= part.top <= box.top < box.bottom <= part.bottom <= 100
    # By as much on each side, where the picture has it.
    longer = max(box.right - box.left, box.bottom - box.top)
    around = round(SURROUNDINGS * longer)
    assert part.left == max(box.left - around, 0)
    assert part.bottom == min(box.bottom + around, 100)


def test_that_a_box_is_cut_and_counted_as_it_says():
    gray = np.arange(100, dtype=np.uint8).reshape(10, 10)
    box = ScanBox(2, 3, 7, 5)

    assert box.cut_from(gray).shape == (2, 5)
    assert box.share_of(gray) == 0.1
