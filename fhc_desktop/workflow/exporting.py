"""Export: what leaves the program, as a report or as a copy without the patient."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, Unpack

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fhc_desktop.domain.dating.dating_record import DatingRecord
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.examination.structured_report import ReportsBeside
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.image.calibration import RegionBox
from fhc_desktop.domain.image.display import Display
from fhc_desktop.domain.institution import Institution
from fhc_desktop.domain.pregnancy.mean_hc import MeanHc
from fhc_desktop.imaging.deidentification import Deidentification
from fhc_desktop.imaging.deidentified.device_names import DeviceNames
from fhc_desktop.reporting.content.coded_content import CodedContent
from fhc_desktop.reporting.content.dossier_content import (
    DossierContent,
    DossierPart,
    in_order,
)
from fhc_desktop.reporting.content.report_facts import ReportFacts
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.reporting.proof.measurement_text import measurement_text
from fhc_desktop.reporting.saving import save_bytes
from fhc_desktop.storage.signing_key import NoSigningKey, signing_key
from fhc_desktop.workflow.told import Told

_USUAL_CHOICE = StandardChoice()


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """Where a report lies, and whether it could be signed where its form has a signature."""

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


def pdf_report(  # noqa: PLR0913 - what a report says has as many sources
    exam: Examination,
    *,
    now: datetime,
    choice: StandardChoice = _USUAL_CHOICE,
    record: DatingRecord | None = None,
    display: Display = Display(),
    mean: MeanHc | None = None,
    beside: ReportsBeside = ReportsBeside(),
    key: Ed25519PrivateKey | None = None,
    paper: Paper = Paper.A4,
    institution: Institution = Institution(),
) -> bytes:
    """Return the report with the measurement that it rests on; one that nobody accepted says so.

    ``choice`` says which standards stand beside the one in force, ``record`` how the dating of the
    pregnancy came about, where the log knows it; ``mean`` is one that this examination is part of,
    ``beside`` are the reports that lie beside its image.
    The picture is that of the file; where the ``display`` on the screen is another, the report
    says so; ``institution`` is whose report it is. Without a ``key`` it is not signed.
    """
    # Libraries of pages and fonts: the window is there sooner without them.
    from fhc_desktop.reporting.pdf.report import pdf_bytes  # noqa: PLC0415
    from fhc_desktop.reporting.proof.seal import MEASUREMENT, sealed  # noqa: PLC0415

    part = DossierPart(exam, record, display, mean, beside)
    content = part.report(now, choice, institution)
    facts = _facts(part, now, choice, institution)
    carried = {MEASUREMENT: measurement_text(facts, content, _signer(key))}
    return sealed(pdf_bytes(content, paper), carried, key)


def export_pdf(
    exam: Examination,
    target: Path,
    *,
    key: Ed25519PrivateKey | None = None,
    **told: Unpack[Told],
) -> Path:
    """Write the report as ``pdf_report`` has it.

    Raises:
        ReportNotWritten: the file could not be written; no part of it is left.
    """
    save_bytes(pdf_report(exam, **told, key=key), target)
    return target


def report_pages(exam: Examination, **told: Unpack[Told]) -> bytes:
    """Return the pages of a report as they would be written now, to be looked at before.

    They carry no measurement and no signature: what is filed is made anew.
    """
    from fhc_desktop.reporting.pdf.report import pdf_bytes  # noqa: PLC0415 - as above

    part = DossierPart(
        exam,
        told.get("record"),
        told.get("display", Display()),
        told.get("mean"),
        told.get("beside", ReportsBeside()),
    )
    content = part.report(
        told["now"], told.get("choice", _USUAL_CHOICE), told.get("institution", Institution())
    )
    return pdf_bytes(content, told.get("paper", Paper.A4))


def export_signed(
    exam: Examination, target: Path, folder: Path, **told: Unpack[Told]
) -> WrittenReport:
    """Write the report as ``export_pdf`` does, signed with the key of a data folder.

    A report that cannot be signed is written all the same: the patient's record needs it.

    Raises:
        ReportNotWritten: the file could not be written; no part of it is left.
    """
    key = key_of(folder)
    path = export_pdf(exam, target, **told, key=key)
    return WrittenReport(path, is_signed=key is not None)


def export_fhir(exam: Examination, target: Path, **told: Unpack[Told]) -> WrittenReport:
    """Write the report as a FHIR bundle, which has no signature; a draft is preliminary.

    Raises:
        ReportNotWritten: the file could not be written; no part of it is left.
    """
    from fhc_desktop.reporting.fhir.bundle import bundle_bytes  # noqa: PLC0415 - as above

    on_no_paper: dict[str, Any] = {name: part for name, part in told.items() if name != "paper"}
    save_bytes(bundle_bytes(CodedContent.of(exam, **on_no_paper)), target)
    return WrittenReport(target, is_signed=True)


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
    return _dossier_steps(content, facts, target, key=key_of(folder), paper=paper)


def _dossier_steps(
    content: DossierContent,
    facts: Sequence[ReportFacts],
    target: Path,
    *,
    key: Ed25519PrivateKey | None,
    paper: Paper,
) -> Iterator[DossierProgress]:
    from fhc_desktop.reporting.pdf.dossier import DossierDrawing  # noqa: PLC0415 - as above
    from fhc_desktop.reporting.proof.seal import measurement_name, sealed  # noqa: PLC0415

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
        beside=part.beside,
    )


def _signer(key: Ed25519PrivateKey | None) -> str:
    from fhc_desktop.reporting.proof.seal import signer_of  # noqa: PLC0415 - as above

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


def key_of(folder: Path) -> Ed25519PrivateKey | None:
    """Return the key of a data folder; None where there is none to sign with."""
    try:
        return signing_key(folder)
    except NoSigningKey:
        return None
