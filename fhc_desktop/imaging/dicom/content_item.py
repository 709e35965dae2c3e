"""One item of a Structured Report's content tree: its name, its value, and what is below it."""

from typing import Any

from fhc_desktop.domain.examination.structured_report import ReportedImage, TransmittedCode
from fhc_desktop.imaging.dicom.element import optional, text_of
from fhc_desktop.imaging.dicom.person_name import plain

_DEEPEST_REFERENCE = 32
_MOST_FRAMES = 5000
# A code stands in the one of these that it fits (PS3.3 8.1).
_CODE_VALUES = ("CodeValue", "LongCodeValue", "URNCodeValue")


def children_of(item: Any) -> list[Any]:
    return list(optional(lambda: item.get("ContentSequence")) or ())


def type_of(item: Any) -> str:
    return text_of(item, "ValueType") or ""


def concept_of(item: Any) -> TransmittedCode:
    return code_in(item, "ConceptNameCodeSequence")


def code_in(item: Any, keyword: str) -> TransmittedCode:
    """Return the first code of a sequence; an empty one where there is none."""
    found = optional(lambda: item.get(keyword)[0])
    if found is None:
        return TransmittedCode()
    values = (text_of(found, name) for name in _CODE_VALUES)
    return TransmittedCode(
        next(filter(None, values), ""),
        text_of(found, "CodingSchemeDesignator") or "",
        text_of(found, "CodeMeaning") or "",
    )


def word_of(item: Any) -> str:
    """Return what a text, a code or a number says, in one line."""
    match type_of(item):
        case "TEXT":
            return text_of(item, "TextValue") or ""
        case "CODE":
            return code_in(item, "ConceptCodeSequence").text
        case "NUM":
            return value_of(item) or ""
        case _:
            return ""


def value_of(item: Any) -> str | None:
    """Return a number as it was transmitted; None where there is none, or one that is damaged."""
    values = optional(lambda: list(item.get("MeasuredValueSequence") or ()))
    if values is None or len(values) != 1:
        return None
    # The original text of a decimal: 48.0 is not 48.
    return optional(lambda: plain(_single(values[0].NumericValue)))


def unit_of(item: Any) -> TransmittedCode:
    value = optional(lambda: item.get("MeasuredValueSequence")[0])
    return TransmittedCode() if value is None else code_in(value, "MeasurementUnitsCodeSequence")


def images_of(item: Any, root: Any) -> tuple[ReportedImage, ...]:
    """Return the images that an item is, or lies on, or refers to where they stand elsewhere."""
    meant = _referenced(item, root)
    match type_of(meant):
        case "IMAGE":
            found = image_of(meant)
            return () if found is None else (found,)
        case "SCOORD":
            # Only images: what refers to another region could lead round in a circle.
            below = (_referenced(child, root) for child in children_of(meant))
            found_below = (image_of(child) for child in below if type_of(child) == "IMAGE")
            return tuple(image for image in found_below if image is not None)
        case _:
            return ()


def image_of(item: Any) -> ReportedImage | None:
    """Return the image that an item is."""
    reference = optional(lambda: item.get("ReferencedSOPSequence")[0])
    if reference is None:
        return None
    uid = text_of(reference, "ReferencedSOPInstanceUID")
    if uid is None:
        return None
    frames = optional(lambda: reference.get("ReferencedFrameNumber"))
    listed = [] if frames is None else [frames] if isinstance(frames, int) else list(frames)
    return ReportedImage(uid, tuple(map(int, listed[:_MOST_FRAMES])))


def _referenced(item: Any, root: Any) -> Any:
    """Return what an item refers to by the places on the way there, counted from 1 (PS3.3 C.18)."""
    places = optional(lambda: item.get("ReferencedContentItemIdentifier"))
    if places is None or isinstance(places, int) or len(places) > _DEEPEST_REFERENCE:
        return item
    found = root
    for place in list(places)[1:]:
        below = children_of(found)
        if not 1 <= int(place) <= len(below):
            return item
        found = below[int(place) - 1]
    # One reference leads to a thing itself: a chain of them could run in a circle.
    return item if found.get("ReferencedContentItemIdentifier") is not None else found


def _single(written: Any) -> str:
    if not isinstance(written, str | int | float):
        raise TypeError(type(written))
    return str(written)
