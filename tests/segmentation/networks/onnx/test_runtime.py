import gc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from fhc_desktop.segmentation.bundle import InferenceSpec, UnusableModel, graph_name
from fhc_desktop.segmentation.networks.onnx.runtime import OnnxNetworks
from tests.segmentation.networks.small_bundle import read_small_bundle


@pytest.fixture(scope="module")
def bundle():
    return read_small_bundle()


@pytest.fixture(scope="module")
def networks(bundle):
    return OnnxNetworks(bundle)


def frames(count=3, rows=64, columns=96):
    return np.random.default_rng(1).standard_normal((count, rows, columns), dtype=np.float32)


def test_that_each_frame_has_a_map_of_probabilities(networks):
    maps = networks.seen("survey", 0, frames()).maps

    assert (maps.shape, maps.dtype) == (frames().shape, np.float32)
    assert 0 <= maps.min() < maps.max() <= 1


def test_that_a_frames_map_does_not_depend_on_its_company(networks):
    together = networks.seen("survey", 0, frames()).maps
    alone = [networks.seen("survey", 0, frame[None]).maps[0] for frame in frames()]

    assert np.allclose(together, alone, atol=1e-6)


@pytest.mark.parametrize("cores", [1, 2, 3])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_that_views_side_by_side_keep_their_order_and_their_maps(bundle, cores, count):
    header = replace(bundle.header, inference=InferenceSpec(views=3))
    networks = OnnxNetworks(replace(bundle, header=header), cores)
    alone = [networks.seen("close_up", 0, frame[None]).maps[0] for frame in frames(count)]

    maps = networks.seen("close_up", 0, frames(count)).maps
    assert np.allclose(maps, alone, atol=1e-6)
    assert maps.shape == (count, 64, 96)


def test_that_several_who_ask_at_once_each_get_their_own_maps(bundle):
    networks = OnnxNetworks(bundle, cores=2)
    asked = [frames(2) + shift for shift in range(8)]
    expected = [networks.seen("close_up", 0, some).maps for some in asked]
    with ThreadPoolExecutor(4) as callers:
        found = list(callers.map(lambda some: networks.seen("close_up", 0, some).maps, asked))

    assert np.allclose(found, expected, atol=1e-6)


def test_that_an_upright_frame_is_as_good_as_a_level_one(networks):
    assert networks.seen("survey", 0, frames(2, 96, 64)).maps.shape == (2, 96, 64)


def test_that_a_mirrored_view_may_be_a_view_of_memory_that_runs_backwards(networks):
    mirrored = frames()[:, :, ::-1]

    found, expected = (networks.seen("survey", 0, some) for some in (mirrored, mirrored.copy()))

    assert (found.maps == expected.maps).all()


def test_that_a_look_and_a_member_have_their_own_weights(bundle):
    opposite = {
        name.replace(".0.", ".1.", 1): -values if "head.1" in name else values
        for name, values in bundle.tensors.items()
    }
    looks = {
        "survey": replace(bundle.header.survey, members=2),
        "close_up": replace(bundle.header.close_up, members=2),
    }
    tensors = bundle.tensors | opposite
    both = replace(bundle, header=replace(bundle.header, **looks), tensors=tensors)
    networks = OnnxNetworks(both)
    first, second = (networks.seen("survey", member, frames()).maps for member in (0, 1))

    assert np.allclose(second, 1 - first, atol=1e-5)
    assert not np.allclose(networks.seen("close_up", 0, frames()).maps, first, atol=1e-4)


def test_that_networks_outlive_the_bundle_that_they_were_made_of(bundle):
    expected = OnnxNetworks(bundle).seen("survey", 0, frames()).maps
    networks = OnnxNetworks(read_small_bundle())
    gc.collect()
    # Whatever the weights' memory held would be overwritten now.
    rubbish = [np.full(values.shape, 7, values.dtype) for values in bundle.tensors.values()]

    assert (networks.seen("survey", 0, frames()).maps == expected).all()
    assert len(rubbish) == len(bundle.tensors)


def test_that_a_bundle_without_graphs_is_refused_with_the_command_that_makes_them(bundle):
    graphs = {graph_name(look) for look in bundle.header.looks}
    tensors = {name: values for name, values in bundle.tensors.items() if name not in graphs}
    with pytest.raises(UnusableModel, match=r"no graph.* export --bundle"):
        OnnxNetworks(replace(bundle, tensors=tensors))


def test_that_weights_of_another_size_are_refused(bundle):
    head = bundle.tensors["survey.0.head.1.weight"]
    tensors = bundle.tensors | {"survey.0.head.1.weight": np.concatenate([head, head], axis=1)}
    with pytest.raises(UnusableModel, match="do not fit"):
        OnnxNetworks(replace(bundle, tensors=tensors))


def test_that_too_few_members_are_refused(bundle):
    survey = replace(bundle.header.survey, members=2)
    with pytest.raises(UnusableModel, match="do not fit"):
        OnnxNetworks(replace(bundle, header=replace(bundle.header, survey=survey)))


def test_that_a_graph_of_nonsense_is_refused_by_its_sentence_and_by_nothing_else(bundle):
    one_look = replace(bundle, header=replace(bundle.header, close_up=None))
    graph, rng = bundle.tensors["survey.graph"], np.random.default_rng(3)
    refused = 0
    for _ in range(60):
        altered = graph.copy()
        altered[rng.integers(len(altered), size=2)] ^= np.uint8(1 << rng.integers(8))
        try:
            OnnxNetworks(replace(one_look, tensors=bundle.tensors | {"survey.graph": altered}))
        except UnusableModel:
            refused += 1

    assert refused > 40


def test_that_a_close_look_shows_each_frames_levels_and_a_survey_none(networks):
    seen = networks.seen("close_up", 0, frames())
    alone = networks.seen("close_up", 0, frames()[1:2])

    assert [level.shape for level in seen.levels] == [(3, 4, 16, 24), (3, 8, 8, 12)]
    for together, by_itself in zip(seen.levels, alone.levels, strict=True):
        assert np.allclose(together[1:2], by_itself, atol=1e-5)
    assert networks.seen("survey", 0, frames()).levels == ()
