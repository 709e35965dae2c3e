"""Pictures of the evaluation: errors by size, intervals, grades, worst cases."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

import numpy as np
from matplotlib import pyplot as plt  # the backend must be chosen first

from model_training.calibration import Judged
from model_training.out_of_fold import OutOfFold
from model_training.plots import finish

_BINS = 8
_COLUMNS = 4


def plot_error_by_size(judged: Sequence[Judged], target: Path) -> None:
    """Draw the error of each head against its size, with the limits of 3 and 5 % of HC."""
    sizes = np.array([item.row.score.reference_hc_mm for item in judged])
    errors = [item.row.score.difference_mm for item in judged]
    figure, axes = plt.subplots(figsize=(9, 4.5))
    good = np.array([item.is_good for item in judged])
    axes.scatter(sizes[good], np.array(errors)[good], s=9, color="tab:blue", label="good")
    axes.scatter(
        sizes[~good], np.array(errors)[~good], s=18, marker="^", color="tab:orange",
        label="look again or not measurable",
    )  # fmt: skip
    ends = np.array([sizes.min(), sizes.max()])
    for share, style in ((0.03, "--"), (0.05, ":")):
        for sign in (1, -1):
            axes.plot(ends, sign * share * ends, style, color="grey", linewidth=1)
        axes.annotate(f"{share:.0%}", (ends[1], share * ends[1]))
    axes.set(xlabel="reference HC (mm)", ylabel="measured - reference (mm)")
    axes.set_title(f"n = {len(sizes)}")
    axes.legend()
    finish(figure, target)


def plot_calibration(judged: Sequence[Judged], target: Path) -> None:
    """Draw, by tenths of the half width, how large errors really were."""
    widths = np.array([item.half_width_mm for item in judged])
    errors = np.array([abs(item.row.score.difference_mm) for item in judged])
    parts = np.array_split(np.argsort(widths), _BINS)
    middle = [float(np.median(widths[part])) for part in parts]
    figure, axes = plt.subplots(figsize=(6, 5))
    axes.plot([0, max(middle)], [0, max(middle)], color="grey", linewidth=1, label="ideal")
    tenth = [float(np.quantile(errors[part], 0.9)) for part in parts]
    axes.plot(middle, tenth, marker="o", label="90 % of errors are below")
    half = [float(np.median(errors[part])) for part in parts]
    axes.plot(middle, half, marker="s", label="half of the errors are below")
    axes.set(xlabel="half width of the 90 % interval (mm)", ylabel="|error| (mm)")
    axes.set_title(f"n = {len(judged)}, {_BINS} groups of equal size")
    axes.legend()
    finish(figure, target)


def plot_risk_coverage(judged: Sequence[Judged], target: Path) -> None:
    """Draw the mean error of the outlines kept when the most doubtful are set aside first."""
    order = np.argsort([item.expected for item in judged])
    errors = np.array([item.row.relative_error for item in judged])
    count = np.arange(1, len(errors) + 1)
    figure, axes = plt.subplots(figsize=(6, 4.5))
    kept = count / len(errors)
    axes.plot(kept, 100 * np.cumsum(errors[order]) / count, label="by expected error")
    ideal = np.cumsum(np.sort(errors)) / count
    axes.plot(kept, 100 * ideal, "--", color="grey", label="by the error itself")
    axes.set(xlabel="share of outlines kept", ylabel="mean |error| (% of HC)")
    axes.set_title(f"n = {len(errors)}")
    axes.legend()
    finish(figure, target)


def plot_worst(rows: Sequence[OutOfFold], target: Path) -> None:
    """Draw the worst outlines with their references, without the scans, which are not ours."""
    count = -(-len(rows) // _COLUMNS)
    figure, grid = plt.subplots(count, _COLUMNS, figsize=(3 * _COLUMNS, 2.4 * count), squeeze=False)
    for axes, row in zip(grid.ravel(), rows, strict=False):
        if row.outline_px is None:
            continue
        for outline, color, style in (
            (row.reference_px, "tab:blue", "-"),
            (row.outline_px, "tab:orange", "--"),
        ):
            points = outline.points(361)
            axes.plot(points[:, 0], points[:, 1], style, color=color)
        axes.set_aspect("equal")
        axes.invert_yaxis()
        axes.set_title(f"{row.score.name}: {row.score.difference_mm:+.1f} mm", fontsize=8)
        axes.tick_params(labelsize=6)
    figure.suptitle("Reference (solid) and proposal (dashed), in pixels of the image")
    finish(figure, target)
