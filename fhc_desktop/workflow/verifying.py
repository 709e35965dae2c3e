"""Verify: make a report anew from what it carries, and see whether it says the same."""

from pathlib import Path
from typing import TYPE_CHECKING

from fhc_desktop.domain.growth.assessment import GrowthStandard
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.ordinary_file import open_ordinary_file
from fhc_desktop.reporting.proof.measurement_text import NoMeasurement, measurement_of
from fhc_desktop.workflow.examining import examine

if TYPE_CHECKING:
    from fhc_desktop.reporting.proof.carried import OpenedReport
    from fhc_desktop.reporting.proof.verdict import Signers, Verdict

# A report of forty pictures, each as its file has it.
_MOST_BYTES = 256 * 1024**2


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
    # Libraries of pages and fonts: the window is there sooner without them.
    from fhc_desktop.reporting.proof.verdict import verdict  # noqa: PLC0415

    report = read_report(path)
    opened = []
    if image is not None:
        opened = [examine(image, readers, frame=frame) for frame in _frames_of(report)]
    return verdict(report, known=known, signers=signers, opened=opened)


def read_report(path: Path) -> "OpenedReport":
    """Return what a report's file holds.

    Raises:
        NoReport: it cannot be read, or is no report.
    """
    from fhc_desktop.reporting.proof.carried import opened_report  # noqa: PLC0415 - as above

    return opened_report(_content(path), path.name)


def _frames_of(report: "OpenedReport") -> tuple[int | None, ...]:
    """Return the frames that were measured; None where the file's first word on it is no help."""
    try:
        pictures = [measurement_of(one).facts.picture for one in report.measurements]
    except NoMeasurement:
        return (None,)
    return tuple(dict.fromkeys(one.frame if one.frame_count > 1 else None for one in pictures))


def _content(path: Path) -> bytes:
    remedy = "Choose a report that FHC Desktop has written."
    from fhc_desktop.reporting.proof.carried import NoReport  # noqa: PLC0415 - as above

    try:
        with open_ordinary_file(path) as file:
            content = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as cause:
        why = getattr(cause, "strerror", None) or "no file has such a name"
        raise NoReport(f"{path.name} cannot be read ({why}).", remedy) from cause
    if len(content) > _MOST_BYTES:
        raise NoReport(f"{path.name} is too large for a report.", remedy)
    return content
