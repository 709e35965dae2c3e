from dataclasses import replace

from model_training.config import config_from
from model_training.folds import configured_samples, held_out_numbers
from tests.model_training.drawn_sets import write_fetal_planes, write_hc18


def config_of(folder, **changes):
    table = {"name": "a", "version": "0", "data": folder, "output": "o", "folds": 3}
    return config_from(table | changes, "run.toml")


def test_that_the_folds_hold_out_every_sample_once(tmp_path):
    folder = write_hc18(tmp_path / "a", heads=6)
    configs = [config_of(folder, hold_out=fold) for fold in range(3)]
    held_out = [held_out_numbers(each, configured_samples(each)) for each in configs]

    assert sorted(number for numbers in held_out for number in numbers) == list(range(6))


def test_that_a_run_for_every_subject_holds_out_none(tmp_path):
    folder, planes = write_hc18(tmp_path / "a", heads=6), write_fetal_planes(tmp_path / "b", 4)
    config = config_of(folder, hold_out=None)

    assert len(configured_samples(config)) == 6
    assert len(configured_samples(replace(config, planes=planes))) == 10
    assert held_out_numbers(config, configured_samples(config)) == set()
