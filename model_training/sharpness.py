"""How much less the shipped network doubts than the networks that its rules were fitted on.

It has learned longer and from all images, so its maps' edges are narrower and its signals of doubt
smaller; its errors are not smaller by as much. Rules that were fitted on the folds' networks would
promise too much of it.
"""

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from fhc_desktop.segmentation.segmenter import Segmenter
from fhc_desktop.segmentation.trust.quality import QualitySpec, Weights
from fhc_desktop.segmentation.trust.signals import SIGNAL_NAMES, Signals
from model_training.dataset import Head
from model_training.evaluate import image_of
from model_training.out_of_fold import DIGITS, OutOfFold, signals_in

# Each picture's signals by its name; a picture in which no head was found has none.
NamedSignals = Mapping[str, Signals]


def measure_named(segmenter: Segmenter, heads: Iterable[Head]) -> dict[str, Signals]:
    """Return what a network signals of heads, whether it learned from them or not."""
    found = {head.sample.name: segmenter.find(image_of(head)).signals for head in heads}
    return {name: signals for name, signals in found.items() if signals is not None}


def write_named(path: Path, named: NamedSignals) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", *SIGNAL_NAMES))
        for name, signals in sorted(named.items()):
            values = asdict(signals).values()
            writer.writerow((name, *(f"{value:.{DIGITS}g}" for value in values)))


def read_named(path: Path) -> dict[str, Signals]:
    with path.open(newline="") as file:
        found = {cells["name"]: signals_in(cells) for cells in csv.DictReader(file)}
    return {name: signals for name, signals in found.items() if signals is not None}


def sharpness(rows: Sequence[OutOfFold], shipped: NamedSignals, spec: QualitySpec) -> float:
    """Return the shipped network's expected error over the folds', the geometric mean of heads.

    Raises:
        ValueError: no head was found by both.
    """
    ratios = [
        math.log(spec.expected_error(shipped[row.score.name]) / spec.expected_error(row.signals))
        for row in rows
        if row.signals is not None and row.score.name in shipped
    ]
    if not ratios:
        raise ValueError("no head was found by the shipped network and by its fold's")
    return math.exp(float(np.mean(ratios)))


def as_sharp(spec: QualitySpec, ratio: float) -> QualitySpec:
    """Return the specification for a network whose expected errors come out ``ratio`` as large."""
    error = Weights(spec.error.constant - math.log(ratio), spec.error.weights)
    return replace(spec, error=error)
