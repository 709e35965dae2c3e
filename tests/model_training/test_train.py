import csv
import json
import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from fhc_desktop.segmentation.bundle import load_bundle
from fhc_desktop.segmentation.outline import find_outline
from model_training.__main__ import main
from model_training.config import config_from, read_config
from model_training.dataset import load_split
from model_training.evaluate import image_of, score_heads, segmenter_of
from model_training.scores import dice, summary
from model_training.train import learning_rate, train, update_average
from tests.model_training.drawn_sets import write_config, write_fetal_planes, write_hc18

# The first test to ask for the miniature waits for it, however busy the machine is.
pytestmark = pytest.mark.timeout(1200)
QUICK = {
    "epochs": 26,
    "validate_every": 13,
    "peak_learning_rate": 5e-3,
    "ema_decay": 0.95,
    "network": {"width": 8, "levels": 4},
}


@pytest.fixture(scope="module")
def miniature(tmp_path_factory):
    """Survey and close-up of one fold, trained on drawn heads of both sets."""
    folder = tmp_path_factory.mktemp("miniature")
    write_hc18(folder / "hc18", heads=24)
    write_fetal_planes(folder / "planes", heads=12)
    sets = {"data": folder / "hc18", "planes": folder / "planes"}
    survey = folder / "survey_{fold}"
    write_config(folder / "survey.toml", **sets, output=survey, **QUICK)
    write_config(
        folder / "close_up.toml",
        **sets,
        **QUICK,
        output=folder / "close_up_{fold}",
        view="close-up",
        survey=survey / "bundle.safetensors",
    )
    for look in ("survey", "close_up"):
        assert main(["train", "--config", str(folder / f"{look}.toml"), "--hold-out", "1"]) == 0
    return folder


def losses(folder):
    with (folder / "log.csv").open(newline="") as file:
        return [float(row["loss"]) for row in csv.DictReader(file)]


def held_out(folder):
    return load_split(read_config(folder / "close_up.toml", hold_out="1"), quiet=True).held_out


def untrained(bundle):
    """The same bundle with every weight drawn anew."""
    rng = np.random.default_rng(4)
    tensors = {
        name: (0.1 * rng.standard_normal(values.shape)).astype(values.dtype)
        if name.endswith("weight")
        else values
        for name, values in bundle.tensors.items()
    }
    return replace(bundle, tensors=tensors)


@pytest.mark.parametrize("look", ["survey_1", "close_up_1"])
def test_that_the_loss_falls_to_a_fifth(miniature, look):
    found = losses(miniature / look)

    assert len(found) == QUICK["epochs"]
    assert (miniature / look / "curves.png").stat().st_size > 0
    assert found[-1] < found[0] / 5


def test_that_heads_never_seen_are_outlined_as_no_untrained_network_can(miniature):
    bundle = load_bundle(miniature / "close_up_1" / "bundle.safetensors")
    heads = held_out(miniature)
    trained, by_chance = (
        summary(score_heads(segmenter_of(each, "cpu"), heads))["all"]
        for each in (bundle, untrained(bundle))
    )

    assert trained["misses"] == 0
    assert trained["dice_percent"] > 97
    assert trained["mae_percent"] < 3
    assert by_chance["dice_percent"] < 80


def test_that_the_close_up_sees_a_head_that_its_survey_placed_badly(miniature):
    segmenter = segmenter_of(load_bundle(miniature / "close_up_1" / "bundle.safetensors"), "cpu")
    for head in held_out(miniature):
        outline = head.sample.outline_px
        off = replace(outline.moved(3, -2), semi_axis_a=outline.semi_axis_a * 1.05)
        look = segmenter.look_closer(image_of(head), off)
        found = find_outline(look.probability, look.placement)
        assert dice(look.placement.to_image(found.ellipse), outline) > 0.97


def test_that_a_close_ups_bundle_carries_its_survey_and_both_recipes(miniature):
    survey = load_bundle(miniature / "survey_1" / "bundle.safetensors")
    both = load_bundle(miniature / "close_up_1" / "bundle.safetensors")

    assert both.header.survey == survey.header.survey
    assert all((both.tensors[name] == values).all() for name, values in survey.tensors.items())
    assert both.header.training["survey"] == survey.header.training["survey"]
    assert both.header.training["close_up"]["view"] == "close-up"
    assert both.header.data["images"] == 24
    assert both.header.data["sets"] == ["FETAL_PLANES_DB", "HC18"]
    assert both.header.scores["held_out_fold"] == 1
    assert both.header.scores["HC18"]["all"]["images"] == 8


def test_that_the_bundle_can_be_written_again_and_is_evaluated(miniature):
    config = str(miniature / "close_up.toml")
    bundle = miniature / "close_up_1" / "bundle.safetensors"
    before = load_bundle(bundle)
    assert main(["export", "--config", config, "--hold-out", "1"]) == 0
    assert main(["evaluate", "--config", config, "--hold-out", "1"]) == 0

    again = load_bundle(bundle)
    assert all((again.tensors[name] == values).all() for name, values in before.tensors.items())
    assert again.header == before.header
    scores = json.loads((miniature / "close_up_1" / "evaluation" / "scores.json").read_text())
    assert scores["HC18"]["all"]["images"] == 8
    assert scores["HC18"]["all"] == before.header.scores["HC18"]["all"]


def test_that_a_run_goes_on_where_it_stopped_and_ends_where_one_without_a_stop_does(
    tmp_path, capsys
):
    data = write_hc18(tmp_path / "hc18", heads=12)
    # The rate rises to the very end: half the steps to half the peak are the same first half.
    path = write_config(tmp_path / "run.toml", data=data, output=tmp_path / "a", warm_up=1.0)
    whole = replace(read_config(path), epochs=2)
    stopped = replace(whole, output=tmp_path / "b")
    train(whole)
    train(replace(stopped, epochs=1, peak_learning_rate=whole.peak_learning_rate / 2))
    assert "going on" not in capsys.readouterr().out
    train(stopped)

    assert "going on after epoch 1" in capsys.readouterr().out
    assert len(losses(stopped.output)) == 2
    ends = [load_bundle(tmp_path / run / "bundle.safetensors").tensors for run in "ab"]
    assert all(np.allclose(ends[0][name], ends[1][name], atol=1e-6) for name in ends[0])


def test_that_the_rate_rises_to_its_peak_and_falls_to_nothing():
    table = {"name": "a", "version": "0", "data": "d", "output": "o", "warm_up": 0.1}
    config = config_from(table | {"peak_learning_rate": 1.0}, "run.toml")
    rates = [learning_rate(step, 200, config) for step in range(200)]

    assert rates[0] == pytest.approx(1 / 20)
    assert max(rates) == rates[19] == pytest.approx(1.0)
    assert rates[:20] == sorted(rates[:20])
    assert rates[20:] == sorted(rates[20:], reverse=True)
    assert rates[110] == pytest.approx(0.5, abs=0.01)
    assert rates[-1] == pytest.approx(0.0, abs=1e-3)


def test_that_the_average_moves_by_what_the_decay_leaves():
    average, network = torch.nn.BatchNorm1d(2), torch.nn.BatchNorm1d(2)
    with torch.no_grad():
        network.weight.fill_(3.0)
        network.running_mean.fill_(8.0)
        network.num_batches_tracked.fill_(7)
    update_average(average, network, 0.75)

    assert average.weight.tolist() == [1.5, 1.5]
    assert average.running_mean.tolist() == [2.0, 2.0]
    assert math.isclose(average.num_batches_tracked.item(), 7)
