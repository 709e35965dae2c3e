"""Whose the noise is, when two frames of one head are measured twice."""

import cv2
import numpy as np
import pytest

from fhc_desktop.domain.image.geometry import Ellipse
from model_training.out_of_fold import OutOfFold
from model_training.repeatability import (
    FramePair,
    frame_pairs,
    read_pairs,
    repeatability,
    repeated,
    spread,
    write_pairs,
)
from model_training.samples import HeadSample
from model_training.scores import HeadScore

HEAD = Ellipse(100, 80, 60, 45, 0)


def frames(*, reference_sd, proposal_sd, pairs=20000):
    """Return pairs whose head changes by 3 mm, measured with the noise that is given."""
    rng = np.random.default_rng(5)
    truth = 180 + 3 * rng.standard_normal((pairs, 2, 1))
    noise = rng.standard_normal((pairs, 2, 2)) * (reference_sd, proposal_sd)
    return truth + noise


def cloud(seed):
    rng = np.random.default_rng(seed)
    noise = cv2.GaussianBlur(rng.standard_normal((160, 200)), (0, 0), 6)
    return np.clip(120 + 500 * noise, 0, 255).astype(np.uint8)


def sample(folder, name, picture, *, hc_mm=180.0):
    cv2.imwrite(str(folder / name), picture)
    return HeadSample(name, "HC18", name[:3], folder / name, HEAD, 0.5 if hc_mm else None, hc_mm)


def row(name, reference_mm, hc_mm):
    return OutOfFold(0, HeadScore(name, reference_mm, hc_mm, 0.98, 1.0, "HC18"), HEAD, HEAD, None)


@pytest.mark.parametrize(("reference_sd", "proposal_sd"), [(2.0, 1.0), (1.0, 2.0), (1.5, 0.0)])
def test_that_each_noise_is_told_from_the_other_and_from_the_heads_own_change(
    reference_sd, proposal_sd
):
    found = repeatability(frames(reference_sd=reference_sd, proposal_sd=proposal_sd))

    assert found.reference_variance == pytest.approx(reference_sd**2, abs=0.15)
    assert found.proposal_variance == pytest.approx(proposal_sd**2, abs=0.15)
    assert found.error_variance == pytest.approx(reference_sd**2 + proposal_sd**2, abs=0.1)
    assert found.floor == pytest.approx(
        reference_sd / (reference_sd**2 + proposal_sd**2) ** 0.5, abs=0.03
    )
    assert found.reference_mm == pytest.approx((9 + reference_sd**2) ** 0.5, abs=0.05)


def test_that_an_error_common_to_both_frames_counts_as_an_error_and_as_nobodys_own_noise():
    measured = frames(reference_sd=1.0, proposal_sd=0.0)
    measured[:, :, 1] += 4.0
    found = repeatability(measured)

    assert found.proposal_variance == pytest.approx(0, abs=0.1)
    assert found.error_variance == pytest.approx(17, abs=0.3)


def test_that_fewer_pairs_tell_less_surely():
    measured = frames(reference_sd=2.0, proposal_sd=1.0, pairs=1600)
    few, many = spread(measured[:100]), spread(measured)

    assert few.reference_variance == pytest.approx(4 * many.reference_variance, rel=0.4)


def test_that_no_pair_is_no_answer():
    with pytest.raises(ValueError, match="alike"):
        repeatability(np.empty((0, 2, 2)))


def test_that_frames_of_one_subject_are_paired_and_told_how_alike_they_are(tmp_path):
    picture = cloud(1)
    samples = [
        sample(tmp_path, "001_HC.png", picture),
        sample(tmp_path, "001_2HC.png", np.roll(picture, (5, -7), (0, 1))),
        sample(tmp_path, "001_3HC.png", cloud(2)),
        sample(tmp_path, "002_HC.png", picture),
        sample(tmp_path, "003_HC.png", picture, hc_mm=None),
        sample(tmp_path, "003_2HC.png", picture, hc_mm=None),
    ]
    pairs = {(pair.first, pair.second): pair.likeness for pair in frame_pairs(samples)}

    assert len(pairs) == 3
    assert pairs["001_2HC.png", "001_HC.png"] > 0.95
    assert pairs["001_3HC.png", "001_HC.png"] < 0.6


def test_that_one_frame_under_two_names_and_frames_without_an_outline_are_left_out(tmp_path):
    pairs = [FramePair("a", "b", 0.999), FramePair("a", "c", 0.8), FramePair("a", "d", 0.8)]
    write_pairs(tmp_path / "pairs.csv", [*pairs, FramePair("b", "c", 0.3)])
    rows = [row("a", 170, 171), row("b", 170, 171), row("c", 174, 173)]
    found = repeated(read_pairs(tmp_path / "pairs.csv"), rows, alike=0.6)

    assert found.tolist() == [[[170, 171], [174, 173]]]
