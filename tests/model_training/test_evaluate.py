from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.segmenter import Segmenter
from model_training.dataset import Head
from model_training.evaluate import NOMINAL_MM_PER_PIXEL, image_of, score_heads, score_of
from model_training.samples import HeadSample
from tests.segmentation.drawn_networks import DrawnNetworks, bright, drawn_bundle

OUTLINE = Ellipse(140.0, 96.0, 70.0, 54.0, 0.2)
SAMPLE = HeadSample("a.png", "drawn", "a", Path("a.png"), OUTLINE, mm_per_pixel=0.2, hc_mm=80.0)


def test_that_a_head_is_scored_as_the_looks_outline_it():
    head = Head(SAMPLE, bright(OUTLINE).gray, 1.0)
    (score,) = score_heads(Segmenter(drawn_bundle(), DrawnNetworks()), [head])

    assert score.hc_mm == pytest.approx(OUTLINE.perimeter * 0.2, rel=0.01)
    assert score.reference_hc_mm == 80.0
    assert score.dice > 0.99


def test_that_without_millimetres_the_outline_is_the_reference_in_nominal_ones():
    score = score_of(replace(SAMPLE, mm_per_pixel=None, hc_mm=None), OUTLINE)

    assert score.hc_mm == score.reference_hc_mm
    assert score.hc_mm == pytest.approx(OUTLINE.perimeter * NOMINAL_MM_PER_PIXEL)


def test_that_a_picture_is_shown_with_the_shape_of_its_pixels():
    image = image_of(Head(SAMPLE, np.zeros((4, 6), np.uint8), 1.25))

    assert (image.gray.shape, image.pixel_aspect) == ((4, 6), 1.25)
