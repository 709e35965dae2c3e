import json
import math

import cv2
import numpy as np
import pytest
from PIL import Image

from fhc_desktop.domain.geometry import Ellipse
from fhc_desktop.segmentation.bundle import load_bundle
from model_training.__main__ import main
from model_training.augmentation import Similarity, augmented
from model_training.config import AugmentationConfig, config_from
from model_training.hc18 import annotated_outline, read_samples, subject_folds
from model_training.scores import dice, hausdorff, score_outline, summary
from tests.phantoms import small_phantom

CIRCLE = Ellipse(0, 0, 50, 50, 0)


def small_data_set(folder):
    """Twelve drawn heads of six subjects in the official layout."""
    (folder / "training_set").mkdir(parents=True)
    rows = ["filename,pixel size(mm),head circumference (mm)"]
    for number in range(12):
        phantom = small_phantom(seed=number)
        ending = "HC" if number % 2 == 0 else "2HC"
        name = f"{number // 2:03d}_{ending}"
        Image.fromarray(phantom.gray).save(folder / "training_set" / f"{name}.png")
        line = np.zeros_like(phantom.gray)
        points = (phantom.outline_px.points(720) * 16).round().astype(np.int32)
        cv2.polylines(line, [points], isClosed=True, color=255, thickness=2, shift=4)
        Image.fromarray(line).save(folder / "training_set" / f"{name}_Annotation.png")
        rows.append(f"{name}.png,{phantom.mm_per_pixel},{phantom.hc_mm}")
    (folder / "training_set_pixel_size_and_HC.csv").write_text("\n".join(rows))
    return folder


@pytest.mark.model
def test_that_a_short_run_trains_resumes_exports_and_evaluates(tmp_path, capsys):
    data = small_data_set(tmp_path / "data")
    config = tmp_path / "run.toml"
    text = (
        f'name = "tiny"\nversion = "0"\ndata = "{data}"\noutput = "{tmp_path / "run"}"\n'
        "folds = 3\nepochs = {epochs}\nbatch_size = 4\nvalidate_every = 1\n"
        "[network]\nwidth = 4\nlevels = 3\n[preprocessing]\nwidth = 96\nheight = 64\n"
    )
    config.write_text(text.replace("{epochs}", "1"))
    assert main(["train", "--config", str(config)]) == 0
    config.write_text(text.replace("{epochs}", "2"))
    assert main(["train", "--config", str(config)]) == 0
    assert "going on after epoch 1" in capsys.readouterr().out
    assert len((tmp_path / "run" / "log.csv").read_text().splitlines()) == 3

    assert main(["export", "--config", str(config)]) == 0
    assert main(["evaluate", "--config", str(config)]) == 0
    written = tmp_path / "run" / "evaluation"
    assert json.loads((written / "scores.json").read_text())["all"]["images"] == 4
    assert (written / "agreement.png").stat().st_size > 0
    header = load_bundle(tmp_path / "run" / "bundle.safetensors").header
    assert header.data["images"] == 8
    assert header.scores["held_out_fold"] == 0


def test_that_an_outline_gives_back_the_tables_hc(shared):
    for sample in read_samples(shared / "hc18")[::80]:
        outline = annotated_outline(sample.annotation)
        assert outline.perimeter * sample.mm_per_pixel == pytest.approx(sample.hc_mm, abs=0.05)


def test_that_no_subject_stands_on_both_sides(shared):
    samples = read_samples(shared / "hc18")
    folds = subject_folds(samples, 5, seed=1)

    assert sorted(number for fold in folds for number in fold) == list(range(len(samples)))
    subjects = [{samples[number].subject for number in fold} for fold in folds]
    assert sum(map(len, subjects)) == len(set().union(*subjects))
    means = [np.mean([samples[number].hc_mm for number in fold]) for fold in folds]
    assert max(means) - min(means) < 10


@pytest.mark.parametrize("mirrored", [False, True])
def test_that_an_outline_is_changed_as_its_points_are(mirrored):
    change = Similarity((400, 270), turn=0.7, scale=1.2, shift=(13, -8), mirrored=mirrored)
    ellipse = Ellipse(380, 250, 150, 100, 0.4)
    moved = np.column_stack([ellipse.points(40), np.ones(40)]) @ change.matrix.T
    found = change.of_ellipse(ellipse)

    assert all(found.is_on_rim(tuple(point), tolerance=1e-6) for point in moved)


def test_that_the_same_seed_gives_the_same_picture():
    phantom = small_phantom(seed=3)
    config = AugmentationConfig()
    once, again = (
        augmented(phantom.gray, phantom.outline_px, rng=np.random.default_rng(5), config=config)
        for _ in range(2)
    )
    assert (once[0] == again[0]).all()
    assert once[1] == again[1]


def test_that_scores_know_their_answers():
    wider = Ellipse(0, 0, 52, 52, 0)
    score = score_outline("a", wider, reference_mm=CIRCLE, reference_hc_mm=CIRCLE.perimeter)

    assert score.difference_mm == pytest.approx(4 * math.pi)
    assert score.hausdorff_mm == pytest.approx(2, abs=1e-3)
    assert dice(CIRCLE, wider) == pytest.approx(2 * 50**2 / (50**2 + 52**2), abs=2e-3)
    assert hausdorff(CIRCLE, CIRCLE) == 0


def test_that_a_miss_counts_with_all_of_its_hc():
    missed = score_outline("a", None, reference_mm=CIRCLE, reference_hc_mm=300.0)

    assert summary([missed])["all"]["mae_mm"] == 300
    assert summary([missed])["all"]["misses"] == 1


@pytest.mark.parametrize("wrong", [{"epoks": 3}, {"network": {"depth": 2}}])
def test_that_an_unknown_key_is_named(wrong):
    table = {"name": "a", "version": "0", "data": "d", "output": "o"}
    with pytest.raises(ValueError, match="not a training configuration"):
        config_from(table | wrong, "run.toml")
