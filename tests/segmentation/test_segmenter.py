"""How often and where a picture is looked at, whatever computes the maps."""

import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fhc_desktop.domain.confidence import Grade
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.bundle import HEAD_PLANE_WEIGHTS
from fhc_desktop.segmentation.segmenter import ASLANT, RIVAL_SHARE, THOROUGH_VIEWS, Segmenter
from fhc_desktop.segmentation.trust.head_plane import HeadPlaneSpec
from tests.segmentation.drawn_networks import DrawnNetworks, bright, drawn_bundle
from tests.segmentation.qualities import a_quality

ROOT = Path(__file__).resolve().parents[2]
HEAD = Ellipse(140.0, 96.0, 70.0, 54.0, 0.2)
ONE_LOOK_EACH = [("survey", 0, 1), ("close_up", 0, 2)]
THOROUGH = ("survey", 0, THOROUGH_VIEWS)
TURNED = [("survey", 0, 4)] * len(ASLANT)


@pytest.fixture
def networks():
    return DrawnNetworks()


@pytest.fixture
def segmenter(networks):
    return Segmenter(drawn_bundle(), networks)


def test_that_a_head_is_surveyed_and_looked_at_closely(segmenter, networks):
    outline = segmenter.propose(bright(HEAD)).outline_px

    assert networks.asked == ONE_LOOK_EACH
    assert outline.perimeter == pytest.approx(HEAD.perimeter, rel=0.01)
    assert outline.center == pytest.approx(HEAD.center, abs=0.5)


def test_that_a_head_that_lies_askew_in_the_close_up_gets_another():
    networks = DrawnNetworks(moved=1)
    outline = Segmenter(drawn_bundle(), networks).propose(bright(HEAD)).outline_px

    assert networks.asked == [*ONE_LOOK_EACH, ("close_up", 0, 2)]
    assert outline.center == pytest.approx(HEAD.center, abs=0.5)


def test_that_a_picture_without_a_head_is_surveyed_thoroughly_before_it_is_said(networks):
    quality = a_quality()
    said = Segmenter(drawn_bundle(quality=quality), networks).propose(bright())

    assert networks.asked == [("survey", 0, 1), THOROUGH, *TURNED]
    assert said.outline_px is None
    assert said.confidence.grade is Grade.NOT_MEASURABLE


@pytest.mark.parametrize("dimmed", [0.4, 0.2])
def test_that_a_head_too_dim_for_the_survey_is_found_by_the_thorough_one(dimmed):
    networks = DrawnNetworks(dimmed=dimmed)
    outline = Segmenter(drawn_bundle(), networks).propose(bright(HEAD)).outline_px

    assert networks.asked[:2] == [("survey", 0, 1), THOROUGH]
    assert outline.perimeter == pytest.approx(HEAD.perimeter, rel=0.01)


class BlindToLevelPictures(DrawnNetworks):
    """A survey that shows nothing unless the picture is turned, which leaves a corner black."""

    def seen(self, look, member, frames):
        found = super().seen(look, member, frames)
        if look == "survey" and frames[0, 0, 0] > 0:
            return found._replace(maps=np.zeros_like(found.maps))
        return found


def test_that_a_head_which_the_survey_sees_only_turned_is_found_in_its_place():
    grounded = bright(HEAD)
    grounded = replace(grounded, gray=np.maximum(grounded.gray, 30))
    networks = BlindToLevelPictures()
    outline = Segmenter(drawn_bundle(), networks).propose(grounded).outline_px

    assert networks.asked[:4] == [("survey", 0, 1), THOROUGH, *TURNED]
    assert outline.perimeter == pytest.approx(HEAD.perimeter, rel=0.01)
    assert outline.center == pytest.approx(HEAD.center, abs=0.5)
    assert math.remainder(outline.angle - HEAD.angle, math.pi) == pytest.approx(0, abs=0.02)


def test_that_what_is_dim_close_up_too_is_no_head():
    segmenter = Segmenter(drawn_bundle(), DrawnNetworks())

    assert segmenter.propose(bright(HEAD, shades=(0.2 * 255,))).outline_px is None


def test_that_of_two_areas_the_surer_one_is_taken(segmenter):
    larger = Ellipse(90.0, 100.0, 62.0, 50.0, 0.0)
    smaller = Ellipse(230.0, 100.0, 50.0, 40.0, 0.0)
    found = segmenter.find(bright(larger, smaller, shades=(0.7 * 255, 255)))

    assert found.signals.second > RIVAL_SHARE
    assert found.outline_px.center == pytest.approx(smaller.center, abs=1)


def test_that_the_members_take_turns_with_the_views():
    networks = DrawnNetworks()
    views = Segmenter(drawn_bundle(members=2), networks).survey(bright(HEAD), views=4).views

    assert networks.asked == [("survey", 0, 2), ("survey", 1, 2)]
    # The second member says the opposite of the first; each mirror image is turned back.
    assert np.allclose(views[0], views[2], atol=1e-6)
    assert np.allclose(views[1], 1 - views[0], atol=1e-6)
    assert np.allclose(views[3], views[1], atol=1e-6)


def test_that_an_upright_picture_is_surveyed_in_an_upright_frame(segmenter):
    assert segmenter.survey(bright(rows=300, columns=200)).frame.shape == (96, 64)


def test_that_a_bundle_of_one_look_takes_all_its_views_at_once(networks):
    segmenter = Segmenter(drawn_bundle(close_up=None), networks)

    assert segmenter.propose(bright(HEAD)).notices == ()
    assert networks.asked == [("survey", 0, 2)]
    with pytest.raises(ValueError, match="one look only"):
        segmenter.look_closer(bright(HEAD), HEAD)


