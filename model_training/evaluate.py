"""Scores through the serving path: Segmenter, fit, measure."""

import csv
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from fhc_desktop.domain.image import ImageSource, UltrasoundImage
from fhc_desktop.segmentation.bundle import load_bundle
from fhc_desktop.segmentation.segmenter import Segmenter
from model_training.config import TrainConfig
from model_training.dataset import Head, load_head
from model_training.hc18 import HeadSample, read_samples, subject_folds
from model_training.plots import plot_agreement
from model_training.scores import HeadScore, score_outline, summary


def score_heads(segmenter: Segmenter, heads: Iterable[Head]) -> list[HeadScore]:
    """Return each head's score in millimetres by its own pixel size."""
    return [_score(segmenter, head) for head in heads]


def evaluate(config: TrainConfig, bundle: Path, output: Path) -> dict[str, object]:
    """Score a bundle on the configured held-out fold (on all images without one).

    Writes ``scores.json``, ``images.csv``, ``agreement.png`` and ``held_out.txt``, the names of
    the images scored, into ``output`` and returns the summary.
    """
    samples = read_samples(config.data)
    chosen = _chosen(config, samples)
    heads = (load_head(samples[number]) for number in chosen)
    rows = score_heads(Segmenter(load_bundle(bundle)), heads)
    output.mkdir(parents=True, exist_ok=True)
    found = summary(rows)
    (output / "scores.json").write_text(json.dumps(found, indent=1))
    (output / "held_out.txt").write_text("".join(f"{row.name}\n" for row in rows))
    _write_rows(output / "images.csv", rows)
    plot_agreement(rows, output / "agreement.png")
    return found


def _chosen(config: TrainConfig, samples: list[HeadSample]) -> list[int]:
    if config.hold_out is None:
        return list(range(len(samples)))
    return subject_folds(samples, config.folds, seed=config.fold_seed)[config.hold_out]


def _score(segmenter: Segmenter, head: Head) -> HeadScore:
    image = UltrasoundImage(
        gray=head.gray,
        source=ImageSource(head.sample.image, sha256=""),
        pixel_aspect=head.pixel_aspect,
    )
    outline = segmenter.propose(image).outline_px
    mm = head.sample.mm_per_pixel
    return score_outline(
        head.sample.name,
        None if outline is None else outline.scaled(mm, mm),
        reference_mm=head.outline_px.scaled(mm, mm),
        reference_hc_mm=head.sample.hc_mm,
    )


def _write_rows(path: Path, rows: list[HeadScore]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, [*asdict(rows[0]), "difference_mm"])
        writer.writeheader()
        writer.writerows(asdict(row) | {"difference_mm": row.difference_mm} for row in rows)
