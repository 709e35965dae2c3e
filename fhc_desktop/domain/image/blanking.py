"""Which parts of a picture are painted black before it leaves the house."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.image.calibration import RegionBox

# Too narrow for a letter, and as much as scanners' boxes and outlines are off.
MARGIN_PX = 2
# Where no region says what is scan, the patient's banner is at the top.
BANNER_SHARE = 0.12


def default_blanking(
    rows: int, columns: int, scan_boxes: Sequence[RegionBox]
) -> tuple[RegionBox, ...]:
    """Return all that lies outside the scan; without a box of it, the top 12 % of the picture."""
    if not scan_boxes:
        banner_rows = min(math.ceil(rows * BANNER_SHARE), rows)
        return (RegionBox(0, 0, columns - 1, banner_rows - 1),)
    kept = [_widened(box, rows, columns) for box in scan_boxes]
    return tuple(_outside(kept, rows, columns))


def blank(pixels: NDArray[np.uint8], boxes: Iterable[RegionBox]) -> None:
    """Paint boxes of a picture black in place; its first two axes are rows and columns."""
    for box in boxes:
        pixels[box.top : box.bottom + 1, box.left : box.right + 1] = 0


def _widened(box: RegionBox, rows: int, columns: int) -> RegionBox:
    return RegionBox(
        max(box.left - MARGIN_PX, 0),
        max(box.top - MARGIN_PX, 0),
        min(box.right + MARGIN_PX, columns - 1),
        min(box.bottom + MARGIN_PX, rows - 1),
    )


def _outside(kept: Sequence[RegionBox], rows: int, columns: int) -> Iterator[RegionBox]:
    """Cut what no box covers into bands between the boxes' upper and lower edges."""
    edges = {0, rows} | {box.top for box in kept} | {box.bottom + 1 for box in kept}
    cuts = sorted(edges)
    for top, below in pairwise(cuts):
        covered = sorted(
            (box.left, box.right) for box in kept if box.top <= top and below - 1 <= box.bottom
        )
        left = 0
        for first, last in covered:
            if left < first:
                yield RegionBox(left, top, first - 1, below - 1)
            left = max(left, last + 1)
        if left < columns:
            yield RegionBox(left, top, columns - 1, below - 1)
