"""What the shipped weights say of drawn heads and of pictures without one."""

import numpy as np
import pytest

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import load_bundle
from fhc_desktop.segmentation.networks.loading import load_networks
from fhc_desktop.segmentation.segmenter import Segmenter
from tests.heads import small_phantom
from tests.reading import load_image

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def segmenter():
    bundle = load_bundle(resource("model/head_unet.safetensors"))
    return Segmenter(bundle, load_networks(bundle, "cpu"))


def image_of(gray, tmp_path):
    return UltrasoundImage(gray, ImageSource(tmp_path / "x.png", "0"))


def test_that_the_demonstration_scan_is_measured_within_three_per_cent(segmenter):
    loaded = load_image(resource("demo/demo_head.png"))
    mm = loaded.calibration.candidates[0].calibration.mm_per_column

    assert segmenter.propose(loaded.image).outline_px.perimeter * mm == pytest.approx(
        176.26, rel=0.03
    )


def test_that_the_same_image_gives_the_same_outline(segmenter):
    image = load_image(resource("demo/demo_head.png")).image

    assert segmenter.propose(image).outline_px == segmenter.propose(image).outline_px


def test_that_a_mirrored_picture_gives_the_mirrored_outline(segmenter, tmp_path):
    gray = load_image(resource("demo/demo_head.png")).image.gray
    outline = segmenter.propose(image_of(gray, tmp_path)).outline_px
    mirrored = segmenter.propose(image_of(np.ascontiguousarray(gray[:, ::-1]), tmp_path)).outline_px

    # The survey has one view: it may frame the mirrored head a little differently.
    assert mirrored.perimeter == pytest.approx(outline.perimeter, rel=2e-3)
    assert mirrored.center_x == pytest.approx(gray.shape[1] - 1 - outline.center_x, abs=0.5)


@pytest.mark.parametrize("level", [0, 12])
def test_that_no_head_is_found_on_a_blank_picture(segmenter, tmp_path, level):
    blank = np.full((540, 800), level, np.uint8)

    assert segmenter.propose(image_of(blank, tmp_path)).outline_px is None


def test_that_no_head_is_found_in_noise(segmenter, tmp_path):
    noise = np.random.default_rng(2).integers(0, 255, (540, 800), dtype=np.uint8)

    assert segmenter.propose(image_of(noise, tmp_path)).outline_px is None


def test_that_a_small_drawn_head_is_found(segmenter):
    phantom = small_phantom(seed=4)

    assert segmenter.propose(phantom.image).outline_px.perimeter == pytest.approx(
        phantom.outline_px.perimeter, rel=0.05
    )


def test_that_a_picture_turned_upright_keeps_its_hc(segmenter, tmp_path):
    gray = load_image(resource("demo/demo_head.png")).image.gray
    outline = segmenter.propose(image_of(gray, tmp_path)).outline_px
    turned = segmenter.propose(image_of(np.ascontiguousarray(np.rot90(gray)), tmp_path)).outline_px

    assert turned.perimeter == pytest.approx(outline.perimeter, rel=0.015)


def test_that_the_demonstration_scan_is_good_and_carries_an_interval_round_its_hc(segmenter):
    confidence = segmenter.propose(load_image(resource("demo/demo_head.png")).image).confidence
    interval = confidence.interval_mm(176.26)

    assert confidence.grade is Grade.GOOD
    assert interval.low < 176.26 < interval.high
    assert interval.high - interval.low < 0.08 * 176.26


@pytest.mark.parametrize("level", [0, 12])
def test_that_a_blank_picture_is_not_measurable(segmenter, tmp_path, level):
    blank = np.full((540, 800), level, np.uint8)
    confidence = segmenter.propose(image_of(blank, tmp_path)).confidence

    assert confidence.grade is Grade.NOT_MEASURABLE
    assert confidence.reasons


def test_that_the_same_head_low_in_contrast_is_still_found(segmenter, tmp_path):
    gray = load_image(resource("demo/demo_head.png")).image.gray
    outline = segmenter.propose(image_of(gray, tmp_path)).outline_px
    dim = segmenter.propose(image_of((gray * 0.4).astype(np.uint8), tmp_path)).outline_px

    assert dim.perimeter == pytest.approx(outline.perimeter, rel=0.02)


def test_that_of_two_heads_side_by_side_one_is_outlined(segmenter, tmp_path):
    gray = load_image(resource("demo/demo_head.png")).image.gray
    alone = segmenter.propose(image_of(gray, tmp_path)).outline_px
    rows, columns = (np.arange(0, side, 1.5).astype(int) for side in gray.shape)
    smaller = gray[np.ix_(rows, columns)]
    both = np.zeros((gray.shape[0], gray.shape[1] + smaller.shape[1]), np.uint8)
    both[:, : gray.shape[1]] = gray
    both[: smaller.shape[0], gray.shape[1] :] = smaller
    found = segmenter.find(image_of(both, tmp_path))
    size = found.outline_px.perimeter / alone.perimeter

    assert found.signals.second > 0.25
    assert size == pytest.approx(1.0, rel=0.03) or size == pytest.approx(2 / 3, rel=0.03)
