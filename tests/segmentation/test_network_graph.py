"""What a graph in a bundle may hold, and what is refused."""

import random

import pytest

from fhc_desktop.segmentation.network_graph import (
    LARGEST_BYTES,
    UnusableGraph,
    check_graph,
    with_weights,
)
from tests.segmentation.networks.small_bundle import read_small_bundle


@pytest.fixture(scope="module")
def small():
    return read_small_bundle()


@pytest.fixture(scope="module")
def weights(small):
    return small.weights("survey", 0)


@pytest.fixture
def onnx():
    return pytest.importorskip("onnx", reason="needs onnx to alter a graph")


@pytest.fixture
def model(onnx, small):
    """A sound graph, to be altered."""
    return onnx.load_from_string(small.graph("survey"))


def places(model):
    return [tensor for tensor in model.graph.initializer if tensor.external_data]


def refused(model, weights):
    with pytest.raises(UnusableGraph) as caught:
        check_graph(model.SerializeToString(), weights)
    return str(caught.value)


def test_that_a_sound_graph_passes_and_holds_no_weight(small, weights):
    check_graph(small.graph("survey"), weights)
    values = sum(value.nbytes for value in weights.values())

    assert len(with_weights(small.graph("survey"), weights)) > len(small.graph("survey")) + values


def test_that_what_is_no_graph_is_refused(weights):
    with pytest.raises(UnusableGraph, match="cannot be read"):
        check_graph(b"\xff" * 40, weights)
    with pytest.raises(UnusableGraph, match="operators"):
        check_graph(b"", weights)


def test_that_too_large_a_graph_is_refused_unread(weights):
    with pytest.raises(UnusableGraph, match="too large"):
        check_graph(bytes(LARGEST_BYTES + 1), weights)


@pytest.mark.parametrize("place", ["/etc/passwd", "../weights.bin", "", "Bundle"])
def test_that_no_file_outside_the_bundle_is_asked_for(model, weights, place):
    places(model)[3].external_data[0].value = place

    assert "file outside the bundle" in refused(model, weights)


@pytest.mark.parametrize(("key", "value"), [("offset", "0"), ("location", "bundle")])
def test_that_a_weights_place_is_the_bundle_and_nothing_more(model, weights, key, value):
    places(model)[0].external_data.add(key=key, value=value)

    assert "file outside the bundle" in refused(model, weights)


def test_that_a_place_without_the_mark_of_one_is_refused(model, weights):
    places(model)[0].ClearField("data_location")

    assert "file outside the bundle" in refused(model, weights)


def test_that_a_constant_cannot_have_a_place_as_well(model, weights):
    places(model)[0].float_data.extend([1.0])

    assert "weights of its own" in refused(model, weights)


def test_that_a_graph_with_weights_of_its_own_is_refused(onnx, model, weights):
    tensor = places(model)[0]
    tensor.raw_data = bytes(36)

    assert "weights of its own" in refused(model, weights)


def test_that_weights_are_no_constants_of_the_graph(onnx, model, weights):
    numbers = onnx.helper.make_tensor("numbers", onnx.TensorProto.FLOAT, [5], [1.0] * 5)
    model.graph.initializer.append(numbers)

    assert "weights of its own" in refused(model, weights)


def test_that_a_tensor_that_the_bundle_does_not_hold_is_named(model, weights):
    tensor = places(model)[0]
    tensor.name = "elsewhere"

    assert refused(model, weights).endswith("does not hold: elsewhere")


def test_that_a_tensor_of_another_size_is_named(model, weights):
    tensor = places(model)[0]
    tensor.dims[0] += 1

    assert refused(model, weights).endswith(tensor.name)


def test_that_a_tensor_of_another_type_is_named(model, weights):
    places(model)[0].data_type = 7

    assert "size or type" in refused(model, weights)


def test_that_a_count_is_no_weight(model, weights):
    (count,) = [name for name in weights if "stem" in name and name.endswith("tracked")]
    place = places(model)[0]
    place.name, place.dims[:] = count, []

    assert "size or type" in refused(model, weights)


def test_that_operators_of_other_libraries_are_refused(onnx, model, weights):
    model.opset_import.append(onnx.helper.make_opsetid("com.example", 1))

    assert "operators of a library" in refused(model, weights)


def test_that_a_node_of_another_library_is_refused(model, weights):
    model.graph.node[0].domain = "com.microsoft"

    assert "operators of a library" in refused(model, weights)


@pytest.mark.parametrize("part", ["function", "subgraph", "metadata", "sparse", "training"])
def test_that_what_no_network_needs_is_refused(onnx, model, weights, part):
    match part:
        case "function":
            model.functions.add(name="strange")
        case "subgraph":
            inner = onnx.helper.make_graph([], "inner", [], [])
            model.graph.node.append(onnx.helper.make_node("If", ["x"], ["y"], then_branch=inner))
        case "metadata":
            model.metadata_props.add(key="patient", value="name")
        case "sparse":
            model.graph.sparse_initializer.add()
        case "training":
            model.training_info.add()

    assert "holds what no network needs" in refused(model, weights)


@pytest.mark.parametrize("end", ["input", "output"])
def test_that_there_is_one_way_in_and_one_way_out(model, weights, end):
    ends = getattr(model.graph, end)
    ends.append(ends[0])

    assert "one map that comes out" in refused(model, weights)


def test_that_no_flipped_bit_does_more_than_pass_or_be_refused(small, weights):
    graph, rng = small.graph("survey"), random.Random(11)
    outcomes = set()
    for _ in range(2000):
        altered = bytearray(graph)
        for _ in range(rng.randint(1, 3)):
            altered[rng.randrange(len(altered))] ^= 1 << rng.randrange(8)
        try:
            check_graph(bytes(altered), weights)
            outcomes.add("passed")
        except UnusableGraph:
            outcomes.add("refused")

    assert outcomes == {"passed", "refused"}


def test_that_levels_beside_the_map_pass_under_their_own_names(small):
    check_graph(small.graph("close_up"), small.weights("close_up", 0))


@pytest.mark.parametrize("names", [["level.2"], ["level.1", "level.3"], ["logits"]])
def test_that_other_outputs_beside_the_map_are_refused(onnx, model, weights, names):
    for name in names:
        model.graph.output.append(onnx.helper.make_empty_tensor_value_info(name))

    assert "one map that comes out" in refused(model, weights)


def test_that_a_graph_without_a_map_is_refused(model, weights):
    del model.graph.output[:]

    assert "one map that comes out" in refused(model, weights)
