"""A structured report of this program, taken out of its data set item by item (pydicom)."""

from collections.abc import Iterator
from typing import Any

from fhc_desktop.domain.examination.filed_report import FiledReport, ReportItem
from fhc_desktop.domain.examination.own_report import (
    CARRIED_ELEMENT,
    CARRIED_GROUP,
    CARRIED_OWNER,
    PRIVATE_SCHEME_UID,
)
from fhc_desktop.domain.examination.structured_report import TransmittedCode
from fhc_desktop.imaging.dicom.content_item import (
    children_of,
    code_in,
    concept_of,
    image_of,
    type_of,
    unit_of,
    value_of,
)
from fhc_desktop.imaging.dicom.element import optional, text_of

# A report of ours has some hundred items, and each line of it points of a few hundred at most.
_MOST_ITEMS, _DEEPEST, _MOST_POINTS = 5000, 32, 20_000
_LONGEST_LINE = 10_000
_HEADER = (
    "PatientName",
    "PatientID",
    "IssuerOfPatientID",
    "PatientBirthDate",
    "CompletionFlag",
    "PreliminaryFlag",
    "VerificationFlag",
)
# What an item of each kind says stands under this name.
_WORDS = {
    "TEXT": "TextValue",
    "DATE": "Date",
    "DATETIME": "DateTime",
    "PNAME": "PersonName",
    "UIDREF": "UID",
    "SCOORD": "GraphicType",
}


def is_ours(dataset: Any) -> bool:
    """Say whether this program wrote a report, by the scheme of codes that it declares."""
    schemes = optional(lambda: list(dataset.get("CodingSchemeIdentificationSequence") or ())) or []
    return any(text_of(one, "CodingSchemeUID") == PRIVATE_SCHEME_UID for one in schemes)


def filed_report(dataset: Any) -> FiledReport:
    """Return all of it that is ever compared.

    Raises:
        ValueError: it has more items than any report of ours.
    """
    header = ((keyword, _line(dataset, keyword)) for keyword in _HEADER)
    return FiledReport(tuple(header), tuple(items_of(dataset)), _measurement(dataset))


def items_of(root: Any) -> Iterator[ReportItem]:
    """Give all items of a tree in their order.

    Raises:
        ValueError: there are more of them, or they lie deeper, than any report of ours has.
    """
    waiting, given = [(0, root)], 0
    while waiting:
        depth, item = waiting.pop()
        given += 1
        if given > _MOST_ITEMS or depth > _DEEPEST:
            raise ValueError(given)
        yield _read(item, depth)
        waiting += [(depth + 1, child) for child in reversed(children_of(item))]


def _read(item: Any, depth: int) -> ReportItem:
    kind = type_of(item)
    return ReportItem(
        depth=depth,
        kind=kind,
        name=concept_of(item),
        words=_words(item, kind),
        unit=unit_of(item) if kind == "NUM" else TransmittedCode(),
        exact=_exact(item) if kind == "NUM" else None,
        points=_points(item) if kind == "SCOORD" else (),
        image=image_of(item) if kind == "IMAGE" else None,
    )


def _words(item: Any, kind: str) -> str:
    match kind:
        case "CODE":
            return code_in(item, "ConceptCodeSequence").whole
        case "NUM":
            return value_of(item) or ""
        case _ if kind in _WORDS:
            return _line(item, _WORDS[kind])
        case _:
            return ""


def _line(item: Any, keyword: str) -> str:
    """Return a text whole, in one line: what is left out of it could not be compared."""
    said = optional(lambda: str(item.get(keyword) or "")) or ""
    printable = "".join(sign if sign.isprintable() else " " for sign in said)
    return printable[:_LONGEST_LINE].strip()


def _exact(item: Any) -> float | None:
    return optional(lambda: float(item.get("MeasuredValueSequence")[0].FloatingPointValue))


def _points(item: Any) -> tuple[float, ...]:
    found = optional(lambda: tuple(map(float, item.get("GraphicData"))))
    return (found or ())[:_MOST_POINTS]


def _measurement(dataset: Any) -> str:
    """Return the text beside the tree; an archive may have made bytes of it."""

    def found() -> str:
        block = dataset.private_block(CARRIED_GROUP, CARRIED_OWNER)
        value = block[CARRIED_ELEMENT].value
        return value.decode("ascii") if isinstance(value, bytes) else str(value)

    return (optional(found) or "").rstrip("\0 ")
