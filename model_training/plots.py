"""Pictures of a run: its curves, and how its measurements agree with the reference."""

import csv
from collections.abc import Sequence
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

from matplotlib import pyplot as plt  # the backend must be chosen first
from matplotlib.figure import Figure

from model_training.scores import HeadScore


def plot_curves(log: Path, target: Path) -> None:
    """Draw loss, and MAE where it was measured, against the epoch."""
    with log.open(newline="") as file:
        rows = list(csv.DictReader(file))
    figure, (above, below) = plt.subplots(2, 1, sharex=True, figsize=(7, 6))
    above.plot([int(row["epoch"]) for row in rows], [float(row["loss"]) for row in rows])
    above.set(ylabel="loss", yscale="log")
    scored = [row for row in rows if row["mae_mm"]]
    below.plot(
        [int(row["epoch"]) for row in scored], [float(row["mae_mm"]) for row in scored], marker="o"
    )
    below.set(xlabel="epoch", ylabel="MAE on held-out subjects (mm)")
    finish(figure, target)


def plot_agreement(rows: Sequence[HeadScore], target: Path) -> None:
    """Draw measured against reference HC, and Bland-Altman's plot with its limits."""
    reference = [row.reference_hc_mm for row in rows]
    measured = [row.hc_mm for row in rows]
    figure, (scatter, bland) = plt.subplots(1, 2, figsize=(12, 5))
    ends = [min(reference), max(reference)]
    scatter.plot(ends, ends, color="grey", linewidth=1)
    scatter.scatter(reference, measured, s=10)
    scatter.set(xlabel="reference HC (mm)", ylabel="measured HC (mm)", title=f"n = {len(rows)}")
    differences = [row.difference_mm for row in rows]
    mean = sum(differences) / len(differences)
    spread = (sum((d - mean) ** 2 for d in differences) / max(1, len(differences) - 1)) ** 0.5
    means = [(a + b) / 2 for a, b in zip(reference, measured, strict=True)]
    bland.scatter(means, differences, s=10)
    for level, style in ((mean, "-"), (mean - 1.96 * spread, "--"), (mean + 1.96 * spread, "--")):
        bland.axhline(level, linestyle=style, color="grey", linewidth=1)
        bland.annotate(f"{level:+.2f}", (max(means), level), va="bottom", ha="right")
    bland.set(
        xlabel="mean of both (mm)",
        ylabel="measured - reference (mm)",
        title="Bland-Altman: mean and 95 % limits of agreement",
    )
    finish(figure, target)


def finish(figure: Figure, target: Path) -> None:
    figure.tight_layout()
    figure.savefig(target, dpi=120)
    plt.close(figure)
