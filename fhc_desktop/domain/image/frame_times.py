"""How long each frame of a clip is shown, by the word of its file."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from statistics import median

import numpy as np

# Where a file is silent somebody has to choose; it is said on the screen.
USUAL_PER_SECOND = 25.0
# Slower than a picture in ten seconds, or faster than a thousand a second, nobody shows a scan.
LONGEST_MS, SHORTEST_MS = 10_000.0, 1.0


@dataclass(frozen=True)
class FrameTimes:
    """``intervals_ms`` is how long each frame stays: one for all, or one a frame; none if unknown.

    ``source`` is the element or form that says so, empty where none does.

    Raises:
        ValueError: a time that no clip has.
    """

    intervals_ms: tuple[float, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        if not all(0 <= one <= LONGEST_MS for one in self.intervals_ms):  # refuses NaN as well
            raise ValueError(f"not the times of a clip: {self.intervals_ms[:8]}")
        if self.intervals_ms and self.mean_ms < SHORTEST_MS:
            raise ValueError(f"too fast for any clip: {self.mean_ms} ms a frame")

    @classmethod
    def of_starts(cls, starts_ms: Sequence[float], source: str) -> "FrameTimes":
        """Return the times of frames that begin then; the last stays as long as the others do.

        Raises:
            ValueError: they do not follow each other, or are of no clip.
        """
        apart = [after - before for before, after in pairwise(starts_ms)]
        if not apart:
            return cls()
        if max(apart) - min(apart) < 1e-6 * max(apart):
            return cls((median(apart),), source)
        return cls((*apart, median(apart)), source)

    @property
    def is_known(self) -> bool:
        return bool(self.intervals_ms)

    @property
    def is_variable(self) -> bool:
        return len(set(self.intervals_ms)) > 1

    @property
    def mean_ms(self) -> float:
        """How long a frame stays, on average."""
        if not self.intervals_ms:
            return 1000 / USUAL_PER_SECOND
        return math.fsum(self.intervals_ms) / len(self.intervals_ms)

    @property
    def words(self) -> str:
        """The rate as it is said on the screen, and where it is from."""
        if not self.is_known:
            return f"no rate in the file: {USUAL_PER_SECOND:g} frames/s"
        about = "about " if self.is_variable else ""
        return f"{about}{1000 / self.mean_ms:.3g} frames/s by {self.source}"

    def start_ms(self, frame: int) -> float:
        """Return when a frame, counted from 1, begins."""
        if not self.is_variable:
            return (frame - 1) * self.mean_ms
        return self._starts_ms[frame - 1]

    def total_ms(self, frame_count: int) -> float:
        """Return how long all frames take."""
        return self._starts_ms[-1] if self.is_variable else frame_count * self.mean_ms

    def frame_at(self, time_ms: float, frame_count: int) -> int:
        """Return the frame, counted from 1, that is shown then; the first before, the last after.

        A frame that takes no time is never the one.
        """
        if self.is_variable:
            found = int(np.searchsorted(self._starts_ms, time_ms, side="right"))
        else:
            found = math.floor(time_ms / self.mean_ms) + 1
        return min(max(found, 1), frame_count)

    @cached_property
    def _starts_ms(self) -> tuple[float, ...]:
        """When each frame begins, and when the last one ends."""
        return tuple(accumulate(self.intervals_ms, initial=0.0))
