"""What programs do to calibrated files between the scanner and here, with the truth about each."""

import math
from dataclasses import dataclass, replace

import pytest
from hypothesis import strategies as st
from pydicom.uid import SecondaryCaptureImageStorage, UltrasoundImageStorage

from fhc_desktop.domain.image.calibration import Calibration, CalibrationSource
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.domain.image.measurement import measure_head

WORDS = ("Scaled image", "Clipped rectangular image region", "RESAMPLED", "zoom 200 %; magnified")
HARMLESS_WORDS = ("Lossy compression", "JPEG lossy 20:1", "Converted to grey scale")

Sides = tuple[float, float]  # mm across, mm down
Box = tuple[int, int, int, int]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Scan:
    """What a file says of a picture of (rows, columns); outline and ``hc_mm`` are the truth."""

    size: tuple[int, int]
    outline_px: Ellipse
    hc_mm: float
    regions: tuple[tuple[Box, Sides], ...] = ()
    spacing: Sides | None = None
    sop_class: str = UltrasoundImageStorage
    image_type: tuple[str, ...] = ("ORIGINAL", "PRIMARY", "OBSTETRICAL")
    description: str = ""
    is_coded_resampled: bool = False


@dataclass(frozen=True, slots=True)
class Handled:
    """A scan as it arrives; ``is_harmless`` where withholding its HC would be no help."""

    scan: Scan
    is_harmless: bool = False


def hc_mm(outline_px, sides):
    return measure_head(outline_px, Calibration(*sides, CalibrationSource.TYPED)).hc_mm


@st.composite
def scans(draw, layouts=("whole", "inside", "dual", "spacing", "both")):
    """A head in a picture whose one or two regions, or PixelSpacing, say its scale."""
    layout = draw(st.sampled_from(layouts))
    rows, columns = draw(st.integers(260, 420)), draw(st.integers(320, 560))
    mm_down = draw(st.floats(80, 130)) / rows
    sides = (mm_down * draw(st.sampled_from((1.0, 1.0, 0.8, 1.25))), mm_down)
    other = (sides[0] * 1.5, sides[1] * 1.5)
    whole, middle = (0, 0, columns - 1, rows - 1), columns // 2
    match layout:
        case "inside":
            regions = (((60, 40, columns - 120, rows - 80), sides),)
        case "dual":
            halves = ((0, 0, middle - 1, rows - 1), (middle, 0, columns - 1, rows - 1))
            both = (sides, other) if draw(st.booleans()) else (other, sides)
            regions = tuple(zip(halves, both, strict=True))
        case _:
            regions = ((whole, sides),)
    (left, top, right, bottom), own = draw(st.sampled_from(regions))
    reach = min(right - left, bottom - top) / 2
    outline_px = Ellipse(
        (left + right) / 2 + draw(st.floats(-0.1, 0.1)) * reach,
        (top + bottom) / 2 + draw(st.floats(-0.1, 0.1)) * reach,
        draw(st.floats(0.55, 0.8)) * reach,
        draw(st.floats(0.5, 0.55)) * reach,
        draw(st.floats(0, math.pi)),
    )
    found = Scan((rows, columns), outline_px, hc_mm(outline_px, own), regions)
    if layout in {"spacing", "both"}:
        found = replace(found, spacing=own, regions=() if layout == "spacing" else regions)
    return found


def scaled(scan, by_column, by_row):
    """Return the picture in other pixels, with all that is said of them as it was."""
    rows, columns = scan.size
    size = (round(rows * by_row), round(columns * by_column))
    factors = (size[1] / columns, size[0] / rows)
    outline_px = scan.outline_px.moved(0.5, 0.5).scaled(*factors).moved(-0.5, -0.5)
    return replace(scan, size=size, outline_px=outline_px), factors


def with_regions_scaled(scan, factors):
    x, y = factors
    return replace(
        scan,
        regions=tuple(
            (
                (round(left * x), round(top * y), round(right * x), round(bottom * y)),
                (sides[0] / x, sides[1] / y),
            )
            for (left, top, right, bottom), sides in scan.regions
        ),
    )


