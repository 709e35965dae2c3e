from dataclasses import replace

import numpy as np
import pytest

from fhc_desktop.segmentation.bundle import UnusableModel
from fhc_desktop.segmentation.networks.pytorch.runtime import FELL_BACK, TorchNetworks
from tests.segmentation.networks.pytorch.small_network import LOOK, small_bundle


def frames(count=3):
    return np.random.default_rng(1).standard_normal((count, 64, 96), dtype=np.float32)


def test_that_each_frame_has_a_map_of_probabilities():
    maps = TorchNetworks(small_bundle(), "cpu").maps("survey", 0, frames())

    assert (maps.shape, maps.dtype) == (frames().shape, np.float32)
    assert 0 <= maps.min() < maps.max() <= 1


def test_that_a_frames_map_does_not_depend_on_its_company():
    networks = TorchNetworks(small_bundle(), "cpu")
    together = networks.maps("survey", 0, frames())
    alone = [networks.maps("survey", 0, frame[None])[0] for frame in frames()]

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
    first, second = (networks.maps("survey", member, frames()) for member in (0, 1))

    assert np.allclose(second, 1 - first, atol=1e-5)
    assert not np.allclose(networks.maps("close_up", 0, frames()), first, atol=1e-3)


def test_that_a_device_that_fails_leaves_the_work_to_the_cpu():
    # There is no such accelerator here: moving the networks to it fails as a broken GPU does.
    networks = TorchNetworks(small_bundle(), "cuda")
    expected = TorchNetworks(small_bundle(), "cpu").maps("survey", 0, frames())

    assert np.allclose(networks.maps("survey", 0, frames()), expected, atol=1e-3)
    assert (networks.device, networks.notices) in {("CPU", (FELL_BACK,)), ("GPU", ())}


def test_that_a_device_that_was_asked_for_and_works_needs_no_notice():
    networks = TorchNetworks(small_bundle(), "cpu")

    assert (networks.device, networks.notices) == ("CPU", ())


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
        TorchNetworks(replace(bundle, header=replace(bundle.header, **changes)))
