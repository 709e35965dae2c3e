"""A GPU that is missing, lost, full or wrong: the CPU goes on, and says so."""

import numpy as np
import pytest

from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import load_bundle
from fhc_desktop.segmentation.networks.fallback import FELL_BACK, FallingBack
from fhc_desktop.segmentation.networks.networks import DeviceMissing, Seen
from fhc_desktop.segmentation.networks.onnx.runtime import OnnxNetworks
from fhc_desktop.segmentation.segmenter import Segmenter
from fhc_desktop.workflow.proposing import SHIPPED_MODEL
from tests.reading import load_image
from tests.segmentation.networks.small_bundle import read_small_bundle

FULL = RuntimeError("CUDA out of memory. Tried to allocate 20.00 MiB.")
LOST = RuntimeError("CUDA error: the launch timed out and was terminated")
INCOMPLETE = NotImplementedError("The operator is not currently implemented for the MPS device.")


class FailingGpu:
    """A runtime that answers as many times as it is told to, and then as a GPU in trouble does."""

    device = "GPU"
    notices = ()

    def __init__(self, networks, fault, answers=0):
        self._networks, self._fault, self._answers = networks, fault, answers

    def seen(self, look, member, frames):
        if self._answers == 0:
            if isinstance(self._fault, Exception):
                raise self._fault
            return Seen(np.full_like(frames, self._fault))
        self._answers -= 1
        return self._networks.seen(look, member, frames)


class MadeOnce:
    """The CPU's networks; made only when they are needed, and once."""

    def __init__(self, networks):
        self.networks, self.times = networks, 0

    def __call__(self):
        self.times += 1
        return self.networks


@pytest.fixture(scope="module")
def networks():
    return OnnxNetworks(read_small_bundle())


def frames():
    return np.random.default_rng(1).standard_normal((2, 64, 96), dtype=np.float32)


@pytest.mark.parametrize("fault", [FULL, LOST, INCOMPLETE, float("nan")])
@pytest.mark.parametrize("answers", [0, 1])
def test_that_a_gpu_that_fails_leaves_the_work_to_the_cpu(networks, fault, answers):
    on_cpu = MadeOnce(networks)
    falling = FallingBack(lambda: FailingGpu(networks, fault, answers), on_cpu)
    expected = networks.seen("survey", 0, frames()).maps

    assert (falling.device, falling.notices, on_cpu.times) == ("GPU", (), 0)
    for _ in range(3):
        assert (falling.seen("survey", 0, frames()).maps == expected).all()
    assert (falling.device, falling.notices, on_cpu.times) == ("CPU", (FELL_BACK,), 1)


def test_that_levels_that_are_no_numbers_are_a_fault_too(networks):
    class Nonsense(FailingGpu):
        def seen(self, look, member, frames):
            seen = super().seen(look, member, frames)
            return seen._replace(levels=tuple(level * np.nan for level in seen.levels))

    falling = FallingBack(lambda: Nonsense(networks, None, answers=1), lambda: networks)

    seen = falling.seen("close_up", 0, frames())
    assert falling.notices == (FELL_BACK,)
    assert all(np.isfinite(level).all() for level in seen.levels)


def test_that_a_gpu_that_works_needs_neither_the_cpu_nor_a_notice(networks):
    on_cpu = MadeOnce(networks)
    falling = FallingBack(lambda: FailingGpu(networks, FULL, answers=9), on_cpu)
    falling.seen("survey", 0, frames())

    assert (falling.device, falling.notices, on_cpu.times) == ("GPU", (), 0)


@pytest.mark.parametrize(
    "fault", [FULL, AssertionError("Torch not compiled with CUDA enabled"), INCOMPLETE]
)
def test_that_a_gpu_to_which_the_networks_cannot_be_moved_is_never_asked(networks, fault):
    def on_gpu():
        raise fault

    falling = FallingBack(on_gpu, lambda: networks)

    assert (falling.device, falling.notices) == ("CPU", (FELL_BACK,))


def test_that_what_is_missing_is_said_with_what_was_done_and_what_to_do(networks):
    def on_gpu():
        raise DeviceMissing("There is no GPU.", "Buy one.")

    falling = FallingBack(on_gpu, lambda: networks)

    assert falling.notices == ("There is no GPU. The model ran on the CPU. Buy one.",)


def test_that_a_fault_of_the_cpu_is_not_hidden(networks):
    falling = FallingBack(
        lambda: FailingGpu(networks, LOST), lambda: FailingGpu(networks, ValueError("ours"))
    )
    with pytest.raises(ValueError, match="ours"):
        falling.seen("survey", 0, frames())


@pytest.mark.model
@pytest.mark.parametrize("answers", [0, 1, 2])
def test_that_the_same_head_has_the_same_size_wherever_the_gpu_fails(answers):
    torch_runtime = pytest.importorskip(
        "fhc_desktop.segmentation.networks.pytorch.runtime", reason="needs torch"
    )
    bundle = load_bundle(resource(SHIPPED_MODEL))
    cpu = OnnxNetworks(bundle)
    gpu = FailingGpu(torch_runtime.TorchNetworks(bundle, "cpu"), LOST, answers)
    loaded = load_image(resource("demo/demo_head.png"))
    mm = loaded.calibration.candidates[0].calibration.mm_per_column
    before = Segmenter(bundle, cpu).propose(loaded.image)
    said = Segmenter(bundle, FallingBack(lambda: gpu, lambda: cpu)).propose(loaded.image)

    assert said.outline_px.perimeter * mm == pytest.approx(
        before.outline_px.perimeter * mm, abs=0.1
    )
    assert (said.notices == (FELL_BACK,)) == (said.device == "CPU") == (answers < 2)
