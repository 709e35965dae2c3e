"""Measured files leave as one report, which nobody reviewed: of one image, or of one patient's."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tqdm import tqdm

from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.institution import Institution
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.batch.batch import BatchRow, FailedFile, MeasuredFrame
from fhc_desktop.reporting.content.dossier_content import (
    DossierPart,
    check_together,
    suggested_dossier_name,
)
from fhc_desktop.reporting.content.report_content import suggested_name
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.storage.preferences.folders import default_folders
from fhc_desktop.storage.preferences.letterhead import letterhead_of
from fhc_desktop.storage.preferences.settings import load_settings
from fhc_desktop.storage.signing_key import NoSigningKey, signing_key
from fhc_desktop.workflow.batch import MeasureOptions, measured
from fhc_desktop.workflow.exporting import export_dossier, export_pdf
from fhc_desktop.workflow.proposing import Proposer

_ALL_OR_NOTHING = (
    "The report was not written: it would lack what could not be read. Leave those files out."
)


def measured_for_report(
    files: Sequence[Path | FailedFile],
    proposer: Proposer,
    given: MeasureOptions,
    readers: Readers,
) -> list[Examination | FailedFile]:
    """Measure one file after the other; those that fail stand among the others."""
    found: list[Examination | FailedFile] = []
    for file in tqdm(files, unit="image", file=sys.stderr, disable=None):
        if isinstance(file, FailedFile):
            found.append(file)
            continue
        try:
            found.append(measured(file, proposer, given, readers=readers))
        except FhcError as fault:
            found.append(FailedFile(file, fault.problem, fault.remedy))
    return found


def write_report(
    options: argparse.Namespace, found: Sequence[Examination | FailedFile], given: MeasureOptions
) -> tuple[list[BatchRow], bool]:
    """Write the report, and return the rows with whether it was; they stand where it cannot."""
    exams = [one for one in found if isinstance(one, Examination)]
    rows: list[BatchRow] = [
        MeasuredFrame.of(one, given.standards) if isinstance(one, Examination) else one
        for one in found
    ]
    if len(exams) < len(found):
        if len(found) > 1:
            print(_ALL_OR_NOTHING, file=sys.stderr)
        return rows, False
    try:
        _write(options, exams, given)
    except FhcError as fault:
        print(fault, file=sys.stderr)
        return rows, False
    return rows, True


def _write(
    options: argparse.Namespace, exams: Sequence[Examination], given: MeasureOptions
) -> None:
    now, paper = datetime.now(UTC), Paper(options.paper)
    choice = StandardChoice(local=tuple(one for one in given.standards if one.is_local))
    if len(exams) == 1:
        (exam,) = exams
        name = suggested_name(exam.image.source, now, "pdf", is_reviewed=exam.is_accepted)
        export_pdf(
            exam,
            _target(options.pdf, name),
            now=now,
            choice=choice,
            key=_key(options),
            paper=paper,
            institution=_institution(options),
        )
        return
    check_together(exams)
    steps = export_dossier(
        [DossierPart(exam) for exam in exams],
        _target(options.pdf, suggested_dossier_name(len(exams), now, "pdf", is_reviewed=False)),
        default_folders(options.data_dir).data,
        now=now,
        choice=choice,
        paper=paper,
        institution=_institution(options),
    )
    # Says why it will not be signed, where it will not.
    _key(options)
    for _ in tqdm(steps, total=len(exams) + 1, unit="step", file=sys.stderr, disable=None):
        pass


def _target(given: Path, name: str) -> Path:
    """Return where a report goes: in a folder, under a name that says that nobody reviewed it."""
    # Path.is_dir raises where a name is too long or a folder on the way is closed to us.
    if not os.path.isdir(given):  # noqa: PTH112
        return given
    tqdm.write(f"The report is {given / name}", file=sys.stderr)
    return given / name


def _key(options: argparse.Namespace) -> Ed25519PrivateKey | None:
    try:
        return signing_key(default_folders(options.data_dir).data)
    except NoSigningKey as problem:
        print(problem, file=sys.stderr)
        return None


def _institution(options: argparse.Namespace) -> Institution:
    loaded = load_settings(default_folders(options.data_dir).settings_file)
    letterhead = letterhead_of(loaded.settings)
    for notice in filter(None, (loaded.notice, letterhead.notice)):
        print(notice, file=sys.stderr)
    return letterhead.institution
