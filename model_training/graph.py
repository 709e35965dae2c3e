"""The graph of a network, for what computes without torch: ONNX, with the weights only named."""

import operator
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper
from torch import Tensor, fx, nn
from torch.nn import functional

from fhc_desktop.segmentation.network_graph import IN_THE_BUNDLE, LEVEL, OPSET
from fhc_desktop.segmentation.networks.pytorch.unet import UNet

# The oldest that goes with the operators' version, so that older libraries read the graph too.
_IR_VERSION = 8
_MAPS, _NONE = "maps", ""
_CONSTANTS = {
    "nought": np.array(0.0),
    "six": np.array(6.0),
    "twice": np.array([1.0, 1.0, 2.0, 2.0]),
}


@dataclass(frozen=True, slots=True)
class _Word:
    """An operator of ONNX: the weights and constants that it takes beside its inputs."""

    operator: str
    weights: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)


_FUNCTIONS: dict[Any, _Word] = {
    operator.add: _Word("Add"),
    torch.cat: _Word("Concat", attributes={"axis": 1}),
    functional.max_pool2d: _Word("MaxPool", attributes={"kernel_shape": [2, 2], "strides": [2, 2]}),
    functional.interpolate: _Word(
        "Resize",
        constants=(_NONE, "twice"),
        attributes={"mode": "linear", "coordinate_transformation_mode": "half_pixel"},
    ),
}


class _Answers(fx.Tracer):
    """Follows a network that gives its logits and the features of its way down."""

    def __init__(self) -> None:
        super().__init__()
        self.traced_func_name = UNet.answered.__name__


def network_graph(network: nn.Module, *, with_levels: bool = False) -> NDArray[np.uint8]:
    """Return the bytes of the graph from pictures to probability maps, both of any size.

    ``with_levels`` it gives the features of a U-Net's way down too, but the finest.
    The network is followed through its code, so that the graph is no second truth beside it; each
    weight keeps its name. Normalisations stay apart from their convolutions: what reads the graph
    draws them together.

    Raises:
        ValueError: the network does what no graph of ours has a word for.
    """
    traced = (_Answers() if with_levels else fx.Tracer()).trace(network)
    pictures, *steps, output = traced.nodes
    logits, *levels = output.all_input_nodes
    shown = {level: f"{LEVEL}{number}" for number, level in enumerate(levels[1:], 1)}
    nodes: list[NodeProto] = []
    weights: list[str] = []
    for step in steps:
        word, named = _said(step, network)
        inputs = [shown.get(source, source.name) for source in step.all_input_nodes]
        inputs += [*named, *word.constants]
        output_name = shown.get(step, step.name)
        nodes.append(helper.make_node(word.operator, inputs, [output_name], **word.attributes))
        weights += named
    nodes.append(helper.make_node("Sigmoid", [logits.name], [_MAPS]))
    places = [_place(name, network.state_dict()[name]) for name in weights]
    model = _model(nodes, places, pictures.name, [*shown.values()])
    return np.frombuffer(model.SerializeToString(deterministic=True), np.uint8).copy()


def _said(step: fx.Node, network: nn.Module) -> tuple[_Word, list[str]]:
    """Return the operator of a step, and its weights by the network's own names."""
    if step.op == "call_module":
        word = _layer(network.get_submodule(str(step.target)))
        return word, [f"{step.target}.{weight}" for weight in word.weights]
    known = _FUNCTIONS.get(step.target)
    if known is None:
        raise ValueError(f"no graph of ours has a word for {step.target}")
    return known, []


def _layer(layer: nn.Module) -> _Word:
    match layer:
        case nn.Conv2d():
            weights = ("weight",) if layer.bias is None else ("weight", "bias")
            attributes = {
                "group": layer.groups,
                "kernel_shape": list(layer.kernel_size),
                "pads": 2 * [int(side) for side in layer.padding],
                "strides": list(layer.stride),
            }
            return _Word("Conv", weights, attributes=attributes)
        case nn.BatchNorm2d():
            statistics = ("weight", "bias", "running_mean", "running_var")
            return _Word("BatchNormalization", statistics, attributes={"epsilon": layer.eps})
        case nn.ReLU():
            return _Word("Relu")
        case nn.ReLU6():
            return _Word("Clip", constants=("nought", "six"))
    raise ValueError(f"no graph of ours has a word for {layer}")


def _model(
    nodes: list[NodeProto], places: list[TensorProto], pictures: str, levels: list[str]
) -> ModelProto:
    used = {name for node in nodes for name in node.input}
    constants = [
        helper.make_tensor(name, TensorProto.FLOAT, value.shape, value.ravel())
        for name, value in _CONSTANTS.items()
        if name in used
    ]
    ends = [
        helper.make_tensor_value_info(end, TensorProto.FLOAT, ["frames", 1, "rows", "columns"])
        for end in (pictures, _MAPS)
    ]
    ends += [
        helper.make_tensor_value_info(level, TensorProto.FLOAT, ["frames", None, None, None])
        for level in levels
    ]
    graph = helper.make_graph(nodes, "network", ends[:1], ends[1:], [*constants, *places])
    opset = helper.make_opsetid("", OPSET)
    return helper.make_model(graph, opset_imports=[opset], ir_version=_IR_VERSION)


def _place(name: str, weights: Tensor) -> TensorProto:
    """Return a tensor without its values: the bundle has them."""
    place = TensorProto(name=name, dims=list(weights.shape), data_type=TensorProto.FLOAT)
    place.data_location = TensorProto.EXTERNAL
    place.external_data.add(key="location", value=IN_THE_BUNDLE)
    return place
