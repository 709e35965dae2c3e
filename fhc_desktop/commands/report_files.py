"""The files that a report is asked for in on the command line: one for each form."""

import argparse
import os
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from tqdm import tqdm

from fhc_desktop.domain.examination.examination import Examination
from fhc_desktop.reporting.content.report_content import suggested_name
from fhc_desktop.reporting.content.report_form import ReportForm
from fhc_desktop.storage.signing_key import NoSigningKey, signing_key
from fhc_desktop.workflow.browsing import is_catalogue

_INTO = "not reviewed; into a folder under a name of its own"


def add_form_arguments(parser: argparse.ArgumentParser, *, is_report: bool) -> None:
    """Declare the forms; what measures writes a PDF alone, and need not."""
    for form in ReportForm if is_report else (ReportForm.PDF,):
        parser.add_argument(
            f"--{form}",
            type=Path,
            metavar="FILE",
            help=f"write the report of {_of(form)}, {_INTO}: {form.label}",
        )
    parser.set_defaults(is_report=is_report)


def wanted(options: argparse.Namespace) -> dict[ReportForm, Path]:
    """Return the forms that were asked for, and where each goes."""
    asked = {form: getattr(options, form.replace("-", "_"), None) for form in ReportForm}
    return {form: path for form, path in asked.items() if path is not None}


def forms_misuse(options: argparse.Namespace) -> str | None:
    """Return what is wrong with the forms asked for, in a sentence."""
    forms = wanted(options)
    if options.is_report and not forms:
        return f"say where the report goes: {named(dict.fromkeys(ReportForm))}, or --run."
    single: dict[ReportForm, Path] = {**forms}
    single.pop(ReportForm.PDF, None)
    if single and (len(options.paths) != 1 or is_catalogue(options.paths[0])):
        return f"{named(single)} makes the report of one image: name one file."
    return None


def files_of(
    forms: Mapping[ReportForm, Path], exam: Examination, now: datetime
) -> dict[ReportForm, Path]:
    """Return where each form goes: in a folder, under a name that says that nobody reviewed it."""
    return {form: _file_of(form, given, exam, now) for form, given in forms.items()}


def say_unsigned(data_folder: Path) -> None:
    """Say why a data folder has no key to sign with."""
    try:
        signing_key(data_folder)
    except NoSigningKey as problem:
        print(problem, file=sys.stderr)


def is_folder(path: Path) -> bool:
    """Return whether a folder is there, and can be asked for."""
    # Path.is_dir raises where a name is too long or a folder on the way is closed to us.
    return os.path.isdir(path)  # noqa: PTH112


def named(forms: Mapping[ReportForm, object]) -> str:
    """Return forms as the command line calls them."""
    return ", ".join(f"--{form}" for form in forms)


def placed(given: Path, name: str) -> Path:
    """Return a file that was named, or one of a name of its own in a folder that was."""
    if not is_folder(given):
        return given
    tqdm.write(f"The report is {given / name}", file=sys.stderr)
    return given / name


def _file_of(form: ReportForm, given: Path, exam: Examination, now: datetime) -> Path:
    # Several forms have one ending: which it is stands before it.
    ending = form.suffix if form is ReportForm.PDF else f"{form}.{form.suffix}"
    name = suggested_name(exam.image.source, now, ending, is_reviewed=exam.is_accepted)
    return placed(given, name)


def _of(form: ReportForm) -> str:
    return "one patient’s images" if form is ReportForm.PDF else "one image"
