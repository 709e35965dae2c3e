"""Where in a picture there is tissue: neither its ground, nor letters and lines on it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.image.ultrasound_image import Gray
from fhc_desktop.segmentation.preprocessing import shrunk

# What follows is counted in pixels of a picture of this many on its longer side.
LONGER_SIDE = 480
# The ground of a screen is one grey; noise and compression move it by less than this.
GROUND_WITHIN = 6
# Gaps as between the grains of dark tissue are closed; what is thinner than a thumbnail's side, as
# letters, marks and bars, is opened away.
GAP, LETTER = 5, 17


@dataclass(frozen=True, slots=True, eq=False)
class Tissue:
    """The areas of tissue in a picture of ``shape`` (rows, columns), shrunk by ``factor``.

    ``labels`` is the number of each pixel's area, 0 where there is none; ``boxes`` are what the
    areas 1, 2 ... lie in, a row each: left, top, width, height, and how many pixels are in it.
    """

    shape: tuple[int, int]
    factor: float
    labels: NDArray[np.int32]
    boxes: NDArray[np.int32]

    @property
    def sizes(self) -> NDArray[np.int32]:
        """How many pixels each area has, shape (areas,)."""
        return self.boxes[:, cv2.CC_STAT_AREA]


def tissue_of(gray: Gray) -> Tissue:
    """Return the areas of tissue in a picture; none in an empty one."""
    rows, columns = gray.shape
    small, factor = shrunk(gray, LONGER_SIDE)
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(_is_tissue(small), connectivity=4)
    areas = np.asarray(labels, np.int32), np.asarray(boxes, np.int32)[1:]
    return Tissue((rows, columns), factor, *areas)


def _is_tissue(gray: Gray) -> NDArray[np.uint8]:
    """Return 1 where a picture is not its ground, nor letters and lines on it; 0 elsewhere."""
    ground = int(np.bincount(gray.ravel(), minlength=256).argmax())
    away = cv2.absdiff(gray, np.full_like(gray, ground))
    differs = cv2.threshold(away, GROUND_WITHIN, 1, cv2.THRESH_BINARY)[1]
    closed = cv2.morphologyEx(differs, cv2.MORPH_CLOSE, np.ones((GAP, GAP), np.uint8))
    letter = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (LETTER, LETTER))
    return np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, letter), np.uint8)
