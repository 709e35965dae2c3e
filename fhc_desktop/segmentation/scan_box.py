"""Where in a whole screen the scan lies: text, marks and bars round it are no tissue.

A head in a survey's frame of 192 x 128 must not be small, and on a screen it is: the scan takes a
quarter of it, and the head a part of the scan. Looked at by itself, the scan is as any other.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.image.ultrasound_image import Gray
from fhc_desktop.segmentation.preprocessing import Placement, shrunk

# What follows is counted in pixels of a picture of this many on its longer side.
LONGER_SIDE = 480
# The ground of a screen is one grey; noise and compression move it by less than this.
GROUND_WITHIN = 6
# Gaps as between the grains of dark tissue are closed; what is thinner than a thumbnail's side, as
# letters, marks and bars, is opened away.
GAP, LETTER = 5, 17
# What is lost at the edges of the scan.
MARGIN = 4
MOST_BOXES = 3
# An area is no scan beside one so much larger, nor in a picture of which it is so little.
SMALLEST_BESIDE, SMALLEST_IN_PICTURE = 0.15, 0.01


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


def scan_boxes(gray: Gray) -> list[ScanBox]:
    """Return the boxes of what may be a scan, the largest area first; none in an empty picture."""
    rows, columns = gray.shape
    small, factor = shrunk(gray, LONGER_SIDE)
    count, labels = cv2.connectedComponents(tissue(small), connectivity=4)
    areas = np.bincount(labels.ravel(), minlength=count)[1:]
    found: list[ScanBox] = []
    for number in np.argsort(-areas, kind="stable")[:MOST_BOXES]:
        least = max(SMALLEST_BESIDE * areas.max(), SMALLEST_IN_PICTURE * small.size)
        if areas[number] < least:
            break
        left, top, width, height = cv2.boundingRect((labels == number + 1).astype(np.uint8))
        found.append(
            ScanBox(
                max(math.floor((left - MARGIN) / factor), 0),
                max(math.floor((top - MARGIN) / factor), 0),
                min(math.ceil((left + width + MARGIN) / factor), columns),
                min(math.ceil((top + height + MARGIN) / factor), rows),
            )
        )
    return found


def tissue(gray: Gray) -> NDArray[np.uint8]:
    """Return 1 where a picture is not its ground, nor letters and lines on it; 0 elsewhere."""
    ground = int(np.bincount(gray.ravel(), minlength=256).argmax())
    away = cv2.absdiff(gray, np.full_like(gray, ground))
    differs = cv2.threshold(away, GROUND_WITHIN, 1, cv2.THRESH_BINARY)[1]
    closed = cv2.morphologyEx(differs, cv2.MORPH_CLOSE, np.ones((GAP, GAP), np.uint8))
    letter = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (LETTER, LETTER))
    return np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, letter), np.uint8)