def test_that_a_bundle_without_a_rule_says_what_to_look_at_again(networks):
    segmenter = Segmenter(drawn_bundle(close_up=None), networks)
    (cut_off,) = segmenter.propose(bright(HEAD.moved(-90, 0))).notices

    assert "The head leaves the image" in cut_off


def test_that_a_proposal_says_what_computed_it_and_what_became_of_that():
    networks = DrawnNetworks(notices=("A bead is missing.",))
    said = Segmenter(drawn_bundle(), networks).propose(bright(HEAD))

    assert (said.device, said.notices) == ("abacus", ("A bead is missing.",))
    assert said.model == drawn_bundle().identity


WITHOUT_A_RUNTIME = """
import sys
from fhc_desktop.segmentation.segmenter import Segmenter
from tests.segmentation.drawn_networks import DrawnNetworks, bright, drawn_bundle
from tests.segmentation.test_segmenter import HEAD

print(Segmenter(drawn_bundle(), DrawnNetworks()).propose(bright(HEAD)).outline_px is not None)
print("torch" in sys.modules or "onnxruntime" in sys.modules)
"""


def test_that_the_looks_need_no_library_for_networks():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_A_RUNTIME],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.split() == ["True", "False"], done.stderr


def test_that_levels_are_the_mean_of_the_views_each_turned_back():
    segmenter = Segmenter(drawn_bundle(), DrawnNetworks(levels=True))
    # Off its middle, so that a level that was left mirrored would show.
    seen = segmenter.look_closer(bright(HEAD), HEAD.moved(12, 0))
    (level,) = seen.levels

    assert level.shape == (1, 24, 28)
    # The mirrored view shows every fourth pixel of its own, so an edge may lie one farther.
    assert (np.abs(level[0] - seen.frame[::4, ::4] / 255) > 0.45).mean() < 0.03
    assert segmenter.survey(bright(HEAD)).levels == ()


# Log odds are ten times the brightness deep inside: of the brightest they are 10.
BRIGHTNESS = {HEAD_PLANE_WEIGHTS: np.array([10, 0, 0, 0, 0, 0], np.float32)}
PLANE = HeadPlaneSpec(0.0, not_measurable_below=7.0, look_again_below=8.0, sought_from=9.0)
# What is drawn has no grain: whether it is a head is the plane's matter alone.
BY_PLANE = a_quality(head_plane=PLANE, head_above=-math.inf)


@pytest.fixture
def by_plane():
    bundle = replace(drawn_bundle(quality=BY_PLANE), tensors=BRIGHTNESS)
    return Segmenter(bundle, DrawnNetworks(levels=True))


@pytest.mark.parametrize(
    ("shade", "grade"),
    [(255, Grade.GOOD), (0.75 * 255, Grade.LOOK_AGAIN), (0.65 * 255, Grade.NOT_MEASURABLE)],
)
def test_that_a_plane_is_judged_by_what_the_close_look_sees(by_plane, shade, grade):
    said = by_plane.propose(bright(HEAD, shades=(shade,))).confidence

    assert said.grade is grade
    assert any("plane" in reason for reason in said.reasons) == (grade is not Grade.GOOD)


def test_that_a_bundle_without_a_rule_of_planes_looks_nowhere_else(networks):
    bundle = drawn_bundle(quality=a_quality(head_above=-math.inf))
    Segmenter(bundle, networks).propose(bright(rows=400, columns=600))

    assert networks.asked == [("survey", 0, 1), THOROUGH, *TURNED]


SMALL = Ellipse(420.0, 110.0, 42.0, 33.0, 0.3)


def screen_with(shade):
    """A head, and a bar that takes more of the survey's frame and is no ellipse."""
    screen = bright(SMALL, rows=400, columns=600, shades=(shade,))
    gray = screen.gray.copy()
    gray[370:382, 20:580] = 255
    return replace(screen, gray=gray)


def test_that_a_head_that_the_survey_overlooks_is_found_in_its_own_part_of_the_picture(by_plane):
    outline = by_plane.propose(screen_with(255)).outline_px

    assert outline.center == pytest.approx(SMALL.center, abs=0.5)
    assert outline.perimeter == pytest.approx(SMALL.perimeter, rel=0.01)


def test_that_what_is_only_sought_must_be_surer_than_what_is_seen_at_once(by_plane):
    assert by_plane.propose(screen_with(0.86 * 255)).outline_px is None
    assert by_plane.propose(bright(HEAD, shades=(0.86 * 255,))).offered_outline_px is not None


def test_that_two_heads_are_told_from_left_to_right_and_neither_is_offered(by_plane):
    right = HEAD.moved(240, 5)
    said = by_plane.propose(bright(right, HEAD, columns=520))

    assert said.offered_outline_px is None
    centers = [head.outline_px.center for head in said.heads]
    assert centers == [pytest.approx(one.center, abs=1) for one in (HEAD, right)]
    assert [head.confidence.grade for head in said.heads] == [Grade.GOOD, Grade.GOOD]


def test_that_a_second_area_that_is_less_surely_a_head_is_none(by_plane):
    said = by_plane.propose(bright(HEAD, HEAD.moved(240, 5), columns=520, shades=(255, 200)))

    assert said.heads == ()
    assert said.offered_outline_px.center == pytest.approx(HEAD.center, abs=1)
