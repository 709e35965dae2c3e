import numpy as np
import pytest

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.outline import find_outline
from fhc_desktop.segmentation.preprocessing import (
    PreprocessingSpec,
    close_up,
    to_network_mask,
    whole_picture,
)
from fhc_desktop.segmentation.segmentation import Segmentation
from fhc_desktop.segmentation.trust.signals import (
    LARGEST_SPREAD,
    measure_signals,
    plainness,
    visible_skull_share,
)

HEAD_PX = Ellipse(400.0, 270.0, 160.0, 125.0, 0.3)
SHAPE = (540, 800)
SURVEY, CLOSE = PreprocessingSpec(192, 128), PreprocessingSpec(224, 192)


def looks(
    head_px=HEAD_PX,
    *,
    surveyed_px=None,
    second_view=None,
    extra=None,
    shape=SHAPE,
    pixel_aspect=1.0,
):
    """Both looks of networks that are sure of everything, and what is found in them."""
    first = whole_picture(shape, pixel_aspect, SURVEY)
    mask = to_network_mask(surveyed_px or head_px, first, SURVEY)
    if extra is not None:
        mask = np.maximum(mask, to_network_mask(extra, first, SURVEY))
    survey = Segmentation(mask[None], np.zeros_like(mask), first)
    second = close_up(shape, pixel_aspect, head_px, CLOSE)
    views = [to_network_mask(head_px, second, CLOSE)]
    views.append(views[0] if second_view is None else to_network_mask(second_view, second, CLOSE))
    closer = Segmentation(np.stack(views), np.zeros_like(views[0]), second)
    return (
        survey,
        find_outline(survey.probability, survey.placement),
        closer,
        find_outline(closer.probability, closer.placement),
    )


def ring(outline, *, share=1.0, bright=200.0):
    """A frame with a bright rim along a share of an outline, on a dim ground."""
    frame = np.full((192, 224), 30.0, np.float32)
    for radius in np.linspace(-5, 0, 24):
        points = outline.grown(float(radius)).points(2000)[: round(2000 * share)]
        x, y = np.rint(points).astype(int).T
        frame[y, x] = bright
    return frame


def test_that_sure_and_agreeing_looks_leave_no_doubt():
    found = measure_signals(*looks())

    assert found.misfit < 0.02
    assert found.spread < 1e-6
    assert found.shift < 0.01
    assert found.cut == 0
    assert found.second == 0
    assert found.doubt < 0.01
    assert found.softness < 0.05


def test_that_views_of_different_size_disagree_by_their_standard_deviation():
    found = measure_signals(*looks(second_view=HEAD_PX.grown(14.25)))

    # Two values 10 % apart deviate by 5 % of their mean from it.
    assert found.spread == pytest.approx(0.05, rel=0.1)


def test_that_a_view_without_a_head_is_the_largest_disagreement():
    survey, surveyed, closer, found = looks()
    views = np.stack([closer.views[0], np.zeros_like(closer.views[0])])
    blind = Segmentation(views, closer.frame, closer.placement)

    assert measure_signals(survey, surveyed, blind, found).spread == LARGEST_SPREAD


def test_that_a_head_across_the_edge_is_cut():
    found = measure_signals(*looks(Ellipse(60.0, 270.0, 150.0, 120.0, 0.0)))

    assert 0.2 < found.cut < 0.5


def test_that_a_second_area_is_seen():
    other = Ellipse(680.0, 420.0, 80.0, 62.5, 0.3)

    assert measure_signals(*looks(extra=other)).second == pytest.approx(0.25, rel=0.1)


def test_that_a_smaller_head_counts_as_smaller():
    small = Ellipse(400.0, 270.0, 60.0, 50.0, 0.0)

    assert measure_signals(*looks(small)).small > measure_signals(*looks()).small


@pytest.mark.parametrize(("x_factor", "y_factor"), [(1.5, 1.0), (1.0, 1.5)])
def test_that_signals_do_not_depend_on_the_pixels_aspect(x_factor, y_factor):
    # The survey took the head for longer than it is, so that a shift is there to be kept.
    head, surveyed = HEAD_PX, Ellipse(400.0, 270.0, 190.0, 125.0, 0.3)
    shape = (round(SHAPE[0] * y_factor), round(SHAPE[1] * x_factor))
    stretched = [
        outline.moved(0.5, 0.5).scaled(x_factor, y_factor).moved(-0.5, -0.5)
        for outline in (head, surveyed)
    ]
    aspect = x_factor / y_factor
    square = measure_signals(*looks(head, surveyed_px=surveyed))
    other = measure_signals(
        *looks(stretched[0], surveyed_px=stretched[1], shape=shape, pixel_aspect=aspect),
        pixel_aspect=aspect,
    )

    assert square.shift > 0.08
    assert other.shift == pytest.approx(square.shift, abs=2e-3)
    assert other.small == pytest.approx(square.small, abs=2e-3)


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_that_the_visible_skull_is_read_off_the_picture(share):
    outline = Ellipse(112.0, 96.0, 78.0, 62.0, 0.0)

    assert visible_skull_share(ring(outline, share=share), outline) == pytest.approx(
        share, abs=0.06
    )


def test_that_gain_does_not_change_what_is_visible():
    outline = Ellipse(112.0, 96.0, 78.0, 62.0, 0.0)
    frame = ring(outline, share=0.6)

    assert visible_skull_share(frame * 0.4, outline) == visible_skull_share(frame, outline)


def test_that_nothing_is_visible_on_black():
    outline = Ellipse(112.0, 96.0, 78.0, 62.0, 0.0)

    assert visible_skull_share(np.zeros((192, 224), np.float32), outline) == 0


def test_that_a_plain_area_lacks_grain_and_speckle_has_it():
    outline = Ellipse(112.0, 96.0, 78.0, 62.0, 0.0)
    speckle = np.random.default_rng(1).rayleigh(20.0, (192, 224)).astype(np.float32)

    assert plainness(ring(outline), outline) > 0.9
    assert plainness(np.maximum(ring(outline), speckle), outline) == 0
    assert plainness(np.zeros((192, 224), np.float32), outline) == 1
