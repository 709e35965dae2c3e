"""Structured Reports: one that is opened, and those of an image's study that lie beside it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from pathlib import Path
from typing import Any, BinaryIO

from fhc_desktop.domain.examination.filed_report import FiledReport
from fhc_desktop.domain.examination.structured_report import ReportsBeside, StructuredReport
from fhc_desktop.domain.image.ultrasound_image import StudyInfo
from fhc_desktop.imaging.described_file import liar, read_header
from fhc_desktop.imaging.files.archive import find_archive, open_archive
from fhc_desktop.imaging.files.file_access import opened
from fhc_desktop.imaging.files.file_kind import (
    DICOM,
    DICOM_DIRECTORY,
    DICOM_FILED_REPORT,
    DICOM_REPORT,
    HEAD_BYTES,
    is_document,
    is_report,
    kind_of,
)
from fhc_desktop.imaging.files.places import ArchivePlace, FolderPlace, Place
from fhc_desktop.imaging.sandbox.sandbox import Sandbox
from fhc_desktop.imaging.unreadable import UnreadableImage, shown_name
from fhc_desktop.plain_values import read

# A report of an examination is a few kilobytes long.
_LARGEST_REPORT_BYTES = 16 * 2**20
_LARGEST_DOCUMENT_BYTES = 2**28
_LONGEST_TEXT, _LONGEST_LINE = 1000, 10_000
# Folders are looked through behind the picture's back: of one with more, the rest is not.
_MOST_LOOKED_AT = 2000
_MOST_REPORTS = 20
_HIGHEST_ABOVE = 4  # of an image on a disc: patient, study, series
_DIRECTORY_NAMES = (DICOM_DIRECTORY, DICOM_DIRECTORY.lower())
_OF_ANOTHER = (
    "A Structured Report of the same study, {name}, names another patient: what it tells is not "
    "shown beside this image."
)


def is_structured_report(path: Path) -> bool:
    """Say whether a file is a Structured Report, by its first bytes."""
    return _begins_as(path, is_report)


def is_document_object(path: Path) -> bool:
    """Say whether a file is a PDF as a DICOM object, by its first bytes."""
    return _begins_as(path, is_document)


@dataclass(frozen=True, slots=True)
class _OfPlace:
    """The reports in one place, whosever they are; ``unread`` says why others are not there."""

    reports: tuple[StructuredReport, ...]
    unread: tuple[str, ...]
    is_cut: bool


class Reports:
    """Reads reports through a sandbox; any thread may ask.

    It knows what it read of each place, until it is asked to look afresh: a thousand images of one
    folder have it looked through once.
    """

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._known: dict[Path, _OfPlace] = {}

    def read(self, path: Path) -> StructuredReport:
        """Return what a Structured Report tells.

        Raises:
            UnreadableImage: what is wrong with the file.
        """
        with opened(path) as handle:
            most = _LARGEST_REPORT_BYTES
            said = self._sandbox.describe(handle, path, DICOM_REPORT, most_bytes=most)
        try:
            found: StructuredReport = read(StructuredReport, said["report"])
            _check_texts(said["report"])
        except (AttributeError, LookupError, TypeError, ValueError) as cause:
            raise liar(path) from cause
        return replace(found, name=shown_name(path))

    def filed(self, path: Path) -> FiledReport:
        """Return all that a Structured Report of this program has.

        Raises:
            UnreadableImage: what is wrong with the file.
        """
        with opened(path) as handle:
            return self.filed_in(handle, path)

    def filed_in(self, handle: BinaryIO, path: Path) -> FiledReport:
        """Return the same of an open file; ``path`` serves for its name only.

        Raises:
            UnreadableImage: what is wrong with the file.
        """
        most = _LARGEST_REPORT_BYTES
        said = self._sandbox.describe(handle, path, DICOM_FILED_REPORT, most_bytes=most)
        try:
            found: FiledReport = read(FiledReport, said["report"])
            # The text beside the tree is JSON, for whoever reads that.
            _check_texts(said["report"] | {"measurement": ""}, _LONGEST_LINE)
        except (AttributeError, LookupError, TypeError, ValueError) as cause:
            raise liar(path) from cause
        return found

    def document(self, path: Path) -> bytes:
        """Return the PDF that a DICOM object holds.

        Raises:
            UnreadableImage: what is wrong with the file.
        """
        with opened(path) as handle:
            return self._sandbox.document(handle, path, most_bytes=_LARGEST_DOCUMENT_BYTES)

    def beside(
        self,
        image: Path,
        study: StudyInfo,
        *,
        go_on: Callable[[], bool] = lambda: True,
        afresh: bool = True,
    ) -> ReportsBeside:
        """Return the reports of an image's own study in its folder, on its disc or in its archive.

        ``study`` is what the image's file says of it: what names no study has none. ``go_on`` is
        asked between two files.
        """
        if not study.study_uid:
            return ReportsBeside()
        with _place_of(image) as place:
            known = None if afresh else self._known_of(place, image)
            if known is None:
                known = self._looked_through(place, image, go_on)
                # Of a place with too many files each folder is looked through for itself.
                where = image.parent if known.is_cut else place.root
                self._known = {**self._known, where: known} if go_on() else self._known
        same = [one for one in known.reports if one.study_uid == study.study_uid]
        others = [_OF_ANOTHER.format(name=one.name) for one in same if _names_another(one, study)]
        reports = {one.instance_uid or one.name: one for one in reversed(same)}
        hers = [one for one in reversed(reports.values()) if not _names_another(one, study)]
        return ReportsBeside(
            study.instance_uid or "",
            tuple(hers[:_MOST_REPORTS]),
            (*known.unread, *others)[:_MOST_REPORTS],
            is_cut=known.is_cut or len(hers) > _MOST_REPORTS,
        )

    def image_of(
        self,
        report: Path,
        instance_uids: frozenset[str],
        *,
        go_on: Callable[[], bool] = lambda: True,
    ) -> Path | None:
        """Return the file of one of these images where it lies beside a report, else None.

        ``go_on`` is asked between two files.
        """
        with _place_of(report) as place:
            for path in takewhile(lambda _: go_on(), _files(place, report)[0]):
                if path == report or not _is(place, path, lambda head: kind_of(head) == DICOM):
                    continue
                with suppress(UnreadableImage):
                    header = read_header(path, sandbox=self._sandbox)
                    if header is not None and header.instance_uid in instance_uids:
                        return path
        return None

    def _known_of(self, place: Place, image: Path) -> _OfPlace | None:
        return self._known.get(place.root) or self._known.get(image.parent)

    def _looked_through(self, place: Place, near: Path, go_on: Callable[[], bool]) -> _OfPlace:
        files, is_cut = _files(place, near)
        reports: list[StructuredReport] = []
        unread: list[str] = []
        for path in takewhile(lambda _: go_on(), files):
            if not _is(place, path, is_report):
                continue
            try:
                reports.append(self.read(path))
            except UnreadableImage as fault:
                unread.append(f"A Structured Report beside the image: {fault.problem}")
        return _OfPlace(tuple(reports), tuple(unread), is_cut)


def _begins_as(path: Path, is_wanted: Callable[[bytes], bool]) -> bool:
    try:
        with opened(path) as handle:
            return is_wanted(handle.read(HEAD_BYTES))
    except (OSError, UnreadableImage):
        return False


def _names_another(report: StructuredReport, study: StudyInfo) -> bool:
    return bool(report.patient_id and study.patient_id and report.patient_id != study.patient_id)


@contextmanager
def _place_of(path: Path) -> Iterator[Place]:
    """Open what a file lies in: its archive, the disc whose DICOMDIR is above it, or its folder."""
    archive = find_archive(path)
    if archive is not None:
        with open_archive(archive) as contents:
            yield ArchivePlace(contents)
        return
    above = islice(path.absolute().parents, _HIGHEST_ABOVE + 1)
    disc = (folder for folder in above if _has_directory(folder))
    yield FolderPlace(next(disc, path.absolute().parent))


def _has_directory(folder: Path) -> bool:
    # Path.is_file raises where a folder on the way is closed to us.
    return any(os.path.isfile(folder / name) for name in _DIRECTORY_NAMES)  # noqa: PTH113


def _files(place: Place, near: Path) -> tuple[list[Path], bool]:
    """Return the files to look at, those of the same folder first, and whether there are more."""
    try:
        files = sorted(place.files(), key=lambda path: path.parent != near.parent)
    except OSError:
        return [], True
    return files[:_MOST_LOOKED_AT], len(files) > _MOST_LOOKED_AT


def _is(place: Place, path: Path, is_wanted: Callable[[bytes], bool]) -> bool:
    try:
        with place.opened(path) as handle:
            return is_wanted(handle.read(HEAD_BYTES))
    except (OSError, UnreadableImage):
        return False


def _check_texts(said: Any, longest: int = _LONGEST_TEXT) -> None:
    """Refuse a text that no report of ours to read has: the child may have been taken over.

    Raises:
        ValueError: one is too long, or steers a terminal.
    """
    waiting = [said]
    while waiting:
        part = waiting.pop()
        match part:
            case dict():
                waiting += part.values()
            case list():
                waiting += part
            case str() if len(part) > longest or not part.isprintable():
                raise ValueError(len(part))
            case _:
                pass
