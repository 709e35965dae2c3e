import subprocess
import sys
from pathlib import Path

import pytest

from fhc_desktop.segmentation.bundle import UnusableModel
from fhc_desktop.segmentation.networks.loading import DEVICES, device_words, load_networks
from fhc_desktop.segmentation.networks.networks import DeviceMissing
from tests.segmentation.drawn_networks import drawn_bundle
from tests.segmentation.networks.small_bundle import read_small_bundle

ROOT = Path(__file__).resolve().parents[3]

WITHOUT_TORCH = """
import sys
sys.modules["torch"] = None  # as if it were not installed
import importlib.util
found = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "torch" else found(name, *rest)

from fhc_desktop.segmentation.networks.loading import device_words, load_networks
from fhc_desktop.segmentation.networks.networks import DeviceMissing
from tests.segmentation.networks.small_bundle import read_small_bundle

for device in ("auto", "cpu", "cuda", "mps"):
    networks = load_networks(read_small_bundle(), device)
    print(networks.device, *networks.notices)
try:
    device_words("cuda")
except DeviceMissing as missing:
    print(missing)
print(device_words())
"""


def without_torch():
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_that_networks_come_on_the_device_that_was_asked_for():
    assert load_networks(read_small_bundle(), "cpu").device == "CPU"


def test_that_networks_without_weights_are_refused():
    with pytest.raises(UnusableModel, match="no graph"):
        load_networks(drawn_bundle(), "cpu")


@pytest.mark.parametrize("device", DEVICES)
def test_that_whatever_is_asked_for_something_computes_and_says_where(device):
    networks = load_networks(read_small_bundle(), device)

    assert networks.device in {"CPU", "GPU", "Apple GPU"}
    # On the CPU against a wish there is a notice, and only then.
    assert bool(networks.notices) == (device in {"cuda", "mps"} and networks.device == "CPU")


def test_that_the_best_device_is_the_one_that_networks_come_on():
    assert load_networks(read_small_bundle()).device in device_words()


def test_that_a_word_that_names_no_device_is_told_and_the_cpu_works():
    networks = load_networks(read_small_bundle(), "tpu")

    assert networks.device == "CPU"
    notice = "There is no device named “tpu”. The model ran on the CPU. "
    assert networks.notices == (notice + "Set the device to auto, cpu, cuda or mps.",)
    with pytest.raises(DeviceMissing, match="no device named"):
        device_words("tpu")


def test_that_without_torch_the_cpu_works_and_a_wish_for_a_gpu_is_answered_with_the_remedy():
    done = without_torch()
    remedy = "Install it with pip install 'fhc-desktop[gpu]', or set the device to cpu."
    missing = "The GPU needs PyTorch, which is not installed."
    notice = f"CPU {missing} The model ran on the CPU. {remedy}"

    assert done.stdout.splitlines()[:-1] == ["CPU", "CPU", notice, notice, f"{missing} {remedy}"], (
        done.stderr
    )
    assert done.stdout.splitlines()[-1].startswith("CPU, ONNX Runtime ")
