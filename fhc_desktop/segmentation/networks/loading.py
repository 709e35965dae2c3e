"""The way to the networks: the library that computes them is imported here, when it is needed."""

from fhc_desktop.segmentation.bundle import ModelBundle
from fhc_desktop.segmentation.networks.networks import Networks
from fhc_desktop.segmentation.networks.pytorch.preload import preload_torch_libraries


def load_networks(bundle: ModelBundle, device: str = "auto") -> Networks:
    """Return a bundle's networks, ready to work.

    ``device`` is "auto", "cpu", "cuda" or "mps".

    Raises:
        UnusableModel: the tensors do not fit the networks that the header describes.
    """
    preload_torch_libraries()
    from fhc_desktop.segmentation.networks.pytorch.runtime import TorchNetworks  # noqa: PLC0415

    return TorchNetworks(bundle, device)


def best_device() -> str:
    """Return what "auto" stands for on this machine, in words."""
    from fhc_desktop.segmentation.networks.pytorch import runtime  # noqa: PLC0415 - torch

    return runtime.best_device()
