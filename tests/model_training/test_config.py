import json
from pathlib import Path

import pytest

import model_training
from model_training.config import View, config_from, config_table, read_config
from tests.model_training.drawn_sets import write_config

TABLE = {"name": "a", "version": "0", "data": "d", "output": "o"}
OURS = sorted((Path(model_training.__file__).parent / "configs").rglob("*.toml"))


def test_that_what_a_file_says_is_what_runs(tmp_path):
    path = write_config(
        tmp_path / "run.toml", data="d", output="o", epochs=7, augmentation={"scale": 0.5}
    )
    config = read_config(path)

    assert (config.epochs, config.hold_out, config.view) == (7, 0, View.WHOLE)
    assert config.network.width == 4
    assert config.augmentation.scale == 0.5
    assert config.data == Path("d")


def test_that_a_file_with_a_base_holds_what_differs(tmp_path):
    write_config(tmp_path / "base.toml", data="d", output="o", epochs=7, loss={"rim": 2.0})
    between = tmp_path / "between.toml"
    between.write_text('base = "base.toml"\nepochs = 9\n[network]\nwidth = 16\n')
    path = tmp_path / "run.toml"
    path.write_text('base = "between.toml"\nname = "other"\n[loss]\nsize = 1.0\n')
    config = read_config(path)

    assert (config.name, config.epochs) == ("other", 9)
    assert (config.network.width, config.network.levels) == (16, 3)
    assert (config.loss.rim, config.loss.size) == (2.0, 1.0)


@pytest.mark.parametrize(
    ("hold_out", "fold", "name"), [(None, 0, "0"), ("2", 2, "2"), ("none", None, "all")]
)
def test_that_the_fold_kept_stands_in_the_paths(tmp_path, hold_out, fold, name):
    path = write_config(
        tmp_path / "run.toml",
        data="d",
        output="runs/close_{fold}",
        view="close-up",
        survey="runs/survey_{fold}/bundle.safetensors",
    )
    config = read_config(path, hold_out=hold_out)

    assert config.hold_out == fold
    assert config.output == Path(f"runs/close_{name}")
    assert config.survey == Path(f"runs/survey_{name}/bundle.safetensors")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"epoks": 3}, "epoks"),
        ({"network": {"depth": 2}}, "depth"),
        ({"network": {"levels": 9}}, "not a network"),
        ({"preprocessing": {"width": 0}}, "not a preprocessing"),
        ({"preprocessing": {"width": 100}}, "divisible by 32"),
        ({"augmentation": {"stretchiness": 1}}, "stretchiness"),
        ({"view": "sideways"}, "sideways"),
        ({"view": "close-up"}, "names the bundle of its survey"),
        ({"survey": "s.safetensors"}, "names the bundle of its survey"),
        ({"hold_out": 5}, "of 5 folds none has number 5"),
        ({"hold_out": -1}, "none has number -1"),
        ({"pretrained": True}, "no weights to start from"),
    ],
)
def test_that_what_is_wrong_is_named_with_the_file(wrong, words):
    with pytest.raises(ValueError, match=r"run\.toml") as found:
        config_from(TABLE | wrong, "run.toml")

    assert words in str(found.value)


def test_that_a_missing_key_is_named():
    with pytest.raises(ValueError, match="output"):
        config_from({key: TABLE[key] for key in ("name", "version", "data")}, "run.toml")


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_that_every_configuration_of_ours_can_be_read(path):
    assert read_config(path).name


def test_that_the_table_for_the_header_is_plain():
    table = config_table(config_from(TABLE | {"hold_out": None}, "run.toml"))

    assert json.loads(json.dumps(table)) == table
