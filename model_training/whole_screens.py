"""Whether a head is found, and as large as by itself, where its scan lies small on a screen."""

import csv
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.ultrasound_image import ImageSource, UltrasoundImage
from fhc_desktop.segmentation.segmenter import Segmenter
from model_training.dataset import Head
from model_training.document import Table
from model_training.evaluate import image_of
from model_training.screens import a_screen

# The scan takes this share of the screen's width and more.
SMALLEST_SHARE = 0.28
# So far may HC be from that of the same head in its own picture.
LIMIT = 0.02
SHARES = {
    "28% to 50%": (0.0, 0.5),
    "50% to 75%": (0.5, 0.75),
    "75% to 100%": (0.75, math.inf),
    "all": (0.0, math.inf),
}
_COLUMNS = ("name", "share", "is_measured_alone", "relative_hc")
_SEED = 18


@dataclass(frozen=True, slots=True)
class OnScreen:
    """One head on one screen, of whose width the scan takes a share.

    ``relative_hc`` is HC relative to that of the same head in its own picture; None where the head
    was not found on the screen, or there is nothing to compare: not all are measured alone.
    """

    name: str
    share: float
    is_measured_alone: bool
    relative_hc: float | None

    @property
    def is_right(self) -> bool:
        return self.relative_hc is not None and abs(self.relative_hc - 1) <= LIMIT


def measure_screens(
    segmenter: Segmenter, heads: Iterable[Head], *, seed: int = _SEED
) -> list[OnScreen]:
    """Return each head on a screen drawn for it, through the serving path."""
    return [
        _on_screen(segmenter, head, np.random.default_rng([seed, number]))
        for number, head in enumerate(heads)
    ]


def screens_table(rows: Sequence[OnScreen]) -> Table:
    """Return by the scan's share of the width how many are found, and how many as large.

    Only what is measured in its own picture counts.
    """
    alone = [row for row in rows if row.is_measured_alone]
    table = [["scan's share of the screen's width", "heads", "found", f"HC within {LIMIT:.0%}"]]
    for label, (low, high) in SHARES.items():
        members = [row for row in alone if low <= row.share < high]
        found = sum(row.relative_hc is not None for row in members)
        right = sum(row.is_right for row in members)
        counts = (f"{count} ({count / max(1, len(members)):.1%})" for count in (found, right))
        table.append([label, str(len(members)), *counts])
    return table


def write_screens(path: Path, rows: Sequence[OnScreen]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for row in rows:
            shown = "" if row.relative_hc is None else f"{row.relative_hc:.5f}"
            writer.writerow([row.name, f"{row.share:.3f}", int(row.is_measured_alone), shown])


def read_screens(path: Path) -> list[OnScreen]:
    with path.open(newline="") as file:
        return [
            OnScreen(
                cells["name"],
                float(cells["share"]),
                bool(int(cells["is_measured_alone"])),
                float(cells["relative_hc"]) if cells["relative_hc"] else None,
            )
            for cells in csv.DictReader(file)
        ]


def _on_screen(segmenter: Segmenter, head: Head, rng: np.random.Generator) -> OnScreen:
    share = rng.uniform(SMALLEST_SHARE, 1)
    screen = a_screen(head.gray, share, rng)
    alone_px = segmenter.propose(image_of(head)).offered_outline_px
    source = ImageSource(Path(head.sample.name), "")
    # Pixels of the screen have the scan's own shape.
    shown = UltrasoundImage(screen.gray, source, pixel_aspect=head.pixel_aspect)
    found_px = segmenter.propose(shown).offered_outline_px
    there_px = None if alone_px is None else screen.placed(alone_px)
    found = _relative(found_px, there_px)
    return OnScreen(head.sample.name, share, alone_px is not None, found)


def _relative(found_px: Ellipse | None, there_px: Ellipse | None) -> float | None:
    """Return how long an outline is beside the one where it should be; None where it is not."""
    if found_px is None or there_px is None or not found_px.contains(there_px.center):
        return None
    return found_px.perimeter / there_px.perimeter
