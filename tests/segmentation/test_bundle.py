import random
from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import save_file

from fhc_desktop.segmentation.bundle import (
    BundleHeader,
    InferenceSpec,
    Look,
    UnusableModel,
    load_bundle,
    save_bundle,
)
from fhc_desktop.segmentation.preprocessing import PreprocessingSpec
from tests.segmentation.qualities import a_quality

HEADER = BundleHeader(
    name="small",
    version="0",
    survey=Look({"width": 2, "levels": 3}, PreprocessingSpec(96, 64)),
    close_up=None,
    inference=InferenceSpec(views=2),
    licence="none",
)


@pytest.fixture
def tensors():
    rng = np.random.default_rng(3)
    return {
        "survey.0.stem.weight": rng.standard_normal((2, 1, 3, 3)).astype(np.float32),
        "survey.0.stem.count": np.array(7),
        "survey.0.head.weight": rng.standard_normal((1, 2, 1, 1)).astype(np.float16),
    }


@pytest.fixture
def bundle(tmp_path, tensors):
    save_bundle(tmp_path / "small.safetensors", HEADER, tensors)
    return tmp_path / "small.safetensors"


def test_that_a_bundle_reads_back_as_it_was_written(bundle, tensors):
    found = load_bundle(bundle)

    assert found.header == HEADER
    assert all((found.tensors[name] == tensors[name]).all() for name in tensors)
    assert bundle.stat().st_mode & 0o777 == 0o644


def test_that_missing_weights_are_named(tmp_path):
    with pytest.raises(UnusableModel, match="missing"):
        load_bundle(tmp_path / "none.safetensors")


def test_that_any_flipped_bit_is_noticed_or_changes_nothing(bundle):
    original, read = bundle.read_bytes(), load_bundle(bundle)
    rng = random.Random(5)
    for _ in range(200):
        position = rng.randrange(len(original))
        altered = bytearray(original)
        altered[position] ^= 1 << rng.randrange(8)
        bundle.write_bytes(altered)
        try:
            found = load_bundle(bundle)
        except UnusableModel:
            continue
        assert found.header == read.header
        assert all((found.tensors[n] == t).all() for n, t in read.tensors.items())
        assert found.sha256 != read.sha256


def test_that_a_flipped_bit_in_the_weights_is_an_alteration(bundle):
    altered = bytearray(bundle.read_bytes())
    altered[-5] ^= 1
    bundle.write_bytes(altered)
    with pytest.raises(UnusableModel, match="altered"):
        load_bundle(bundle)


def test_that_a_file_of_another_kind_is_refused(tmp_path, tensors):
    save_file(tensors, tmp_path / "other.safetensors", metadata={"format": "pt"})
    with pytest.raises(UnusableModel, match="no FHC Desktop bundle"):
        load_bundle(tmp_path / "other.safetensors")
    (tmp_path / "text.safetensors").write_text("hello")
    with pytest.raises(UnusableModel, match="not a readable bundle"):
        load_bundle(tmp_path / "text.safetensors")


def test_that_a_newer_format_is_refused_by_its_number(bundle, tensors, monkeypatch):
    monkeypatch.setattr("fhc_desktop.segmentation.bundle.FORMAT_VERSION", 9)
    with pytest.raises(UnusableModel, match="version 3"):
        load_bundle(bundle)


def test_that_both_looks_and_their_quality_read_back(tmp_path, tensors):
    closer = {name.replace("survey.", "close_up."): value for name, value in tensors.items()}
    header = replace(HEADER, close_up=HEADER.survey, quality=a_quality())
    found = save_bundle(tmp_path / "two.safetensors", header, tensors | closer)

    assert found.header == header


def test_that_a_quality_with_too_few_weights_is_refused(tmp_path, tensors):
    path = tmp_path / "odd.safetensors"
    header = replace(HEADER, quality=a_quality())
    object.__setattr__(header.quality.error, "weights", (1.0,))
    with pytest.raises(UnusableModel, match="incomplete header"):
        save_bundle(path, header, tensors)


@pytest.mark.parametrize("views", [0, 5, -1])
def test_that_there_are_one_to_four_views(views):
    with pytest.raises(ValueError, match="not a way"):
        InferenceSpec(views=views)
