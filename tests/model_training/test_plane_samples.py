"""What the networks see of pictures as they are, changed, and round ellipses laid anywhere."""

from collections import Counter

import numpy as np
import pytest

from fhc_desktop.segmentation.segmenter import Segmenter
from model_training import hc18
from model_training.no_head import read_no_head
from model_training.plane_samples import (
    ANYWHERE,
    AS_IT_IS,
    CHANGED,
    CHANGES_OF_TRUNK,
    ELLIPSES_EACH,
    changed_picture,
    found_in,
    head_samples,
    no_head_samples,
    read_samples,
    write_samples,
)
from tests.model_training.drawn_sets import drawn_picture, write_hc18, write_no_head
from tests.segmentation.drawn_networks import DrawnNetworks, drawn_bundle


@pytest.fixture
def segmenter():
    return Segmenter(drawn_bundle(), DrawnNetworks(levels=True))


@pytest.fixture
def heads(segmenter, tmp_path):
    return list(head_samples(segmenter, hc18.read_samples(write_hc18(tmp_path, heads=4))))


@pytest.fixture
def others(segmenter, tmp_path):
    return list(no_head_samples(segmenter, read_no_head(write_no_head(tmp_path, count=2))))


def test_that_each_head_is_shown_as_it_is_and_every_second_one_changed(heads):
    assert Counter(sample.how for sample in heads) == {AS_IT_IS: 4, CHANGED: 2}
    assert {sample.group for sample in heads} == {"HC18 000", "HC18 001"}
    assert all(sample.is_head and sample.hc_mm for sample in heads)


def test_that_only_what_teaches_is_shown_otherwise(others):
    shown = Counter((sample.use, sample.how) for sample in others)

    assert shown == {
        ("teach", AS_IT_IS): 1,
        ("teach", CHANGED): CHANGES_OF_TRUNK,
        ("teach", ANYWHERE): ELLIPSES_EACH,
        ("test", AS_IT_IS): 1,
    }


def test_that_an_ellipse_laid_anywhere_has_features_and_no_signals(others):
    laid = [sample for sample in others if sample.how == ANYWHERE]

    assert all(sample.features is not None and sample.signals is None for sample in laid)
    assert found_in(laid) == laid


def test_that_the_same_pictures_give_the_same_samples(segmenter, others, tmp_path):
    again = no_head_samples(segmenter, read_no_head(tmp_path))

    for sample, other in zip(others, again, strict=True):
        assert (sample.features is None) == (other.features is None)
        assert sample.features is None or (sample.features == other.features).all()


def test_that_a_changed_picture_is_another_of_the_same_size():
    gray = drawn_picture(1)
    changed = changed_picture(gray, np.random.default_rng(2))

    assert (changed.shape, changed.dtype) == (gray.shape, np.uint8)
    assert (changed != gray).mean() > 0.3


def test_that_samples_read_back(heads, others, tmp_path):
    samples = [*others, *heads]
    write_samples(tmp_path / "kept.npz", samples)
    kept = read_samples(tmp_path / "kept.npz")

    for sample, read in zip(samples, kept, strict=True):
        assert (read.name, read.kind, read.how, read.hc_mm) == (
            sample.name,
            sample.kind,
            sample.how,
            sample.hc_mm,
        )
        assert read.signals == sample.signals
        assert (read.features is None) == (sample.features is None)
        assert read.features is None or (read.features == sample.features).all()
