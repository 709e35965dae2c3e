"""The measurements that a Structured Report tells, whatever template it follows (pydicom).

Templates differ in their sections (TID 5000's biometry, TID 1500's groups, findings in objects that
are older): what counts is each number with its name, and what stands above and below it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from pydicom.dataelem import RawDataElement

from fhc_desktop.domain.examination.filed_report import FiledReport, own_report
from fhc_desktop.domain.examination.structured_report import (
    ReportedImage,
    ReportedMeasurement,
    StructuredReport,
    TransmittedCode,
)
from fhc_desktop.imaging.dicom.character_set import objections_to_text
from fhc_desktop.imaging.dicom.content_item import (
    children_of,
    code_in,
    concept_of,
    images_of,
    type_of,
    unit_of,
    value_of,
    word_of,
)
from fhc_desktop.imaging.dicom.element import text_of
from fhc_desktop.imaging.dicom.file import read_header
from fhc_desktop.imaging.dicom.filed_report import filed_report, is_ours, items_of
from fhc_desktop.imaging.dicom.report_class import is_report_class
from fhc_desktop.imaging.unreadable import UnreadableImage, foreign_decoder, shown_name

_UNDEFINED_LENGTH = 0xFFFFFFFF
_DEEPEST = 32
_MOST_ITEMS = 10_000
_MOST_MEASUREMENTS = 500
_MOST_SENTENCES = 20
# TID 1008, the most telling first; objects of all ages use them.
_FETUS = (("11951-1", "LN"), ("121030", "DCM"), ("121037", "DCM"))
_DERIVATION = (("121401", "DCM"), ("G-C036", "SRT"))
_SELECTION = (("121404", "DCM"),)
# CID 228.
_CITATIONS = tuple((str(number), "DCM") for number in range(121420, 121425))


@dataclass(frozen=True, slots=True)
class _Above:
    """What holds for an item by those that it stands under."""

    sections: tuple[str, ...] = ()
    group: int = 0
    fetus: str = ""
    images: tuple[ReportedImage, ...] = ()


@dataclass(slots=True)
class _Found:
    measurements: list[ReportedMeasurement] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    items: int = 0

    def object(self, sentence: str) -> None:
        if sentence not in self.unread and len(self.unread) < _MOST_SENTENCES:
            self.unread.append(sentence)


def read_structured_report(handle: BinaryIO, path: Path) -> StructuredReport:
    """Return what a report tells; ``path`` serves for its name only.

    Raises:
        UnreadableImage: it is damaged, or no Structured Report.
    """
    with foreign_decoder(path, "DICOM"):
        dataset = _opened(handle, path)
        found = _Found(unread=list(objections_to_text(dataset)))
        _walk(dataset, dataset, _Above(), found, depth=0)
        return StructuredReport(
            name=shown_name(path),
            title=concept_of(dataset),
            instance_uid=text_of(dataset, "SOPInstanceUID") or "",
            study_uid=text_of(dataset, "StudyInstanceUID") or "",
            patient_id=text_of(dataset, "PatientID") or "",
            device=_device(dataset),
            is_partial=text_of(dataset, "CompletionFlag") == "PARTIAL",
            is_verified=text_of(dataset, "VerificationFlag") == "VERIFIED",
            measurements=tuple(found.measurements),
            unread=tuple(found.unread),
            own=own_report(tuple(items_of(dataset))) if is_ours(dataset) else None,
        )


def read_filed_report(handle: BinaryIO, path: Path) -> FiledReport:
    """Return a report of this program with each item of its tree.

    Raises:
        UnreadableImage: it is damaged, or no Structured Report of this program.
    """
    with foreign_decoder(path, "DICOM"):
        dataset = _opened(handle, path)
        if not is_ours(dataset):
            raise UnreadableImage(
                f"{shown_name(path)} was not written by FHC Desktop: it cannot be verified.",
                "What it tells is shown by: fhc-desktop show-sr FILE",
            )
        return filed_report(dataset)


def _opened(handle: BinaryIO, path: Path) -> Any:
    """Return the data set of a Structured Report whose content is all there.

    Raises:
        UnreadableImage: it is incomplete, or none.
    """
    dataset = read_header(handle, path).dataset
    if not is_report_class(str(dataset.get("SOPClassUID", "") or "")):
        raise UnreadableImage(
            f"{shown_name(path)} is no Structured Report.", "Open it as an image."
        )
    _check_whole(dataset, path)
    return dataset


def _check_whole(dataset: Any, path: Path) -> None:
    """Refuse a report whose content is cut short: pydicom would leave out the rest, or all of it.

    Raises:
        UnreadableImage: there is no content, or not as much as it announces.
    """
    content = dataset.get_item("ContentSequence")
    is_short = (
        isinstance(content, RawDataElement)
        and content.length != _UNDEFINED_LENGTH
        and len(content.value or b"") < content.length
    )
    if content is None or is_short:
        raise UnreadableImage(
            f"{shown_name(path)} is incomplete: it ends before what it has to tell.",
            "Export the report again from the scanner, or copy the file again.",
        )


def _device(dataset: Any) -> str:
    parts = (text_of(dataset, keyword) for keyword in ("Manufacturer", "ManufacturerModelName"))
    return " ".join(filter(None, parts))


def _walk(item: Any, root: Any, above: _Above, found: _Found, *, depth: int) -> None:
    """Take up each number below an item, in the order of the document."""
    if depth > _DEEPEST:
        found.object(f"What lies more than {_DEEPEST} levels deep was not read.")
        return
    below = children_of(item)
    within = _within(item, root, below, above, found, is_root=depth == 0)
    for child in below:
        found.items += 1
        if found.items > _MOST_ITEMS or len(found.measurements) >= _MOST_MEASUREMENTS:
            found.object("It tells more than any report of an examination: the rest was not read.")
            return
        inner = within
        if type_of(child) == "NUM" and not _is_fetus(child):
            _take(child, root, within, found)
            inner = replace(within, sections=(*within.sections, concept_of(child).text))
        _walk(child, root, inner, found, depth=depth + 1)


def _within(
    item: Any, root: Any, below: list[Any], above: _Above, found: _Found, *, is_root: bool
) -> _Above:
    """Return what holds for what stands below an item."""
    fetus = _first_word(below, _FETUS) or above.fetus
    if is_root:
        return replace(above, fetus=fetus)
    if type_of(item) != "CONTAINER":
        return replace(above, fetus=fetus, images=images_of(item, root) or above.images)
    # A region or an image of a group is that of each number in it (TID 1410).
    images = tuple(image for child in below for image in images_of(child, root))
    return _Above(
        sections=(*above.sections, *filter(None, (_heading(item, below),))),
        group=found.items,
        fetus=fetus,
        images=images,
    )


def _heading(item: Any, below: list[Any]) -> str:
    """Return what a section is called, with the site that tells one from the next of its kind."""
    site = next((word_of(child) for child in below if _is_site(child)), "")
    return ": ".join(filter(None, (concept_of(item).text, site)))


def _is_site(item: Any) -> bool:
    return _key(item) in {("363698007", "SCT"), ("G-C0E3", "SRT")}


def _take(item: Any, root: Any, above: _Above, found: _Found) -> None:
    name, value, below = concept_of(item), value_of(item), children_of(item)
    if value is None:
        found.object(f"“{name.text or 'A number'}” has no value that can be read.{_why(item)}")
        return
    images = tuple(image for child in below for image in images_of(child, root))
    found.measurements.append(
        ReportedMeasurement(
            name=name,
            value=value,
            unit=unit_of(item),
            sections=above.sections,
            group=above.group,
            fetus=_first_word(below, _FETUS) or above.fetus,
            derivation=_first_word(below, _DERIVATION),
            selection=_first_word(below, _SELECTION),
            citation=_first_word(below, _CITATIONS),
            images=images or above.images,
        )
    )


def _why(item: Any) -> str:
    """Return why a number has no value, where its sender says so."""
    said: TransmittedCode = code_in(item, "NumericValueQualifierCodeSequence")
    return f" Its report says: {said.text}." if said.text else ""


def _first_word(below: list[Any], keys: tuple[tuple[str, str], ...]) -> str:
    """Return what the first of these concepts says that is told at all."""
    told: Iterator[str] = (word_of(child) for key in keys for child in below if _key(child) == key)
    return next(filter(None, told), "")


def _is_fetus(item: Any) -> bool:
    return _key(item) in _FETUS


def _key(item: Any) -> tuple[str, str]:
    concept = concept_of(item)
    return concept.value, concept.scheme
