"""A cross-validation from its fold bundles to result files, and from these to a shipped bundle."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

import torch
from tqdm import tqdm

from fhc_desktop.segmentation.bundle import ModelBundle, load_bundle, save_bundle
from fhc_desktop.segmentation.trust.quality import QualitySpec
from model_training import fetal_planes, hc18
from model_training.calibration import fit_quality
from model_training.config import TrainConfig, read_config
from model_training.consistency import Consistency, measure_consistency, write_consistency
from model_training.dataset import load_heads
from model_training.evaluate import segmenter_of
from model_training.export import ensemble, probed, write_digest
from model_training.folds import configured_samples, held_out_numbers
from model_training.negatives import FITTED, TESTED, drawn_negatives, other_anatomy
from model_training.out_of_fold import OutOfFold, measure_fold, read_rows, write_rows
from model_training.refusals import (
    Refusal,
    fitted_signals,
    graded,
    measure_negatives,
    read_refusals,
    write_refusals,
)
from model_training.repeatability import frame_pairs, write_pairs
from model_training.scores import summaries
from model_training.sharpness import (
    as_sharp,
    measure_named,
    read_named,
    sharpness,
    write_named,
)

OUT_OF_FOLD, NEGATIVES, CONSISTENCY = "out_of_fold.csv", "negatives.csv", "consistency.csv"
PAIRS, SHIPPED, SCANNERS = "frame_pairs.csv", "shipped.csv", "scanners.csv"
# Every so manieth held-out image is turned, lit, resampled and drawn over.
CONSISTENCY_STEP = 4
NEGATIVES_EACH = 40
NEGATIVES_SEED = 100
SCANS_STEP = 9


@dataclass(frozen=True, slots=True)
class FoldResults:
    """What one fold's bundle says of what it never saw."""

    rows: list[OutOfFold]
    consistency: list[Consistency]
    refusals: list[Refusal]


def cross_validate(
    path: Path,
    results: Path,
    *,
    anatomy: Path | None = None,
    negatives_each: int = NEGATIVES_EACH,
) -> None:
    """Measure each fold's bundle on what it never saw, and write the result files.

    The folds are measured side by side. ``anatomy`` is a folder of scans that show no head,
    ``negatives_each`` the number of drawn pictures without one in each family.
    """
    results.mkdir(parents=True, exist_ok=True)
    configs = _fold_configs(path)
    with ProcessPoolExecutor(len(configs), mp_context=get_context("spawn")) as pool:
        found = list(pool.map(measure_all, configs, repeat(anatomy), repeat(negatives_each)))
    rows = [row for fold in found for row in fold.rows]
    write_rows(results / OUT_OF_FOLD, rows)
    write_consistency(results / CONSISTENCY, [row for fold in found for row in fold.consistency])
    write_refusals(results / NEGATIVES, [row for fold in found for row in fold.refusals])
    write_pairs(results / PAIRS, frame_pairs(configured_samples(configs[0])))
    _write_names(configs, results)
    if configs[0].planes is not None:
        fetal_planes.write_scanners(results / SCANNERS, configs[0].planes)


