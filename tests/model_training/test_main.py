from model_training.__main__ import main
from tests.model_training.drawn_sets import write_config, write_hc18


def test_that_a_data_folder_that_is_not_there_is_named(tmp_path, capsys):
    config = write_config(tmp_path / "run.toml", data=tmp_path / "no", output=tmp_path / "run")

    assert main(["train", "--config", str(config)]) == 2
    assert str(tmp_path / "no") in capsys.readouterr().err


def test_that_missing_results_end_in_a_sentence(tmp_path, capsys):
    assert main(["report", "--results", str(tmp_path)]) == 2
    assert "out_of_fold.csv" in capsys.readouterr().err


def test_that_pictures_without_a_head_that_are_not_there_are_named(tmp_path, capsys):
    write_hc18(tmp_path / "hc18", heads=2)
    config = write_config(tmp_path / "run.toml", data=tmp_path / "hc18", output=tmp_path / "run")
    asked = ["head-plane", "--config", str(config), "--no-head", str(tmp_path / "none")]

    assert main(asked) == 2
    assert "manifest.csv" in capsys.readouterr().err


def test_that_a_bundle_which_is_none_ends_in_a_sentence(tmp_path, capsys):
    write_hc18(tmp_path / "hc18", heads=2)
    config = write_config(tmp_path / "run.toml", data=tmp_path / "hc18", output=tmp_path / "run")
    (tmp_path / "none.safetensors").write_text("no bundle")
    asked = ["--config", str(config), "--bundle", str(tmp_path / "none.safetensors")]

    assert main(["whole-screens", *asked]) == 2
    assert "none.safetensors is not a readable bundle" in capsys.readouterr().err
