from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fhc_desktop.domain.image.geometry import Ellipse
from model_training.config import config_from
from model_training.folds import configured_samples, held_out_numbers
from model_training.samples import HeadSample, data_identity, subject_folds

# No test depends on how fast the machine is.
unhurried = settings(deadline=None)


def sample(data_set, subject, size):
    return HeadSample(
        name=f"{data_set}_{subject}_{size}.png",
        data_set=data_set,
        subject=subject,
        image=Path("x.png"),
        outline_px=Ellipse(0, 0, size, size, 0),
        mm_per_pixel=None,
        hc_mm=None,
    )


def many_samples():
    # Both sets call their subjects by the same names: they are other women all the same.
    one = st.builds(
        sample, st.sampled_from(["A", "B"]), st.sampled_from("abcdefghijkl"), st.integers(50, 300)
    )
    return st.lists(one, min_size=1, max_size=60)


@unhurried
@given(many_samples(), st.integers(2, 6), st.integers(0, 99))
def test_that_every_sample_is_dealt_once_and_no_subject_stands_on_both_sides(samples, count, seed):
    folds = subject_folds(samples, count, seed=seed)

    assert sorted(number for fold in folds for number in fold) == list(range(len(samples)))
    subjects = [{(samples[n].data_set, samples[n].subject) for n in fold} for fold in folds]
    assert sum(map(len, subjects)) == len(set().union(*subjects))


@unhurried
@given(many_samples(), st.integers(2, 6))
def test_that_the_same_seed_deals_the_same_folds(samples, count):
    assert subject_folds(samples, count, seed=5) == subject_folds(samples, count, seed=5)


@unhurried
@given(many_samples(), st.integers(2, 6))
def test_that_each_set_is_dealt_on_its_own(samples, count):
    """Another set beside it changes nothing for a set, so earlier runs keep their folds."""
    alone = [number for number, each in enumerate(samples) if each.data_set == "A"]
    folds = subject_folds(samples, count, seed=3)
    folds_alone = subject_folds([samples[number] for number in alone], count, seed=3)

    for fold, fold_alone in zip(folds, folds_alone, strict=True):
        assert [n for n in fold if samples[n].data_set == "A"] == [alone[n] for n in fold_alone]


def test_that_each_fold_has_subjects_of_every_set_and_size():
    samples = [
        sample(name, f"{n:03d}", size) for name in "AB" for n, size in enumerate(range(60, 300, 4))
    ]
    for fold in subject_folds(samples, 5, seed=1):
        assert Counter(samples[n].data_set for n in fold) == {"A": 12, "B": 12}
        assert np.mean([samples[n].size for n in fold]) == pytest.approx(
            np.mean([each.size for each in samples]), rel=0.05
        )


def test_that_real_folds_are_alike_and_share_no_subject(shared):
    config = config_from(
        {
            "name": "a",
            "version": "0",
            "data": shared / "hc18",
            "planes": shared / "fetal_planes",
            "output": "o",
        },
        "run.toml",
    )
    samples = configured_samples(config)
    folds = [held_out_numbers(replace(config, hold_out=fold), samples) for fold in range(5)]

    assert sorted(number for fold in folds for number in fold) == list(range(len(samples)))
    subjects = [{(samples[n].data_set, samples[n].subject) for n in fold} for fold in folds]
    assert sum(map(len, subjects)) == len(set().union(*subjects))
    means = [np.mean([samples[n].hc_mm for n in fold if samples[n].hc_mm]) for fold in folds]
    assert max(means) - min(means) < 10


def test_that_the_identity_of_data_knows_their_scale_and_not_their_order():
    samples = [sample("A", "a", 50), sample("A", "b", 60)]

    assert data_identity(samples) == data_identity(samples[::-1])
    assert data_identity(samples) != data_identity([samples[0], replace(samples[1], hc_mm=1.0)])
