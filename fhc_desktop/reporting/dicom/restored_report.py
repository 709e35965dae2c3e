"""What a structured report of ours tells, read back from its data set.

The tree alone gives outline, scale, every coded number and every printed statement; the measurement
that it carries gives the examination. Whoever altered one and not the other is found by comparing
them, as with the PDF. Archives may drop private elements: then there is the tree alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydicom.dataset import Dataset

from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.reporting.content.coded_numbers import CodedNumber
from fhc_desktop.reporting.content.codes import Code
from fhc_desktop.reporting.dicom import report_codes as is_called
from fhc_desktop.reporting.dicom.outline_graphic import ellipse_through, from_centre
from fhc_desktop.reporting.dicom.structured_report import (
    CARRIED_ELEMENT,
    CARRIED_GROUP,
    CARRIED_OWNER,
)
from fhc_desktop.reporting.proof.measurement_text import (
    CarriedMeasurement,
    NoMeasurement,
    measurement_of,
)

# A report of ours has some hundred items: more than this is none.
_MOST_ITEMS = 5000
_EXACT_OUTLINE = (
    is_called.CENTRE_X,
    is_called.CENTRE_Y,
    is_called.SEMI_AXIS_A,
    is_called.SEMI_AXIS_B,
    is_called.ANGLE,
)


class NoReportOfOurs(ValueError):  # noqa: N818 - says what was found
    """A data set that is no structured report of this program."""


@dataclass(frozen=True, slots=True)
class RestoredReport:
    """``outline_px`` counts from the centre of the top left pixel, as everywhere.

    ``drawn_px`` is the same curve as it is drawn on the image, in single precision; None where
    the image does not hold it. ``scale_mm`` are width and height of a pixel. ``carried`` is None
    where the private element is gone, or cannot be read.
    """

    is_complete: bool
    outline_px: Ellipse | None
    drawn_px: Ellipse | None
    scale_mm: tuple[float, float] | None
    numbers: tuple[CodedNumber, ...]
    statements: tuple[str, ...]
    carried: CarriedMeasurement | None


def restored_report(dataset: Dataset) -> RestoredReport:
    """Return what a data set tells, as it was read from a file.

    Raises:
        NoReportOfOurs: it is no structured report of this program, or a damaged one.
    """
    try:
        if _code(dataset.ConceptNameCodeSequence[0]) != is_called.OBSTETRIC_REPORT:
            raise NoReportOfOurs("not an obstetric report")
        return _restored(dataset, list(_items(dataset)))
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as cause:
        raise NoReportOfOurs("not a report of ours, or a damaged one") from cause


def _restored(dataset: Dataset, items: list[Dataset]) -> RestoredReport:
    exact = {
        _concept(item): float(item.MeasuredValueSequence[0].FloatingPointValue)
        for item in items
        if item.ValueType == "NUM" and "FloatingPointValue" in item.MeasuredValueSequence[0]
    }
    if is_called.OUTLINE not in map(_concept, items):
        raise NoReportOfOurs("not a report of ours")
    sides = [exact.get(one) for one in (is_called.MM_PER_COLUMN, is_called.MM_PER_ROW)]
    outline = [exact.get(one) for one in _EXACT_OUTLINE]
    width, height = sides
    return RestoredReport(
        is_complete=dataset.CompletionFlag == "COMPLETE",
        outline_px=None
        if None in outline
        else Ellipse(*(one for one in outline if one is not None)),
        drawn_px=_drawn(items),
        scale_mm=None if width is None or height is None else (width, height),
        numbers=tuple(_number(item) for item in items if _is_printed_number(item)),
        statements=_statements(dataset),
        carried=_carried(dataset),
    )


def _items(root: Dataset) -> Iterator[Dataset]:
    """Give all items of a tree in their order, however deep it is."""
    waiting, given = [root], 0
    while waiting:
        item = waiting.pop()
        given += 1
        if given > _MOST_ITEMS:
            raise NoReportOfOurs("more items than a report has")
        yield item
        waiting.extend(reversed(item.get("ContentSequence") or []))


def _concept(item: Dataset) -> Code | None:
    named = item.get("ConceptNameCodeSequence")
    return _code(named[0]) if named else None


def _code(item: Dataset) -> Code:
    return Code(str(item.CodeValue), str(item.CodingSchemeDesignator), str(item.CodeMeaning))


def _is_printed_number(item: Dataset) -> bool:
    return item.ValueType == "NUM" and "FloatingPointValue" not in item.MeasuredValueSequence[0]


def _number(item: Dataset) -> CodedNumber:
    measured, concept = item.MeasuredValueSequence[0], _code(item.ConceptNameCodeSequence[0])
    value: Any = measured.NumericValue
    digits = getattr(value, "original_string", str(value))
    return CodedNumber(concept, digits.strip(), _code(measured.MeasurementUnitsCodeSequence[0]))


def _drawn(items: list[Dataset]) -> Ellipse | None:
    for item in items:
        if item.ValueType == "SCOORD" and item.GraphicType == "ELLIPSE":
            ends = np.array(item.GraphicData, dtype=np.float64).reshape(4, 2)
            return from_centre(ellipse_through(ends))
    return None


def _statements(dataset: Dataset) -> tuple[str, ...]:
    sections = (item for item in dataset.ContentSequence if _concept(item) == is_called.AS_PRINTED)
    return tuple(str(row.TextValue) for section in sections for row in section.ContentSequence)


def _carried(dataset: Dataset) -> CarriedMeasurement | None:
    try:
        block = dataset.private_block(CARRIED_GROUP, CARRIED_OWNER)
        return measurement_of(str(block[CARRIED_ELEMENT].value).encode("ascii"))
    except (KeyError, NoMeasurement, UnicodeError):
        return None