def with_spacing_scaled(scan, factors):
    if scan.spacing is None:
        return scan
    return replace(scan, spacing=(scan.spacing[0] / factors[0], scan.spacing[1] / factors[1]))


def cropped(scan, margins):
    """Cut (or with negative margins pad) the picture, with all that is said of it as it was."""
    left, top, right, bottom = margins
    rows, columns = scan.size
    return replace(
        scan,
        size=(rows - top - bottom, columns - left - right),
        outline_px=scan.outline_px.moved(-left, -top),
    )


def with_regions_moved(scan, margins):
    """Move the boxes by what was cut off, and cut them to the picture."""
    rows, columns = scan.size
    moved = [
        (
            (
                max(left - margins[0], 0),
                max(top - margins[1], 0),
                min(right - margins[0], columns - 1),
                min(bottom - margins[1], rows - 1),
            ),
            sides,
        )
        for (left, top, right, bottom), sides in scan.regions
    ]
    kept = tuple((box, sides) for box, sides in moved if box[0] < box[2] and box[1] < box[3])
    return replace(scan, regions=kept)


@st.composite
def factors(draw, least=0.4, most=2.2):
    """Two factors that are more than a little off 1, most often the same."""
    one = st.floats(least, most).filter(lambda factor: abs(factor - 1) > 0.05)
    by_column = draw(one)
    return by_column, by_column if draw(st.integers(0, 3)) else draw(one)


def is_moderate(by):
    """Whether pixels of the drawn sizes are still believed of a scanner after such a scaling."""
    return min(by) > 0.7 and by[0] == pytest.approx(by[1], rel=0.1)


@st.composite
def margins_round(draw, scan):
    """Margins to cut off, of which one at least is more than two pixels; the head stays whole."""
    left, top, right, bottom = scan.outline_px.extent
    rows, columns = scan.size
    room = (int(left) - 4, int(top) - 4, columns - int(right) - 6, rows - int(bottom) - 6)
    margins = [draw(st.integers(0, max(space, 0))) for space in room]
    widest = max(range(4), key=lambda side: room[side])
    margins[widest] = max(margins[widest], 3)
    return tuple(margins)


@st.composite
def telling(draw, scan):
    """Say in one of the ways that the standard has that the picture was scaled or cropped."""
    told = replace(scan, image_type=("DERIVED", *scan.image_type[1:]))
    match draw(st.sampled_from(("words", "words of an original", "code", "kind"))):
        case "words":
            return replace(told, description=draw(st.sampled_from(WORDS)))
        case "words of an original":
            return replace(scan, description=draw(st.sampled_from(WORDS)))
        case "code":
            return replace(told, is_coded_resampled=True)
        case _:
            return replace(told, image_type=(*told.image_type, "RESAMPLED"))


@st.composite
def untouched_or_compressed(draw):
    scan = draw(scans())
    if draw(st.booleans()):
        words = draw(st.sampled_from(HARMLESS_WORDS))
        scan = replace(scan, image_type=("DERIVED", "SECONDARY"), description=words)
    return Handled(scan, is_harmless=True)


@st.composite
def scaled_down_under_its_regions(draw):
    """DCMTK's dcmscale, whether or not it says so."""
    scan, _ = scaled(draw(scans(("whole", "dual", "both"))), *draw(factors(most=0.97)))
    return Handled(draw(telling(scan)) if draw(st.booleans()) else scan)


@st.composite
def scaled_and_told(draw):
    # Where only what is told speaks against the scale: no region reaches beyond the picture.
    scan, by = scaled(draw(scans(("inside", "spacing"))), *draw(factors()))
    return Handled(draw(telling(with_spacing_scaled(scan, by) if draw(st.booleans()) else scan)))


