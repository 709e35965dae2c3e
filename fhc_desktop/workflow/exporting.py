"""Export: what leaves the program, as a report or as a copy without the patient."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Required, TypedDict, Unpack

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fhc_desktop.domain.dating.dating_record import DatingRecord
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.image.calibration import RegionBox
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.imaging.deidentification import Deidentification
from fhc_desktop.imaging.deidentified.device_names import DeviceNames
from fhc_desktop.reporting.content.report_content import ReportContent
from fhc_desktop.reporting.content.report_facts import ReportFacts
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.proof.measurement_text import measurement_text
from fhc_desktop.reporting.saving import save_bytes
from fhc_desktop.storage.signing_key import NoSigningKey, signing_key

_USUAL_CHOICE = StandardChoice()


class Told(TypedDict, total=False):
    """What a report says beside its examination, as ``export_pdf`` takes it."""

    now: Required[datetime]
    choice: StandardChoice
    record: DatingRecord | None
    display: Display
    mean: MeanHc | None
    paper: Paper


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """Where a report lies, and whether it could be signed."""

    path: Path
    is_signed: bool


@dataclass(frozen=True, slots=True)
class WrittenCopy:
    """Where a copy lies, what it says of the device, and whether its scale had to stay out."""

    path: Path
    devices: DeviceNames
    has_lost_scale: bool


def export_pdf(  # noqa: PLR0913 - what a report says has as many sources
    exam: Examination,
    target: Path,
    *,
    now: datetime,
    choice: StandardChoice = _USUAL_CHOICE,
    record: DatingRecord | None = None,
    display: Display = Display(),
    mean: MeanHc | None = None,
    key: Ed25519PrivateKey | None = None,
    paper: Paper = Paper.A4,
) -> Path:
    """Write the report with the measurement that it rests on; one that nobody accepted says so.

    ``choice`` says which standards stand beside the one in force, ``record`` how the dating of the
    pregnancy came about, where the log knows it; ``mean`` is one that this examination is part of.
    The picture is that of the file; where the ``display`` on the screen is another, the report
    says so. Without a ``key`` it is not signed.

    Raises:
        ReportNotWritten: the file could not be written; no part of it is left.
    """
    # Libraries of pages and fonts: the window is there sooner without them.
    from fhc_desktop.reporting.pdf.report import pdf_bytes  # noqa: PLC0415
    from fhc_desktop.reporting.proof.seal import sealed, signer_of  # noqa: PLC0415

    content = ReportContent.of(exam, now, choice, record, display=display, mean=mean)
    facts = ReportFacts.of(exam, now, choice, record, display=display, mean=mean)
    carried = measurement_text(facts, content, "" if key is None else signer_of(key))
    save_bytes(sealed(pdf_bytes(content, paper), carried, key), target)
    return target


def export_signed(
    exam: Examination, target: Path, folder: Path, **told: Unpack[Told]
) -> WrittenReport:
    """Write the report as ``export_pdf`` does, signed with the key of a data folder.

    A report that cannot be signed is written all the same: the patient's record needs it.

    Raises:
        ReportNotWritten: the file could not be written; no part of it is left.
    """
    try:
        key = signing_key(folder)
    except NoSigningKey:
        key = None
    path = export_pdf(exam, target, **told, key=key)
    return WrittenReport(path, is_signed=key is not None)


def export_deidentified(
    path: Path,
    folder: Path,
    export: Deidentification,
    *,
    blanked: Sequence[RegionBox] | None = None,
    looked_at: str | None = None,
    vouched: Iterable[str] = (),
) -> WrittenCopy:
    """Write a file's de-identified copy under its patient's pseudonym, beside those that are there.

    ``blanked`` is painted black in every frame; None leaves it to what the file says of its scan.
    ``looked_at`` is the SHA-256 of the file whose every picture, so blanked, a human has seen.
    ``vouched`` are names of devices that a human has seen and keeps.

    Raises:
        UnreadableImage: whatever is wrong with the file.
        ReportNotWritten: the copy could not be written; no part of it is left.
    """
    made = export.copy(path, blanked=blanked, looked_at=looked_at, vouched=vouched)
    names = (folder / f"{made.pseudonym}-{number:03d}{made.suffix}" for number in count(1))
    target = next(name for name in names if not name.exists())
    save_bytes(made.content, target)
    return WrittenCopy(target, made.devices, made.has_lost_scale)
