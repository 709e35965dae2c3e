import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch

from fhc_desktop.segmentation.bundle import load_bundle
from model_training.__main__ import main
from model_training.distributed import ALONE, Processes, announced
from tests.model_training.drawn_sets import write_config, write_hc18

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.timeout(1200)
needs_gloo = pytest.mark.skipif(
    not (torch.distributed.is_available() and torch.distributed.is_gloo_available()),
    reason="this torch has no gloo, by which processors talk to each other",
)


def two_processes(*arguments):
    """Start what torchrun starts, on processors only; its words, and whether it went well."""
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""}
    return subprocess.run(
        [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
        + [str(argument) for argument in arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def losses(folder):
    with (folder / "log.csv").open(newline="") as file:
        return [float(row["loss"]) for row in csv.DictReader(file)]


@needs_gloo
def test_that_two_processes_train_and_go_on_as_one_does(tmp_path):
    data = write_hc18(tmp_path / "hc18", heads=24)
    recipe = {"data": data, "peak_learning_rate": 5e-3, "ema_decay": 0.95, "batch_size": 4}
    recipe |= {"network": {"width": 8, "levels": 4}, "validate_every": 6}
    for epochs in (2, 6):
        for run in ("one", "two"):
            path = tmp_path / f"{run}.toml"
            write_config(path, output=tmp_path / run, epochs=epochs, **recipe)
        assert main(["train", "--config", str(tmp_path / "one.toml")]) == 0
        done = two_processes("-m", "model_training", "train", "--config", tmp_path / "two.toml")

        # After each epoch every process has compared its weights with the first one's.
        assert done.returncode == 0, done.stderr
        assert "16 images to learn from, 8 held out, 2 x cpu" in done.stdout
        assert ("going on after epoch 2" in done.stdout) == (epochs == 6)
        # Only the first process writes and prints.
        assert done.stdout.count("bundle ") == 1
        assert done.stdout.count("held out: MAE") == (0 if epochs == 2 else 1)
        one, two = losses(tmp_path / "one"), losses(tmp_path / "two")
        assert len(one) == len(two) == epochs
        # The share of a batch decides what normalises it, so the two are near but not the same.
        assert two[-1] == pytest.approx(one[-1], rel=0.1)
    assert two[-1] < 0.75 * two[0]
    one, two = (load_bundle(tmp_path / run / "bundle.safetensors").header for run in ("one", "two"))
    assert two.data == one.data
    assert two.scores["HC18"]["all"]["dice_percent"] > 80


MEANS_AND_A_TRAITOR = """
import torch
from model_training.distributed import announced, connected

group = announced()
with connected(group):
    network = torch.nn.BatchNorm1d(3)
    network.running_mean.fill_(2.0 * group.rank)
    group.share_statistics(network)
    assert network.running_mean.tolist() == [1.0] * 3, network.running_mean
    assert group.mean(float(group.rank), torch.device("cpu")) == 0.5
    group.check_equal(network)
    joined = group.joined(torch.nn.Linear(1, 1, bias=False), torch.device("cpu"))
    joined(torch.full((1, 1), 4.0 * group.rank)).sum().backward()
    assert joined.module.weight.grad.item() == 2.0, joined.module.weight.grad
    if group.rank == 1:
        torch.nn.init.constant_(network.weight, 1.0000001)
    group.check_equal(network)
"""


@needs_gloo
def test_that_processes_average_and_notice_weights_of_their_own(tmp_path):
    script = tmp_path / "two.py"
    script.write_text(f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{MEANS_AND_A_TRAITOR}")
    done = two_processes(script)

    assert "AssertionError" not in done.stderr, done.stderr
    assert "process 1 has other weights than the first" in done.stderr
    assert done.returncode != 0


def test_that_without_torchrun_there_is_one_process(monkeypatch):
    monkeypatch.delenv("WORLD_SIZE", raising=False)

    assert announced() == ALONE
    assert ALONE.is_first


def test_that_torchrun_tells_each_process_its_number(monkeypatch):
    for name, value in {"WORLD_SIZE": 4, "RANK": 3, "LOCAL_RANK": 1}.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)

    assert announced() == Processes(3, 4, 1)
    assert not announced().is_first


def test_that_a_batch_that_cannot_be_shared_is_refused(tmp_path, monkeypatch, capsys):
    for name, value in {"WORLD_SIZE": 3, "RANK": 0, "LOCAL_RANK": 0}.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    config = write_config(tmp_path / "run.toml", data="d", output="o", batch_size=4)

    assert main(["train", "--config", str(config)]) == 2
    assert "3 processes cannot share a batch of 4" in capsys.readouterr().err


def test_that_more_processes_than_gpus_are_refused(monkeypatch):
    for name, value in {"WORLD_SIZE": 2, "RANK": 1, "LOCAL_RANK": 1}.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)

    with pytest.raises(ValueError, match="2 processes are too many for 1 GPUs"):
        announced()
