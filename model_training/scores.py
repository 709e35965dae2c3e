"""How far an outline lies from its reference: the challenge's measures."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fhc_desktop.domain.image.geometry import Ellipse

# Edges of the size classes in mm: about the first, second and third trimester.
SIZE_CLASSES = (
    ("below 90 mm", 0.0, 90.0),
    ("90 to 258 mm", 90.0, 258.0),
    ("above 258 mm", 258.0, math.inf),
)
_DICE_GRID = 400
_RIM_POINTS = 720


@dataclass(frozen=True, slots=True)
class HeadScore:
    """One image's result in mm; a miss has no outline, HC 0, Dice 0 and no distance."""

    name: str
    reference_hc_mm: float
    hc_mm: float
    dice: float
    hausdorff_mm: float | None
    data_set: str = "HC18"

    @property
    def difference_mm(self) -> float:
        return self.hc_mm - self.reference_hc_mm


def score_outline(
    name: str,
    outline_mm: Ellipse | None,
    *,
    reference_mm: Ellipse,
    reference_hc_mm: float,
    data_set: str = "HC18",
) -> HeadScore:
    if outline_mm is None:
        return HeadScore(name, reference_hc_mm, 0.0, 0.0, None, data_set)
    return HeadScore(
        name=name,
        reference_hc_mm=reference_hc_mm,
        hc_mm=outline_mm.perimeter,
        dice=dice(outline_mm, reference_mm),
        hausdorff_mm=hausdorff(outline_mm, reference_mm),
        data_set=data_set,
    )


def dice(first: Ellipse, second: Ellipse) -> float:
    """Return the Dice coefficient of two filled ellipses, 0 to 1, on a grid of 400 x 400."""
    boxes = np.array([first.extent, second.extent])
    left, top = boxes[:, 0].min(), boxes[:, 1].min()
    right, bottom = boxes[:, 2].max(), boxes[:, 3].max()
    x, y = np.meshgrid(np.linspace(left, right, _DICE_GRID), np.linspace(top, bottom, _DICE_GRID))
    inside_first, inside_second = _inside(first, x, y), _inside(second, x, y)
    both = int((inside_first & inside_second).sum())
    return 2 * both / int(inside_first.sum() + inside_second.sum())


def hausdorff(first: Ellipse, second: Ellipse) -> float:
    """Return the Hausdorff distance of two curves, in their unit, over 720 points each."""
    a, b = first.points(_RIM_POINTS), second.points(_RIM_POINTS)
    distances = np.hypot(a[:, None, 0] - b[None, :, 0], a[:, None, 1] - b[None, :, 1])
    return float(max(distances.min(axis=1).max(), distances.min(axis=0).max()))


def summaries(rows: Sequence[HeadScore]) -> dict[str, Any]:
    """Return the summary of each data set, by its name."""
    names = dict.fromkeys(row.data_set for row in rows)
    return {name: summary([row for row in rows if row.data_set == name]) for name in names}


def summary(rows: Sequence[HeadScore]) -> dict[str, Any]:
    """Return the measures over all rows and by size; classes without images are left out."""
    groups = {"all": list(rows)}
    for label, low, high in SIZE_CLASSES:
        groups[label] = [row for row in rows if low <= row.reference_hc_mm < high]
    return {label: _measures(group) for label, group in groups.items() if group}


def _measures(rows: Sequence[HeadScore]) -> dict[str, Any]:
    differences = np.array([row.difference_mm for row in rows])
    references = np.array([row.reference_hc_mm for row in rows])
    distances = [row.hausdorff_mm for row in rows if row.hausdorff_mm is not None]
    mean, spread = (
        float(differences.mean()),
        float(differences.std(ddof=1)) if len(rows) > 1 else 0.0,
    )
    return {
        "images": len(rows),
        "misses": sum(row.hausdorff_mm is None for row in rows),
        "mae_mm": float(np.abs(differences).mean()),
        "rmse_mm": float(np.sqrt((differences**2).mean())),
        "mean_difference_mm": mean,
        "sd_mm": spread,
        "limits_of_agreement_mm": [mean - 1.96 * spread, mean + 1.96 * spread],
        "mae_percent": float((np.abs(differences) / references).mean() * 100),
        "over_5_percent": int((np.abs(differences) / references > 0.05).sum()),
        "dice_percent": float(np.mean([row.dice for row in rows]) * 100),
        "hausdorff_mm": float(np.mean(distances)) if distances else None,
    }


def _inside(ellipse: Ellipse, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    cosine, sine = math.cos(ellipse.angle), math.sin(ellipse.angle)
    dx, dy = x - ellipse.center_x, y - ellipse.center_y
    along = (cosine * dx + sine * dy) / ellipse.semi_axis_a
    across = (cosine * dy - sine * dx) / ellipse.semi_axis_b
    return np.asarray(along * along + across * across <= 1)
