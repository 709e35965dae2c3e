"""Reopen: find the images that a report was made of, and see whether it still says the same."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from fhc_desktop.domain.examination.draft import still_offered
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.imaging.unreadable import UnreadableImage
from fhc_desktop.ordinary_file import open_ordinary_file
from fhc_desktop.reporting.content.report_facts import PictureFacts, ReportFacts
from fhc_desktop.reporting.proof.measurement_text import NoMeasurement, measurement_of
from fhc_desktop.storage.log.entry import RecordedImage
from fhc_desktop.storage.log.measurement_log import LogEntry, LogUnavailable
from fhc_desktop.workflow.examining import examine
from fhc_desktop.workflow.records import Records
from fhc_desktop.workflow.resuming import row_of_picture
from fhc_desktop.workflow.verifying import read_report

if TYPE_CHECKING:
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
    """A picture that a report was made of, as its file has it now; ``facts`` is what is said."""

    exam: Examination
    facts: ReportFacts


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """A report, what is said of it, its pictures that were found, and the names of the others."""

    path: Path
    verdict: "Verdict"
    found: tuple[FoundPicture, ...] = ()
    missing: tuple[str, ...] = ()


def is_report(path: Path) -> bool:
    """Return whether a file is a PDF by its name and its beginning."""
    if path.suffix.lower() != _SUFFIX:
        return False
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
) -> CheckedReport:
    """Return whether a report agrees with itself and with its images, where these are found.

    They are looked for by their names beside the report and in ``places``, and are those that were
    measured only where their pixels are. ``chosen`` is a file that somebody says is the image: of
    that one it is told if it is not.

    Raises:
        NoReport: the file cannot be read, or is no report.
        UnreadableImage: the chosen image cannot be shown.
    """
    # Libraries of pages and fonts: the window is there sooner without them.
    from fhc_desktop.reporting.proof.verdict import verdict  # noqa: PLC0415

    report = read_report(path)
    facts = _facts_of(report)
    folders = tuple(dict.fromkeys((path.absolute().parent, *places)))[:_MOST_PLACES]
    opened = [] if chosen is None else list(_opened_at(chosen, facts, readers))
    found: list[FoundPicture] = []
    missing: list[str] = []
    for one in facts:
        exam = _same(one.picture, opened) or _found(one.picture, folders, readers)
        if exam is None:
            missing.append(PurePath(one.picture.name).name)
        else:
            found.append(FoundPicture(exam, one))
    looked_at = _unique((*opened, *(one.exam for one in found)))
    said = verdict(report, known=known, signers=signers, opened=looked_at)
    return CheckedReport(path, said, tuple(found), tuple(dict.fromkeys(missing)))


def row_of_report(
    found: FoundPicture, records: Records, *, operator: str
) -> tuple[Shown, LogEntry | None]:
    """Return what is shown of a report's picture, with the row; on the log's thread.

    The row leads to the file where it was found, wherever it lay when it was accepted.
    """
    exam, accepted = found.exam, found.facts.acceptance
    try:
        rows = [
            *records.entries_of(found.facts.patient.identifier),
            *records.entries_of_picture(RecordedImage.of(exam.image)),
        ]
        other = row_of_picture(exam, records, operator=operator)
    except LogUnavailable:
        return row_of_report(found, Records(None, records.waiting), operator=operator)
    entry_id = None if accepted is None else accepted.entry_id
    image = RecordedImage.of(exam.image)
    for row in rows:
        if row.entry_id == entry_id and row.image.sha256 == image.sha256:
            return Shown.ROW, replace(row, image=replace(row.image, path=image.path))
    return (Shown.REPORT, None) if other is None else (Shown.OTHER_ROW, other)


def as_reported(
    opened: Examination, facts: ReportFacts, known: tuple[GrowthStandard, ...]
) -> Examination:
    """Return a picture with what a report says of it; that somebody accepted it does not count.

    Whoever has the key of a report can write anything into it: a clinician accepts it anew.
    """
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


def _facts_of(report: "OpenedReport") -> tuple[ReportFacts, ...]:
    try:
        return tuple(measurement_of(one).facts for one in report.measurements)
    except NoMeasurement:
        return ()  # the verdict says so


def _opened_at(path: Path, facts: Sequence[ReportFacts], readers: Readers) -> Iterator[Examination]:
    """Give a file at each frame that was measured of some file with as many frames."""
    wanted = [_frame_of(one.picture) for one in facts] or [None]
    for frame in dict.fromkeys(wanted):
        yield examine(path, readers, frame=frame)


def _found(picture: PictureFacts, folders: Iterable[Path], readers: Readers) -> Examination | None:
    # The name alone: a report may say any path, and none but these folders is looked into.
    name = PurePath(picture.name).name
    for place in (folder / name for folder in folders):
        try:
            exam = examine(place, readers, frame=_frame_of(picture)) if place.is_file() else None
        except (UnreadableImage, OSError, ValueError):
            continue
        if exam is not None and _is_same(picture, exam):
            return exam
    return None


def _frame_of(picture: PictureFacts) -> int | None:
    return picture.frame if picture.frame_count > 1 else None


def _same(picture: PictureFacts, opened: Iterable[Examination]) -> Examination | None:
    return next((exam for exam in opened if _is_same(picture, exam)), None)


def _is_same(picture: PictureFacts, exam: Examination) -> bool:
    return exam.image.pixels_sha256 == picture.pixels_sha256


def _unique(exams: Iterable[Examination]) -> tuple[Examination, ...]:
    by_picture = {(one.image.source.sha256, one.image.source.frame): one for one in exams}
    return tuple(by_picture.values())
