import random
from dataclasses import asdict, replace

import pytest
import torch
from safetensors.numpy import save_file

from fhc_desktop.segmentation.bundle import (
    BundleHeader,
    InferenceSpec,
    UnusableModel,
    load_bundle,
    save_bundle,
)
from fhc_desktop.segmentation.preprocessing import PreprocessingSpec
from fhc_desktop.segmentation.segmenter import Segmenter
from fhc_desktop.segmentation.unet import UNet, UNetConfig

SMALL = UNetConfig(width=2, levels=3)
HEADER = BundleHeader(
    name="small",
    version="0",
    network=asdict(SMALL),
    preprocessing=PreprocessingSpec(96, 64),
    inference=InferenceSpec(),
    licence="none",
)


@pytest.fixture
def tensors():
    torch.manual_seed(3)
    return {name: value.numpy() for name, value in UNet(SMALL).state_dict().items()}


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
    with pytest.raises(UnusableModel, match="version 1"):
        load_bundle(bundle)


def test_that_weights_of_another_network_are_refused(bundle):
    read = load_bundle(bundle)
    other = replace(read, header=replace(HEADER, network={"width": 4, "levels": 3}))
    with pytest.raises(UnusableModel, match="do not fit"):
        Segmenter(other)
