"""docs/evaluation.md, rebuilt from the result files of a cross-validation."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from fhc_desktop.domain.confidence import Grade
from model_training import fetal_planes, hc18
from model_training.calibration import SOUND_WITHIN, Judged, cross_judged, fit_quality
from model_training.consistency import (
    CHANGE_LIMIT,
    CHANGES,
    OVERLAY_LIMIT,
    OVERLAYS,
    read_consistency,
    within,
)
from model_training.document import Table, table_text, write_filled
from model_training.evaluation_plots import (
    plot_calibration,
    plot_error_by_size,
    plot_risk_coverage,
    plot_worst,
)
from model_training.head_plane import kinds_table, read_plane_rows, refused_table
from model_training.intervals import COVERAGE
from model_training.out_of_fold import OutOfFold, read_rows
from model_training.outer_border import borders_table, read_borders
from model_training.plots import plot_agreement
from model_training.refusals import Refusal, fitted_signals, read_refusals
from model_training.repeatability import ALIKE, read_pairs, repeatability, repeated, spread
from model_training.scores import SIZE_CLASSES, dice, summaries
from model_training.sharpness import NamedSignals, read_named, sharpness
from model_training.whole_screens import read_screens, screens_table

LARGE_ERROR = 0.05
WORST_SHOWN = 12

T = TypeVar("T")


# What a bundle's header says beside its accuracy: of which data, and how it is found.
_FOLDS = "python -m model_training crossvalidate --config model_training/configs/close_up.toml"
_PLANES = "python -m model_training head-plane --no-head FOLDER"
IN_THE_HEADER = {
    "interval": ("heads of both sets, each by a fold that never saw it", _FOLDS),
    "scanners": ("FETAL_PLANES_DB, outlines as published", _FOLDS),
    "planes": ("pictures without a head's plane; those that test taught nothing", _PLANES),
    "refused_heads": (
        "heads of both sets, each by a rule that its subject taught nothing",
        _PLANES,
    ),
    "screens": ("heads of both sets on drawn screens", "python -m model_training whole-screens"),
}


def write_evaluation(results: Path, document: Path, images: Path) -> dict[str, Table]:
    """Write the document and its pictures from a folder of result files; return its tables."""
    rows = read_rows(results / "out_of_fold.csv")
    refusals = read_refusals(results / "negatives.csv")
    with_mm = [row for row in rows if row.score.data_set == hc18.DATA_SET]
    others = fitted_signals(refusals)
    judged = cross_judged(with_mm, others)
    without_mm = [row for row in rows if row.score.data_set == fetal_planes.DATA_SET]
    planes = cross_judged(without_mm, others, taught_by=with_mm)
    shipped = read_named(results / "shipped.csv")
    plane_rows = read_plane_rows(results / "head_plane.csv")
    images.mkdir(parents=True, exist_ok=True)
    plot_agreement([row.score for row in with_mm], images / "agreement.png")
    plot_error_by_size(judged, images / "error_by_size.png")
    plot_calibration(judged, images / "confidence.png")
    plot_risk_coverage(judged, images / "risk_coverage.png")
    plot_worst(_worst(with_mm), images / "worst.png")
    tables: dict[str, Table] = {
        "interval": _intervals(judged, planes),
        "sharpness": _sharpness(shipped, with_mm),
        "grades": _grades(judged),
        "refusals": _refused(refusals),
        "planes": kinds_table(plane_rows),
        "refused_heads": refused_table(plane_rows),
        "screens": screens_table(read_screens(results / "whole_screens.csv")),
        "scanners": scanners_table(rows, results / "scanners.csv"),
        "borders": borders_table(read_borders(results / "outer_border.csv")),
        "consistency": _consistency(results / "consistency.csv"),
        "repeatability": _repeatability(results / "frame_pairs.csv", with_mm),
        "speed": _speed(results / "speed.json"),
        "worst": _worst_table(_worst(with_mm)),
    }
    parts = {name: table_text(table) for name, table in tables.items()}
    parts |= {"accuracy": accuracy_text(rows), "narrowed": f"{_narrowed(judged, shipped):.1%}"}
    write_filled(results / "evaluation_words.md", parts, document)
    return tables


def header_scores(tables: dict[str, Table]) -> dict[str, Any]:
    """Return what a bundle's header says of the tables: each row by the names of its columns."""
    return {
        name: {
            "data": data,
            "command": command,
            "rows": [dict(zip(tables[name][0], row, strict=True)) for row in tables[name][1:]],
        }
        for name, (data, command) in IN_THE_HEADER.items()
    }


