"""A cross-validation from bundles to document, the shipped networks standing in for two folds."""

from dataclasses import replace

import pytest

from fhc_desktop.resources import resource
from fhc_desktop.segmentation.bundle import load_bundle, save_bundle
from model_training.config import read_config
from model_training.evaluation import write_evaluation
from model_training.model_card import write_model_card
from model_training.out_of_fold import read_rows
from model_training.outer_border import write_borders
from model_training.plane_study import heads_held_out, teach_planes
from model_training.refusals import read_refusals
from model_training.study import calibrate, cross_validate, judge_negatives, recalibrate
from model_training.whole_screens import write_screens
from tests.model_training.drawn_sets import write_fetal_planes, write_hc18, write_no_head

HEADS = 8


def single_member(target):
    """One member of the shipped model, as a fold's bundle is."""
    shipped = load_bundle(resource("model/head_unet.safetensors"))
    header = replace(
        shipped.header,
        survey=replace(shipped.header.survey, members=1),
        close_up=replace(shipped.header.close_up, members=1),
        inference=replace(shipped.header.inference, views=2),
        quality=None,
    )
    tensors = {
        name: t for name, t in shipped.tensors.items() if name.split(".")[1] in {"0", "graph"}
    }
    save_bundle(target, header, tensors)


@pytest.fixture
def study(tmp_path):
    """The configuration of two folds whose bundles are there already."""
    write_hc18(tmp_path / "hc18", heads=HEADS)
    write_fetal_planes(tmp_path / "planes", heads=4)
    for fold in (0, 1):
        (tmp_path / f"close_up_{fold}").mkdir()
        single_member(tmp_path / f"close_up_{fold}" / "bundle.safetensors")
    config = tmp_path / "close_up.toml"
    config.write_text(
        f'name = "drawn"\nversion = "0"\nview = "close-up"\nfolds = 2\n'
        f'data = "{tmp_path / "hc18"}"\nplanes = "{tmp_path / "planes"}"\n'
        f'output = "{tmp_path / "close_up_{fold}"}"\nsurvey = "{tmp_path / "survey"}"\n'
    )
    return config


def write_other_results(results):
    """Write what a page asks for beside a cross-validation's results."""
    (results / "evaluation_words.md").write_text(
        "{{accuracy}}\n{{interval}}\n{{sharpness}}\n{{grades}}\n{{repeatability}}\n"
        "{{planes}}\n{{refused_heads}}\n{{scanners}}\n{{screens}}\n"
    )
    (results / "speed.json").write_text("[]")
    write_borders(results / "outer_border.csv", [])
    write_screens(results / "whole_screens.csv", [])


@pytest.mark.model
@pytest.mark.timeout(900)
def test_that_results_calibrate_a_bundle_and_rebuild_the_document(study, tmp_path):
    results = tmp_path / "results"
    cross_validate(study, results, negatives_each=2)
    rows = read_rows(results / "out_of_fold.csv")

    assert len(rows) == HEADS + 4
    assert {row.fold for row in rows} == {0, 1}
    hc18 = [row for row in rows if row.score.data_set == "HC18"]
    assert all(abs(row.score.difference_mm) < row.score.reference_hc_mm for row in hc18)
    assert (results / "held_out_0.txt").read_text().split()

    bundle = calibrate(study, results, tmp_path / "shipped.safetensors")
    assert bundle.header.survey.members == bundle.header.close_up.members == 2
    assert bundle.header.quality.interval.heads == HEADS
    assert bundle.header.scores["HC18"]["all"]["images"] == HEADS
    assert bundle.header.probe.hc_px > 0
    again = recalibrate(tmp_path / "shipped.safetensors", results)
    # Of a few drawn heads the fit is not the same to the last bit each time.
    assert replace(again.header, quality=bundle.header.quality) == bundle.header
    assert again.header.quality.interval.heads == HEADS
    digest, name = (tmp_path / "SHA256SUMS").read_text().split()
    assert (digest, name) == (again.sha256, "shipped.safetensors")

    judge_negatives(bundle, results)
    assert all(row.grade for row in read_refusals(results / "negatives.csv"))

    no_head, kept = write_no_head(tmp_path / "no_head", count=2), tmp_path / "kept.npz"
    config = read_config(study, hold_out="none")
    made = teach_planes(config, tmp_path / "shipped.safetensors", no_head, results, kept=kept)
    assert made.header.quality.head_plane is not None
    # What says which plane it is stays when grade and interval are fitted anew.
    again = recalibrate(tmp_path / "shipped.safetensors", results)
    assert again.header.quality.head_plane == made.header.quality.head_plane
    held_out = read_config(study, hold_out="0")
    _, table = heads_held_out(held_out, tmp_path / "shipped.safetensors", no_head, kept=kept)
    assert int(table[1][1]) == sum(row.fold == 0 for row in rows)

    write_other_results(results)
    write_evaluation(results, tmp_path / "evaluation.md", tmp_path / "images")
    (results / "model_card_words.md").write_text(
        "{{name}}: {{covered}} of {{heads}}, {{dotted}}, {{planes_refused}}, {{plane_sources}}"
    )
    write_model_card(results, tmp_path / "card.md")
    assert f"% of {HEADS}, " in (tmp_path / "card.md").read_text()

    text = (tmp_path / "evaluation.md").read_text()
    assert "{{" not in text
    assert f"| all | {HEADS} |" in text
    assert (tmp_path / "images" / "worst.png").stat().st_size > 0
