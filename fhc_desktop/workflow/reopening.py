"""Reopen: find the images that a report was made of, and see whether it still says the same."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from fhc_desktop.domain.examination.draft import still_offered
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.domain.image.geometry import Ellipse
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.imaging.reports import is_document_object
from fhc_desktop.imaging.unreadable import UnreadableImage
from fhc_desktop.ordinary_file import open_ordinary_file
from fhc_desktop.storage.log.entry import RecordedImage
from fhc_desktop.storage.log.measurement_log import LogEntry, LogUnavailable
from fhc_desktop.workflow.examining import examine
from fhc_desktop.workflow.records import Records
from fhc_desktop.workflow.resuming import row_of_picture
from fhc_desktop.workflow.verifying import (
    facts_of,
    frame_of,
    frames_of,
    read_report,
    verdict_of,
)

if TYPE_CHECKING:
    from fhc_desktop.reporting.content.report_facts import PictureFacts, ReportFacts
    from fhc_desktop.reporting.dicom.restored_report import RestoredReport
    from fhc_desktop.reporting.proof.carried import OpenedReport
    from fhc_desktop.reporting.proof.verdict import Signers, Verdict

_SUFFIX, _HEAD, _HEAD_BYTES = ".pdf", b"%PDF-", 1024
# More folders than a window has seen are not looked through for a name.
_MOST_PLACES = 12


class Shown(Enum):
    """What the window shows of a report's picture when it is opened."""

    ROW = auto()  # the row of the log that the report is of
    OTHER_ROW = auto()  # a row of that picture that the report is not of
    REPORT = auto()  # what the report says, accepted by nobody here


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A picture that a report was made of, as its file has it now; ``facts`` is what is said.

    Where these are gone from a structured report, its tree has the outline alone.
    """

    exam: Examination
    facts: "ReportFacts | None"
    outline_px: Ellipse | None = None


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """A report, what is said of it, its pictures that were found, and the names of the others."""

    path: Path
    verdict: "Verdict"
    found: tuple[FoundPicture, ...] = ()
    missing: tuple[str, ...] = ()


def is_report(path: Path) -> bool:
    """Return whether a file is a PDF by its name and its beginning, or one as a DICOM object."""
    if path.suffix.lower() != _SUFFIX:
        return is_document_object(path)
    try:
        with open_ordinary_file(path) as file:
            return _HEAD in file.read(_HEAD_BYTES)
    except (OSError, ValueError):
        return False


def check_report(
    path: Path,
    places: Iterable[Path],
    readers: Readers,
    *,
    known: tuple[GrowthStandard, ...],
    signers: "Signers",
    chosen: Path | None = None,
    go_on: Callable[[], bool] = lambda: True,
) -> CheckedReport:
    """Return whether a report agrees with itself and with its images, where these are found.

    They are looked for by their names beside the report and in ``places``, and are those that were
    measured only where their pixels are. A structured report refers to its image, which may have
    any name; of the one that it refers to, as of the ``chosen`` one, it is told if it is another.
    That search asks between two files whether it is to ``go_on``.

    Raises:
        NoReport: the file cannot be read, or is no report.
        UnreadableImage: the chosen image cannot be shown.
    """
    # Libraries of pages and fonts: the window is there sooner without them.
    from fhc_desktop.reporting.proof.carried import OpenedReport  # noqa: PLC0415

    report = read_report(path, readers)
    folders = tuple(dict.fromkeys((path.absolute().parent, *places)))[:_MOST_PLACES]
    opened = [] if chosen is None else _opened_at(chosen, report, readers)
    found, missing = _pictures(facts_of(report), folders, readers, opened)
    if not isinstance(report, OpenedReport) and not found:
        # Asked for last: it takes a look into each file.
        beside = [folder / path.name for folder in folders]
        opened = opened or _referred_to(report, beside, readers, go_on)
        found, missing = _pictures_of_tree(report, opened)
    looked_at = _unique((*opened, *(one.exam for one in found)))
    said = verdict_of(report, readers, known=known, signers=signers, opened=looked_at)
    return CheckedReport(path, said, tuple(found), tuple(dict.fromkeys(missing)))


def row_of_report(
    found: FoundPicture, records: Records, *, operator: str
) -> tuple[Shown, LogEntry | None]:
    """Return what is shown of a report's picture, with the row; on the log's thread.

    The row leads to the file where it was found, wherever it lay when it was accepted.
    """
    exam, facts = found.exam, found.facts
    try:
        rows = [
            *(() if facts is None else records.entries_of(facts.patient.identifier)),
            *records.entries_of_picture(RecordedImage.of(exam.image)),
        ]
        other = row_of_picture(exam, records, operator=operator)
    except LogUnavailable:
        return row_of_report(found, Records(None, records.waiting), operator=operator)
    image = RecordedImage.of(exam.image)
    for row in rows:
        if row.image.sha256 == image.sha256 and _is_row_of(found, row):
            return Shown.ROW, replace(row, image=replace(row.image, path=image.path))
    return (Shown.REPORT, None) if other is None else (Shown.OTHER_ROW, other)


def _is_row_of(found: FoundPicture, row: LogEntry) -> bool:
    if found.facts is None:
        # A tree has no number of the row: the same outline to the last bit is the same measurement.
        return row.facts.outline_px == found.outline_px
    accepted = found.facts.acceptance
    return accepted is not None and row.entry_id == accepted.entry_id


def as_reported(found: FoundPicture, known: tuple[GrowthStandard, ...]) -> Examination:
    """Return a picture with what a report says of it; that somebody accepted it does not count.

    Whoever has the key of a report can write anything into it: a clinician accepts it anew. Of a
    tree alone there is the outline, on the scale that the picture's own file has.
    """
    opened, facts = found.exam, found.facts
    if facts is None:
        return opened if found.outline_px is None else opened.with_outline(found.outline_px)
    standard = next((one for one in known if one.key == facts.standard_key), opened.standard)
    return replace(
        opened,
        proposal=facts.proposal,
        outline_px=facts.outline_px,
        patient=facts.patient,
        exam_date=facts.exam_date,
        dating=facts.dating,
        dating_reason=facts.dating_reason,
        fetus=facts.fetus,
        standard=standard,
        manual_calibration=facts.manual_calibration,
        chosen_scale=still_offered(opened.file_calibration, facts.chosen_scale),
        kept=facts.kept,
        is_second_reading=facts.is_second_reading,
        comment=facts.comment,
        acceptance=None,
    )


def _opened_at(
    path: Path, report: "OpenedReport | RestoredReport", readers: Readers
) -> list[Examination]:
    """Return a file at each frame that was measured of some file with as many frames."""
    return [examine(path, readers, frame=frame) for frame in frames_of(report)]


def _pictures(
    facts: "Iterable[ReportFacts]",
    folders: Iterable[Path],
    readers: Readers,
    opened: Sequence[Examination],
) -> tuple[list[FoundPicture], list[str]]:
    """Return the pictures that are found by their names, and the names of the others."""
    found: list[FoundPicture] = []
    missing: list[str] = []
    for one in facts:
        exam = _same(one.picture, opened) or _found(one.picture, folders, readers)
        if exam is None:
            missing.append(PurePath(one.picture.name).name)
        else:
            found.append(FoundPicture(exam, one))
    return found, missing


def _referred_to(
    report: "RestoredReport",
    beside: Iterable[Path],
    readers: Readers,
    go_on: Callable[[], bool],
) -> list[Examination]:
    """Return the image that a structured report refers to, where it lies under whatever name.

    ``beside`` are the paths that the report has, or would have, in the places to look in.
    """
    if report.image is None:
        return []
    uids = frozenset((report.image.instance_uid,))
    for path in beside:
        image = readers.reports.image_of(path, uids, go_on=go_on)
        if image is not None:
            with suppress(UnreadableImage):
                return _opened_at(image, report, readers)
    return []


def _pictures_of_tree(
    report: "RestoredReport", opened: Sequence[Examination]
) -> tuple[list[FoundPicture], list[str]]:
    """Return the picture that a structured report is of among those, and what it is called else."""
    from fhc_desktop.reporting.dicom.tree_verdict import is_image_of  # noqa: PLC0415 - as above

    facts = report.carried.facts if report.carried is not None else None
    for exam in opened:
        if facts is None and is_image_of(report, exam):
            return [FoundPicture(exam, None, report.outline_px)], []
        if facts is not None and _is_same(facts.picture, exam):
            return [FoundPicture(exam, facts)], []
    name = "" if facts is None else PurePath(facts.picture.name).name
    uid = "" if report.image is None else f"SOP Instance UID {report.image.instance_uid}"
    called = f"{name} ({uid})" if name and uid else name or uid
    return [], [called] if called else []


def _found(
    picture: "PictureFacts", folders: Iterable[Path], readers: Readers
) -> Examination | None:
    # The name alone: a report may say any path, and none but these folders is looked into.
    name = PurePath(picture.name).name
    for place in (folder / name for folder in folders):
        try:
            exam = examine(place, readers, frame=frame_of(picture)) if place.is_file() else None
        except (UnreadableImage, OSError, ValueError):
            continue
        if exam is not None and _is_same(picture, exam):
            return exam
    return None


def _same(picture: "PictureFacts", opened: Iterable[Examination]) -> Examination | None:
    return next((exam for exam in opened if _is_same(picture, exam)), None)


def _is_same(picture: "PictureFacts", exam: Examination) -> bool:
    return exam.image.pixels_sha256 == picture.pixels_sha256


def _unique(exams: Iterable[Examination]) -> tuple[Examination, ...]:
    by_picture = {(one.image.source.sha256, one.image.source.frame): one for one in exams}
    return tuple(by_picture.values())
