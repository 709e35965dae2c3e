"""A column of marks at equal distances, among marks that stand anywhere."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.imaging.depth_marks.candidates import CandidateMarks

FEWEST_MARKS = 8
# Long marks stand aside on some scanners and join later.
_FEWEST_ALIGNED = 6
# Scanners draw marks on whole pixels: half a pixel either way, and a little for the weighing.
_PLACE_TOLERANCE_PX = 1.1
_EARLY, _EARLY_TOLERANCE_PX = 3, 0.6
_LARGEST_DEVIATION = 0.02
_LARGEST_DEVIATION_PX = 0.6
_LEAST_PRESENT = 0.85
_SMALLEST_STEP_PX = 8.0
_LONGEST_GAP = 3
_MOST_STRAY = 0.2
# Share of the comb's usual contrast from which a mark is as good as one of the comb.
_STRONG = 0.6
_ASIDE_PX = 3
_MOST_IN_COLUMN = 120

Field = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class MarkComb:
    """Marks at equal distances: ``y = first_y + step_px * place``, from the top down.

    Places are whole numbers; one that is missing is a gap.
    """

    marks: CandidateMarks
    places: Places
    first_y: float
    step_px: float
    deviation_px: float

    @property
    def count(self) -> int:
        return len(self.places)


def regular_combs(marks: CandidateMarks) -> Iterator[MarkComb]:
    """Yield the best comb of each column of aligned marks that is regular beyond chance."""
    if marks.y.size < FEWEST_MARKS:
        return
    for column in _columns(marks):
        comb = _best_comb(column)
        if comb is None or not _is_regular(comb, column):
            continue
        comb = _completed(comb, marks)
        if comb.count >= FEWEST_MARKS:
            yield comb


def _completed(comb: MarkComb, marks: CandidateMarks) -> MarkComb:
    """Add marks at empty places that stand a few pixels aside, as long ones do on some scanners."""
    left, right = np.median(comb.marks.left), np.median(comb.marks.right)
    aside = (marks.left <= right + _ASIDE_PX) & (marks.right >= left - _ASIDE_PX)
    place = (marks.y - comb.first_y) / comb.step_px
    nearest = np.rint(place)
    fits = np.abs(place - nearest) * comb.step_px <= _PLACE_TOLERANCE_PX
    within = (nearest >= comb.places[0] - 1) & (nearest <= comb.places[-1] + 1)
    strong = marks.contrast >= _STRONG * np.median(comb.marks.contrast)
    free = ~np.isin(nearest, comb.places)
    added = np.flatnonzero(aside & fits & within & strong & free)
    if len(added) == 0 or len(np.unique(nearest[added])) < len(added):
        return comb
    places = np.concatenate([comb.places, nearest[added].astype(np.intp)])
    order = np.argsort(places)
    all_marks = comb.marks.joined(marks.of(added)).of(order)
    return _fitted(all_marks, places[order])


def _columns(marks: CandidateMarks) -> Iterator[CandidateMarks]:
    """Yield marks that begin, or end, within a pixel of the same column of the picture."""
    seen: set[bytes] = set()
    for edge in (marks.left, marks.right):
        columns = edge.astype(np.intp)
        near = np.convolve(np.bincount(columns), (1, 1, 1), mode="same")
        for column in np.flatnonzero((near >= _FEWEST_ALIGNED) & (near == _peaks(near))):
            chosen = np.flatnonzero(np.abs(columns - column) <= 1)
            if len(chosen) <= _MOST_IN_COLUMN and chosen.tobytes() not in seen:
                seen.add(chosen.tobytes())
                yield marks.of(chosen)


def _peaks(values: NDArray[np.intp]) -> NDArray[np.intp]:
    padded = np.pad(values, 1)
    return np.maximum(np.maximum(padded[:-2], padded[2:]), values)


def _best_comb(column: CandidateMarks) -> MarkComb | None:
    """Return the comb with the most marks; of equals the one with the fewest gaps."""
    best_rank, best = (0, 0), ([0], [0])
    # Plain numbers: thousands of single look-ups are slow in arrays.
    y = column.y.tolist()
    seen: set[tuple[int, int]] = set()
    for start in range(len(y) - 1):
        for follower in range(start + 1, min(start + 4, len(y))):
            step = y[follower] - y[start]
            is_hopeful = _SMALLEST_STEP_PX <= step <= (y[-1] - y[start]) / max(best_rank[0] // 2, 1)
            if not is_hopeful or (start, follower) in seen:
                continue
            chosen, places = _walk(y, start, follower)
            seen.update(pairwise(chosen))
            rank = (len(chosen), -places[-1])
            if rank > best_rank:
                best_rank, best = rank, (chosen, places)
    if best_rank[0] < _FEWEST_ALIGNED:
        return None
    return _fitted(column.of(np.array(best[0])), np.array(best[1]))


def _walk(y: list[float], start: int, follower: int) -> tuple[list[int], list[int]]:
    """Step down from two neighbours, taking the nearest mark at each place that is not a gap."""
    first, step = y[start], y[follower] - y[start]
    chosen, places = [start, follower], [0, 1]
    place = 2
    while place - places[-1] <= _LONGEST_GAP:
        expected = first + step * place
        if expected > y[-1] + _PLACE_TOLERANCE_PX:
            break
        nearest = _nearest(y, expected)
        # The first step is known to half a pixel at either end; later ones are averaged.
        tolerance = _PLACE_TOLERANCE_PX + (_EARLY_TOLERANCE_PX if place <= _EARLY else 0.0)
        if abs(y[nearest] - expected) <= tolerance:
            chosen.append(nearest)
            places.append(place)
            step = (y[nearest] - first) / place
        place += 1
    return chosen, places


def _nearest(y: list[float], expected: float) -> int:
    after = bisect_left(y, expected)
    if after == 0 or (after < len(y) and y[after] - expected < expected - y[after - 1]):
        return after
    return after - 1


def _fitted(marks: CandidateMarks, places: Places) -> MarkComb:
    step, first = np.polyfit(places, marks.y, 1)
    deviation = float(np.sqrt(np.mean((marks.y - first - step * places) ** 2)))
    return MarkComb(marks, places, float(first), float(step), deviation)


def _is_regular(comb: MarkComb, column: CandidateMarks) -> bool:
    expected = int(comb.places[-1]) + 1
    return (
        comb.count >= _LEAST_PRESENT * expected
        and comb.deviation_px <= min(_LARGEST_DEVIATION_PX, _LARGEST_DEVIATION * comb.step_px)
        and _stray(comb, column) <= _MOST_STRAY * comb.count
    )


def _stray(comb: MarkComb, column: CandidateMarks) -> int:
    """Return how many marks of the column, as strong as those of the comb, do not fit it."""
    least = _STRONG * np.median(comb.marks.contrast)
    between = (column.y >= comb.marks.y[0]) & (column.y <= comb.marks.y[-1])
    strong = np.count_nonzero((column.contrast >= least) & between)
    return int(strong - np.count_nonzero(comb.marks.contrast >= least))
