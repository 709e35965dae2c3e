import random
from dataclasses import replace

import pytest
from safetensors.numpy import save_file

from fhc_desktop.segmentation.bundle import (
    InferenceSpec,
    UnusableModel,
    load_bundle,
    save_bundle,
)
from tests.segmentation.networks.small_bundle import read_small_bundle
from tests.segmentation.qualities import a_quality

GRAPH = "survey.graph"


@pytest.fixture(scope="module")
def small():
    return read_small_bundle()


@pytest.fixture(scope="module")
def header(small):
    return replace(small.header, close_up=None)


@pytest.fixture
def tensors(small):
    return {name: value for name, value in small.tensors.items() if name.startswith("survey.")}


@pytest.fixture
def bundle(tmp_path, header, tensors):
    save_bundle(tmp_path / "small.safetensors", header, tensors)
    return tmp_path / "small.safetensors"


def test_that_a_bundle_reads_back_as_it_was_written(bundle, header, tensors):
    found = load_bundle(bundle)

    assert found.header == header
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
    with pytest.raises(UnusableModel, match="version 5"):
        load_bundle(bundle)


def test_that_both_looks_and_their_quality_read_back(tmp_path, small):
    header = replace(small.header, quality=a_quality())
    found = save_bundle(tmp_path / "two.safetensors", header, small.tensors)

    assert found.header == header


def test_that_a_quality_with_too_few_weights_is_refused(tmp_path, header, tensors):
    path = tmp_path / "odd.safetensors"
    header = replace(header, quality=a_quality())
    object.__setattr__(header.quality.error, "weights", (1.0,))
    with pytest.raises(UnusableModel, match="incomplete header"):
        save_bundle(path, header, tensors)


def test_that_a_bundle_without_its_graphs_is_refused(tmp_path, header, tensors):
    del tensors[GRAPH]
    with pytest.raises(UnusableModel, match="lacks the graph"):
        save_bundle(tmp_path / "without.safetensors", header, tensors)


def test_that_a_graph_without_its_weights_is_refused_by_their_name(tmp_path, header, tensors):
    del tensors["survey.0.head.1.weight"]
    with pytest.raises(UnusableModel, match=r"cannot be used: .* not hold: head\.1\.weight"):
        save_bundle(tmp_path / "odd.safetensors", header, tensors)


def test_that_every_member_must_have_the_graphs_weights(tmp_path, header, tensors):
    two = replace(header, survey=replace(header.survey, members=2))
    with pytest.raises(UnusableModel, match="not hold"):
        save_bundle(tmp_path / "two.safetensors", two, tensors)


def test_that_the_format_before_reads_without_graphs(tmp_path, header, tensors, monkeypatch):
    del tensors[GRAPH]
    path = tmp_path / "before.safetensors"
    with monkeypatch.context() as before:
        before.setattr("fhc_desktop.segmentation.bundle.FORMAT_VERSION", 3)
        before.setattr("fhc_desktop.segmentation.bundle.WITHOUT_GRAPHS", 3)
        save_bundle(path, header, tensors)

    assert load_bundle(path).header == header
    assert load_bundle(path).graph("survey") is None


@pytest.mark.parametrize("members", [0, -1, 1.5, "2", None])
def test_that_a_look_has_a_whole_number_of_networks(header, members):
    with pytest.raises((ValueError, TypeError), match="not a number of networks"):
        replace(header.survey, members=members)


def test_that_the_last_look_takes_all_views_and_one_before_it_a_single_one(small, header):
    two, one = (replace(some, inference=InferenceSpec(views=4)) for some in (small.header, header))

    assert {look: two.usual_views(look) for look in two.looks} == {"survey": 1, "close_up": 4}
    assert {look: one.usual_views(look) for look in one.looks} == {"survey": 4}


@pytest.mark.parametrize("views", [0, 5, -1])
def test_that_there_are_one_to_four_views(views):
    with pytest.raises(ValueError, match="not a way"):
        InferenceSpec(views=views)
