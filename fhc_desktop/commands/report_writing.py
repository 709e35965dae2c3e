"""Measured files leave as one report, which nobody reviewed: of one image, or of one patient's."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tqdm import tqdm

from fhc_desktop.commands.report_files import files_of, placed, say_unsigned, wanted
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.domain.growth.standard_choice import StandardChoice
from fhc_desktop.domain.institution import Institution
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.batch.batch import BatchRow, FailedFile, MeasuredFrame
from fhc_desktop.reporting.content.dossier_content import (
    DossierPart,
    check_together,
    suggested_dossier_name,
)
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.reporting.pdf.paper import Paper
from fhc_desktop.storage.preferences.folders import default_folders
from fhc_desktop.storage.preferences.letterhead import letterhead_of
from fhc_desktop.storage.preferences.settings import load_settings
from fhc_desktop.workflow.batch import MeasureOptions, measured
from fhc_desktop.workflow.exporting import WrittenReport, export_dossier
from fhc_desktop.workflow.filing import file_report
from fhc_desktop.workflow.proposing import Proposer

_ALL_OR_NOTHING = (
    "The report was not written: it would lack what could not be read. Leave those files out."
)


def measured_for_report(
    files: Sequence[Path | FailedFile],
    proposer: Proposer,
    given: MeasureOptions,
    readers: Readers,
) -> list[DossierPart | FailedFile]:
    """Measure one file after the other; those that fail stand among the others."""
    found: list[DossierPart | FailedFile] = []
    for file in tqdm(files, unit="image", file=sys.stderr, disable=None):
        if isinstance(file, FailedFile):
            found.append(file)
            continue
        try:
            exam = measured(file, proposer, given, readers=readers)
        except FhcError as fault:
            found.append(FailedFile(file, fault.problem, fault.remedy))
        else:
            beside = readers.reports.beside(file, exam.study, afresh=False)
            found.append(DossierPart(exam, beside=beside))
    return found


def write_report(
    options: argparse.Namespace, found: Sequence[DossierPart | FailedFile], given: MeasureOptions
) -> tuple[list[BatchRow], bool]:
    """Write the report, and return the rows with whether it was; they stand where it cannot."""
    parts = [one for one in found if isinstance(one, DossierPart)]
    rows: list[BatchRow] = [
        one if isinstance(one, FailedFile) else MeasuredFrame.of(one.exam, standards, one.beside)
        for standards in (given.standards,)
        for one in found
    ]
    if len(parts) < len(found):
        if len(found) > 1:
            print(_ALL_OR_NOTHING, file=sys.stderr)
        return rows, False
    try:
        written = _written(options, parts, given)
    except FhcError as fault:
        print(fault, file=sys.stderr)
        return rows, False
    if not all(report.is_signed for report in written):
        say_unsigned(default_folders(options.data_dir).data)
    return rows, True


def _written(
    options: argparse.Namespace, parts: Sequence[DossierPart], given: MeasureOptions
) -> list[WrittenReport]:
    now, data = datetime.now(UTC), default_folders(options.data_dir).data
    choice = StandardChoice(local=tuple(one for one in given.standards if one.is_local))
    if len(parts) == 1:
        (part,) = parts
        filed = file_report(
            part.exam,
            files_of(wanted(options), part.exam, now),
            data,
            now=now,
            choice=choice,
            beside=part.beside,
            paper=Paper(options.paper),
            institution=_institution(options),
        )
        return [report for _, report in filed.written]
    check_together([part.exam for part in parts])
    name = suggested_dossier_name(len(parts), now, "pdf", is_reviewed=False)
    steps = export_dossier(
        parts,
        placed(wanted(options)[ReportForm.PDF], name),
        data,
        now=now,
        choice=choice,
        paper=Paper(options.paper),
        institution=_institution(options),
    )
    shown = tqdm(steps, total=len(parts) + 1, unit="step", file=sys.stderr, disable=None)
    return [step.written for step in shown if step.written is not None]


def _institution(options: argparse.Namespace) -> Institution:
    loaded = load_settings(default_folders(options.data_dir).settings_file)
    letterhead = letterhead_of(loaded.settings)
    for notice in filter(None, (loaded.notice, letterhead.notice)):
        print(notice, file=sys.stderr)
    return letterhead.institution
