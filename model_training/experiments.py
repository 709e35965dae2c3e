"""docs/experiments.md, rebuilt from one file of scores for each run of the ladder."""

import json
from pathlib import Path

import numpy as np

from model_training import hc18
from model_training.document import Table, table_text, write_filled
from model_training.scores import SIZE_CLASSES

# The same recipe with other seeds, and once more from its first weights on with the first seed.
SEEDS, REPEAT = "close_up_seed?.json", "close_up_again.json"
SEED_MEASURES = {
    "MAE mm": "mae_mm",
    "mean difference mm": "mean_difference_mm",
    "Dice %": "dice_percent",
    "Hausdorff mm": "hausdorff_mm",
}


def write_experiments(results: Path, document: Path) -> None:
    """Write the ladder of experiments from a folder with one file of scores for each run."""
    table = [["run", "images", "MAE mm", "standard error", "mean difference mm", "Dice %",
              "Hausdorff mm", "MAE below 90 / to 258 / above", "misses"]]  # fmt: skip
    for path in sorted(results.glob("*.json"), key=lambda path: (path.stem != "whole", path.stem)):
        found = json.loads(path.read_text(encoding="utf-8"))[hc18.DATA_SET]
        measures = found["all"]
        spread = (measures["rmse_mm"] ** 2 - measures["mae_mm"] ** 2) ** 0.5
        classes = " / ".join(
            f"{found[label]['mae_mm']:.2f}" for label, _, _ in SIZE_CLASSES if label in found
        )
        table.append(
            [
                path.stem,
                str(measures["images"]),
                f"{measures['mae_mm']:.2f}",
                f"{spread / measures['images'] ** 0.5:.2f}",
                f"{measures['mean_difference_mm']:+.2f}",
                f"{measures['dice_percent']:.2f}",
                f"{measures['hausdorff_mm']:.2f}",
                classes,
                str(measures["misses"]),
            ]
        )
    parts = {"ladder": table_text(table), "seeds": table_text(_seed_noise(results))}
    write_filled(results / "words.md", parts, document)


def _seed_noise(results: Path) -> Table:
    """Return what the seed alone changes, and how far a repeated run is from the first in that."""
    seeds, again = sorted(results.glob(SEEDS)), [*results.glob(REPEAT)]
    head = [path.stem for path in seeds] + ["mean", "standard deviation"]
    for path in again:
        head += [path.stem, f"{path.stem} - {seeds[0].stem}, in standard deviations"]
    table = [["measure", *head]]
    for label, key in SEED_MEASURES.items():
        values = [_measure(path, key) for path in seeds]
        spread = float(np.std(values, ddof=1))
        row = [f"{value:.3f}" for value in (*values, np.mean(values), spread)]
        for path in again:
            value = _measure(path, key)
            row += [f"{value:.3f}", f"{(value - values[0]) / spread:+.1f}"]
        table.append([label, *row])
    return table


def _measure(path: Path, key: str) -> float:
    return float(json.loads(path.read_text(encoding="utf-8"))[hc18.DATA_SET]["all"][key])
