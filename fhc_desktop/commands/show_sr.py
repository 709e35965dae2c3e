"""fhc-desktop show-sr: what a Structured Report tells, without a window."""

import argparse
import sys
from pathlib import Path

from fhc_desktop.commands.standard_output import print_text
from fhc_desktop.domain.errors import FhcError
from fhc_desktop.imaging.readers import Readers
from fhc_desktop.reporting.content.reported_words import (
    measurement_line,
    report_line,
    report_title,
)

SHOWN, UNREADABLE = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``show-sr`` takes; every mistake in it ends with status 2."""
    parser.description = "Each measurement as the report has it: none of it is measured here."
    parser.epilog = "Exit status: 0 all of it was read; 1 some or all was not; 2 wrong use."
    parser.add_argument("report", type=Path, metavar="SR.dcm", help="a DICOM Structured Report")


def run(options: argparse.Namespace, readers: Readers) -> int:
    """Print what a report tells; return the exit status, which ``--help`` explains."""
    try:
        report = readers.reports.read(options.report)
    except FhcError as problem:
        print(f"fhc-desktop show-sr: {problem}", file=sys.stderr)
        return UNREADABLE
    lines = [report_title(report), report_line(report), *map(measurement_line, report.measurements)]
    is_printed = print_text("".join(f"{line}\n" for line in lines))
    for sentence in report.unread:
        print(sentence, file=sys.stderr)
    return SHOWN if is_printed and not report.unread else UNREADABLE
