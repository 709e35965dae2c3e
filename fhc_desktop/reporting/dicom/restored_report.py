"""What a structured report of ours tells, taken from each item of its file.

The tree alone gives outline, scale, every coded number and every printed statement; the measurement
that it carries gives the examination. Whoever altered one and not the other is found by comparing
them, as with the PDF. Archives may drop private elements: then there is the tree alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from fhc_desktop.domain.examination.filed_report import (
    FiledReport,
    ReportItem,
    outline_of,
    scale_of,
)
from fhc_desktop.domain.examination.structured_report import ReportedImage, TransmittedCode
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.reporting.content.coded_numbers import CodedNumber
from fhc_desktop.reporting.content.codes import Code
from fhc_desktop.reporting.dicom import report_codes as is_called
from fhc_desktop.reporting.dicom.outline_graphic import ellipse_through, from_centre
from fhc_desktop.reporting.proof.measurement_text import (
    CarriedMeasurement,
    NoMeasurement,
    measurement_of,
)

_ENDS_SHAPE = (4, 2)


class NoReportOfOurs(ValueError):  # noqa: N818 - says what was found
    """What is no structured report of this program that could be restored."""


@dataclass(frozen=True, slots=True)
class RestoredReport:
    """``outline_px`` counts from the centre of the top left pixel, as everywhere.

    ``drawn_px`` is the same curve as it is drawn on the image, in single precision; None where
    the image does not hold it. ``scale_mm`` are width and height of a pixel. ``image`` is the one
    that the tree refers to. ``carried`` is None where the measurement beside the tree is gone, or
    cannot be read.
    """

    filed: FiledReport
    outline_px: Ellipse | None
    drawn_px: Ellipse | None
    scale_mm: tuple[float, float] | None
    numbers: tuple[CodedNumber, ...]
    statements: tuple[str, ...]
    image: ReportedImage | None
    carried: CarriedMeasurement | None


def restored_report(filed: FiledReport) -> RestoredReport:
    """Return what a report tells, as it was read from a file.

    Raises:
        NoReportOfOurs: it is no obstetric report of this program, or a damaged one.
    """
    items = filed.items
    names = {_name(item) for item in items}
    is_one = bool(items) and _name(items[0]) == _key(is_called.OBSTETRIC_REPORT)
    if not is_one or not {_key(is_called.OUTLINE), _key(is_called.AS_PRINTED)} <= names:
        raise NoReportOfOurs("not an obstetric report of ours")
    try:
        return RestoredReport(
            filed=filed,
            outline_px=outline_of(items),
            drawn_px=_drawn(items),
            scale_mm=scale_of(items),
            numbers=tuple(_number(item) for item in items if _is_printed_number(item)),
            statements=tuple(_statements(items)),
            image=filed.image,
            carried=_carried(filed.measurement),
        )
    except (ArithmeticError, ValueError) as cause:
        raise NoReportOfOurs("a damaged report") from cause


def _key(code: Code) -> tuple[str, str]:
    return code.value, code.scheme


def _name(item: ReportItem) -> tuple[str, str]:
    return item.name.value, item.name.scheme


def _is_printed_number(item: ReportItem) -> bool:
    return item.kind == "NUM" and item.exact is None


def _number(item: ReportItem) -> CodedNumber:
    return CodedNumber(_code(item.name), item.words, _code(item.unit))


def _code(told: TransmittedCode) -> Code:
    return Code(told.value, told.scheme, told.meaning)


def _drawn(items: tuple[ReportItem, ...]) -> Ellipse | None:
    for item in items:
        if item.kind == "SCOORD" and item.words == "ELLIPSE":
            ends = np.array(item.points, dtype=np.float64).reshape(_ENDS_SHAPE)
            return from_centre(ellipse_through(ends))
    return None


def _statements(items: tuple[ReportItem, ...]) -> Iterator[str]:
    """Give what stands below the section of what is printed."""
    depth: int | None = None
    for item in items:
        if depth is not None and item.depth <= depth:
            depth = None
        if depth is not None:
            yield item.words
        elif _name(item) == _key(is_called.AS_PRINTED):
            depth = item.depth


def _carried(text: str) -> CarriedMeasurement | None:
    try:
        return measurement_of(text.encode("ascii"))
    except (NoMeasurement, UnicodeError):
        return None
