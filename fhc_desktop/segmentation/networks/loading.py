"""The way to the networks: the library that computes them is imported here, when it is needed."""

import os
import platform
import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from fhc_desktop.segmentation.bundle import ModelBundle
from fhc_desktop.segmentation.networks.fallback import FallingBack
from fhc_desktop.segmentation.networks.networks import DeviceMissing, Networks
from fhc_desktop.segmentation.networks.onnx.cores import physical_cores
from fhc_desktop.segmentation.networks.pytorch.preload import preload_torch_libraries

DEVICES = ("auto", "cpu", "cuda", "mps")
_SET_THE_DEVICE = "Set the device to auto, cpu, cuda or mps."
_GET_TORCH = "Install it with pip install 'fhc-desktop[gpu]', or set the device to cpu."
# What the drivers of NVIDIA (in a virtual machine of Windows too) and AMD leave on a machine:
# without any, torch need not be loaded, which takes seconds, to be asked.
_SIGNS_OF_A_GPU = {
    "linux": ("/dev/nvidiactl", "/dev/dxg", "/dev/kfd"),
    "win32": ("C:/Windows/System32/nvcuda.dll",),
}


def load_networks(
    bundle: ModelBundle, device: str = "auto", threads: int | None = None
) -> Networks:
    """Return a bundle's networks, ready to work.

    ``device`` is "auto", "cpu", "cuda" or "mps". Where a GPU cannot be used that was asked for,
    they work on the CPU and a notice says why. There they take ``threads``; None is as many as
    there are cores to use.

    Raises:
        UnusableModel: the bundle's tensors do not fit the networks that it describes.
    """
    if device == "cpu" or (device == "auto" and not _may_have_gpu()):
        return _on_cpu(bundle, threads)
    if device == "auto":
        found = _gpu()
        if found is None:
            return _on_cpu(bundle, threads)
        device = found
    return FallingBack(lambda: _on_gpu(bundle, device), lambda: _on_cpu(bundle, threads))


def usable_cores() -> int:
    """Return how many processes can compute beside each other without taking turns."""
    return physical_cores() or os.cpu_count() or 1


def device_words(device: str = "auto") -> str:
    """Return what a device stands for on this machine, in words.

    Raises:
        DeviceMissing: it is not there, or the library that would compute on it.
    """
    if device == "auto":
        device = (_gpu() if _may_have_gpu() else None) or "cpu"
    if device == "cpu":
        from fhc_desktop.segmentation.networks.onnx.runtime import runtime_words  # noqa: PLC0415

        return f"CPU, {runtime_words()}"
    words: str = _torch_runtime(device).gpu_words(device)
    return words


def cpu_runtime() -> str:
    """Return the library that computes on the CPU, whose numbers are its version's."""
    from fhc_desktop.segmentation.networks.onnx.runtime import runtime_name  # noqa: PLC0415

    return runtime_name()


def _on_cpu(bundle: ModelBundle, threads: int | None) -> Networks:
    from fhc_desktop.segmentation.networks.onnx.runtime import OnnxNetworks  # noqa: PLC0415

    return OnnxNetworks(bundle, threads)


def _on_gpu(bundle: ModelBundle, device: str) -> Networks:
    networks: Networks = _torch_runtime(device).TorchNetworks(bundle, device)
    return networks


def _torch_runtime(device: str) -> ModuleType:
    """Return the module that computes with torch, once there is such a device.

    Raises:
        DeviceMissing: there is not, or torch is not there to use it.
    """
    if device not in DEVICES:
        raise DeviceMissing(f"There is no device named “{device}”.", _SET_THE_DEVICE)
    if find_spec("torch") is None:
        raise DeviceMissing("The GPU needs PyTorch, which is not installed.", _GET_TORCH)
    preload_torch_libraries()
    try:
        from fhc_desktop.segmentation.networks.pytorch import runtime  # noqa: PLC0415 - torch
    except (ImportError, OSError) as cause:
        raise DeviceMissing("PyTorch is installed but cannot be loaded.", _GET_TORCH) from cause
    runtime.check_gpu(device)
    return runtime


def _gpu() -> str | None:
    preload_torch_libraries()
    try:
        from fhc_desktop.segmentation.networks.pytorch import runtime  # noqa: PLC0415 - torch
    except (ImportError, OSError):
        return None
    return runtime.gpu()


def _may_have_gpu() -> bool:
    """Say whether it is worth loading torch to ask it for a GPU."""
    if find_spec("torch") is None:
        return False
    if sys.platform == "darwin":
        return platform.machine() == "arm64"
    return any(Path(sign).exists() for sign in _SIGNS_OF_A_GPU.get(sys.platform, ()))
