"""The graph of a network: what is computed with its weights, without the weights.

An ONNX model (https://github.com/onnx/onnx, onnx/onnx.proto) of which a network needs few fields;
they stand here with their numbers, so that the program reads them without the library that
writes them. Weights are tensors that the graph only names: their values lie in the bundle.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError
from numpy.typing import NDArray

# A network of 180 nodes takes 40 kB.
LARGEST_BYTES = 1024 * 1024
# By how much each of a map's four sides grows is the longest list of numbers that a graph needs.
MOST_NUMBERS = 4
# What stands where ONNX wants the file of a tensor that is not in the graph.
IN_THE_BUNDLE = "bundle"
OPSET = 17
# Beside its maps a graph may give the features of a network's way down: level.1, level.2 ...
LEVEL = "level."

Tensors = Mapping[str, NDArray[Any]]

_FLOAT, _EXTERNAL = 1, 1
_PACKED = "float_data"
_KINDS = descriptor_pb2.FieldDescriptorProto
# Message: field, its number, its type (a message by name), and whether there may be several.
_MESSAGES: dict[str, tuple[tuple[str, int, int | str, bool], ...]] = {
    "Model": (
        ("ir_version", 1, _KINDS.TYPE_INT64, False),
        ("graph", 7, "Graph", False),
        ("opset_import", 8, "OperatorSet", True),
    ),
    "OperatorSet": (
        ("domain", 1, _KINDS.TYPE_STRING, False),
        ("version", 2, _KINDS.TYPE_INT64, False),
    ),
    "Graph": (
        ("node", 1, "Node", True),
        ("name", 2, _KINDS.TYPE_STRING, False),
        ("initializer", 5, "Tensor", True),
        ("input", 11, "Value", True),
        ("output", 12, "Value", True),
    ),
    "Node": (
        ("input", 1, _KINDS.TYPE_STRING, True),
        ("output", 2, _KINDS.TYPE_STRING, True),
        ("name", 3, _KINDS.TYPE_STRING, False),
        ("op_type", 4, _KINDS.TYPE_STRING, False),
        ("attribute", 5, "Attribute", True),
        ("domain", 7, _KINDS.TYPE_STRING, False),
    ),
    "Attribute": (
        ("name", 1, _KINDS.TYPE_STRING, False),
        ("f", 2, _KINDS.TYPE_FLOAT, False),
        ("i", 3, _KINDS.TYPE_INT64, False),
        ("s", 4, _KINDS.TYPE_BYTES, False),
        ("ints", 8, _KINDS.TYPE_INT64, True),
        ("type", 20, _KINDS.TYPE_INT32, False),
    ),
    "Tensor": (
        ("dims", 1, _KINDS.TYPE_INT64, True),
        ("data_type", 2, _KINDS.TYPE_INT32, False),
        ("float_data", 4, _KINDS.TYPE_FLOAT, True),
        ("name", 8, _KINDS.TYPE_STRING, False),
        ("raw_data", 9, _KINDS.TYPE_BYTES, False),
        ("external_data", 13, "Entry", True),
        ("data_location", 14, _KINDS.TYPE_INT32, False),
    ),
    "Entry": (
        ("key", 1, _KINDS.TYPE_STRING, False),
        ("value", 2, _KINDS.TYPE_STRING, False),
    ),
    "Value": (
        ("name", 1, _KINDS.TYPE_STRING, False),
        ("type", 2, _KINDS.TYPE_BYTES, False),
    ),
}


class UnusableGraph(ValueError):  # noqa: N818 - named for what it is
    """A graph that is none, or asks for what a bundle does not hold; the message says what."""


def check_graph(graph: bytes, tensors: Tensors) -> None:
    """Do nothing where nothing in a graph is out of place.

    ``tensors`` are a network's own, by the names that the graph uses.

    Raises:
        UnusableGraph: it is too large or none; it asks for a library of operators or a file
            beside the bundle; or its tensors are not those of the bundle.
    """
    _checked(graph, tensors)


def with_weights(graph: bytes, tensors: Tensors) -> bytes:
    """Return the whole model: a graph with a network's weights, in single precision.

    They are copied: a runtime can also be told where they lie, but then it computes with whatever
    lies there once somebody has let go of them.

    Raises:
        UnusableGraph: the graph is not to be used with these tensors.
    """
    model = _checked(graph, tensors)
    for tensor in _weights_of(model):
        tensor.ClearField("external_data")
        tensor.ClearField("data_location")
        tensor.raw_data = np.asarray(tensors[tensor.name], "<f4").tobytes()
    whole: bytes = model.SerializeToString()
    return whole


def _checked(graph: bytes, tensors: Tensors) -> Any:
    model = _parsed(graph)
    domains = {entry.domain for entry in model.opset_import}
    domains |= {node.domain for node in model.graph.node}
    if domains != {""}:
        raise UnusableGraph("its graph asks for operators of a library that is not known")
    levels = [output.name for output in model.graph.output[1:]]
    is_known = levels == [f"{LEVEL}{number}" for number in range(1, len(levels) + 1)]
    if len(model.graph.input) != 1 or not model.graph.output or not is_known:
        raise UnusableGraph("its graph has not one picture that goes in and one map that comes out")
    for tensor in _weights_of(model):
        _check_weight(tensor, tensors)
    return model


def _weights_of(model: Any) -> list[Any]:
    """Return the tensors of a graph but for a few numbers of its own, like a factor or a limit."""
    return [
        tensor
        for tensor in model.graph.initializer
        if tensor.external_data
        or tensor.data_location
        or not 1 <= len(tensor.float_data) <= MOST_NUMBERS
    ]


def _parsed(graph: bytes) -> Any:
    if len(graph) > LARGEST_BYTES:
        raise UnusableGraph("its graph is too large")
    model = _CLASSES["Model"]()
    try:
        model.ParseFromString(graph)
    except DecodeError as cause:
        raise UnusableGraph("its graph cannot be read") from cause
    whole = model.ByteSize()
    # A graph within a graph, a function, a sparse tensor: no network of ours has any.
    model.DiscardUnknownFields()
    if model.ByteSize() != whole:
        raise UnusableGraph("its graph holds what no network needs")
    return model


def _check_weight(tensor: Any, tensors: Tensors) -> None:
    if tensor.raw_data or tensor.float_data:
        raise UnusableGraph("its graph holds weights of its own")
    place = [(entry.key, entry.value) for entry in tensor.external_data]
    if tensor.data_location != _EXTERNAL or place != [("location", IN_THE_BUNDLE)]:
        raise UnusableGraph("its graph asks for a file outside the bundle")
    if tensor.name not in tensors:
        raise UnusableGraph(f"its graph names a tensor that it does not hold: {tensor.name[:80]}")
    known = tensors[tensor.name]
    is_number = np.issubdtype(known.dtype, np.floating)
    if tensor.data_type != _FLOAT or not is_number or tuple(tensor.dims) != known.shape:
        raise UnusableGraph(f"its graph needs another size or type of {tensor.name[:80]}")


def _message_classes() -> dict[str, Any]:
    file = descriptor_pb2.FileDescriptorProto(
        name="fhc_desktop/network_graph.proto", package="fhc_desktop", syntax="proto2"
    )
    for message, its_fields in _MESSAGES.items():
        made = file.message_type.add(name=message)
        for name, number, kind, is_repeated in its_fields:
            field = made.field.add(name=name, number=number)
            field.label = _KINDS.LABEL_REPEATED if is_repeated else _KINDS.LABEL_OPTIONAL
            if name == _PACKED:
                field.options.packed = True
            if isinstance(kind, str):
                field.type, field.type_name = _KINDS.TYPE_MESSAGE, f".fhc_desktop.{kind}"
            else:
                field.type = kind
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    named = (pool.FindMessageTypeByName(f"fhc_desktop.{message}") for message in _MESSAGES)
    return dict(zip(_MESSAGES, map(message_factory.GetMessageClass, named), strict=True))


_CLASSES = _message_classes()
