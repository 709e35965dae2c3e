from dataclasses import replace

import numpy as np
import pytest

from fhc_desktop.segmentation.bundle import UnusableModel
from fhc_desktop.segmentation.networks.networks import DeviceMissing
from fhc_desktop.segmentation.networks.onnx.runtime import OnnxNetworks
from fhc_desktop.segmentation.networks.pytorch.runtime import TorchNetworks, check_gpu, gpu
from tests.segmentation.networks.pytorch.small_network import LOOK, small_bundle
from tests.segmentation.networks.small_bundle import read_small_bundle


def frames(count=3):
    return np.random.default_rng(1).standard_normal((count, 64, 96), dtype=np.float32)


def test_that_each_frame_has_a_map_of_probabilities():
    maps = TorchNetworks(small_bundle(), "cpu").seen("survey", 0, frames()).maps

    assert (maps.shape, maps.dtype) == (frames().shape, np.float32)
    assert 0 <= maps.min() < maps.max() <= 1


def test_that_a_frames_map_does_not_depend_on_its_company():
    networks = TorchNetworks(small_bundle(), "cpu")
    together = networks.seen("survey", 0, frames()).maps
    alone = [networks.seen("survey", 0, frame[None]).maps[0] for frame in frames()]

    assert np.allclose(together, alone, atol=1e-6)


def test_that_a_look_and_a_member_have_their_own_weights():
    bundle = small_bundle(3, "survey", "close_up")
    opposite = {
        name.replace(".0.", ".1.", 1): -values if "head.1" in name else values
        for name, values in bundle.tensors.items()
    }
    looks = {"survey": replace(LOOK, members=2), "close_up": replace(LOOK, members=2)}
    both = replace(
        bundle, header=replace(bundle.header, **looks), tensors=bundle.tensors | opposite
    )
    networks = TorchNetworks(both, "cpu")
    first, second = (networks.seen("survey", member, frames()).maps for member in (0, 1))

    assert np.allclose(second, 1 - first, atol=1e-5)
    assert not np.allclose(networks.seen("close_up", 0, frames()).maps, first, atol=1e-3)


def test_that_both_runtimes_give_the_same_maps():
    bundle = read_small_bundle()
    torch_networks, onnx_networks = TorchNetworks(bundle, "cpu"), OnnxNetworks(bundle)
    for look in bundle.header.looks:
        expected = torch_networks.seen(look, 0, frames()).maps
        assert np.abs(onnx_networks.seen(look, 0, frames()).maps - expected).max() < 1e-4


def test_that_both_runtimes_show_the_same_levels():
    bundle = read_small_bundle()
    found, expected = (
        networks.seen("close_up", 0, frames()).levels
        for networks in (OnnxNetworks(bundle), TorchNetworks(bundle, "cpu"))
    )

    assert len(found) == len(expected) == 2
    for level, other in zip(found, expected, strict=True):
        assert np.allclose(level, other, atol=1e-4)
    assert TorchNetworks(bundle, "cpu").seen("survey", 0, frames()).levels == ()


def test_that_a_gpu_that_is_not_there_is_told_by_what_torch_raises():
    if gpu() == "cuda":
        pytest.skip("there is one")
    with pytest.raises((RuntimeError, AssertionError)):
        TorchNetworks(small_bundle(), "cuda")
    with pytest.raises(DeviceMissing, match="PyTorch finds no GPU here"):
        check_gpu("cuda")


@pytest.mark.parametrize(
    "changes",
    [
        {"survey": replace(LOOK, network={"width": 4, "levels": 3})},
        {"survey": replace(LOOK, network={"depth": 4})},
        {"survey": replace(LOOK, network={"encoder": "resnet"})},
        {"survey": replace(LOOK, members=2)},
        {"close_up": LOOK},
    ],
    ids=["other sizes", "an unknown word", "an unknown encoder", "too few members", "no close-up"],
)
def test_that_weights_of_other_networks_are_refused(changes):
    bundle = small_bundle()
    with pytest.raises(UnusableModel, match="do not fit"):
        TorchNetworks(replace(bundle, header=replace(bundle.header, **changes)), "cpu")
