"""What networks said of heads they never saw: one row an image, kept as a small CSV file."""

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.segmentation.bundle import load_bundle
from fhc_desktop.segmentation.trust.signals import SIGNAL_NAMES, Signals
from model_training.config import TrainConfig
from model_training.dataset import load_heads
from model_training.evaluate import image_of, score_of, segmenter_of
from model_training.folds import configured_samples, held_out_numbers
from model_training.scores import HeadScore

DIGITS = 7


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """One image measured by the fold that did not see it.

    ``outline_px`` and ``signals`` are None where no head was found.
    """

    fold: int
    score: HeadScore
    reference_px: Ellipse
    outline_px: Ellipse | None
    signals: Signals | None

    @property
    def relative_error(self) -> float:
        return abs(self.score.difference_mm) / self.score.reference_hc_mm


def measure_fold(config: TrainConfig, bundle: Path) -> list[OutOfFold]:
    """Return the held-out heads of a run as its bundle measures them through the serving path."""
    if config.hold_out is None:
        raise ValueError("a run that holds out no fold has nothing to be measured on")
    samples = configured_samples(config)
    segmenter = segmenter_of(load_bundle(bundle), "cpu")
    rows = []
    numbers = tqdm(sorted(held_out_numbers(config, samples)), disable=None)
    for head in load_heads(samples[number] for number in numbers):
        finding = segmenter.find(image_of(head))
        outline, reference = finding.outline_px, head.sample.outline_px
        score = score_of(head.sample, outline)
        rows.append(OutOfFold(config.hold_out, score, reference, outline, finding.signals))
    return rows


def write_rows(path: Path, rows: Sequence[OutOfFold]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        for row in rows:
            cells = asdict(row.score) | {"fold": row.fold} | _cells("reference", row.reference_px)
            if row.outline_px is not None:
                cells |= _cells("outline", row.outline_px)
            if row.signals is not None:
                cells |= asdict(row.signals)
            writer.writerow({name: _short(cell) for name, cell in cells.items()})


def read_rows(path: Path) -> list[OutOfFold]:
    with path.open(newline="") as file:
        return [_row(cells) for cells in csv.DictReader(file)]


def signals_in(cells: Mapping[str, str]) -> Signals | None:
    """Return the signals of a CSV row; None where it has none."""
    values = [cells[name] for name in SIGNAL_NAMES]
    return Signals(*map(float, values)) if all(values) else None


def signal_matrix(rows: Iterable[Signals]) -> NDArray[np.float64]:
    """Return signals as shape (rows, signals)."""
    return np.array([np.asarray(row) for row in rows]).reshape(-1, len(SIGNAL_NAMES))


_NUMBERS = tuple(field.name for field in fields(Ellipse))
_SCORES = ("data_set", "name", "reference_hc_mm", "hc_mm", "dice", "hausdorff_mm")
_COLUMNS = (
    "fold",
    *_SCORES,
    *(f"reference_{name}" for name in _NUMBERS),
    *(f"outline_{name}" for name in _NUMBERS),
    *SIGNAL_NAMES,
)


def _row(cells: dict[str, str]) -> OutOfFold:
    distance = cells["hausdorff_mm"]
    score = HeadScore(
        name=cells["name"],
        reference_hc_mm=float(cells["reference_hc_mm"]),
        hc_mm=float(cells["hc_mm"]),
        dice=float(cells["dice"]),
        hausdorff_mm=float(distance) if distance else None,
        data_set=cells["data_set"],
    )
    outline = [cells[f"outline_{name}"] for name in _NUMBERS]
    return OutOfFold(
        fold=int(cells["fold"]),
        score=score,
        reference_px=Ellipse(*(float(cells[f"reference_{name}"]) for name in _NUMBERS)),
        outline_px=Ellipse(*map(float, outline)) if all(outline) else None,
        signals=signals_in(cells),
    )


def _cells(prefix: str, ellipse: Ellipse) -> dict[str, float]:
    return {f"{prefix}_{name}": value for name, value in asdict(ellipse).items()}


def _short(value: object) -> object:
    if isinstance(value, float) and math.isfinite(value):
        return f"{value:.{DIGITS}g}"
    return "" if value is None else value
