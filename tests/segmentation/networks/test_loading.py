import pytest

from fhc_desktop.segmentation.bundle import UnusableModel
from fhc_desktop.segmentation.networks.loading import best_device, load_networks
from tests.segmentation.drawn_networks import drawn_bundle
from tests.segmentation.networks.pytorch.small_network import small_bundle


def test_that_networks_come_on_the_device_that_was_asked_for():
    assert load_networks(small_bundle(), "cpu").device == "CPU"


def test_that_networks_without_weights_are_refused():
    with pytest.raises(UnusableModel, match="do not fit"):
        load_networks(drawn_bundle())


def test_that_the_best_device_is_the_one_that_networks_come_on():
    device = load_networks(small_bundle()).device

    assert device in best_device()