@st.composite
def scaled_with_its_regions(draw):
    scan, by = scaled(draw(scans(("whole", "inside", "dual"))), *draw(factors()))
    return Handled(with_regions_scaled(scan, by), is_harmless=is_moderate(by))


@st.composite
def scaled_with_its_spacing_alone(draw):
    """The spacing is rewritten and the regions are not, or the other way round."""
    scan, by = scaled(draw(scans(("both",))), *draw(factors()))
    rewrite = with_spacing_scaled if draw(st.booleans()) else with_regions_scaled
    return Handled(rewrite(scan, by))


@st.composite
def scaled_with_all_that_is_said(draw):
    scan, by = scaled(draw(scans(("both", "spacing"))), *draw(factors()))
    handled = with_spacing_scaled(with_regions_scaled(scan, by), by)
    return Handled(handled, is_harmless=is_moderate(by))


@st.composite
def cropped_and_nothing_moved(draw):
    scan = draw(scans())
    handled = cropped(scan, draw(margins_round(scan)))
    return Handled(draw(telling(handled)) if draw(st.booleans()) else handled)


@st.composite
def cropped_with_its_regions(draw):
    scan = draw(scans(("whole", "inside", "dual")))
    margins = draw(margins_round(scan))
    return Handled(with_regions_moved(cropped(scan, margins), margins), is_harmless=True)


@st.composite
def padded(draw):
    scan = draw(scans(("whole", "inside", "spacing", "both")))
    margins = tuple(-draw(st.integers(0, 200)) for _ in range(4))
    handled, is_moved = cropped(scan, margins), draw(st.booleans())
    return Handled(with_regions_moved(handled, margins) if is_moved else handled, is_moved)


@st.composite
def captured_from_the_screen(draw):
    scan, _ = scaled(draw(scans()), *draw(factors()))
    return Handled(replace(scan, sop_class=SecondaryCaptureImageStorage))


@st.composite
def converted_without_knowing_the_size(draw):
    """Regions are lost or kept, and what is written for an unknown spacing takes its place."""
    scan, _ = scaled(draw(scans()), *draw(factors()))
    unknown = draw(st.sampled_from(((1.0, 1.0), (0.0, 0.0))))
    kept = scan.regions if draw(st.booleans()) else ()
    return Handled(replace(scan, spacing=unknown, regions=kept))


HABITS = {
    "untouched, or compressed with loss": untouched_or_compressed(),
    "scaled down, regions left": scaled_down_under_its_regions(),
    "scaled, and says so": scaled_and_told(),
    "scaled, regions too": scaled_with_its_regions(),
    "scaled, regions or spacing too": scaled_with_its_spacing_alone(),
    "scaled, regions and spacing too": scaled_with_all_that_is_said(),
    "cropped, regions left": cropped_and_nothing_moved(),
    "cropped, regions moved": cropped_with_its_regions(),
    "padded": padded(),
    "captured from the screen": captured_from_the_screen(),
    "converted with an unknown spacing": converted_without_knowing_the_size(),
}


@dataclass(frozen=True, slots=True)
class Exported:
    """A picture file of square pixels that was resampled to others, and says so by its density."""

    suffix: str
    size: tuple[int, int]
    outline_px: Ellipse
    hc_mm: float
    mm_across: float
    density: tuple[int, int]


@st.composite
def exports(draw):
    scan = draw(scans(("whole",)))
    by_row = draw(st.floats(0.7, 2.0))
    by_column = by_row * draw(st.sampled_from((1.0, 15 / 16, 16 / 15, 0.75, 4 / 3, 0.55, 1.9)))
    resampled, by = scaled(scan, by_column, by_row)
    side = draw(st.floats(80, 130)) / scan.size[0]
    return Exported(
        draw(st.sampled_from(("png", "jpg", "tif", "bmp"))),
        resampled.size,
        resampled.outline_px,
        scan.outline_px.perimeter * side,
        side / by[0],
        (round(300 * by[0]), round(300 * by[1])),
    )
