"""What a DICOM file says of the time between its frames (PS3.3 C.7.6.5)."""

from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Any

from fhc_desktop.domain.image.frame_times import FrameTimes
from fhc_desktop.imaging.dicom.element import optional

_VECTOR, _TIME = "FrameTimeVector", "FrameTime"
_RATES = ("RecommendedDisplayFrameRate", "CineRate")
_VECTOR_TAG = 0x00181065


def read_frame_times(dataset: Any, *, frame_count: int) -> FrameTimes:
    """Return how long the frames stay: as they were taken, else as the file wants them shown.

    The vector comes first where the file points to it or has no single time. What is damaged, or
    of another number of frames, is passed over.
    """
    if frame_count > 1:
        for read in _readings(dataset, frame_count):
            found = optional(read)
            if found is not None:
                return found
    return FrameTimes()


def _readings(dataset: Any, frame_count: int) -> Iterator[Callable[[], FrameTimes]]:
    by_vector = lambda: _by_vector(dataset, frame_count)  # noqa: E731 - a reading like the others
    pointed = optional(lambda: dataset.get("FrameIncrementPointer"))
    if pointed == _VECTOR_TAG:
        yield by_vector
    yield lambda: FrameTimes((_positive(dataset[_TIME].value),), _TIME)
    yield by_vector
    for keyword in _RATES:
        yield lambda keyword=keyword: FrameTimes(  # type: ignore[misc]
            (1000 / _positive(dataset[keyword].value),), keyword
        )


def _by_vector(dataset: Any, frame_count: int) -> FrameTimes:
    """Return times by the vector: each of its values is what passed since the frame before."""
    passed = [float(one) for one in dataset[_VECTOR].value]
    if len(passed) != frame_count:
        raise ValueError(len(passed))
    # Whatever the first one says, nothing came before it.
    return FrameTimes.of_starts(list(accumulate(passed[1:], initial=0.0)), _VECTOR)


def _positive(value: Any) -> float:
    number = float(value)
    if not number > 0:
        raise ValueError(number)
    return number
