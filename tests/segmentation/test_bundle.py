import random
from dataclasses import asdict, replace

import pytest
import torch
from safetensors.numpy import save_file

from fhc_desktop.segmentation.bundle import (
    BundleHeader,
    InferenceSpec,
    Look,
    UnusableModel,
    load_bundle,
    save_bundle,
)
from fhc_desktop.segmentation.networks.pytorch.unet import UNet, UNetConfig
from fhc_desktop.segmentation.preprocessing import PreprocessingSpec
from fhc_desktop.segmentation.segmenter import Segmenter
from tests.heads import small_phantom
from tests.segmentation.qualities import a_quality

SMALL = UNetConfig(width=2, levels=3)
HEADER = BundleHeader(
    name="small",
    version="0",
    survey=Look(asdict(SMALL), PreprocessingSpec(96, 64)),
    close_up=None,
    inference=InferenceSpec(views=2),
    licence="none",
)


@pytest.fixture
def tensors():
    torch.manual_seed(3)
    return {f"survey.0.{name}": value.numpy() for name, value in UNet(SMALL).state_dict().items()}


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


def test_that_weights_of_another_network_are_refused(bundle):
    read = load_bundle(bundle)
    look = Look({"width": 4, "levels": 3}, HEADER.survey.preprocessing)
    other = replace(read, header=replace(HEADER, survey=look))
    with pytest.raises(UnusableModel, match="do not fit"):
        Segmenter(other)


def test_that_members_take_turns_with_the_views(tmp_path, tensors):
    other = {name: -value if "head.1" in name else value for name, value in tensors.items()}
    second = {name.replace(".0.", ".1.", 1): value for name, value in other.items()}
    header = replace(
        HEADER, survey=replace(HEADER.survey, members=2), inference=InferenceSpec(views=2)
    )
    both = Segmenter(save_bundle(tmp_path / "both.safetensors", header, tensors | second), "cpu")
    alone = Segmenter(save_bundle(tmp_path / "one.safetensors", HEADER, tensors), "cpu")
    image = small_phantom().image

    # The second member says the opposite of the first, of the mirror image.
    views, expected = both.survey(image).views, alone.survey(image).views
    assert views[0] == pytest.approx(expected[0], abs=1e-6)
    assert views[1] == pytest.approx(1 - expected[1], abs=1e-5)


def test_that_both_looks_and_their_quality_read_back(tmp_path, tensors):
    closer = {name.replace("survey.", "close_up."): value for name, value in tensors.items()}
    header = replace(HEADER, close_up=HEADER.survey, quality=a_quality())
    found = save_bundle(tmp_path / "two.safetensors", header, tensors | closer)

    assert found.header == header


def test_that_a_bundle_without_one_of_its_looks_is_refused(tmp_path, tensors):
    header = replace(HEADER, close_up=HEADER.survey)
    found = save_bundle(tmp_path / "two.safetensors", header, tensors)
    with pytest.raises(UnusableModel, match="do not fit"):
        Segmenter(found)


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
