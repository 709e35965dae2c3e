"""Which marks of a comb are longer: that tells how far apart they stand."""

import numpy as np
from numpy.typing import NDArray

from fhc_desktop.domain.image.depth_marks import MarkPattern

# A level of marks is longer than the one below by this factor, and by this many pixels.
_LONGER = 1.35
_LONGER_PX = 0.9
# Marks of one level differ by less than this factor; between the two lies doubt.
_ALIKE = 1.25
# A long mark may be cut short by the picture, a short one lengthened by it: this share of all.
_MOST_MISFITS = 0.2
_FEWEST_LONG = 2

Field = NDArray[np.float64]
Places = NDArray[np.intp]
Chosen = NDArray[np.bool_]


def mark_pattern(places: Places, length_px: Field) -> MarkPattern | None:
    """Return the one pattern of long marks that fits; None where none does, or several do.

    ``places`` are the marks' whole numbers along the scale, gaps included.
    """
    fitting = [
        pattern
        for pattern in MarkPattern
        if any(_FITS[pattern](places - phase, length_px) for phase in range(10))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _fits_second_and_tenth(places: Places, length_px: Field) -> bool:
    """Short and middle by turns, and a long one in place of every fifth middle one."""
    long = places % 10 == 0
    middle = (places % 2 == 0) & ~long
    short = places % 2 == 1
    return _is_longer(length_px, long, middle) and _is_longer(length_px, middle, short)


def _fits_fifth(places: Places, length_px: Field) -> bool:
    return _fits_one_longer_level(places % 5 == 0, length_px)


def _fits_tenth(places: Places, length_px: Field) -> bool:
    return _fits_one_longer_level(places % 10 == 0, length_px)


def _fits_one_longer_level(long: Chosen, length_px: Field) -> bool:
    """At least two long marks, and no further level hidden among them or the others."""
    return bool(
        np.count_nonzero(long) >= _FEWEST_LONG
        and _is_longer(length_px, long, ~long)
        and _is_one_level(length_px[long], cut_short=0)
        and _is_one_level(length_px[~long], cut_short=_MOST_MISFITS)
    )


def _is_one_level(length_px: Field, *, cut_short: float) -> bool:
    """Return whether lengths are alike, but for a share of them that the picture cuts short."""
    kept = np.sort(length_px)[int(cut_short * len(length_px)) :]
    return bool(kept[-1] <= max(_ALIKE * kept[0], kept[0] + _LONGER_PX))


_FITS = {
    MarkPattern.EVERY_SECOND_AND_TENTH: _fits_second_and_tenth,
    MarkPattern.EVERY_FIFTH: _fits_fifth,
    MarkPattern.EVERY_TENTH: _fits_tenth,
}


def _is_longer(length_px: Field, longer: Chosen, shorter: Chosen) -> bool:
    """Return whether two levels are apart, but for a few marks that the picture disturbs."""
    if not longer.any() or not shorter.any():
        return False
    upper, lower = float(np.median(length_px[longer])), float(np.median(length_px[shorter]))
    if upper < _LONGER * lower or upper < lower + _LONGER_PX:
        return False
    border = np.sqrt(upper * lower)
    # Every one of a few must fit; of many, a few may not.
    return all(
        np.count_nonzero(misfit) <= _MOST_MISFITS * np.count_nonzero(level)
        for level, misfit in (
            (longer, length_px[longer] < border),
            (shorter, length_px[shorter] > border),
        )
    )
