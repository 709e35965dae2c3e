"""The networks of a bundle in ONNX Runtime, on the processor."""

from typing import Any

import numpy as np
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as state

from fhc_desktop.segmentation.bundle import ModelBundle, UnusableModel
from fhc_desktop.segmentation.network_graph import with_weights
from fhc_desktop.segmentation.networks.networks import Frames, LookName, Maps
from fhc_desktop.segmentation.networks.onnx.cores import physical_cores

_ERRORS_ONLY = 3
# What the library raises has no type of its own above these.
_REFUSALS = (
    state.Fail,
    state.InvalidArgument,
    state.InvalidGraph,
    state.InvalidProtobuf,
    state.NotImplemented,
    state.RuntimeException,
)


class OnnxNetworks:
    """A bundle's networks, each from its look's graph and its own weights.

    ``threads`` compute; None is as many as there are cores to use.

    Raises:
        UnusableModel: a graph is missing, or graph and weights do not fit each other.
    """

    device = "CPU"
    notices: tuple[str, ...] = ()

    def __init__(self, bundle: ModelBundle, threads: int | None = None) -> None:
        self._members = {
            name: [_session(bundle, name, member, threads) for member in range(look.members)]
            for name, look in bundle.header.looks.items()
        }

    def maps(self, look: LookName, member: int, frames: Frames) -> Maps:
        session = self._members[look][member]
        (picture,) = session.get_inputs()
        (found,) = session.run(None, {picture.name: np.ascontiguousarray(frames)[:, None]})
        maps: Maps = found[:, 0]
        return maps


def runtime_words() -> str:
    """Return what computes, in words."""
    return f"ONNX Runtime {onnxruntime.__version__} on {_threads() or 'all'} cores"


def _session(bundle: ModelBundle, look: str, member: int, threads: int | None) -> Any:
    graph = bundle.graph(look)
    if graph is None:
        raise UnusableModel(
            "The bundle holds no graph of its networks, and the CPU needs one.",
            "Write it anew: python -m model_training export --bundle FILE --out FILE.",
        )
    try:
        return onnxruntime.InferenceSession(
            with_weights(graph, bundle.weights(look, member)),
            _options(threads),
            providers=["CPUExecutionProvider"],
            # Tried again in the same way, it would fail again, and print that it does.
            enable_fallback=False,
        )
    # Some of the library's own sentences cannot be decoded: a ValueError, as a graph's faults are.
    except (ValueError, *_REFUSALS) as cause:
        raise UnusableModel(
            "The bundle's weights do not fit the network it describes.",
            "Install the program again, or choose another bundle.",
        ) from cause


def _options(threads: int | None) -> Any:
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.log_severity_level = _ERRORS_ONLY
    # 0 is the library's own choice, as many as there are cores.
    options.intra_op_num_threads = threads or _threads()
    options.inter_op_num_threads = 1
    # A thread that waits by spinning takes its core from whoever else works on the machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # The library's own heap keeps what one picture needed for the next; it is no faster for it.
    options.enable_cpu_mem_arena = False
    return options


def _threads() -> int:
    return physical_cores() or 0