def accuracy_text(rows: Sequence[OutOfFold]) -> str:
    """Return a table of HC18 by size, and what the other data set's heads say."""
    found = summaries([row.score for row in rows])
    head = [
        "heads", "images", "MAE mm", "mean difference mm", "RMSE mm", "95 % limits mm",
        "errors over 5 %", "Dice %", "Hausdorff mm", "misses",
    ]  # fmt: skip
    table = [head, *(_measures(label, m) for label, m in found[hc18.DATA_SET].items())]
    text = table_text(table)
    planes = found.get(fetal_planes.DATA_SET)
    if planes is not None:
        measures = planes["all"]
        text += (
            f"\n\nFETAL_PLANES_DB, the same way: n {measures['images']}, Dice "
            f"{measures['dice_percent']:.2f} % against its outlines brought to the outer border, "
            f"{_published_dice(rows):.2%} against them as published, mean |error| "
            f"{measures['mae_percent']:.2f} % of HC, {measures['misses']} misses."
        )
    return text


def scanners_table(rows: Sequence[OutOfFold], scanners: Path) -> Table:
    """Return by scanner and habit how far HC is from the outlines as published, in per cent."""
    known = fetal_planes.read_scanners(scanners)
    off: dict[tuple[str, int], list[float]] = {}
    for row in rows:
        if row.outline_px is not None and row.score.name in known:
            published = fetal_planes.as_published(row.reference_px, row.score.name)
            share = row.outline_px.perimeter / published.perimeter - 1
            key = known[row.score.name], fetal_planes.habit_of(row.score.name)
            off.setdefault(key, []).append(100 * share)
    table = [["scanner", "habit", "images", "mean difference % of HC", "standard deviation"]]
    for (scanner, habit), shares in sorted(off.items()):
        mean, spread = f"{np.mean(shares):+.1f}", f"{np.std(shares):.1f}"
        table.append([scanner, ("first", "second")[habit], str(len(shares)), mean, spread])
    return table


def _published_dice(rows: Sequence[OutOfFold]) -> float:
    return float(
        np.mean(
            [
                0.0
                if row.outline_px is None
                else dice(
                    row.outline_px, fetal_planes.as_published(row.reference_px, row.score.name)
                )
                for row in rows
                if row.score.data_set == fetal_planes.DATA_SET
            ]
        )
    )


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


def _intervals(judged: Sequence[Judged], planes: Sequence[Judged]) -> Table:
    head = ["heads", "images", f"inside their {COVERAGE:.0%} interval"]
    table = [[*head, "median half width mm", "% of HC"]]
    for label, members in [*_by_size(judged), *_by_fold(judged, lambda item: item.row.fold)]:
        table.append([label, *_covered(members), *_half_widths(members)])
    if planes:
        # Without millimetres only shares of HC mean something.
        share = _half_widths(planes)[1]
        table.append([fetal_planes.DATA_SET, *_covered(planes), "", share])
    return table


def _covered(judged: Sequence[Judged]) -> tuple[str, str]:
    return str(len(judged)), f"{np.mean([item.is_covered for item in judged]):.1%}"


def _half_widths(judged: Sequence[Judged]) -> tuple[str, str]:
    width = np.median([item.half_width_mm for item in judged])
    share = np.median([item.half_width_mm / item.row.score.hc_mm for item in judged])
    return f"{width:.2f}", f"{100 * share:.1f}"


def _sharpness(shipped: NamedSignals, rows: Sequence[OutOfFold]) -> Table:
    spec = fit_quality(rows, [])
    table = [["heads", "images", "expected error, shipped network / the fold's"]]
    for label, members in [("all", rows), *_by_fold(rows, lambda row: row.fold)]:
        known = [row for row in members if row.score.name in shipped]
        table.append([label, str(len(known)), f"{sharpness(known, shipped, spec):.3f}"])
    return table


def _narrowed(judged: Sequence[Judged], shipped: NamedSignals) -> float:
    """Return the share of heads inside intervals as narrow as the shipped network's own."""
    rows = [item.row for item in judged]
    ratio = sharpness(rows, shipped, fit_quality(rows, []))
    errors = np.array([abs(item.row.score.difference_mm) for item in judged])
    return float(np.mean(errors <= ratio * np.array([item.half_width_mm for item in judged])))


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
        below = [item for item in members if not item.is_good]
        refused = sum(item.grade is Grade.NOT_MEASURABLE for item in members)
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
        "share of the error without an own one",
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
            floor = f"{found.floor:.2f} ± {off.floor:.2f}"
            table.append([f"{alike:.1f}", str(found.pairs), *cells, *variances, floor])
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


def _by_fold(items: Sequence[T], fold_of: Callable[[T], int]) -> list[tuple[str, list[T]]]:
    folds = sorted({fold_of(item) for item in items})
    return [(f"fold {fold}", [i for i in items if fold_of(i) == fold]) for fold in folds]
