"""docs/evaluation.md, rebuilt from the result files of a cross-validation."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from fhc_desktop.domain.confidence import Grade
from model_training.calibration import COVERAGE, SOUND_WITHIN, Judged, cross_judged
from model_training.consistency import (
    CHANGE_LIMIT,
    CHANGES,
    OVERLAY_LIMIT,
    OVERLAYS,
    read_consistency,
    within,
)
from model_training.evaluation_plots import (
    plot_calibration,
    plot_error_by_size,
    plot_risk_coverage,
    plot_worst,
)
from model_training.out_of_fold import OutOfFold, read_rows
from model_training.plots import plot_agreement
from model_training.refusals import Refusal, fitted_signals, read_refusals
from model_training.repeatability import ALIKE, read_pairs, repeatability, repeated, spread
from model_training.scores import SIZE_CLASSES, summaries

Table = list[list[str]]
LARGE_ERROR = 0.05
# The same recipe with other seeds, and once more from its first weights on with the first seed.
SEEDS, REPEAT = "close_up_seed?.json", "close_up_again.json"
SEED_MEASURES = {
    "MAE mm": "mae_mm",
    "mean difference mm": "mean_difference_mm",
    "Dice %": "dice_percent",
    "Hausdorff mm": "hausdorff_mm",
}
WORST_SHOWN = 12


def write_evaluation(results: Path, document: Path, images: Path) -> None:
    """Write the document and its pictures from a folder of result files."""
    rows = read_rows(results / "out_of_fold.csv")
    refusals = read_refusals(results / "negatives.csv")
    with_mm = [row for row in rows if row.score.data_set == "HC18"]
    judged = cross_judged(with_mm, fitted_signals(refusals))
    images.mkdir(parents=True, exist_ok=True)
    plot_agreement([row.score for row in with_mm], images / "agreement.png")
    plot_error_by_size(judged, images / "error_by_size.png")
    plot_calibration(judged, images / "confidence.png")
    plot_risk_coverage(judged, images / "risk_coverage.png")
    plot_worst(_worst(with_mm), images / "worst.png")
    text = (results / "evaluation_words.md").read_text(encoding="utf-8")
    parts = {
        "accuracy": _accuracy(rows),
        "interval": _table(_intervals(judged)),
        "grades": _table(_grades(judged)),
        "refusals": _table(_refused(refusals)),
        "consistency": _table(_consistency(results / "consistency.csv")),
        "repeatability": _table(_repeatability(results / "frame_pairs.csv", with_mm)),
        "speed": _table(_speed(results / "speed.json")),
        "worst": _table(_worst_table(_worst(with_mm))),
    }
    for name, part in parts.items():
        text = text.replace("{{" + name + "}}", part)
    document.write_text(text, encoding="utf-8")


def write_experiments(results: Path, document: Path) -> None:
    """Write the ladder of experiments from a folder with one file of scores for each run."""
    table = [["run", "images", "MAE mm", "standard error", "mean difference mm", "Dice %",
              "Hausdorff mm", "MAE below 90 / to 258 / above", "misses"]]  # fmt: skip
    for path in sorted(results.glob("*.json"), key=lambda path: (path.stem != "whole", path.stem)):
        found = json.loads(path.read_text(encoding="utf-8"))["HC18"]
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
    text = (results / "words.md").read_text(encoding="utf-8")
    for name, part in (("ladder", table), ("seeds", _seed_noise(results))):
        text = text.replace("{{" + name + "}}", _table(part))
    document.write_text(text, encoding="utf-8")


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
    return float(json.loads(path.read_text(encoding="utf-8"))["HC18"]["all"][key])


def _accuracy(rows: Sequence[OutOfFold]) -> str:
    found = summaries([row.score for row in rows])
    head = [
        "heads", "images", "MAE mm", "mean difference mm", "RMSE mm", "95 % limits mm",
        "errors over 5 %", "Dice %", "Hausdorff mm", "misses",
    ]  # fmt: skip
    table = [head, *(_measures(label, m) for label, m in found["HC18"].items())]
    text = _table(table)
    planes = found.get("FETAL_PLANES_DB")
    if planes is not None:
        measures = planes["all"]
        text += (
            f"\n\nFETAL_PLANES_DB, the same way: n {measures['images']}, Dice "
            f"{measures['dice_percent']:.2f} %, mean |error| {measures['mae_percent']:.2f} % of "
            f"HC, {measures['misses']} misses."
        )
    return text


def _measures(label: str, measures: dict[str, Any]) -> list[str]:
    low, high = measures["limits_of_agreement_mm"]
    distance = measures["hausdorff_mm"]
    return [
        label,
        str(measures["images"]),
        f"{measures['mae_mm']:.2f}",
        f"{measures['mean_difference_mm']:+.2f}",
        f"{measures['rmse_mm']:.2f}",
        f"{low:+.1f} to {high:+.1f}",
        f"{measures['over_5_percent']} ({measures['over_5_percent'] / measures['images']:.1%})",
        f"{measures['dice_percent']:.2f}",
        "" if distance is None else f"{distance:.2f}",
        str(measures["misses"]),
    ]


def _intervals(judged: Sequence[Judged]) -> Table:
    table = [["heads", "images", f"inside their {COVERAGE:.0%} interval", "median half width mm"]]
    for label, members in _by_size(judged):
        covered = np.mean([item.is_covered for item in members])
        width = np.median([item.half_width_mm for item in members])
        table.append([label, str(len(members)), f"{covered:.1%}", f"{width:.2f}"])
    return table


def _grades(judged: Sequence[Judged]) -> Table:
    groups = {
        f"error above {LARGE_ERROR:.0%}": [j for j in judged if j.row.relative_error > LARGE_ERROR],
        f"error within {SOUND_WITHIN:.0%}": [
            j for j in judged if j.row.relative_error <= SOUND_WITHIN
        ],
        "all": list(judged),
    }
    table = [["outlines", "n", "graded below good", "of these not measurable"]]
    for label, members in groups.items():
        below = [item for item in members if not (item.looks_good and item.is_head)]
        refused = sum(not item.is_head for item in members)
        share = len(below) / max(1, len(members))
        table.append([label, str(len(members)), f"{len(below)} ({share:.1%})", str(refused)])
    return table


def _refused(refusals: Sequence[Refusal]) -> Table:
    table = [["pictures without a head", "used for", "n", "not measurable"]]
    families = dict.fromkeys((row.family, row.role) for row in refusals)
    for family, role in families:
        members = [row for row in refusals if (row.family, row.role) == (family, role)]
        table.append([family, role, str(len(members)), _share_refused(members)])
    for role in ("fitting", "testing"):
        members = [row for row in refusals if row.role == role]
        table.append([f"all for {role}", role, str(len(members)), _share_refused(members)])
    return table


def _share_refused(rows: Sequence[Refusal]) -> str:
    refused = sum(row.grade == Grade.NOT_MEASURABLE for row in rows)
    return f"{refused} ({refused / max(1, len(rows)):.1%})"


def _consistency(path: Path) -> Table:
    rows = read_consistency(path)
    table = [["change", "images", "limit", "within the limit", "median change of HC"]]
    for change in CHANGES:
        members = [row for row in rows if row.change == change]
        limit = OVERLAY_LIMIT if change in OVERLAYS else CHANGE_LIMIT
        middle = np.median([row.difference for row in members])
        shares = (f"{limit:.1%}", f"{within(members, limit):.1%}", f"{middle:.2%}")
        table.append([change, str(len(members)), *shares])
    return table


def _repeatability(path: Path, rows: Sequence[OutOfFold]) -> Table:
    head = [
        "alike from", "pairs", "reference, frame to frame mm", "proposal mm",
        "variance of the reference alone mm²", "of the proposal alone", "of the error",
    ]  # fmt: skip
    table = [head]
    pairs = read_pairs(path)
    for alike in ALIKE:
        measured = repeated(pairs, rows, alike=alike)
        if len(measured):
            found, off = repeatability(measured), spread(measured)
            cells = (f"{found.reference_mm:.2f}", f"{found.proposal_mm:.2f}")
            variances = (
                f"{getattr(found, name):.1f} ± {getattr(off, name):.1f}"
                for name in ("reference_variance", "proposal_variance", "error_variance")
            )
            table.append([f"{alike:.1f}", str(found.pairs), *cells, *variances])
    return table


def _speed(path: Path) -> Table:
    table = [["network", "GFLOP", "time, previous model = 1", "MAE mm", "Dice %"]]
    for row in json.loads(path.read_text(encoding="utf-8")):
        cells = (f"{row['gflop']:.2f}", f"{row['ratio']:.2f}")
        table.append([row["network"], *cells, row["mae_mm"], row["dice_percent"]])
    return table


def _worst(rows: Sequence[OutOfFold]) -> list[OutOfFold]:
    found = [row for row in rows if row.outline_px is not None]
    return sorted(found, key=lambda row: -abs(row.score.difference_mm))[:WORST_SHOWN]


def _worst_table(rows: Iterable[OutOfFold]) -> Table:
    table = [["image", "reference HC mm", "difference mm", "Dice %"]]
    for row in rows:
        score = row.score
        numbers = (f"{score.reference_hc_mm:.1f}", f"{score.difference_mm:+.1f}")
        table.append([score.name, *numbers, f"{100 * score.dice:.1f}"])
    return table


def _by_size(judged: Sequence[Judged]) -> list[tuple[str, list[Judged]]]:
    groups = [("all", list(judged))]
    for label, low, high in SIZE_CLASSES:
        members = [item for item in judged if low <= item.row.score.reference_hc_mm < high]
        if members:
            groups.append((label, members))
    return groups


def _table(rows: Table) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])
