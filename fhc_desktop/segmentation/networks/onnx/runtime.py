"""The networks of a bundle in ONNX Runtime, on the processor."""

import math
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as state

from fhc_desktop.segmentation.bundle import ModelBundle, UnusableModel
from fhc_desktop.segmentation.network_graph import with_weights
from fhc_desktop.segmentation.networks.networks import Frames, LookName, Seen
from fhc_desktop.segmentation.networks.onnx.cores import physical_cores, shared_among

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

    The views that a look usually takes are computed side by side. ``cores`` is how many to keep
    busy, all that the process may use without any.

    Raises:
        UnusableModel: a graph is missing, or graph and weights do not fit each other.
    """

    device = "CPU"
    notices: tuple[str, ...] = ()

    def __init__(self, bundle: ModelBundle, cores: int | None = None) -> None:
        header, cores = bundle.header, cores or physical_cores()
        self._sharing = {
            name: shared_among(math.ceil(header.usual_views(name) / look.members), cores)
            for name, look in header.looks.items()
        }
        self._members = {
            name: [
                _session(bundle, name, member, threads=self._sharing[name].threads)
                for member in range(look.members)
            ]
            for name, look in header.looks.items()
        }
        most = max(sharing.calls for sharing in self._sharing.values())
        # Who asks computes some, too.
        self._others = ThreadPoolExecutor(max(most - 1, 1))

    def seen(self, look: LookName, member: int, frames: Frames) -> Seen:
        session = self._members[look][member]
        (picture,) = session.get_inputs()

        def computed(part: Frames) -> list[Any]:
            maps, *levels = session.run(None, {picture.name: np.ascontiguousarray(part)[:, None]})
            return [maps[:, 0], *levels]

        mine, *rest = np.array_split(frames, min(self._sharing[look].calls, len(frames)))
        others = [self._others.submit(computed, part) for part in rest]
        parts = [computed(mine), *(other.result() for other in others)]
        maps, *levels = (np.concatenate(outputs) for outputs in zip(*parts, strict=True))
        return Seen(maps, tuple(levels))


def runtime_words() -> str:
    """Return what computes, in words."""
    return f"{runtime_name()} on {physical_cores() or 'all'} cores"


def runtime_name() -> str:
    """Return the library that computes, with its version."""
    return f"ONNX Runtime {onnxruntime.__version__}"


def _session(bundle: ModelBundle, look: str, member: int, *, threads: int) -> Any:
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


def _options(threads: int) -> Any:
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.log_severity_level = _ERRORS_ONLY
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # A thread that waits by spinning takes its core from whoever else works on the machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # The library's own heap keeps what one picture needed for the next; it is no faster for it.
    options.enable_cpu_mem_arena = False
    return options
