"""A structured report of this program as its file has it: each item of its tree, one by one."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from fhc_desktop.domain.examination.own_report import PRIVATE_SCHEME, OwnReport
from fhc_desktop.domain.examination.structured_report import ReportedImage, TransmittedCode
from fhc_desktop.domain.image.geometry import Ellipse

_OUTLINE = "OUTLINE"
_AXES = ("OUTLINE-X", "OUTLINE-Y", "OUTLINE-A", "OUTLINE-B", "OUTLINE-ANGLE")
_SIDES = ("MM-PER-COLUMN", "MM-PER-ROW")
_ACCEPTED_AT = "ACCEPTED-AT"
_OPERATOR = ("121008", "DCM")
_MINUTE_DIGITS = 12
_NO_UNIT = TransmittedCode()


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One item; ``depth`` is 0 for the root, and what stands below an item follows it, one deeper.

    ``words`` is what it says in one line, a number as it was transmitted; ``exact`` the same in
    double precision, where it has that. ``points`` are column and row in turn, counted from the
    corner of the first pixel.
    """

    depth: int
    kind: str
    name: TransmittedCode
    words: str = ""
    unit: TransmittedCode = _NO_UNIT
    exact: float | None = None
    points: tuple[float, ...] = ()
    image: ReportedImage | None = None


@dataclass(frozen=True, slots=True)
class FiledReport:
    """``header`` has what stands outside the tree of patient and standing, by its keyword.

    ``measurement`` is the text that lies beside the tree; empty where an archive dropped it.
    """

    header: tuple[tuple[str, str], ...]
    items: tuple[ReportItem, ...]
    measurement: str

    @property
    def image(self) -> ReportedImage | None:
        """The image that it speaks of; None where it names none."""
        return next((item.image for item in self.items if item.image is not None), None)


def own_report(items: Sequence[ReportItem]) -> OwnReport:
    """Return what a report of this program says of itself."""
    accepted_at = "".join(item.words for item in items if _is_private(item, _ACCEPTED_AT))
    operators = (item.words for item in items if _key(item) == _OPERATOR)
    return OwnReport(
        accepted_by=_shown(next(operators, "")),
        accepted_at=_minute(accepted_at),
        outline_px=outline_of(items),
        is_whole=any(_is_private(item, _OUTLINE) for item in items),
    )


def outline_of(items: Sequence[ReportItem]) -> Ellipse | None:
    """Return the outline, counted from the centre of the first pixel; None without a whole one."""
    numbers = _exact(items, _AXES)
    try:
        return None if numbers is None else Ellipse(*numbers)
    except ValueError:
        return None


def scale_of(items: Sequence[ReportItem]) -> tuple[float, float] | None:
    """Return width and height of a pixel in mm; None without both."""
    numbers = _exact(items, _SIDES)
    return None if numbers is None else (numbers[0], numbers[1])


def _exact(items: Sequence[ReportItem], names: tuple[str, ...]) -> list[float] | None:
    """Return the numbers of these names, all of them or none."""
    found = {
        item.name.value: item.exact
        for item in items
        if item.exact is not None and item.name.scheme == PRIVATE_SCHEME
    }
    numbers = [found.get(name, math.nan) for name in names]
    return numbers if all(map(math.isfinite, numbers)) else None


def _is_private(item: ReportItem, value: str) -> bool:
    return _key(item) == (value, PRIVATE_SCHEME)


def _key(item: ReportItem) -> tuple[str, str]:
    return item.name.value, item.name.scheme


def _shown(coded_name: str) -> str:
    """Return a name of DICOM, Family^Given, as it is shown."""
    parts = (part.strip() for part in coded_name.split("^"))
    return ", ".join(filter(None, parts))


def _minute(digits: str) -> str:
    if len(digits) < _MINUTE_DIGITS or not digits[:_MINUTE_DIGITS].isdecimal():
        return ""
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]} {digits[8:10]}:{digits[10:12]}"
