"""Where in a whole screen the scan lies: text, marks and bars round it are no tissue.

A head in a survey's frame of 192 x 128 must not be small, and on a screen it is: the scan takes a
quarter of it, and the head a part of the scan. Looked at by itself, the scan is as any other.
"""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np

from fhc_desktop.domain.image.ultrasound_image import Gray
from fhc_desktop.segmentation.preprocessing import Placement
from fhc_desktop.segmentation.tissue import Tissue

# What is lost at the edges of the scan, in pixels of the shrunken picture.
MARGIN = 4
# Where a scan is as dark as its ground more of it is lost: what lies about its box, a share of the
# longer side, may be a part of it.
SURROUNDINGS = 0.2
MOST_BOXES = 3
# A box is a thumbnail, whose head is one of another picture, beside one whose shorter side is so
# much longer; and an area no scan that is so little of its picture.
THUMBNAIL, SMALLEST_IN_PICTURE = 0.45, 0.01


@dataclass(frozen=True, slots=True)
class ScanBox:
    """A part of a picture: its first column and row, and those after its last."""

    left: int
    top: int
    right: int
    bottom: int

    def share_of(self, gray: Gray) -> float:
        """Return how much of a picture's area it takes, 0 to 1."""
        return (self.right - self.left) * (self.bottom - self.top) / gray.size

    def holds(self, point: tuple[float, float]) -> bool:
        x, y = point
        return self.left <= x < self.right and self.top <= y < self.bottom

    @property
    def shorter_side(self) -> int:
        return min(self.right - self.left, self.bottom - self.top)

    def with_surroundings(self, shape: tuple[int, ...]) -> Self:
        """Return it with what lies about it in a picture of (rows, columns)."""
        around = round(SURROUNDINGS * max(self.right - self.left, self.bottom - self.top))
        return type(self)(
            max(self.left - around, 0),
            max(self.top - around, 0),
            min(self.right + around, shape[1]),
            min(self.bottom + around, shape[0]),
        )

    def cut_from(self, gray: Gray) -> Gray:
        return gray[self.top : self.bottom, self.left : self.right]

    def in_picture(self, placement: Placement, shape: tuple[int, ...]) -> Placement:
        """Return where the whole picture, of (rows, columns), lies in a frame of the box alone."""
        rows, columns = shape[:2]
        return Placement(
            x_factor=placement.x_factor,
            y_factor=placement.y_factor,
            left=placement.left - self.left * placement.x_factor,
            top=placement.top - self.top * placement.y_factor,
            width=max(round(columns * placement.x_factor), 1),
            height=max(round(rows * placement.y_factor), 1),
        )


def scan_boxes(tissue: Tissue) -> list[ScanBox]:
    """Return the boxes of what may be a scan, the largest area first; none in an empty picture."""
    sizes = tissue.sizes
    largest = np.argsort(-sizes, kind="stable")[:MOST_BOXES]
    least = SMALLEST_IN_PICTURE * tissue.labels.size
    boxes = [_box(tissue, number) for number in largest if sizes[number] >= least]
    longest = max((box.shorter_side for box in boxes), default=0)
    return [box for box in boxes if box.shorter_side >= THUMBNAIL * longest]


def _box(tissue: Tissue, number: int) -> ScanBox:
    (rows, columns), factor = tissue.shape, tissue.factor
    left, top, width, height = tissue.boxes[number, :4].tolist()
    return ScanBox(
        max(math.floor((left - MARGIN) / factor), 0),
        max(math.floor((top - MARGIN) / factor), 0),
        min(math.ceil((left + width + MARGIN) / factor), columns),
        min(math.ceil((top + height + MARGIN) / factor), rows),
    )
