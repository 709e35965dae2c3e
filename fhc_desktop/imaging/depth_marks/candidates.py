"""Short level lines in a picture, as scanners draw them beside it to tell the depth."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.image.ultrasound_image import Gray

# Least contrast to what lies above and below, in grey levels: speckle seldom has it, marks do.
_LEAST_CONTRAST = 36
_WIDEST_SHARE = 0.035
_LEAST_FILLED = 0.7
_SIDE_SHARE = 0.25
# A lone mark is no scale: this many must stand within so many columns of each other.
_LEAST_COMPANY = 5
_COMPANY_PX = 3

Field = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class CandidateMarks:
    """Candidates for marks, one per entry of each array, from the top down.

    ``y`` is the height to a fraction of a pixel; ``left`` and ``right`` are the outermost columns;
    ``length`` is the width to a fraction of a pixel; ``contrast`` is in grey levels.
    """

    y: Field
    left: Field
    right: Field
    length: Field
    contrast: Field

    def of(self, chosen: NDArray[np.intp]) -> "CandidateMarks":
        return CandidateMarks(
            self.y[chosen],
            self.left[chosen],
            self.right[chosen],
            self.length[chosen],
            self.contrast[chosen],
        )

    def joined(self, other: "CandidateMarks") -> "CandidateMarks":
        return CandidateMarks(
            np.concatenate([self.y, other.y]),
            np.concatenate([self.left, other.left]),
            np.concatenate([self.right, other.right]),
            np.concatenate([self.length, other.length]),
            np.concatenate([self.contrast, other.contrast]),
        )


def bright_marks(gray: Gray) -> CandidateMarks:
    """Return the short level lines at the sides that outshine what lies above and below."""
    return _marks(gray, cv2.MORPH_TOPHAT)


def dark_marks(gray: Gray) -> CandidateMarks:
    """Return the short level lines at the sides that are darker than above and below."""
    return _marks(gray, cv2.MORPH_BLACKHAT)


def _marks(gray: Gray, relief: int) -> CandidateMarks:
    """Look at the two sides apart: scanners leave the middle to the picture."""
    columns = gray.shape[1]
    left_end, right_start = round(_SIDE_SHARE * columns), round((1 - _SIDE_SHARE) * columns)
    measured = np.concatenate(
        [
            _side_marks(gray[:, :left_end], relief, first_column=0, picture=gray.shape),
            _side_marks(
                gray[:, right_start:], relief, first_column=right_start, picture=gray.shape
            ),
        ]
    )
    order = np.argsort(measured[:, 0], kind="stable")
    return CandidateMarks(*measured[order].T)


def _side_marks(side: Gray, relief: int, *, first_column: int, picture: tuple[int, ...]) -> Field:
    rows, columns = picture
    if side.size == 0:
        return np.zeros((0, 5))
    tallest = max(5, round(rows / 90))
    upright = np.ones((2 * (tallest // 2) + 3, 1), np.uint8)
    contrast = np.asarray(cv2.morphologyEx(side, relief, upright), dtype=np.uint8)
    mask = (contrast >= _LEAST_CONTRAST).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    _, _, width, height, area = stats[1:].T
    is_mark = (
        (height <= tallest)
        & (width <= max(_WIDEST_SHARE * columns, 6))
        & (area >= _LEAST_FILLED * width * height)
        & (width * 2 >= height)
    )
    boxes = stats[1:][is_mark]
    measured = _measured(contrast, boxes[_has_company(boxes)])
    measured[:, 1:3] += first_column
    return measured


def _has_company(boxes: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return which boxes begin or end near the same column as several others do."""
    has_company = np.zeros(len(boxes), dtype=np.bool_)
    if len(boxes) == 0:
        return has_company
    for edge in (boxes[:, 0], boxes[:, 0] + boxes[:, 2]):
        near = np.convolve(np.bincount(edge), np.ones(2 * _COMPANY_PX + 1), mode="same")
        has_company |= near[edge] >= _LEAST_COMPANY
    return has_company


def _measured(contrast: Gray, boxes: NDArray[np.int32]) -> Field:
    """Weigh each box, one row more above and below: marks fade out over a fraction of a row."""
    rows = contrast.shape[0]
    measured = np.zeros((len(boxes), 5))
    for i, (left, top, width, height, _) in enumerate(boxes):
        first, last = max(top - 1, 0), min(top + height + 1, rows)
        part = contrast[first:last, left : left + width].astype(np.float64)
        weight, columns = part.sum(axis=1), part.sum(axis=0)
        y = first + weight @ np.arange(last - first) / weight.sum()
        measured[i] = (y, left, left + width - 1, columns.sum() / columns.max(), part.max())
    return measured
