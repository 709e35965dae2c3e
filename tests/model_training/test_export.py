import shutil
from dataclasses import replace

import numpy as np
import pytest

from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import load_bundle, save_bundle
from fhc_desktop.segmentation.preprocessing import PreprocessingSpec
from model_training.__main__ import main
from model_training.evaluate import segmenter_of
from model_training.export import ensemble, with_scores
from tests.heads import small_phantom
from tests.segmentation.networks.pytorch.small_network import LOOK, small_bundle


def one(seed):
    return small_bundle(seed, "survey", "close_up")


def test_that_joined_networks_each_make_one_view():
    image, outline = small_phantom().image, small_phantom().outline_px
    joined = ensemble([one(1), one(2), one(3)], [])
    views = segmenter_of(joined, "cpu").look_closer(image, outline).views
    alone = [segmenter_of(one(seed), "cpu").look_closer(image, outline).views for seed in (1, 2)]

    assert joined.header.inference.views == 3
    assert views.shape[0] == 3
    # Weights are kept in half the bits.
    assert np.allclose(views[0], alone[0][0], atol=2e-3)
    assert np.allclose(views[1], alone[1][1], atol=2e-3)


def test_that_networks_that_look_another_way_cannot_be_joined():
    other = one(2)
    look = replace(LOOK, preprocessing=PreprocessingSpec(96, 64, head=0.5))
    odd = replace(other, header=replace(other.header, close_up=look))
    with pytest.raises(ValueError, match="same way"):
        ensemble([one(1), odd], [])


def test_that_a_bundle_of_the_format_before_is_rewritten_with_its_weights_bit_for_bit(
    tmp_path, monkeypatch
):
    given, graphs = one(4), {"survey.graph", "close_up.graph"}
    weights = {name: values for name, values in given.tensors.items() if name not in graphs}
    before = tmp_path / "before.safetensors"
    with monkeypatch.context() as older:
        older.setattr("fhc_desktop.segmentation.bundle._check_graphs", lambda *_: None)
        older.setattr("fhc_desktop.segmentation.bundle.FORMAT_VERSION", 3)
        save_bundle(before, given.header, weights)
    (tmp_path / "SHA256SUMS").write_text("the digest of another file")

    assert main(["export", "--bundle", str(before), "--out", str(tmp_path / "made")]) == 0
    made = load_bundle(tmp_path / "made")
    assert made.header == given.header
    assert made.tensors.keys() == weights.keys() | graphs
    assert all(made.tensors[name].tobytes() == values.tobytes() for name, values in weights.items())
    assert (tmp_path / "SHA256SUMS").read_text() == f"{made.sha256}  made\n"


def test_that_export_needs_a_run_or_a_bundle(capsys):
    assert main(["export"]) == 2
    assert "--bundle" in capsys.readouterr().err


def test_that_scores_join_a_bundles_header_and_move_nothing_else(tmp_path):
    path = tmp_path / "bundle.safetensors"
    shutil.copy(resource("model/head_unet.safetensors"), path)
    before, scores = load_bundle(path), {"drawn": {"rows": [{"n": "3"}]}}
    made = with_scores(path, scores)

    assert made.header == replace(before.header, scores=before.header.scores | scores)
    assert made.tensors.keys() == before.tensors.keys()
    assert all((made.tensors[name] == before.tensors[name]).all() for name in before.tensors)
    # Once they stand there the file is left as it is.
    written = path.stat().st_mtime_ns
    assert with_scores(path, scores).sha256 == made.sha256
    assert path.stat().st_mtime_ns == written
