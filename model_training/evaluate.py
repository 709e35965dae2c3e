"""Scores through the serving path: Segmenter, fit, measure."""

import csv
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.segmentation.bundle import ModelBundle, load_bundle
from fhc_desktop.segmentation.networks.loading import load_networks
from fhc_desktop.segmentation.segmenter import Segmenter
from model_training.config import TrainConfig
from model_training.dataset import Head, load_heads
from model_training.folds import configured_samples, held_out_numbers
from model_training.plots import plot_agreement
from model_training.samples import HeadSample
from model_training.scores import HeadScore, score_outline, summaries

# What stands for a scale where a data set has none: only shares of HC mean something there.
NOMINAL_MM_PER_PIXEL = 0.15


def segmenter_of(bundle: ModelBundle, device: str = "auto") -> Segmenter:
    """Return what serves a bundle's proposals."""
    return Segmenter(bundle, load_networks(bundle, device))


def score_heads(segmenter: Segmenter, heads: Iterable[Head]) -> list[HeadScore]:
    """Return each head's score in millimetres, by its own pixel size or a nominal one."""
    return [score_of(head.sample, segmenter.find(image_of(head)).outline_px) for head in heads]


def evaluate(config: TrainConfig, bundle: Path, output: Path) -> dict[str, object]:
    """Score a bundle on the configured held-out fold (on all images without one).

    Writes ``scores.json``, ``images.csv``, ``agreement.png`` and ``held_out.txt``, the names of
    the images scored, into ``output`` and returns the summary.
    """
    samples = configured_samples(config)
    chosen = held_out_numbers(config, samples) or range(len(samples))
    heads = load_heads(samples[number] for number in sorted(chosen))
    rows = score_heads(segmenter_of(load_bundle(bundle)), heads)
    output.mkdir(parents=True, exist_ok=True)
    found = summaries(rows)
    (output / "scores.json").write_text(json.dumps(found, indent=1))
    (output / "held_out.txt").write_text("".join(f"{row.name}\n" for row in rows))
    _write_rows(output / "images.csv", rows)
    first_set = [row for row in rows if row.data_set == rows[0].data_set]
    plot_agreement(first_set, output / "agreement.png")
    return found


def image_of(head: Head) -> UltrasoundImage:
    """Return a head's picture as the program sees it."""
    source = ImageSource(head.sample.image, sha256="")
    return UltrasoundImage(gray=head.gray, source=source, pixel_aspect=head.pixel_aspect)


def score_of(sample: HeadSample, outline_px: Ellipse | None) -> HeadScore:
    """Return an outline's score in millimetres, by the sample's own pixel size or a nominal one."""
    mm = sample.mm_per_pixel or NOMINAL_MM_PER_PIXEL
    reference = sample.outline_px.scaled(mm, mm)
    return score_outline(
        sample.name,
        None if outline_px is None else outline_px.scaled(mm, mm),
        reference_mm=reference,
        reference_hc_mm=sample.hc_mm or reference.perimeter,
        data_set=sample.data_set,
    )


def _write_rows(path: Path, rows: list[HeadScore]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, [*asdict(rows[0]), "difference_mm"])
        writer.writeheader()
        writer.writerows(asdict(row) | {"difference_mm": row.difference_mm} for row in rows)
