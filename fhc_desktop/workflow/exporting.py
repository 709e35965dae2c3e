"""Export: what leaves the program, as a report or as a copy without the patient."""

from collections.abc import Iterable, Iterator, Sequence
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
from fhc_desktop.domain.institution import Institution
from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.imaging.deidentification import Deidentification
from fhc_desktop.imaging.deidentified.device_names import DeviceNames
from fhc_desktop.reporting.content.dossier_content import (
    DossierContent,
    DossierPart,
    in_order,
)
from fhc_desktop.reporting.content.report_facts import ReportFacts
from fhc_desktop.reporting.pdf.dossier import DossierDrawing
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.pdf.report import pdf_bytes
from fhc_desktop.reporting.proof.measurement_text import measurement_text
from fhc_desktop.reporting.proof.seal import MEASUREMENT, measurement_name, sealed, signer_of
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
    institution: Institution


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """Where a report lies, and whether it could be signed."""

    path: Path
    is_signed: bool


@dataclass(frozen=True, slots=True)
class DossierProgress:
    """How many examinations of a dossier are set; ``written`` once its file is there."""

    done: int
    of: int
    written: WrittenReport | None = None


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
    institution: Institution = Institution(),
) -> Path:
    """Write the report with the measurement that it rests on; one that nobody accepted says so.

    ``choice`` says which standards stand beside the one in force, ``record`` how the dating of the
    pregnancy came about, where the log knows it; ``mean`` is one that this examination is part of.
    The picture is that of the file; where the ``display`` on the screen is another, the report
    says so; ``institution`` is whose report it is. Without a ``key`` it is not signed.

    Raises:
        ReportNotWritten: the file could not be written; no part of it is left.
    """
    part = DossierPart(exam, record, display, mean)
    content = part.report(now, choice, institution)
    facts = _facts(part, now, choice, institution)
    carried = {MEASUREMENT: measurement_text(facts, content, _signer(key))}
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
    key = _key_of(folder)
    path = export_pdf(exam, target, **told, key=key)
    return WrittenReport(path, is_signed=key is not None)


def export_dossier(
    parts: Sequence[DossierPart],
    target: Path,
    folder: Path,
    *,
    now: datetime,
    choice: StandardChoice = _USUAL_CHOICE,
    institution: Institution = Institution(),
    paper: Paper = Paper.A4,
) -> Iterator[DossierProgress]:
    """Write several examinations of one patient as one report, signed as ``export_signed`` does.

    It is written by whoever asks for one step after the other: after each examination, and once
    more when the file is there. Who stops asking leaves no file.

    Raises:
        NoDossier: at once, where they make none together.
        ReportNotWritten: the file could not be written; no part of it is left.
    """
    parts = in_order(parts)
    content = DossierContent.of(parts, now, choice, institution=institution)
    facts = [_facts(part, now, choice, institution) for part in parts]
    return _dossier_steps(content, facts, target, key=_key_of(folder), paper=paper)


def _dossier_steps(
    content: DossierContent,
    facts: Sequence[ReportFacts],
    target: Path,
    *,
    key: Ed25519PrivateKey | None,
    paper: Paper,
) -> Iterator[DossierProgress]:
    drawing, count = DossierDrawing(content, paper), len(facts)
    for done in drawing.examinations():
        yield DossierProgress(done, count)
    carried = {
        measurement_name(number): measurement_text(one, report, _signer(key))
        for number, (one, report) in enumerate(zip(facts, content.reports, strict=True), start=1)
    }
    save_bytes(sealed(drawing.finished(), carried, key), target)
    yield DossierProgress(count, count, WrittenReport(target, is_signed=key is not None))


def _facts(
    part: DossierPart, now: datetime, choice: StandardChoice, institution: Institution
) -> ReportFacts:
    return ReportFacts.of(
        part.exam,
        now,
        choice,
        part.record,
        display=part.display,
        mean=part.mean,
        institution=institution,
    )


def _signer(key: Ed25519PrivateKey | None) -> str:
    return "" if key is None else signer_of(key)


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


def _key_of(folder: Path) -> Ed25519PrivateKey | None:
    try:
        return signing_key(folder)
    except NoSigningKey:
        return None
