"""What in a measurement a published rule asks to look at again; the clinician decides."""

from dataclasses import dataclass

from fhc_desktop.domain.growth.assessment import (
    BeyondPercentiles,
    GrowthAssessment,
    GrowthOutcome,
    GrowthStandard,
)
from fhc_desktop.domain.growth.curves import NORMAL, Side
from fhc_desktop.domain.image.measurement import HeadMeasurement

_SMFM = "SMFM 2016"
# Mean and one standard deviation to either side, for outer-inner BPD (per cent).
INDEX_RANGE = (74.0, 83.0)
INDEX_SOURCE = (
    "mean ± 1 SD of Hadlock 1981 for an outer-inner BPD; of outer-outer diameters it is some 2 to "
    "4 points higher"
)


@dataclass(frozen=True, slots=True)
class Flag:
    """A finding in neutral words, and whose rule it is."""

    words: str
    source: str

    def __str__(self) -> str:
        return f"{self.words} ({self.source})."


def growth_flags(outcome: GrowthOutcome) -> tuple[Flag, ...]:
    """Return the farthest limit in standard deviations that an HC is beyond; empty for none.

    A standard that ends at a percentile can tell no more than that this percentile implies.
    """
    match outcome:
        case GrowthAssessment(z=z, standard=standard):
            return _flags_of(z, standard, note="")
        case BeyondPercentiles(beyond=beyond, standard=standard):
            # At least this far out.
            z = NORMAL.inv_cdf(beyond.percentile / 100)
            limit = "−3" if beyond.side is Side.BELOW else "+3"
            return _flags_of(z, standard, note=f", which has no {limit} SD")
        case _:
            return ()


def index_flags(measured: HeadMeasurement) -> tuple[Flag, ...]:
    """Return whether the cephalic index is outside 74 to 83 per cent: one head in three is."""
    low, high = INDEX_RANGE
    index = measured.cephalic_index
    if low <= index <= high:
        return ()
    shape = "a long, narrow head" if index < low else "a short, broad head"
    side = "below" if index < low else "above"
    words = f"Cephalic index {index:.1f} %, {side} {low:.0f} to {high:.0f} %: {shape}"
    return (Flag(words, INDEX_SOURCE),)


def _flags_of(z: float, standard: GrowthStandard, *, note: str) -> tuple[Flag, ...]:
    by = f"by {standard.name}{note}"
    if z < -5:  # noqa: PLR2004
        return (Flag(f"HC more than 5 SD below the mean {by}", f"{_SMFM}, its limit of −5 SD"),)
    if z <= -3:  # noqa: PLR2004
        source = f"{_SMFM}, its limit of −3 SD; fewer than all are confirmed at birth"
        return (Flag(f"HC 3 SD or more below the mean {by}", source),)
    if z < -2:  # noqa: PLR2004
        source = f"{_SMFM}: look at the anatomy of the brain in detail, again in 3 to 4 weeks"
        return (Flag(f"HC more than 2 SD below the mean {by}", source),)
    if z > 2:  # noqa: PLR2004
        return (Flag(f"HC more than 2 SD above the mean {by}", "customary limit, no guideline"),)
    return ()
