"""Verify: make a report anew from what it carries, and see whether it says the same."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.imaging.files.file_kind import HEAD_BYTES, is_image, kind_of
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.imaging.reports import is_document_object, is_structured_report
from fhc_desktop.imaging.unreadable import UnreadableImage
from fhc_desktop.ordinary_file import open_ordinary_file
from fhc_desktop.workflow.examining import examine

if TYPE_CHECKING:
    from fhc_desktop.reporting.content.report_facts import PictureFacts, ReportFacts
    from fhc_desktop.reporting.dicom.restored_report import RestoredReport
    from fhc_desktop.reporting.dicom.tree_verdict import Follows
    from fhc_desktop.reporting.proof.carried import OpenedReport
    from fhc_desktop.reporting.proof.verdict import Signers, Verdict

# A report of forty pictures, each as its file has it.
_MOST_BYTES = 256 * 1024**2
_REMEDY = "Choose a report that FHC Desktop has written."
_REPORT_FIRST = f"{_REMEDY} The image that it was made of comes after it."


def verify_report(
    path: Path,
    image: Path | None,
    readers: Readers,
    *,
    known: tuple[GrowthStandard, ...],
    signers: "Signers",
) -> "Verdict":
    """Return whether a report agrees, with its image too where that is named.

    Raises:
        NoReport: the file cannot be read, or is no report.
        UnreadableImage: the image cannot be shown.
    """
    report = read_report(path, readers)
    opened = []
    if image is not None:
        opened = [examine(image, readers, frame=frame) for frame in frames_of(report)]
    return verdict_of(report, readers, known=known, signers=signers, opened=opened)


def read_report(path: Path, readers: Readers) -> "OpenedReport | RestoredReport":
    """Return what a report's file holds: a PDF, a PDF as a DICOM object, or a structured report.

    Raises:
        NoReport: it cannot be read, or is no report.
    """
    # Libraries of pages and fonts: the window is there sooner without them.
    from fhc_desktop.reporting.proof.carried import NoReport, opened_report  # noqa: PLC0415

    try:
        if is_structured_report(path):
            return _restored(path, readers)
        if is_document_object(path):
            return opened_report(readers.reports.document(path), path.name)
    except UnreadableImage as fault:
        raise NoReport(fault.problem, fault.remedy) from fault
    content = _content(path)
    if is_image(kind_of(content[:HEAD_BYTES])):
        raise NoReport(f"{path.name} is an image, and no report.", _REPORT_FIRST)
    return opened_report(content, path.name)


def verdict_of(
    report: "OpenedReport | RestoredReport",
    readers: Readers,
    *,
    known: tuple[GrowthStandard, ...],
    signers: "Signers",
    opened: Sequence[Examination] = (),
) -> "Verdict":
    """Return what can be said of a report; ``opened`` is its image as its file opens now."""
    from fhc_desktop.reporting.dicom.tree_verdict import tree_verdict  # noqa: PLC0415 - as above
    from fhc_desktop.reporting.proof.carried import OpenedReport  # noqa: PLC0415
    from fhc_desktop.reporting.proof.verdict import verdict  # noqa: PLC0415

    if isinstance(report, OpenedReport):
        return verdict(report, known=known, signers=signers, opened=opened)
    return tree_verdict(report, _following(report, readers, known), signers=signers, opened=opened)


def facts_of(report: "OpenedReport | RestoredReport") -> "tuple[ReportFacts, ...]":
    """Return what each of its examinations was; none where what it carries cannot be read."""
    from fhc_desktop.reporting.proof.carried import OpenedReport  # noqa: PLC0415 - as above
    from fhc_desktop.reporting.proof.measurement_text import (  # noqa: PLC0415 - as above
        NoMeasurement,
        measurement_of,
    )

    if not isinstance(report, OpenedReport):
        return () if report.carried is None else (report.carried.facts,)
    try:
        return tuple(measurement_of(one).facts for one in report.measurements)
    except NoMeasurement:
        return ()  # the verdict says so


def frames_of(report: "OpenedReport | RestoredReport") -> tuple[int | None, ...]:
    """Return the frames that were measured; None where the file's first word on it is no help."""
    from fhc_desktop.reporting.proof.carried import OpenedReport  # noqa: PLC0415 - as above

    found = [frame_of(one.picture) for one in facts_of(report)]
    if not found and not isinstance(report, OpenedReport) and report.image is not None:
        found = list(report.image.frames)
    return tuple(dict.fromkeys(found)) or (None,)


def frame_of(picture: "PictureFacts") -> int | None:
    """Return which frame it was; None of a file with one."""
    return picture.frame if picture.frame_count > 1 else None


def _restored(path: Path, readers: Readers) -> "RestoredReport":
    """Return a structured report with all that it tells.

    Raises:
        NoReport: it is none of ours, or none with a measurement to make it anew.
        UnreadableImage: it cannot be read.
    """
    from fhc_desktop.reporting.dicom.restored_report import (  # noqa: PLC0415 - as above
        NoReportOfOurs,
        restored_report,
    )
    from fhc_desktop.reporting.proof.carried import NoReport  # noqa: PLC0415

    try:
        return restored_report(readers.reports.filed(path))
    except NoReportOfOurs as cause:
        raise NoReport(
            f"{path.name} carries no measurement: it cannot be verified.", _REMEDY
        ) from cause


def _following(
    report: "RestoredReport", readers: Readers, known: tuple[GrowthStandard, ...]
) -> "Follows | str":
    """Return what follows from the facts of a report, read as its file was; or why nothing does."""
    from fhc_desktop.reporting.dicom.object_anew import object_anew  # noqa: PLC0415 - as above
    from fhc_desktop.reporting.dicom.tree_verdict import Follows  # noqa: PLC0415
    from fhc_desktop.reporting.proof.agreement import NOTHING_FOLLOWS  # noqa: PLC0415

    anew = object_anew(report, known)
    if isinstance(anew, str):
        return anew
    try:
        return Follows(anew.content, readers.reports.filed_in(BytesIO(anew.file), Path("anew")))
    except UnreadableImage:
        return NOTHING_FOLLOWS


def _content(path: Path) -> bytes:
    from fhc_desktop.reporting.proof.carried import NoReport  # noqa: PLC0415 - as above

    try:
        with open_ordinary_file(path) as file:
            content = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as cause:
        why = getattr(cause, "strerror", None) or "no file has such a name"
        raise NoReport(f"{path.name} cannot be read ({why}).", _REMEDY) from cause
    if len(content) > _MOST_BYTES:
        raise NoReport(f"{path.name} is too large for a report.", _REMEDY)
    return content
