"""Whether the same head keeps its HC when the picture is turned, lit, resampled or drawn over."""

import csv
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import Gray, ImageSource, UltrasoundImage
from fhc_desktop.segmentation.segmenter import Segmenter
from model_training.dataset import Head
from model_training.evaluate import image_of
from model_training.overlays import burnt_in_calipers, burnt_in_ellipse

Change = Callable[[Gray, Ellipse, np.random.Generator], Gray]


@dataclass(frozen=True, slots=True)
class Consistency:
    """One head in one change: HC relative to that of the unchanged picture; None where missed."""

    name: str
    change: str
    relative_hc: float | None

    @property
    def difference(self) -> float:
        return math.inf if self.relative_hc is None else abs(self.relative_hc - 1)


def measure_consistency(
    segmenter: Segmenter, heads: Iterable[Head], *, seed: int = 7
) -> list[Consistency]:
    """Return each head in each change, through the serving path."""
    rows = []
    for number, head in enumerate(heads):
        original = segmenter.find(image_of(head)).outline_px
        for change, (factor, apply) in CHANGES.items():
            rng = np.random.default_rng([seed, number])
            gray = apply(head.gray, head.sample.outline_px, rng)
            source = ImageSource(Path(head.sample.name), "")
            outline = segmenter.find(UltrasoundImage(gray, source)).outline_px
            ratio = None
            if original is not None and outline is not None:
                ratio = outline.perimeter / original.perimeter / factor
            rows.append(Consistency(head.sample.name, change, ratio))
    return rows


def within(rows: Sequence[Consistency], limit: float) -> float:
    """Return the share of rows whose HC changed by less than ``limit``."""
    return float(np.mean([row.difference < limit for row in rows]))


def write_consistency(path: Path, rows: Sequence[Consistency]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "change", "relative_hc"])
        for row in rows:
            shown = "" if row.relative_hc is None else f"{row.relative_hc:.5f}"
            writer.writerow([row.name, row.change, shown])


def read_consistency(path: Path) -> list[Consistency]:
    with path.open(newline="") as file:
        return [
            Consistency(
                row["name"],
                row["change"],
                float(row["relative_hc"]) if row["relative_hc"] else None,
            )
            for row in csv.DictReader(file)
        ]


def _gamma(exponent: float) -> Change:
    table = np.rint(255 * (np.arange(256) / 255) ** exponent).astype(np.uint8)
    return lambda gray, _outline, _rng: table[gray]


def _resampled(factor: float) -> Change:
    def change(gray: Gray, _outline: Ellipse, _rng: np.random.Generator) -> Gray:
        # Out of cv2's own resize: whole new sides, each pixel the mean or blend of old ones.
        rows, columns = (round(side * factor) for side in gray.shape)
        matrix = np.array(
            [
                [columns / gray.shape[1], 0.0, columns / gray.shape[1] / 2 - 0.5],
                [0.0, rows / gray.shape[0], rows / gray.shape[0] / 2 - 0.5],
            ]
        )
        smooth = cv2.GaussianBlur(gray, (0, 0), 0.4 / factor) if factor < 1 else gray
        return cv2.warpAffine(smooth, matrix, (columns, rows)).astype(np.uint8, copy=False)

    return change


CHANGES: dict[str, tuple[float, Change]] = {
    "turned by 90 degrees": (1.0, lambda gray, _o, _r: np.ascontiguousarray(np.rot90(gray))),
    "mirrored": (1.0, lambda gray, _o, _r: np.ascontiguousarray(gray[:, ::-1])),
    "gamma 0.7": (1.0, _gamma(0.7)),
    "gamma 1.4": (1.0, _gamma(1.4)),
    "resampled to 0.75": (0.75, _resampled(0.75)),
    "resampled to 1.5": (1.5, _resampled(1.5)),
    "dotted ellipse drawn over": (1.0, burnt_in_ellipse),
    "calipers drawn over": (1.0, burnt_in_calipers),
}
# What is drawn over a picture must pull less than what changes the picture itself.
OVERLAY_LIMIT, CHANGE_LIMIT = 0.01, 0.015
OVERLAYS = ("dotted ellipse drawn over", "calipers drawn over")
