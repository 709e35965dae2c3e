"""The items that a structured report is made of (PS3.3 C.17.3), each as a data set."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import numpy as np
from pydicom.dataset import Dataset

from fhc_desktop.reporting.content.coded_numbers import CodedNumber
from fhc_desktop.reporting.content.coded_study import ImageReference
from fhc_desktop.reporting.content.codes import Code
from fhc_desktop.reporting.dicom.dicom_object import day_digits, referenced
from fhc_desktop.reporting.dicom.outline_graphic import Points

CONTAINS, HAS_CONTEXT, HAS_MODIFIER = "CONTAINS", "HAS OBS CONTEXT", "HAS CONCEPT MOD"
HAS_PROPERTIES, INFERRED_FROM = "HAS PROPERTIES", "INFERRED FROM"
# VR DS has room for 16 characters.
_LONGEST_NUMBER = 16


def code_item(code: Code) -> Dataset:
    item = Dataset()
    item.CodeValue = code.value
    item.CodingSchemeDesignator = code.scheme
    item.CodeMeaning = code.meaning
    return item


def container(concept: Code, items: Iterable[Dataset], *, template: str = "") -> Dataset:
    """Return a container; ``template`` is the number of the one that all below it follows."""
    dataset = Dataset()
    dataset.RelationshipType = CONTAINS
    dataset.ValueType = "CONTAINER"
    dataset.ConceptNameCodeSequence = [code_item(concept)]
    dataset.ContinuityOfContent = "SEPARATE"
    if template:
        followed = Dataset()
        followed.MappingResource = "DCMR"
        followed.TemplateIdentifier = template
        dataset.ContentTemplateSequence = [followed]
    dataset.ContentSequence = list(items)
    return dataset


def text(concept: Code, words: str, relationship: str = CONTAINS) -> Dataset:
    dataset = _item("TEXT", concept, relationship)
    dataset.TextValue = _writable(words)
    return dataset


def lines(concept: Code, words: Sequence[str]) -> Dataset:
    """Return a text of several lines, with the line ends that VR UT takes (PS3.5 6.2)."""
    dataset = _item("TEXT", concept, CONTAINS)
    dataset.TextValue = "\r\n".join(map(_writable, words))
    return dataset


def coded(concept: Code, value: Code, relationship: str = CONTAINS) -> Dataset:
    dataset = _item("CODE", concept, relationship)
    dataset.ConceptCodeSequence = [code_item(value)]
    return dataset


def day(concept: Code, on: date) -> Dataset:
    dataset = _item("DATE", concept, CONTAINS)
    dataset.Date = day_digits(on)
    return dataset


def moment(concept: Code, at: datetime, relationship: str = CONTAINS) -> Dataset:
    """Return a point of time, by the clock on the wall as all times of the object are."""
    dataset = _item("DATETIME", concept, relationship)
    dataset.DateTime = f"{at.astimezone():%Y%m%d%H%M%S}"
    return dataset


def person(concept: Code, name: str, relationship: str = CONTAINS) -> Dataset:
    dataset = _item("PNAME", concept, relationship)
    dataset.PersonName = name
    return dataset


def uid_reference(concept: Code, uid: str, relationship: str = CONTAINS) -> Dataset:
    dataset = _item("UIDREF", concept, relationship)
    dataset.UID = uid
    return dataset


def image(reference: ImageReference, relationship: str = CONTAINS) -> Dataset:
    dataset = Dataset()
    dataset.RelationshipType = relationship
    dataset.ValueType = "IMAGE"
    dataset.ReferencedSOPSequence = [referenced(reference)]
    return dataset


def number(
    told: CodedNumber, items: Iterable[Dataset] = (), relationship: str = CONTAINS
) -> Dataset:
    """Return a number as it is printed, with its derivation and by whose equation it was found."""
    dataset = _number(told.concept, told.value, told.unit, relationship)
    below = []
    if told.derivation is not None:
        below.append(coded(DERIVATION, told.derivation, HAS_MODIFIER))
    if told.citation is not None:
        below.append(coded(told.citation.kind, told.citation.source, INFERRED_FROM))
    below += items
    if below:
        dataset.ContentSequence = below
    return dataset


def exact_number(concept: Code, value: float, unit: Code) -> Dataset:
    """Return a number with all its digits, in double precision beside its decimal form."""
    dataset = _number(concept, _decimal(value), unit, CONTAINS)
    dataset.MeasuredValueSequence[0].FloatingPointValue = value
    return dataset


def coordinates(
    concept: Code, graphic_type: str, points: Points, reference: ImageReference, relationship: str
) -> Dataset:
    """Return points on an image, shape (n, 2): a number is found by them, or they are all."""
    dataset = _item("SCOORD", concept, relationship)
    dataset.GraphicType = graphic_type
    dataset.GraphicData = points.astype(np.float32).ravel().tolist()
    dataset.ContentSequence = [image(reference, "SELECTED FROM")]
    return dataset


DERIVATION = Code("121401", "DCM", "Derivation")


def _writable(words: str) -> str:
    """Return text without control characters, and without what stands for no letter at all.

    The bytes of a file's name may be of no character set.
    """
    kept = "".join(" " if unicodedata.category(c) == "Cc" else c for c in words)
    return kept.encode("utf-8", "replace").decode("utf-8")


def _item(value_type: str, concept: Code, relationship: str) -> Dataset:
    dataset = Dataset()
    dataset.RelationshipType = relationship
    dataset.ValueType = value_type
    dataset.ConceptNameCodeSequence = [code_item(concept)]
    return dataset


def _number(concept: Code, value: str, unit: Code, relationship: str) -> Dataset:
    measured = Dataset()
    measured.NumericValue = value
    measured.MeasurementUnitsCodeSequence = [code_item(unit)]
    dataset = _item("NUM", concept, relationship)
    dataset.MeasuredValueSequence = [measured]
    return dataset


def _decimal(value: float) -> str:
    """Return the most digits that 16 characters hold."""
    texts = (f"{value:.{digits}g}" for digits in range(_LONGEST_NUMBER, 0, -1))
    return next(text for text in texts if len(text) <= _LONGEST_NUMBER)