def measure_all(
    config: TrainConfig, anatomy: Path | None, negatives_each: int = NEGATIVES_EACH
) -> FoldResults:
    """Return a fold's results, measured by one thread."""
    torch.set_num_threads(1)
    # Scans without heads are few; one fold's networks look at them for all.
    scans = anatomy if config.hold_out == 0 else None
    return FoldResults(
        rows=measure_fold(config, config.bundle),
        consistency=_consistency(config),
        refusals=_refusals(config, scans, -(-negatives_each // config.folds)),
    )


def calibrate(
    path: Path, results: Path, target: Path, *, members: Sequence[Path] = ()
) -> ModelBundle:
    """Write the bundle to ship, with grade, interval and scores of the result files.

    Its networks are those of the bundles ``members``, the folds' own without any; what they
    signal of all heads joins the result files.
    """
    configs = _fold_configs(path)
    samples = configured_samples(configs[0])
    paths = members or [config.bundle for config in configs]
    bundle = ensemble([load_bundle(path) for path in paths], samples)
    header = replace(
        bundle.header,
        quality=None,
        scores={
            "measured": "out of fold: each image by the networks of the fold that did not see it",
            "command": f"python -m model_training crossvalidate --config {path.as_posix()}",
            **summaries([row.score for row in read_rows(results / OUT_OF_FOLD)]),
        },
    )
    segmenter = segmenter_of(save_bundle(target, header, bundle.tensors), "cpu")
    with_mm = [sample for sample in samples if sample.data_set == hc18.DATA_SET]
    heads = load_heads(tqdm(with_mm, disable=None))
    write_named(results / SHIPPED, measure_named(segmenter, heads))
    save_bundle(target, replace(header, probe=probed(segmenter)), bundle.tensors)
    return recalibrate(target, results)


def recalibrate(target: Path, results: Path) -> ModelBundle:
    """Give a bundle the grade and interval of the result files; its networks stay as they are.

    So does its rule of planes, which is the close-up's own (``plane_study``).

    The digest by which the program knows the file stands beside it.
    """
    bundle = load_bundle(target)
    before, quality = bundle.header.quality, fitted_quality(results)
    plane = None if before is None else before.head_plane
    header = replace(bundle.header, quality=replace(quality, head_plane=plane))
    made = save_bundle(target, header, bundle.tensors)
    write_digest(target, made)
    return made


def fitted_quality(results: Path) -> QualitySpec:
    """Return what the result files teach, for the networks that are shipped."""
    rows = read_rows(results / OUT_OF_FOLD)
    with_mm = [row for row in rows if row.score.data_set == hc18.DATA_SET]
    spec = fit_quality(with_mm, fitted_signals(read_refusals(results / NEGATIVES)))
    return as_sharp(spec, sharpness(with_mm, read_named(results / SHIPPED), spec))


def judge_negatives(bundle: ModelBundle, results: Path) -> None:
    """Grade the pictures without heads by a bundle's rule, for the evaluation."""
    quality = bundle.header.quality
    if quality is None:
        raise ValueError("this bundle has no rule to judge by")
    refusals = read_refusals(results / NEGATIVES)
    write_refusals(results / NEGATIVES, graded(refusals, quality))


def _fold_configs(path: Path) -> list[TrainConfig]:
    folds = read_config(path).folds
    return [read_config(path, hold_out=str(fold)) for fold in range(folds)]


def _write_names(configs: Sequence[TrainConfig], results: Path) -> None:
    """Write each fold's names, for whoever scores a predictions file with other tools."""
    for config in configs:
        samples = configured_samples(config)
        names = [samples[n].name for n in sorted(held_out_numbers(config, samples))]
        (results / f"held_out_{config.hold_out}.txt").write_text("\n".join(names) + "\n")


def _consistency(config: TrainConfig) -> list[Consistency]:
    samples = configured_samples(config)
    numbers = sorted(held_out_numbers(config, samples))[::CONSISTENCY_STEP]
    segmenter = segmenter_of(load_bundle(config.bundle), "cpu")
    heads = load_heads(samples[number] for number in tqdm(numbers, disable=None))
    return measure_consistency(segmenter, heads)


def _refusals(config: TrainConfig, anatomy: Path | None, each: int) -> list[Refusal]:
    """Show a fold's networks pictures without heads, in part made of scans they never saw."""
    samples = configured_samples(config)
    numbers = sorted(held_out_numbers(config, samples))[::SCANS_STEP]
    scans = [head.gray for head in load_heads(samples[number] for number in numbers)]
    segmenter = segmenter_of(load_bundle(config.bundle), "cpu")
    seed = NEGATIVES_SEED + (config.hold_out or 0)
    drawn = drawn_negatives(FITTED + TESTED, each, seed=seed, scans=scans)
    rows = measure_negatives(segmenter, tqdm(drawn, disable=None))
    return rows if anatomy is None else rows + measure_negatives(segmenter, other_anatomy(anatomy))
