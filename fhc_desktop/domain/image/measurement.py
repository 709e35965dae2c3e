"""Millimetres of a head."""

from dataclasses import dataclass

from fhc_desktop.domain.image.calibration import Calibration, Uncalibrated
from fhc_desktop.domain.image.geometry import Ellipse

# What a fetal head can measure at all (mm); outside, the scale is the first suspect.
PLAUSIBLE_HC_MM = (40.0, 420.0)
# Beyond these (mm) a scale that nobody vouches for is not shown at all.
_POSSIBLE_HC_MM = (30.0, 450.0)
# Hadlock 1981 gives 74 to 83 for +-1 SD; a warning is due only well beyond any head (per cent).
PLAUSIBLE_CEPHALIC_INDEX = (60.0, 96.0)


@dataclass(frozen=True, slots=True)
class HeadMeasurement:
    """The outline's size. HC is the exact perimeter of the ellipse on the outer skull border."""

    hc_mm: float
    major_axis_mm: float
    minor_axis_mm: float

    @property
    def ofd_mm(self) -> float:
        """Occipitofrontal diameter, outer to outer: the whole major axis."""
        return self.major_axis_mm

    @property
    def bpd_mm(self) -> float:
        """Biparietal diameter, outer to outer: the whole minor axis.

        Not the outer-inner diameter that most BPD charts expect.
        """
        return self.minor_axis_mm

    @property
    def cephalic_index(self) -> float:
        """BPD in per cent of OFD."""
        return 100 * self.minor_axis_mm / self.major_axis_mm


def measure_head(outline_px: Ellipse, calibration: Calibration) -> HeadMeasurement:
    """Return the size of an outline given in pixels, each pixel side with its own scale."""
    outline_mm = outline_px.scaled(calibration.mm_per_column, calibration.mm_per_row)
    return HeadMeasurement(
        hc_mm=outline_mm.perimeter,
        major_axis_mm=2 * outline_mm.semi_major,
        minor_axis_mm=2 * outline_mm.semi_minor,
    )


def is_possible_hc(hc_mm: float) -> bool:
    """Return whether a fetal head can be this size at all; if not, the scale is wrong."""
    smallest, largest = _POSSIBLE_HC_MM
    return smallest <= hc_mm <= largest


def no_head_by_the_file(hc_mm: float) -> Uncalibrated:
    """Return why a file's scale cannot be right where an outline is this size by it."""
    return Uncalibrated(
        f"By the file’s scale the outline is {hc_mm:.0f} mm round, which no fetal head is.",
        "Check the outline; if it is right, measure a known distance with the ruler.",
    )


def measurement_warnings(measurement: HeadMeasurement) -> tuple[str, ...]:
    """Return a sentence for each number that no fetal head can have."""
    found = []
    smallest, largest = PLAUSIBLE_HC_MM
    if not smallest <= measurement.hc_mm <= largest:
        found.append(
            f"A head circumference of {measurement.hc_mm:.1f} mm is outside {smallest:.0f} to "
            f"{largest:.0f} mm: check the calibration."
        )
    lowest, highest = PLAUSIBLE_CEPHALIC_INDEX
    if not lowest <= measurement.cephalic_index <= highest:
        found.append(
            f"A cephalic index of {measurement.cephalic_index:.0f} is unusual: check the outline."
        )
    return tuple(found)
